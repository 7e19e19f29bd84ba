"""Inside a document: intervals, heat, most divided passages, blocks missed, consensus, rows in pieces."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

from annotator.domain.agreement import runs as runs_module
from annotator.domain.agreement.alpha import alpha
from annotator.domain.agreement.bootstrap import Interval, article_blocks, draws, intervals, sentence_blocks
from annotator.domain.agreement.confusion import confusion
from annotator.domain.agreement.distances import ANY, JACCARD, MASI, NOMINAL_SET, label_distance
from annotator.domain.agreement.leave_one_out import without_each
from annotator.domain.agreement.passages import heat, most_divided
from annotator.domain.agreement.pool import read_rows
from annotator.domain.agreement.runs import runs
from annotator.domain.agreement.summary import as_bytes, summary
from annotator.domain.consensus import proposals
from tests.domain.agreement.dense import all_figures, every_alpha, made, marks, pool

DISTANCES = (ANY, NOMINAL_SET, JACCARD, MASI, label_distance(0))


def five(*more):
    """Five different small documents."""
    spans = [[(0, 0, 0, 4 + n), (1, 0, n, 9), (2, 1, 3, 12), (0, 1, 20, 22 + n)] for n in range(5)]
    return [made([*rows, *more], 3) for rows in spans]


def blocks_of(documents):
    """Articles as blocks to draw."""
    return article_blocks(read_rows([as_bytes(summary(each)) for each in documents]), DISTANCES)


def test_an_interval_over_articles_is_the_percentiles_of_alphas_of_drawn_articles():
    documents = five()
    weights = np.random.default_rng(20240).integers(0, 5, (1000, 5))
    drawn = [alpha(pool(*(documents[place] for place in row)), MASI) for row in weights[:40]]
    assert draws(5)[:40].tolist() == [np.bincount(row, minlength=5).tolist() for row in weights[:40]]
    blocks = blocks_of(documents)
    counts, apart = draws(5) @ blocks.counts, draws(5) @ blocks.disagreements
    ours = 1 - (counts.sum(axis=1) - 1) * apart[:, 3] / MASI.weighed(blocks.masks, counts)
    assert ours[:40] == pytest.approx(drawn, abs=1e-12)
    found = intervals(blocks)[3]
    assert (found.low, found.high) == pytest.approx(tuple(np.percentile(ours, (2.5, 97.5))))
    assert found.below_667 == (ours < 0.667).mean()
    assert found.below_800 == (ours < 0.8).mean()
    assert found.is_rough


def test_sentences_as_blocks_add_up_to_the_article():
    found, begins = made([(0, 0, 2, 9), (1, 0, 4, 12), (2, 1, 0, 30)], 3), [0, 10, 25]
    blocks = sentence_blocks(runs(found, begins), begins, DISTANCES)
    n = blocks.counts.sum()
    whole = blocks.counts.sum(axis=0)
    for place, distance in enumerate(DISTANCES):
        apart = blocks.disagreements[:, place].sum()
        value = 1 - (n - 1) * apart / distance.weighed(blocks.masks, whole)
        assert value == pytest.approx(alpha(pool(found), distance), abs=1e-12)


def test_fewer_than_five_articles_give_no_interval():
    assert {str(each) for each in intervals(blocks_of(five()[:4]))} == {"too early to say"}


def test_articles_with_one_reader_are_not_drawn():
    assert intervals(blocks_of(five())) == intervals(blocks_of([*five(), made([(0, 0, 1, 5)], [0])]))


def test_identical_readers_give_an_interval_that_says_nothing():
    same = [made([(who, 0, n, n + 9) for who in range(3)], 3) for n in range(6)]
    found = intervals(blocks_of(same))[0]
    assert isinstance(found, Interval)
    assert found.is_degenerate
    assert not found.is_wide


def test_draws_in_which_a_label_does_not_occur_are_dropped_and_counted():
    rare = [made([(0, 1, 0, 9), (1, 1, 0, 9)], 2) for _ in range(5)] + [made([(0, 0, 0, 9), (1, 0, 3, 9)], 2)]
    found = intervals(blocks_of(rare))[4]
    # The one article that has the label is missing from a draw with probability (5/6)^6 = .335.
    assert found.dropped == pytest.approx(0.335, abs=0.05)


def test_heat_is_the_share_of_reader_pairs_that_differ():
    found = runs(made([(0, 0, 0, 10), (1, 0, 0, 10), (2, 1, 5, 10)], 4))
    assert found.edges.tolist() == [0, 5, 10, 40]
    # 2 of 4 hold claim: 8 of 12 ordered pairs differ; then claim twice, attribution, blank: 10 of 12.
    assert heat(found).tolist() == pytest.approx([8 / 12, 10 / 12, 0])
    assert heat(found, 1).tolist() == pytest.approx([0, 6 / 12, 0])


def test_the_most_divided_passages_come_largest_first_and_the_earlier_where_equal():
    spans = [(0, 0, 0, 4), (0, 0, 12, 18), (1, 1, 12, 18), (0, 0, 32, 36)]
    begins = [0, 10, 20, 30]
    found = most_divided(runs(made(spans, 2), begins), begins)
    assert [each.sentence for each in found] == [1, 0, 3]
    # Two readers differ on 6, 4 and 4 characters, each in both orders.
    assert [each.mass for each in found] == [12, 8, 8]
    assert (found[0].split.label, found[1].split.missed) == (1, 1)


def test_what_the_other_marked_elsewhere_in_a_block_makes_a_boundary_and_nothing_a_miss():
    spans = [(0, 0, 0, 10), (0, 1, 10, 20), (1, 0, 15, 20), (0, 0, 30, 34)]
    found = pool(made(spans, 2)).split
    # [0, 15) both orders: the other marked [15, 20) of that block. [15, 20): other label. [30, 34): missed.
    assert (found.boundary, found.label, found.missed) == (30, 10, 8)


def test_a_common_label_comes_off_before_confusion_is_counted():
    table = confusion(pool(made([(0, 0, 0, 10), (0, 1, 0, 10), (1, 0, 0, 10)], 2, length=20)), 2)
    # Rows: two labels, blank, nothing more. 10 characters, both orders: attribution against nothing more.
    assert table.tolist() == [[0, 0, 0, 0], [0, 0, 0, 10], [0, 0, 20, 0], [0, 10, 0, 0]]


def test_consensus_proposes_what_enough_marked_with_the_commonest_edges():
    spans = [(0, 0, 0, 10), (1, 0, 0, 12), (2, 0, 3, 12), (3, 0, 30, 35)]
    found = made(spans, 4)
    (one,) = proposals(found, runs(found), 0, share=Fraction(1, 2))
    assert (one.start, one.end, one.readers) == (0, 12, 2)
    (strict,) = proposals(found, runs(found), 0, share=Fraction(3, 4))
    assert (strict.start, strict.end, strict.readers) == (0, 12, 3)
    assert len(proposals(found, runs(found), 0, share=Fraction(1, 4))) == 2
    assert proposals(found, runs(found), 1, share=Fraction(1, 4)) == ()


def test_edges_named_equally_often_make_the_shorter_proposal_and_never_an_empty_one():
    found = made([(0, 0, 0, 10), (1, 0, 4, 14)], 2)
    (one,) = proposals(found, runs(found), 0, share=Fraction(1))
    assert (one.start, one.end) == (4, 10)
    crossing = made([(0, 0, 0, 4), (0, 0, 6, 12), (1, 0, 2, 20)], 2)
    (run,) = proposals(crossing, runs(crossing), 0, share=Fraction(1, 2))
    assert (run.start, run.end) == (0, 20)


@given(marks())
@settings(deadline=None, max_examples=30)
def test_working_in_small_pieces_gives_the_same_figures(spans):
    whole = all_figures(made(spans))
    with pytest.MonkeyPatch.context() as patch:
        for module in ("runs", "meetings", "distances", "pair_pool"):
            patch.setattr(f"annotator.domain.agreement.{module}.CELLS", 7)
        pieces = all_figures(made(spans))
    assert runs_module.CELLS > 7
    assert pieces["pairs"] == whole["pairs"]
    assert pieces["split"] == whole["split"]
    for name in ("any", "nominal_set"):
        assert pieces["alpha"][name] == whole["alpha"][name]
    assert pieces["alpha"]["masi"] == pytest.approx(whole["alpha"]["masi"], abs=1e-12)


def test_a_figure_that_leaving_a_reader_out_undoes_has_its_reason():
    def reasons(found, distance=ANY):
        return {reader: str(why) for reader, why in without_each([(found, runs(found))], distance).items()}

    second, text, nothing, unused, same = (
        "needs a second reader", "no text to compare", "nobody has marked anything yet",
        "not used yet — nothing to compare", "no variation — agreement beyond chance cannot be computed",
    )  # fmt: skip
    assert reasons(made([(0, 0, 1, 5)], 2)) == dict.fromkeys(range(2), second)
    assert reasons(made([(0, 0, 1, 5)], 3, length=6, weights=[0] * 6)) == dict.fromkeys(range(3), text)
    assert reasons(made([(0, 0, 1, 5)], 3))[0] == nothing
    assert reasons(made([(0, 0, 1, 5), (1, 1, 1, 5)], 3), label_distance(0))[0] == unused
    assert reasons(made([(0, 0, 0, 40), (1, 0, 0, 40)], 3))[2] == same


def test_blocks_and_merged_spans_are_counted_for_too_few():
    found = pool(made([(0, 0, 0, 5), (0, 0, 5, 9), (0, 1, 8, 20), (1, 0, 30, 35)], 2))
    assert found.blocks == 2
    assert found.labels.tolist() == [0, 1]
    assert found.spans.tolist() == [2, 1]
    assert every_alpha(found)["opinion"] == "NotEnoughData: not used yet — nothing to compare"


def test_of_no_documents_nobody_is_left_out():
    assert without_each([], ANY) == {}
