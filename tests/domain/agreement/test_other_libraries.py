"""The same figures from krippendorff, NLTK, scikit-learn, statsmodels and brute force on the dense matrix."""

import warnings
from itertools import combinations, product

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import jaccard_distance, masi_distance
from sklearn.metrics import cohen_kappa_score, f1_score
from statsmodels.stats.inter_rater import fleiss_kappa

from annotator.domain.agreement.alpha import alpha
from annotator.domain.agreement.confusion import confusion, confusion_with_key
from annotator.domain.agreement.distances import ANY, JACCARD, MASI, NOMINAL_SET, label_distance
from annotator.domain.agreement.figures import split
from annotator.domain.agreement.leave_one_out import without_each
from annotator.domain.agreement.runs import runs
from tests.domain.agreement.dense import (
    LABELS,
    LENGTH,
    WEIGHTS,
    all_figures,
    every_alpha,
    made,
    marks,
    pool,
    sets,
    slow_pairs,
    slow_split,
    value_or_reason,
    weighted_sets,
)  # fmt: skip


def coded(table, code):
    """The dense matrix of numbers."""
    return np.array([[code(each) for each in row] for row in table], dtype=np.int64)


def as_number(labels):
    """A label set as one number."""
    return sum(1 << label for label in labels)


def krippendorffs(matrix):
    """Their nominal alpha; None where they refuse because nothing varies."""
    if len(np.unique(matrix)) < 2:
        return None
    return krippendorff.alpha(reliability_data=matrix, level_of_measurement="nominal")


@given(marks(), WEIGHTS)
@settings(deadline=None, max_examples=60)
def test_nominal_figures_are_those_of_krippendorff(spans, weights):
    table = weighted_sets(spans, weights)
    assume(table[0])
    ours = every_alpha(pool(made(spans, weights=weights)))
    codes = {"any": bool, "nominal_set": as_number}
    codes |= {name: lambda each, place=place: place in each for place, name in enumerate(LABELS)}
    for name, code in codes.items():
        theirs = krippendorffs(coded(table, code))
        assert isinstance(ours[name], str) if theirs is None else ours[name] == pytest.approx(theirs, abs=1e-10)


@given(marks(), marks(readers=3, length=12))
@settings(deadline=None, max_examples=40)
def test_documents_pool_like_one_matrix_with_missing_readers(spans, more):
    first, second = sets(spans), sets(more, 3, 12)
    matrix = np.full((5, LENGTH + 12), np.nan)
    matrix[:, :LENGTH] = coded(first, as_number)
    matrix[:3, LENGTH:] = coded(second, as_number)
    assume(len(np.unique(matrix[~np.isnan(matrix)])) > 1)
    theirs = krippendorff.alpha(reliability_data=matrix, level_of_measurement="nominal")
    ours = every_alpha(pool(made(spans), made(more, 3, 12)))["nominal_set"]
    assert ours == pytest.approx(theirs, abs=1e-10)


@pytest.mark.parametrize(("name", "theirs"), [("jaccard", jaccard_distance), ("masi", masi_distance)])
@given(spans=marks(readers=3, length=16))
@settings(deadline=None, max_examples=25)
def test_graded_figures_are_those_of_nltk(spans, name, theirs):
    table = sets(spans, 3, 16)
    assume(len({each for row in table for each in row}) > 1)
    rows = [(reader, place, each) for reader, row in enumerate(table) for place, each in enumerate(row)]
    # NLTK divides by zero on two empty sets, the commonest pair here.
    task = AnnotationTask(data=rows, distance=lambda one, other: theirs(one, other) if one | other else 0.0)
    assert every_alpha(pool(made(spans, 3, 16)))[name] == pytest.approx(task.alpha(), abs=1e-10)


@given(marks(readers=4))
@settings(deadline=None, max_examples=40)
def test_kappa_and_character_f1_are_those_of_scikit_learn(spans):
    table, found = sets(spans, 4), all_figures(made(spans, 4))
    pairs = {(pair["a"], pair["b"], pair["label"]): pair for pair in found["pairs"]}
    for one, other in combinations(range(4), 2):
        for label, code in [(None, as_number), *((name, lambda x, p=p: p in x) for p, name in enumerate(LABELS))]:
            ours = pairs["abcd"[one], "abcd"[other], label]
            a, b = coded(table, code)[[one, other]]
            if label is not None and (a.any() or b.any()):
                assert ours["f1_char"] == pytest.approx(f1_score(a, b), abs=1e-12)
            if len(np.unique([a, b])) > 1:
                assert ours["kappa"] == pytest.approx(cohen_kappa_score(a, b), abs=1e-12)
            else:
                assert ours["kappa"] is None


