"""The teacher's four figures: every number is the engine's and the command line's, small classes and all."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.domain.agreement.bootstrap import Interval
from annotator.domain.errors import RuleError
from annotator.models import Exercise, Phase
from annotator.reports.agreement import Figure, agreement_of_article, agreement_of_exercise
from annotator.reports.agreement_passages import divided_of
from annotator.reports.figures_page import beyond, figures_page
from tests import factories
from tests.reports.agreeing import SUBMITTED, by_command, read_class, second_round, title

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("articles", [1, 2])
def test_every_number_is_the_command_lines(articles: int, tmp_path: Path) -> None:
    work = read_class(9, articles=articles)
    second_round(work)
    told = by_command([work], tmp_path, 1)
    page = figures_page(work)
    assert page.figures.headline.figure.value == told["alpha"]["any"]
    assert {row.label.slug: row.drawn.figure.value for row in page.figures.tags} == told["alpha"]["per_label"]
    assert (page.figures.same.value, page.figures.exact.value) == (told["f1"]["overlap"], told["f1"]["exact"])
    assert {each.part.kind: each.mass for each in page.reasons} == {
        kind: told["split"][kind] for kind in ("missed", "boundary", "label")
    }


def test_intervals_come_from_sentences_of_one_article_and_from_articles_of_more() -> None:
    one, more = read_class(9, articles=1), read_class(8, articles=2)
    assert figures_page(one).figures.agreement == agreement_of_article(one, title(one))
    assert figures_page(more).figures.agreement == agreement_of_exercise(more)


def test_each_part_opens_the_sentences_with_most_of_it() -> None:
    work = read_class(16, articles=1)
    found = divided_of(work, title(work), most=1000)
    text = title(work).text
    for reason in figures_page(work).reasons:
        kind = reason.part.kind
        masses = {each.start: each.mass * getattr(each.split, kind) for each in found}
        total = sum(masses.values())
        worst = sorted((mass for mass in masses.values() if mass), reverse=True)[:3]
        assert [round(masses[quote.start], 9) for quote in reason.quotes] == [round(mass, 9) for mass in worst]
        for quote in reason.quotes:
            assert quote.article == title(work).uuid
            words = "".join(piece.text for piece in quote.pieces).removesuffix(" …")
            assert text[quote.start :].startswith(words)
            assert quote.share == round(100 * masses[quote.start] / total)


def test_the_ends_are_the_labels_with_the_greatest_and_the_least_figure() -> None:
    page = figures_page(read_class(16, articles=1))
    values = {row.label.slug: row.drawn.figure.value for row in page.figures.tags}
    known = {slug: value for slug, value in values.items() if value is not None}
    assert page.easiest is not None
    assert page.hardest is not None
    assert page.easiest.label.slug == max(known, key=known.__getitem__)
    assert page.hardest.label.slug == min(known, key=known.__getitem__)
    assert page.commonest == max(page.reasons, key=lambda each: each.mass).part.kind


def test_a_teacher_sees_what_two_read() -> None:
    teacher = factories.teacher()
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.CLOSED)
    for number in range(2):
        made = factories.reading(work, factories.reader(work.classroom), **SUBMITTED)
        factories.span(made, number, number + 9, "claim")
    page = figures_page(work)
    assert page.readers == 2
    assert page.figures.headline.figure.value is not None
    assert page.figures.divided


def test_without_readers_every_figure_has_its_reason() -> None:
    teacher = factories.teacher()
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.CLOSED)
    page = figures_page(work)
    assert (page.readers, page.nested, page.easiest, page.reasons, page.commonest) == (0, None, None, (), "")
    reasons = {page.figures.same.reason, page.figures.headline.figure.reason}
    assert reasons | {row.drawn.figure.reason for row in page.figures.tags} == {"needs a second reader"}


@pytest.mark.parametrize(
    ("value", "low", "where"),
    [(-0.02, -0.1, "below"), (-0.001, -0.1, "at"), (0.1, -0.1, "at"), (0.1, 0.02, "above"), (0.1, None, "above")],
)
def test_a_figure_lies_where_its_two_decimals_and_its_interval_say(value: float, low: float | None, where: str) -> None:
    sure = None if low is None else Interval(low, 0.3, 1.0, 1.0, 0.0, is_rough=False)
    assert beyond(Figure(value, interval=sure)) == where


def test_a_blind_exercise_has_none() -> None:
    work = read_class(5, articles=1)
    work.phase = Phase.OPEN
    with pytest.raises(RuleError):
        figures_page(work)


@pytest.mark.parametrize("articles", [1, 3])
def test_it_asks_as_many_queries_as_it_says(articles: int) -> None:
    work = Exercise.objects.select_related("classroom").get(pk=read_class(9, articles=articles).pk)
    with CaptureQueriesContext(connection) as asked:
        figures_page(work)
    assert len(asked) <= 16
