"""What may not change a figure, and how one figure follows from another: properties over any small documents."""

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotator.domain.agreement.alpha import raw
from annotator.domain.agreement.pool import pooled
from annotator.domain.agreement.summary import as_bytes, summary
from annotator.domain.agreement.unitizing import u_alpha
from tests.domain.agreement.dense import LENGTH, all_figures, every_alpha, made, marks, pool, value_or_reason

QUICK = settings(deadline=None, max_examples=40)


def same(one, other, tolerance=1e-12):
    """Whether two trees of numbers, words and None are equal, numbers nearly."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key], tolerance) for key in one)
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= tolerance
    return one == other


def without_pairs(found):
    """All figures but those that name readers."""
    undefined = {path: why for path, why in found["undefined"].items() if not path.startswith("pairs")}
    return {key: value for key, value in found.items() if key != "pairs"} | {"undefined": undefined}


@given(marks(), st.permutations(range(5)))
@QUICK
def test_readers_may_stand_in_any_order(spans, order):
    turned = [(order[reader], *rest) for reader, *rest in spans]
    assert same(without_pairs(all_figures(made(spans))), without_pairs(all_figures(made(turned))))


@given(marks(), st.permutations(range(4)))
@QUICK
def test_labels_may_bear_any_names(spans, order):
    turned = [(reader, order[label], *rest) for reader, label, *rest in spans]
    one, other = every_alpha(pool(made(spans))), every_alpha(pool(made(turned)))
    names = list(one)[4:]
    assert same({name: one[name] for name in list(one)[:4]}, {name: other[name] for name in list(one)[:4]})
    assert [one[name] for name in names] == [other[names[order[place]]] for place in range(4)]


@given(st.lists(st.tuples(marks(), st.integers(1, 5)), min_size=2, max_size=5))
@QUICK
def test_the_order_of_documents_changes_no_digit(parts):
    documents = [made([row for row in spans if row[0] < readers], readers) for spans, readers in parts]
    mixed = random.Random(1).sample(documents, len(documents))
    assert all_figures(*documents) == all_figures(*mixed)


@given(marks(), st.integers(2, 7))
@QUICK
def test_stretching_a_text_leaves_f1_and_kappa_and_moves_alpha_only_by_its_n_less_one(spans, factor):
    wide = [(reader, label, start * factor, end * factor) for reader, label, start, end in spans]
    one, other = all_figures(made(spans)), all_figures(made(wide, length=LENGTH * factor))
    assert one["f1"] == other["f1"]
    assert same(one["pairs"][0], other["pairs"][0])
    assume(one["alpha"]["any"] is not None)
    n = 5 * LENGTH
    scaled = (1 - one["alpha"]["any"]) / (n - 1) * n
    assert (1 - other["alpha"]["any"]) / (n * factor - 1) * n * factor == pytest.approx(scaled, abs=1e-12)


@given(marks(), st.integers(1, LENGTH - 1))
@QUICK
def test_cutting_a_document_in_two_leaves_every_alpha(spans, cut):
    left = [(reader, label, start, min(end, cut)) for reader, label, start, end in spans if start < cut]
    right = [(reader, label, max(start, cut) - cut, end - cut) for reader, label, start, end in spans if end > cut]
    halves = pool(made(left, length=cut), made(right, length=LENGTH - cut))
    assert same(every_alpha(pool(made(spans))), every_alpha(halves), 1e-11)


@given(marks(readers=3, length=18), marks(readers=3, length=18))
@QUICK
def test_cutting_outside_every_unit_leaves_u_alpha(first, second):
    moved = [(reader, label, start + 22, end + 22) for reader, label, start, end in second]
    whole = pool(made([*first, *moved], 3))
    parts = pool(made(first, 3, length=20), made([(r, k, s + 2, e + 2) for r, k, s, e in second], 3, length=20))
    one, other = (value_or_reason(lambda found=found: u_alpha(found)) for found in (whole, parts))
    assert same(one, other)


@given(marks(), st.data())
@QUICK
def test_splitting_a_span_into_touching_pieces_changes_exact_f1_and_u_alpha_alone(spans, data):
    long = [row for row in spans if row[3] - row[2] > 1]
    assume(long)
    row = data.draw(st.sampled_from(long))
    cut = data.draw(st.integers(row[2] + 1, row[3] - 1))
    pieces = [each for each in spans if each != row] + [(*row[:3], cut), (*row[:2], cut, row[3])]
    one, other = all_figures(made(spans)), all_figures(made(pieces))
    for found in (one, other):
        del found["u_alpha"], found["undefined"]
        del found["f1"]["exact"]
        for pair in found["pairs"]:
            del pair["f1_exact"]
    assert same(one, other)


@given(marks())
@QUICK
def test_a_span_given_twice_changes_nothing(spans):
    assert all_figures(made(spans)) == all_figures(made([*spans, *spans[:3]]))


@given(marks(length=30), st.data())
@QUICK
def test_moving_an_edge_over_white_space_changes_nothing(spans, data):
    weights = [1] * 30 + [0] * 3 + [1] * 7
    assume(any(row[3] == 30 for row in spans))
    further = [(*row[:3], data.draw(st.integers(30, 33))) if row[3] == 30 else row for row in spans]
    assert all_figures(made(spans, weights=weights)) == all_figures(made(further, weights=weights))


@given(marks(), marks(readers=1))
@QUICK
def test_a_document_with_one_reader_adds_nothing(spans, alone):
    assert all_figures(made(spans)) == all_figures(made(spans), made(alone, [0]))


@given(marks(readers=2))
@QUICK
def test_two_readers_may_change_places(spans):
    one, other = (all_figures(made(rows, 2)) for rows in (spans, [(1 - who, *rest) for who, *rest in spans]))
    assert same(one, other)


@given(marks(readers=1))
@QUICK
def test_identical_readings_with_variation_give_one(spans):
    assume(spans and len({place for row in spans for place in range(row[2], row[3])}) < LENGTH)
    found = all_figures(made([(who, *row[1:]) for row in spans for who in range(4)], 4))
    used = {row[1] for row in spans}
    assert {found["alpha"][name] for name in ("any", "nominal_set", "jaccard", "masi")} == {1}
    assert set(found["f1"].values()) == {1}
    assert found["u_alpha"] in {1, None}
    assert [each for each in found["alpha"]["per_label"].values() if each is not None] == [1] * len(used)
    assert raw(pool(made([(who, *row[1:]) for row in spans for who in range(4)], 4))) == 1


@given(st.lists(st.tuples(marks(), st.integers(1, 5)), min_size=1, max_size=4), marks(readers=3))
@QUICK
def test_replacing_one_stored_row_is_computing_all_from_scratch(parts, fresh):
    documents = [made([row for row in spans if row[0] < readers], readers) for spans, readers in parts]
    stored = [as_bytes(summary(each)) for each in documents]
    documents[0] = made(fresh, 3)
    stored[0] = as_bytes(summary(documents[0]))
    updated, scratch = pooled(stored), pool(*documents)
    assert every_alpha(updated) == every_alpha(scratch)
    assert updated.split == scratch.split
    assert (updated.blocks, updated.values) == (scratch.blocks, scratch.values)
