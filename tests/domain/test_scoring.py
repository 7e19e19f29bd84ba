"""A reading against a key: hand-made cases, the greedy rule by brute force, and laws that hold for any spans."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import NotEnoughData
from annotator.domain.offsets import nonspace_offsets
from annotator.domain.scoring import (
    RANK,
    Kind,
    Match,
    counts,
    key_f1,
    kind_of,
    matches,
    shared,
    text_shares,
    turn,
    weighed,
)
from annotator.domain.spans import Span

LABELS = ("attribution", "claim", "opinion")


def spans(*rows: tuple[int, int, str]) -> list[Span]:
    return [Span(start, end, label, number) for number, (start, end, label) in enumerate(rows, 1)]


@st.composite
def readings(draw: st.DrawFn) -> list[Span]:
    edges = st.tuples(st.integers(0, 24), st.integers(1, 9), st.sampled_from(LABELS))
    rows = draw(st.lists(edges, max_size=9, unique=True))
    return spans(*[(start, start + length, label) for start, length, label in rows])


def kinds(own: list[Span], key: list[Span]) -> list[str]:
    return [match.kind.value for match in matches(own, key)]


@pytest.mark.parametrize(
    ("own", "key", "expected"),
    [
        ([], [], []),
        ([(0, 10, "claim")], [(0, 10, "claim")], ["exact"]),
        ([(0, 10, "claim")], [(0, 12, "claim")], ["edges"]),
        ([(0, 10, "claim")], [(9, 30, "claim")], ["edges"]),
        ([(0, 10, "claim")], [(10, 20, "claim")], ["extra", "missed"]),
        # Five of fifteen are a third of the union, six of twelve a half.
        ([(0, 10, "claim")], [(5, 15, "opinion")], ["extra", "missed"]),
        ([(0, 12, "claim")], [(0, 6, "opinion")], ["label"]),
        ([(0, 13, "claim")], [(0, 6, "opinion")], ["extra", "missed"]),
        ([(0, 9, "claim")], [(3, 12, "opinion")], ["label"]),
        # One key highlight is matched once: the other of ours is extra.
        ([(0, 4, "claim"), (5, 10, "claim")], [(0, 10, "claim")], ["edges", "extra"]),
        # The larger overlap wins over the same tag.
        ([(0, 20, "claim")], [(0, 20, "opinion"), (19, 40, "claim")], ["label", "missed"]),
        # Of equal overlaps the same tag wins.
        ([(0, 10, "opinion"), (0, 12, "claim")], [(0, 10, "claim")], ["edges", "extra"]),
        # Of equal overlaps with the same tag the first in the text wins.
        ([(0, 5, "claim"), (5, 10, "claim")], [(0, 10, "claim")], ["edges", "extra"]),
    ],
)
def test_a_reading_is_told_by_hand(own: list, key: list, expected: list[str]) -> None:
    assert kinds(spans(*own), spans(*key)) == expected


def test_blanks_at_the_edges_do_not_count() -> None:
    before = nonspace_offsets("One two  three")
    own = [weighed(Span(0, 9, "claim", 1), before)]
    key = [weighed(Span(0, 7, "claim", 1), before)]
    assert kinds(own, key) == ["exact"]


@given(readings(), readings())
def test_each_highlight_is_told_once(own: list[Span], key: list[Span]) -> None:
    found = matches(own, key)
    assert sorted(match.own.number for match in found if match.own) == sorted(span.number for span in own)
    assert sorted(match.key.number for match in found if match.key) == sorted(span.number for span in key)
    for match in found:
        assert (match.own is None) == (match.kind is Kind.MISSED)
        assert (match.key is None) == (match.kind is Kind.EXTRA)


@given(readings(), readings())
def test_exchanging_the_sides_exchanges_missed_and_extra_alone(own: list[Span], key: list[Span]) -> None:
    here, there = counts(matches(own, key)), counts(matches(key, own))
    assert (here[Kind.MISSED], here[Kind.EXTRA]) == (there[Kind.EXTRA], there[Kind.MISSED])
    assert all(here[kind] == there[kind] for kind in RANK)


@given(readings())
def test_a_reading_matches_itself_exactly(own: list[Span]) -> None:
    assert kinds(own, own) == ["exact"] * len(own)


@given(readings(), readings())
def test_an_exact_highlight_is_always_found(own: list[Span], key: list[Span]) -> None:
    extents = {(span.start, span.end, span.label) for span in key}
    same = sum((span.start, span.end, span.label) in extents for span in own)
    assert counts(matches(own, key))[Kind.EXACT] == same


@given(readings(), readings())
def test_the_sweep_matches_what_trying_every_pair_finds(own: list[Span], key: list[Span]) -> None:
    left, right, found = list(own), list(key), []
    while pairs := [
        (turn(a, b, kind), a.number, b.number, kind, a, b)
        for a, b in product(left, right)
        if shared(a, b) and (kind := kind_of(a, b)) is not None
    ]:
        *_turn, kind, a, b = min(pairs, key=lambda pair: pair[:3])
        left.remove(a)
        right.remove(b)
        found.append(Match(kind, a, b))
    found += [Match(Kind.EXTRA, a, None) for a in left] + [Match(Kind.MISSED, None, b) for b in right]
    assert counts(found) == counts(matches(own, key))


@given(readings(), readings())
def test_shares_are_counts_of_characters_and_labels(own: list[Span], key: list[Span]) -> None:
    ours, theirs = ({(at, span.label) for span in side for at in range(span.start, span.end)} for side in (own, key))
    found = text_shares(own, key)
    assert (found.both, found.own, found.key) == (len(ours & theirs), len(ours), len(theirs))


def test_the_match_is_pooled_over_texts_by_hand() -> None:
    one = (spans((0, 10, "claim")), spans((0, 10, "claim"), (0, 5, "opinion")))
    other = (spans((0, 4, "claim")), spans((2, 8, "claim")))
    # Both 10 + 2, ours 10 + 4, the key's 15 + 6.
    assert key_f1([one, other]) == pytest.approx(24 / 35)


@pytest.mark.parametrize("texts", [[], [([], [])]])
def test_without_a_highlight_anywhere_there_is_no_match_to_tell(texts: list) -> None:
    with pytest.raises(NotEnoughData):
        key_f1(texts)


def test_a_blank_reading_matches_nothing_of_a_key() -> None:
    assert key_f1([([], spans((0, 4, "claim")))]) == 0
