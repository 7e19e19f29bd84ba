"""The printed report: its numbers are the engine's and the command line's, and small classes stay hidden."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.domain.errors import RuleError
from annotator.models import Classroom, Exercise, Phase
from annotator.reports.agreement import agreement_of_article
from annotator.reports.agreement_passages import divided_of
from annotator.reports.printed_report import printed_report
from tests import factories
from tests.reports.agreeing import SUBMITTED, by_command, read_class, second_round, title

pytestmark = pytest.mark.django_db


def test_every_number_is_the_command_lines(tmp_path: Path) -> None:
    work = read_class(16, articles=1)
    second_round(work)
    told = by_command([work], tmp_path, 1)
    figures = printed_report(work).figures
    assert figures is not None
    assert figures.headline.figure.value == told["alpha"]["any"]
    assert {row.label.slug: row.drawn.figure.value for row in figures.tags} == told["alpha"]["per_label"]
    assert (figures.same.value, figures.exact.value) == (told["f1"]["overlap"], told["f1"]["exact"])
    split = figures.agreement.split
    assert split is not None
    assert (split.missed, split.boundary, split.label) == tuple(
        told["split"][each] for each in ("missed", "boundary", "label")
    )
    assert sum(part.percent for part in figures.parts) == 100


def test_one_article_has_intervals_over_its_sentences() -> None:
    work = read_class(16, articles=1)
    figures = printed_report(work).figures
    assert figures is not None
    assert figures.agreement == agreement_of_article(work, title(work))
    assert figures.agreement.within_article


def test_the_sentences_are_those_that_the_engine_calls_most_divided() -> None:
    work = read_class(16, articles=1)
    figures = printed_report(work).figures
    assert figures is not None
    worst = divided_of(work, title(work), most=1000)
    text = title(work).text
    found = ["".join(piece.text for piece in each.pieces) for each in figures.divided]
    assert [each.removesuffix(" …") for each in found] == [text[each.start : each.end].rstrip() for each in worst[:3]]
    total = sum(each.mass for each in worst)
    assert [each.share for each in figures.divided] == [round(100 * each.mass / total) for each in worst[:3]]


def test_every_reader_is_counted_once_beside_a_sentence() -> None:
    work = read_class(16, articles=1)
    report = printed_report(work)
    assert report.figures is not None
    for each in report.figures.divided:
        assert sum(choice.readers for choice in each.choices) == report.readers
        assert each.missed + each.boundary + each.label == 100


def read_by(readers: int, kind: str = Classroom.Kind.CLASS, texts: int = 1) -> Exercise:
    """A room in which everybody marked another stretch of every article."""
    teacher = factories.teacher()
    room = factories.classroom(teacher, kind=kind)
    work = factories.exercise(room, [factories.article(teacher, title=f"Text {n}") for n in range(texts)],
                              phase=Phase.CLOSED)  # fmt: skip
    for number in range(readers):
        member = factories.reader(room)
        for text in work.articles.all():
            factories.span(factories.reading(work, member, text=text, **SUBMITTED), number, number + 9, "claim")
    return work


@pytest.mark.parametrize(("readers", "is_shown"), [(4, False), (5, True)])
def test_a_class_under_five_readers_is_hidden(readers: int, is_shown: bool) -> None:
    report = printed_report(read_by(readers))
    assert (report.figures is not None) is is_shown
    assert (report.spans > 0) is is_shown
    assert report.readers == readers


def test_two_readers_of_three_articles_are_two_to_guess() -> None:
    report = printed_report(read_by(2, texts=3))
    assert report.readings == 6
    assert report.figures is None


def test_who_read_alone_hides_nobody_that_was_compared() -> None:
    work = read_by(2, texts=3)
    for number in range(4):
        alone = factories.article(factories.teacher(), title=f"Read by one, {number}")
        work.places.create(article=alone, position=9 + number)
        factories.reading(work, factories.reader(work.classroom), text=alone, **SUBMITTED)
    report = printed_report(work)
    assert (report.readers, report.readings) == (6, 10)
    assert report.figures is None


def test_who_read_alone_hides_no_pair_beside_a_large_article() -> None:
    """Six readers are fifteen pairs; one more would be what two pupils marked, had by subtraction."""
    work = read_by(6)
    for place, readers in enumerate((2, 1, 1, 1), 2):
        few = factories.article(factories.teacher(), title=f"Read by {readers}, {place}")
        work.places.create(article=few, position=place)
        for number in range(readers):
            member = factories.reader(work.classroom)
            factories.span(factories.reading(work, member, text=few, **SUBMITTED), number, number + 20, "opinion")
    report = printed_report(work)
    assert report.figures is not None
    assert (report.figures.agreement.compared, report.figures.pairs, report.spans) == (1, 15, 6)
    assert [each.title for each in report.left_out] == ["Read by 2, 2", "Read by 1, 3", "Read by 1, 4", "Read by 1, 5"]


def test_a_team_sees_every_figure() -> None:
    assert printed_report(read_by(2, Classroom.Kind.TEAM)).figures is not None


def test_an_article_that_few_read_is_not_quoted() -> None:
    work = read_by(5)
    few = factories.article(factories.teacher(), title="Read by few")
    work.places.create(article=few, position=2)
    for number, member in enumerate(work.classroom.memberships.filter(is_reader=True)[:3]):
        factories.span(factories.reading(work, member, text=few, **SUBMITTED), number, number + 20, "opinion")
    figures = printed_report(work).figures
    assert figures is not None
    assert "Read by few" not in {each.title for each in figures.divided}


def test_nobody_has_read_says_so() -> None:
    report = printed_report(read_by(0, Classroom.Kind.TEAM))
    assert report.figures is not None
    assert report.figures.headline.figure.reason == "needs a second reader"
    assert (report.figures.divided, report.figures.parts) == ((), ())


def test_a_blind_exercise_has_none() -> None:
    work = read_by(5)
    work.phase = Phase.OPEN
    with pytest.raises(RuleError):
        printed_report(work)


@pytest.mark.parametrize("articles", [1, 3])
def test_it_asks_as_many_queries_as_it_says(articles: int) -> None:
    work = Exercise.objects.select_related("classroom").get(pk=read_class(16, articles=articles).pk)
    with CaptureQueriesContext(connection) as asked:
        printed_report(work)
    assert len(asked) <= 17
