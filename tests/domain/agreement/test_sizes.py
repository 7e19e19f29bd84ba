"""Codebooks of any size, 2 to 500 readers, some of them missing: the figures of krippendorff and NLTK all the same."""

import krippendorff
import numpy as np
import pytest
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import jaccard_distance, masi_distance

from annotator.domain.agreement.alpha import alpha
from annotator.domain.agreement.distances import TOGETHER, label_distance
from annotator.domain.agreement.pair_rows import pair_bytes, read_pairs
from annotator.domain.agreement.pairs import pair_counts
from annotator.domain.agreement.pool import pooled_summaries
from annotator.domain.agreement.runs import runs
from annotator.domain.agreement.split import masses
from annotator.domain.agreement.summary import summary
from tests.domain.agreement.dense import made, sets, slow_split
from tests.domain.agreement.test_other_libraries import as_number, coded

LENGTHS = (50, 30, 20)
SIZES = [(2, 1), (2, 30), (7, 9), (30, 1), (60, 30), (500, 9)]


def corpus(readers, labels):
    """Three texts; each reader but the first two misses one of them, and marks up to four spans elsewhere."""
    chance = np.random.default_rng(readers * 100 + labels)
    documents = []
    for place, length in enumerate(LENGTHS):
        there = [reader for reader in range(readers) if reader < 2 or reader % 3 != place]
        spans = [
            (reader, int(chance.integers(labels)), int(start), int(min(length, start + chance.integers(1, 15))))
            for reader in there
            for start in chance.integers(0, length, chance.integers(0, 5))
        ]
        documents.append((there, length, spans))
    return documents


def matrix(documents, readers, code):
    """(readers, characters of all texts): numbers, NaN where a reader is missing."""
    found = np.full((readers, sum(LENGTHS)), np.nan)
    begin = 0
    for there, length, spans in documents:
        found[there, begin : begin + length] = coded(sets(spans, readers, length), code)[there]
        begin += length
    return found


def theirs(reliability):
    """krippendorff's nominal alpha."""
    return krippendorff.alpha(reliability_data=reliability, level_of_measurement="nominal")


@pytest.mark.parametrize(("readers", "labels"), SIZES)
def test_any_number_of_readers_and_labels_gives_the_figures_of_krippendorff(readers, labels):
    documents = corpus(readers, labels)
    found = pooled_summaries([summary(made(spans, there, length)) for there, length, spans in documents])
    assert found.documents == 3
    for name, code in (("any", bool), ("nominal_set", as_number)):
        assert alpha(found, TOGETHER[name]) == pytest.approx(theirs(matrix(documents, readers, code)), abs=1e-10)
    for label in {0, labels // 2, labels - 1} & set(found.labels.tolist()):
        expected = theirs(matrix(documents, readers, lambda held, label=label: label in held))
        assert alpha(found, label_distance(label)) == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize(("name", "distance"), [("jaccard", jaccard_distance), ("masi", masi_distance)])
@pytest.mark.parametrize(("readers", "labels"), [(2, 1), (3, 30), (7, 9)])
def test_any_number_of_labels_gives_the_graded_figures_of_nltk(readers, labels, name, distance):
    documents = corpus(readers, labels)
    rows = [
        (reader, (place, character), held)
        for place, (there, length, spans) in enumerate(documents)
        for reader, row in enumerate(sets(spans, readers, length))
        for character, held in enumerate(row)
        if reader in there and len(there) > 1
    ]
    task = AnnotationTask(data=rows, distance=lambda one, other: distance(one, other) if one | other else 0.0)
    found = pooled_summaries([summary(made(spans, there, length)) for there, length, spans in documents])
    assert alpha(found, TOGETHER[name]) == pytest.approx(task.alpha(), abs=1e-10)


def test_the_split_of_thirty_readers_and_thirty_labels_is_that_of_brute_force():
    [there, length, spans], *_rest = corpus(31, 30)
    document = made(spans, there, length)
    table = [sets(spans, 31, length)[reader] for reader in there]
    parts = masses(runs(document)).sum(axis=1) / (len(there) - 1)
    slow = np.array(list(slow_split(table).values()))
    assert parts / parts.sum() == pytest.approx(slow / slow.sum(), abs=1e-12)
    assert slow.sum() == pytest.approx(1 - alpha(pooled_summaries([summary(document)]), TOGETHER["nominal_set"]))


def test_the_pairs_of_five_hundred_readers_come_back_from_their_bytes():
    [there, length, spans], *_rest = corpus(500, 9)
    found = pair_counts(made(spans, there, length))
    again = read_pairs(pair_bytes(found))
    assert len(again.alike) == len(there) * (len(there) - 1) // 2
    for name in ("units_both", "hits_a", "hits_b", "matches", "text_both", "alike", "totals"):
        assert np.array_equal(getattr(again, name), getattr(found, name))
