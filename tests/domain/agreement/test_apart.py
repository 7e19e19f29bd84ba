"""How far one reader stands from the others: against counting character by character."""

from itertools import pairwise

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.agreement.apart import of_label, of_two, sentence_apart
from annotator.domain.agreement.documents import Document, document
from annotator.domain.agreement.passages import sentence_masses
from annotator.domain.agreement.runs import runs

LENGTH = 12
BEGINS = np.array([0, 5, 9])
# A busy machine makes inputs slowly, which says nothing about them.
calm = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
spans = st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, LENGTH - 1), st.integers(1, 6))


def made(rows: list[tuple[int, int, int, int]]) -> Document:
    """Four readers, some of whom mark nothing."""
    cut = [(reader, label, start, min(LENGTH, start + size)) for reader, label, start, size in rows]
    return document(length=LENGTH, readers=[0, 1, 2, 3], spans=np.array(cut, dtype=np.int64).reshape(-1, 4))


def sets(rows: list[tuple[int, int, int, int]], labels: set[int]) -> list[list[frozenset[int]]]:
    """For each reader, what each character carries."""
    held = [[set() for _ in range(LENGTH)] for _ in range(4)]
    for reader, label, start, size in rows:
        for place in range(start, min(LENGTH, start + size)):
            held[reader][place] |= {label} & labels
    return [[frozenset(each) for each in own] for own in held]


def by_hand(held: list[list[frozenset[int]]], reader: int, others: list[int]) -> list[int]:
    """Per sentence, characters times others who differ."""
    edges = [*BEGINS.tolist(), LENGTH]
    return [
        sum(held[reader][place] != held[other][place] for place in range(low, high) for other in others)
        for low, high in pairwise(edges)
    ]


@calm
@given(st.lists(spans, max_size=12), st.integers(0, 3))
def test_a_reader_beside_all_others_is_counted_character_by_character(rows: list, reader: int) -> None:
    found = sentence_apart(runs(made(rows), BEGINS), reader, BEGINS).tolist()
    assert found == by_hand(sets(rows, {0, 1, 2}), reader, [each for each in range(4) if each != reader])


@calm
@given(st.lists(spans, max_size=12))
def test_all_readers_together_make_the_sentences_disagreement(rows: list) -> None:
    cut = runs(made(rows), BEGINS)
    together = sum(sentence_apart(cut, reader, BEGINS) for reader in range(4))
    assert together.tolist() == sentence_masses(cut, BEGINS).sum(axis=0).tolist()


@calm
@given(st.lists(spans, max_size=12), st.permutations(range(4)), st.integers(0, 2))
def test_two_readers_under_one_label_are_compared_by_it_alone(rows: list, order: list[int], label: int) -> None:
    one, other = order[:2]
    both = of_label(of_two(made(rows), one, other), label)
    expected = by_hand(sets(rows, {label}), one, [other])
    assert sentence_apart(runs(both, BEGINS), 0, BEGINS).tolist() == expected
    assert sentence_apart(runs(both, BEGINS), 1, BEGINS).tolist() == expected
    assert both.readers.tolist() == sorted([one, other])
