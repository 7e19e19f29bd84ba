"""The bar of a passage: every reader once, by the label that covers most of it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.agreement.choices import choices, choices_in, flattening
from annotator.domain.agreement.documents import document, merged

SLUGS = ("claim", "attribution", "opinion", "boilerplate")
ORDER = flattening(SLUGS)


def counted(rows: list[tuple[int, int, int, int]], start: int = 0, end: int = 10, readers: int = 3) -> list[int]:
    found = document(length=40, readers=range(readers), spans=np.array(rows, dtype=np.int64).reshape(-1, 4))
    return choices(merged(found), readers, ORDER, start, end).tolist()


def test_ties_go_to_the_order_of_the_codebook() -> None:
    assert [SLUGS[place] for place in ORDER] == ["boilerplate", "attribution", "claim", "opinion"]
    assert flattening(("frame", "claim")) == (1, 0)


def test_a_reader_is_counted_once_for_what_covers_most() -> None:
    assert counted([(0, 0, 0, 6), (0, 2, 5, 10), (1, 1, 0, 5), (1, 0, 5, 10)]) == [1, 1, 0, 0, 1]


def test_only_what_lies_in_the_passage_counts() -> None:
    assert counted([(0, 0, 0, 3), (0, 2, 3, 30)], start=1, end=4) == [1, 0, 0, 0, 2]


def test_pieces_of_one_label_add_up() -> None:
    assert counted([(0, 0, 0, 3), (0, 0, 6, 9), (0, 2, 3, 7)]) == [1, 0, 0, 0, 2]


def test_nobody_having_marked_is_an_answer() -> None:
    assert counted([]) == [0, 0, 0, 0, 3]


ROWS = st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(0, 18), st.integers(1, 12))


@given(st.lists(ROWS, max_size=12), st.integers(0, 20), st.integers(1, 15))
def test_every_reader_is_counted_once_as_one_by_one(
    rows: list[tuple[int, int, int, int]], start: int, size: int
) -> None:
    spans = [(reader, label, begin, begin + length) for reader, label, begin, length in rows]
    expected = [0] * 5
    for reader in range(5):
        cover = [
            len({at for r, label, a, b in spans if (r, label) == (reader, place) for at in range(a, b)}
                & set(range(start, start + size)))
            for place in range(4)
        ]  # fmt: skip
        best = max(ORDER, key=lambda place: cover[place])
        expected[best if cover[best] else 4] += 1
    assert counted(spans, start, start + size, readers=5) == expected


EDGES = st.lists(st.integers(0, 40), min_size=1, max_size=8)


@given(st.lists(ROWS, max_size=12), EDGES)
def test_many_passages_at_once_are_the_same_as_one_after_another(
    rows: list[tuple[int, int, int, int]], edges: list[int]
) -> None:
    # Some passages are empty, as a sentence of nothing but blanks is.
    begins = np.array(sorted(edges), dtype=np.int64)
    ends = np.append(begins[1:], 40)
    spans = [(reader, label, begin, begin + length) for reader, label, begin, length in rows]
    made = merged(document(length=40, readers=range(5), spans=np.array(spans, dtype=np.int64).reshape(-1, 4)))
    one_by_one = [
        choices(made, 5, ORDER, int(begin), int(end)).tolist() for begin, end in zip(begins, ends, strict=True)
    ]
    assert choices_in(made, 5, ORDER, begins, ends).tolist() == one_by_one