@given(marks(readers=4))
@settings(deadline=None, max_examples=60)
def test_span_f1s_are_those_counted_by_brute_force(spans):
    found = all_figures(made(spans, 4))
    pairs = {(pair["a"], pair["b"]): pair for pair in found["pairs"] if pair["label"] is None}
    slow = slow_pairs(spans, 4)
    for (a, b), numbers in slow.items():
        ours = pairs["abcd"[a], "abcd"[b]]
        expected = (None, None) if numbers is None else numbers[:2]
        assert (ours["f1_exact"], ours["f1_overlap"]) == pytest.approx(expected, abs=1e-12)
    defined = [numbers for numbers in slow.values() if numbers]
    for place, name in enumerate(("exact", "overlap", "iou50")):
        mean = sum(numbers[place] for numbers in defined) / len(defined) if defined else None
        assert found["f1"][name] == pytest.approx(mean, abs=1e-12)


@given(marks(), WEIGHTS)
@settings(deadline=None, max_examples=60)
def test_the_split_is_that_of_brute_force_and_sums_to_one_less_alpha(spans, weights):
    table = weighted_sets(spans, weights)
    assume(len({each for row in table for each in row}) > 1)
    found = pool(made(spans, weights=weights))
    ours, slow = split(found), slow_split(table)
    assert (ours.missed, ours.boundary, ours.label) == pytest.approx(tuple(slow.values()), abs=1e-12)
    total = ours.missed + ours.boundary + ours.label
    assert total == pytest.approx(1 - every_alpha(found)["nominal_set"], abs=1e-12)


@given(marks(readers=4))
@settings(deadline=None, max_examples=40)
def test_alpha_of_complete_nominal_data_is_fleiss_kappa_corrected_for_the_number_of_values(spans):
    table = coded(sets(spans, 4), as_number)
    values = np.unique(table)
    assume(len(values) > 1)
    counts = np.stack([(table == value).sum(axis=0) for value in values], axis=1)
    kappa, n = fleiss_kappa(counts, method="fleiss"), table.size
    assert every_alpha(pool(made(spans, 4)))["nominal_set"] == pytest.approx(1 - (1 - kappa) * (n - 1) / n, abs=1e-12)


@pytest.mark.parametrize("distance", [ANY, NOMINAL_SET, JACCARD, MASI, label_distance(1), label_distance(3)])
@given(first=marks(readers=4), second=marks(readers=2))
@settings(deadline=None, max_examples=30)
def test_alpha_without_a_reader_is_alpha_of_the_others_from_scratch(first, second, distance):
    documents = [made(first, 4), made(second, 2)]
    found = without_each([(each, runs(each)) for each in documents], distance)
    for reader in range(4):
        rest = [
            made([row for row in spans if row[0] != reader], [each for each in range(number) if each != reader])
            for spans, number in ((first, 4), (second, 2))
        ]
        scratch = value_or_reason(lambda rest=rest: alpha(pool(*rest), distance))
        if isinstance(scratch, str):
            assert str(found[reader]) in scratch
        else:
            assert found[reader] == pytest.approx(scratch, abs=1e-10)


@given(marks())
@settings(deadline=None, max_examples=40)
def test_the_confusion_table_sums_to_all_values_and_leaves_one_less_alpha_off_the_diagonal(spans):
    assume(spans)
    found = pool(made(spans))
    table, parts = confusion(found, 4), found.split
    assert table.sum() == pytest.approx(found.values)
    assert table == pytest.approx(table.T)
    off = table.sum() - np.trace(table)
    assert off == pytest.approx(parts.missed + parts.boundary + parts.label)
    blank = table[4].sum() + table[:, 4].sum() - 2 * table[4, 4]
    assert blank == pytest.approx(parts.missed + parts.boundary)


def slow_against_key(table, key):
    """Every other reader against the key, character by character, in shares of the labels × labels that differ."""
    cells = np.zeros((6, 6))
    for one in (row for place, row in enumerate(table) if place != key):
        for mine, keys in zip(one, table[key], strict=True):
            equal = mine == keys
            left, right = (mine, keys) if equal else (mine - keys, keys - mine)
            rows, columns = list(left) or [5 if mine else 4], list(right) or [5 if keys else 4]
            for row, column in zip(rows, columns, strict=True) if equal else product(rows, columns):
                cells[row, column] += 1 / (len(rows) if equal else len(rows) * len(columns))
    return cells


@given(marks(), WEIGHTS, st.integers(0, 4))
@settings(deadline=None, max_examples=40)
def test_readers_against_a_key_are_those_of_brute_force(spans, weights, key):
    found = confusion_with_key(runs(made(spans, weights=weights)), key, 4)
    slow = slow_against_key(weighted_sets(spans, weights), key)
    assert found == pytest.approx(slow, abs=1e-9)
    assert found.sum() == pytest.approx(4 * sum(weights))


def test_other_libraries_warn_or_fail_where_nothing_varies_and_ours_says_why():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert np.isnan(cohen_kappa_score([1, 1], [1, 1]))
    with pytest.raises(ValueError, match="more than one value"):
        krippendorff.alpha(reliability_data=[[1, 1], [1, 1]], level_of_measurement="nominal")
    found = all_figures(made([(0, 0, 0, LENGTH), (1, 0, 0, LENGTH)], 2))
    assert found["undefined"]["alpha.any"] == "no variation — agreement beyond chance cannot be computed"
    assert found["f1"]["char"] == 1
