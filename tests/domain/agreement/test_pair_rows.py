"""Pair counts as bytes, and as those of some readers or under other ids: always what counting anew gives."""

from dataclasses import fields

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.domain.agreement.pair_figures import PairFigures
from annotator.domain.agreement.pair_pool import pooled_pairs
from annotator.domain.agreement.pair_rows import SHAPES, of_readers, pair_bytes, read_pairs, renamed
from annotator.domain.agreement.pairs import pair_counts
from tests.domain.agreement.dense import WEIGHTS, made, marks
from tests.domain.agreement.test_laws import QUICK

COUNTS = [field.name for field in fields(PairFigures) if field.name != "is_one_label"]


def same_counts(one, other):
    """Whether every number of two documents' pair counts is the same."""
    return one.length == other.length and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in SHAPES
    )


def pairs(*found):
    """By pair and label, every count."""
    pool = pooled_pairs(found)
    return {
        (int(a), int(b), label): [int(getattr(figures, name)[place]) for name in COUNTS]
        for label in (None, 0, 1, 2, 3)
        for figures in [pool.figures(label)]
        for place, (a, b) in enumerate(zip(pool.a, pool.b, strict=True))
    }


@given(marks(), WEIGHTS)
@QUICK
def test_counts_come_back_from_their_bytes(spans, weights):
    found = pair_counts(made(spans, weights=weights))
    assert same_counts(read_pairs(pair_bytes(found)), found)


def test_counts_of_one_reader_and_of_labels_in_several_words_come_back():
    for found in (made([(3, 0, 1, 5)], [3]), made([(0, 70, 1, 5), (1, 130, 2, 8)], 2), made([], 2)):
        counts = pair_counts(found)
        assert same_counts(read_pairs(pair_bytes(counts)), counts)


@given(marks(), st.permutations([2, 5, 6, 11, 30]))
@example([(0, 0, 0, 20), (1, 0, 0, 5), (1, 0, 8, 12), (2, 0, 6, 9)], [30, 11, 6, 5, 2])
@QUICK
def test_counts_under_other_ids_are_those_of_readers_with_such_ids(spans, ids):
    turned = [(ids[reader], *rest) for reader, *rest in spans]
    assert same_counts(renamed(pair_counts(made(spans)), ids), pair_counts(made(turned, sorted(ids))))


@given(marks(), st.sets(st.integers(0, 6), min_size=1))
@QUICK
def test_counts_of_some_readers_are_those_of_a_text_that_only_they_have_read(spans, chosen):
    rest = [row for row in spans if row[0] in chosen]
    alone = pair_counts(made(rest, sorted(chosen & {0, 1, 2, 3, 4})))
    found = of_readers(pair_counts(made(spans)), sorted(chosen))
    assert pairs(found) == pairs(alone)
    assert found.blocks.tolist() == alone.blocks.tolist()


@given(marks(), marks(readers=3), marks(readers=4))
@QUICK
def test_replacing_one_kept_row_of_pairs_is_counting_all_from_scratch(first, second, fresh):
    kept = [pair_bytes(pair_counts(made(spans, readers))) for spans, readers in ((first, 5), (second, 3))]
    kept[0] = pair_bytes(pair_counts(made(fresh, 4)))
    updated = pairs(*(read_pairs(each) for each in kept))
    assert updated == pairs(pair_counts(made(second, 3)), pair_counts(made(fresh, 4)))
