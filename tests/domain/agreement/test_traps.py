"""What other tools get wrong on free spans, and the exact words where a figure is undefined."""

import numpy as np
import pytest

from annotator.domain.errors import RuleError
from tests.domain.agreement.dense import all_figures, every_alpha, made, pool


def test_a_reader_who_finished_and_marked_nothing_counts():
    two = [(0, 0, 0, 10), (1, 0, 0, 10)]
    with_silent, without = (every_alpha(pool(made(two, readers)))["any"] for readers in (3, 2))
    # 120 values, 20 marked; 20 · 2 / 2 ordered pairs differ on 10 characters: 1 - 119 · 20 / (2 · 20 · 100).
    assert with_silent == pytest.approx(1 - 119 * 20 / 4000)
    assert without == 1


def test_two_readers_without_a_shared_document_are_undefined_and_no_pair():
    found = all_figures(made([(0, 0, 0, 9)], [0]), made([(1, 0, 0, 9)], [1]))
    assert found["alpha"]["any"] is None
    assert found["pairs"] == []
    assert set(found["undefined"].values()) == {"needs a second reader"}


def test_full_agreement_without_variation_is_undefined_with_its_reason():
    found = all_figures(made([(0, 0, 0, 40), (1, 0, 0, 40)], 2), labels=("claim",))
    reason = "no variation — agreement beyond chance cannot be computed"
    for path in ("alpha.any", "alpha.masi", "alpha.per_label.claim", "u_alpha", "split.missed"):
        assert found["undefined"][path] == reason
    assert found["undefined"]["pairs[a=a,b=b,label=null].kappa"] == reason
    assert found["f1"] == {"exact": 1, "overlap": 1, "iou50": 1, "char": 1}


def test_nothing_marked_and_a_label_not_used_have_words_of_their_own():
    found = all_figures(made([], 2))
    assert found["undefined"]["alpha.any"] == "nobody has marked anything yet"
    assert found["undefined"]["f1.exact"] == "nobody has marked anything yet"
    assert found["undefined"]["alpha.per_label.claim"] == "not used yet — nothing to compare"
    assert found["undefined"]["pairs[a=a,b=b,label=claim].kappa"] == "not used yet — nothing to compare"


def test_a_text_that_weighs_nothing_gives_nothing_to_compare():
    found = all_figures(made([(0, 0, 1, 3)], 2, length=5, weights=[0] * 5))
    assert set(found["undefined"].values()) == {"no text to compare"}


def test_a_label_only_in_a_document_with_one_reader_is_not_used():
    alone, both = made([(0, 1, 0, 9)], [0]), made([(0, 0, 0, 9)], 2)
    assert every_alpha(pool(alone, both))["attribution"] == "NotEnoughData: not used yet — nothing to compare"


def test_overlapping_spans_of_one_reader_leave_u_alpha_undefined_and_touching_ones_do_not():
    overlap = all_figures(made([(0, 0, 0, 9), (0, 1, 8, 12), (1, 0, 0, 9)], 2))
    assert overlap["u_alpha"] is None
    assert overlap["undefined"]["u_alpha"] == "spans of one reader overlap — u-alpha is not defined"
    assert all_figures(made([(0, 0, 0, 9), (0, 0, 9, 12), (1, 0, 0, 9)], 2))["u_alpha"] is not None


@pytest.mark.parametrize("edge", [(11, 20), (9, 20), (10, 19), (10, 21)])
def test_a_span_one_character_off_never_scores_above_an_exact_one(edge):
    exact, off = (all_figures(made([(0, 0, 10, 20), (1, 0, *span)], 2)) for span in ((10, 20), edge))
    for name in ("any", "nominal_set", "jaccard", "masi"):
        assert off["alpha"][name] < exact["alpha"][name] == 1
    assert off["u_alpha"] < exact["u_alpha"] == 1
    assert off["f1"]["exact"] == 0
    assert off["f1"]["char"] < exact["f1"]["char"] == 1


