"""Spans: bounds, quotes, what may stand together, and flat segments."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import RuleError, TextMismatch
from annotator.domain.spans import (
    OVERLAP_ALLOWED,
    OVERLAP_DIFFERENT_LABELS,
    OVERLAP_NONE,
    Span,
    check_bounds,
    check_quote_ends,
    check_together,
    context,
    is_boilerplate_overlap,
    quote,
    quote_ends,
    segments,
    spans_by_block,
)

TEXT = "The mayor 👩‍👩‍👧 said “no”, twice, in the café, before anyone in the hall could ask her again."
SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 30), st.sampled_from(["claim", "opinion"])), max_size=12
).map(lambda rows: [Span(start, start + length, label, n) for n, (start, length, label) in enumerate(rows, 1)])


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 4), (0, len(TEXT) + 1), (10**30, 10**31)])
def test_offsets_outside_the_text_are_refused(start, end):
    with pytest.raises(TextMismatch) as refusal:
        check_bounds(len(TEXT), start, end)
    assert refusal.value.code == "out_of_range"


def test_a_quote_is_counted_in_code_points():
    assert quote(TEXT, 10, 15) == "👩‍👩‍👧"


@given(st.text(min_size=1, max_size=90))
def test_its_own_ends_prove_a_quote(words):
    check_quote_ends(words, *quote_ends(words))


@pytest.mark.parametrize("length", [5, 32, 33, 80])
@pytest.mark.parametrize("side", [0, 1])
def test_one_character_off_at_either_end_is_refused(length, side):
    ends = list(quote_ends(TEXT[:length]))
    ends[side] = "X" + ends[side][1:]
    with pytest.raises(TextMismatch):
        check_quote_ends(TEXT[:length], *ends)


def test_context_is_32_code_points_and_fewer_at_the_edges():
    assert context(TEXT, 40, 45) == (TEXT[8:40], TEXT[45:77])
    assert context(TEXT, 2, len(TEXT) - 1) == (TEXT[:2], TEXT[-1])


@pytest.mark.parametrize("rule", [OVERLAP_ALLOWED, OVERLAP_DIFFERENT_LABELS, OVERLAP_NONE])
def test_the_same_words_with_the_same_tag_twice_are_refused(rule):
    with pytest.raises(RuleError) as refusal:
        check_together([Span(0, 9, "claim", 1), Span(20, 25, "claim", 2), Span(0, 9, "claim", 3)], rule)
    assert refusal.value.code == "twice"


@pytest.mark.parametrize(
    ("rule", "label", "is_refused"),
    [
        (OVERLAP_ALLOWED, "claim", False),
        (OVERLAP_ALLOWED, "opinion", False),
        (OVERLAP_DIFFERENT_LABELS, "claim", True),
        (OVERLAP_DIFFERENT_LABELS, "opinion", False),
        (OVERLAP_NONE, "claim", True),
        (OVERLAP_NONE, "opinion", True),
    ],
)
def test_the_codebook_says_what_may_overlap(rule, label, is_refused):
    spans = [Span(0, 10, "claim", 1), Span(9, 12, label, 2)]
    if is_refused:
        with pytest.raises(RuleError, match=r"already"):
            check_together(spans, rule)
    else:
        check_together(spans, rule)


@pytest.mark.parametrize("rule", [OVERLAP_DIFFERENT_LABELS, OVERLAP_NONE])
def test_spans_that_only_touch_do_not_overlap(rule):
    check_together([Span(0, 10, "claim", 1), Span(10, 12, "claim", 2)], rule)


@given(SPANS, st.sampled_from([OVERLAP_ALLOWED, OVERLAP_DIFFERENT_LABELS, OVERLAP_NONE]))
def test_the_rule_over_many_spans_equals_the_rule_over_every_pair(spans, rule):
    def refused(one, two):
        if (one.label, one.start, one.end) == (two.label, two.start, two.end):
            return True
        if rule == OVERLAP_ALLOWED or not one.overlaps(two):
            return False
        return rule == OVERLAP_NONE or one.label == two.label

    pairs = any(refused(one, two) for i, one in enumerate(spans) for two in spans[i + 1 :])
    try:
        check_together(spans, rule)
        together = False
    except RuleError:
        together = True
    assert together == pairs


def test_boilerplate_beside_something_else_draws_a_hint():
    claim, plate = Span(0, 10, "claim", 1), Span(5, 20, "boilerplate", 2)
    assert is_boilerplate_overlap(plate, [claim])
    assert is_boilerplate_overlap(claim, [plate])
    assert not is_boilerplate_overlap(plate, [Span(5, 9, "boilerplate", 3)])
    assert not is_boilerplate_overlap(claim, [Span(5, 9, "opinion", 3), Span(30, 40, "boilerplate", 4)])


@given(SPANS, st.integers(0, 50), st.integers(1, 40))
def test_segments_join_and_each_knows_all_its_spans(spans, start, length):
    end = start + length
    cut = segments(start, end, spans)
    assert [cut[0].start, cut[-1].end] == [start, end]
    assert all(left.end == right.start for left, right in pairwise(cut))
    for segment in cut:
        assert segment.start < segment.end
        for place in range(segment.start, segment.end):
            covering = [span for span in spans if span.start <= place < span.end]
            assert list(segment.covering) == sorted(covering, key=lambda s: (s.length, s.number, s.start))


@given(SPANS)
def test_every_block_gets_the_spans_touching_it(spans):
    blocks = [(0, 10), (12, 30), (32, 33), (35, 90)]
    expected = [[s for s in spans if s.start < end and s.end > start] for start, end in blocks]
    assert spans_by_block(blocks, spans) == expected