def test_a_missed_nested_span_never_scores_one():
    found = all_figures(made([(0, 0, 0, 20), (0, 1, 5, 9), (1, 0, 0, 20)], 2))
    for name in ("nominal_set", "jaccard", "masi"):
        assert found["alpha"][name] < 1
    assert found["f1"]["exact"] < 1
    assert found["f1"]["overlap"] < 1
    assert found["split"]["label"] > 0


def test_raw_agreement_grows_with_the_blank_text_and_character_f1_does_not():
    spans = [(0, 0, 0, 10), (1, 0, 5, 15)]
    short, long = (all_figures(made(spans, 2, length=length)) for length in (20, 20000))
    assert short["f1"]["char"] == long["f1"]["char"] == 0.5
    # Kappa and alpha approach F1 from below as the blank text grows.
    assert short["alpha"]["any"] < long["alpha"]["any"] < 0.5
    assert long["alpha"]["any"] == pytest.approx(0.5, abs=1e-3)


def test_text_marked_whole_or_in_pieces_differs_for_exact_f1_alone():
    found = all_figures(made([(0, 0, 0, 20), (1, 0, 0, 10), (1, 0, 10, 20)], 2))
    assert found["alpha"]["any"] == found["f1"]["overlap"] == found["f1"]["char"] == 1
    assert found["f1"]["exact"] == 0


def test_many_labels_take_several_words_and_give_the_figures_of_few():
    few = [(0, 0, 0, 9), (1, 0, 2, 9), (2, 1, 0, 9), (2, 0, 20, 30), (1, 2, 22, 30)]
    many = [(reader, (5, 70, 130)[label], start, end) for reader, label, start, end in few]
    names = [f"label{number}" for number in range(140)]
    one, other = all_figures(made(few, 3)), all_figures(made(many, 3), labels=names)
    for name in ("any", "nominal_set", "jaccard", "masi"):
        assert other["alpha"][name] == pytest.approx(one["alpha"][name], abs=1e-12)
    for label, name in ((5, "claim"), (70, "attribution"), (130, "opinion")):
        assert other["alpha"]["per_label"][names[label]] == one["alpha"]["per_label"][name]
    assert other["split"] == one["split"]
    assert [pair["kappa"] for pair in other["pairs"] if pair["label"] is None] == [
        pair["kappa"] for pair in one["pairs"] if pair["label"] is None
    ]


def test_ten_million_characters_with_one_span_hold_no_long_table():
    found = made([(0, 0, 10, 20)], 2, length=10_000_000)
    assert every_alpha(pool(found))["any"] == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("span", [(0, 0, -1, 4), (0, 0, 4, 4), (0, 0, 5, 4), (0, 0, 0, 41)])
def test_a_span_outside_its_text_is_refused(span):
    with pytest.raises(RuleError) as refusal:
        made([span], 2)
    assert refusal.value.code == "out_of_range"


def test_a_span_of_somebody_without_a_reading_is_refused():
    with pytest.raises(RuleError) as refusal:
        made([(7, 0, 0, 4)], 2)
    assert refusal.value.code == "no_reading"


def test_a_text_too_long_for_whole_number_sums_is_refused():
    with pytest.raises(RuleError) as refusal:
        made([], 2, length=2**31)
    assert refusal.value.code == "too_long"


def test_sums_stay_exact_beyond_what_floating_point_holds():
    length = 1_000_000_000
    found = all_figures(made([(0, 0, 0, length - 1), (1, 0, 0, length - 2)], 2, length=length))
    assert np.isfinite(found["alpha"]["any"])
    # One reader leaves 1 character blank, the other 2: kappa is 2 · 1 / 3 as the text grows.
    assert found["pairs"][0]["kappa"] == pytest.approx(2 / 3, abs=1e-6)
    # Five such texts: squares of the common weight no longer fit 64 bits, and kappa stays what it is.
    five = all_figures(*[made([(0, 0, 0, length - 1), (1, 0, 0, length - 2)], 2, length=length) for _each in range(5)])
    for pair, same in zip(five["pairs"], found["pairs"], strict=True):
        assert pair["kappa"] == (None if same["kappa"] is None else pytest.approx(same["kappa"], abs=1e-15))
