"""Figures of each article, labels that meet, and agreement without each reader: from the database, by hand or anew."""

from statistics import fmean

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.domain.agreement import reasons
from annotator.domain.errors import RuleError
from annotator.models import Exercise, Phase, Reading, ReadingState, Span
from annotator.reports.agreement import Figure, agreement_of_article, agreement_of_exercise
from annotator.reports.agreement_articles import articles_of_classroom, articles_of_corpus, articles_of_exercise, mean
from annotator.reports.agreement_confusion import (
    Meeting,
    confusion_beside_key,
    confusion_of_classroom,
    confusion_of_corpus,
    confusion_of_exercise,
)
from annotator.reports.agreement_leave_out import left_out_of_classroom, left_out_of_corpus, left_out_of_exercise
from annotator.reports.agreement_pairs import pairs_of
from annotator.services.agreement import agreement_refresh
from annotator.services.samples import samples_add
from tests import factories
from tests.reports import agreeing

pytestmark = pytest.mark.django_db
SLUGS = ("claim", "attribution", "opinion", "boilerplate")
BLANK, MORE = 4, 5


def closed(readers=2, text=factories.TEXT):
    """A closed exercise of one article that so many have handed in blank."""
    owner = factories.teacher()
    work = factories.exercise(factories.classroom(owner), [factories.article(owner, text=text)])
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.CLOSED)
    work.refresh_from_db()
    return work, [
        factories.reading(work, factories.reader(work.classroom), **agreeing.SUBMITTED) for _each in range(readers)
    ]


def key_of(work):
    leader = work.classroom.memberships.get(is_teacher=True)
    return factories.reading(work, leader, is_key=True, round=0, **agreeing.SUBMITTED)


def test_labels_that_meet_are_counted_per_thousand_characters_read():
    work, (one, other) = closed(text="0123456789 0123456789")
    assert work.codebook_version.labels.order_by("position").values_list("slug", flat=True)[0] == "claim"
    factories.span(one, 0, 10, "claim")
    factories.span(other, 4, 10, "opinion")
    found = confusion_of_exercise(work)
    assert found.labels == SLUGS
    # Two readers of 20 characters: 40 values. 6 meet in both orders, 4 are claim on blank, 10 blank on blank.
    assert found.cells[0][2] == found.cells[2][0] == pytest.approx(6 * 1000 / 40)
    assert found.cells[0][BLANK] == found.cells[BLANK][0] == pytest.approx(4 * 1000 / 40)
    assert found.cells[BLANK][BLANK] == pytest.approx(20 * 1000 / 40)
    assert sum(map(sum, found.cells)) == pytest.approx(1000)
    assert found.meetings == (Meeting("claim", "opinion", pytest.approx(300)),)


def test_a_label_more_than_the_other_has_meets_nothing():
    work, (one, other) = closed(text="0123456789")
    for label in ("claim", "opinion"):
        factories.span(one, 0, 4, label)
    factories.span(other, 0, 4, "claim")
    found = confusion_of_exercise(work)
    assert found.cells[2][MORE] == pytest.approx(4 * 1000 / 20)
    assert found.meetings == ()


def test_against_the_key_readers_stand_in_the_rows_and_are_not_compared_with_each_other():
    work, (one, other) = closed(text="0123456789")
    factories.span(one, 0, 6, "opinion")
    factories.span(other, 0, 4, "attribution")
    key = key_of(work)
    factories.span(key, 0, 5, "claim")
    found = confusion_beside_key(work)
    # Two readers against the key on 10 characters: 20 values.
    assert found.meetings == (
        Meeting("opinion", "claim", pytest.approx(5 * 50)), Meeting("attribution", "claim", pytest.approx(4 * 50)),
    )  # fmt: skip
    assert found.cells[2][BLANK] == pytest.approx(50)
    assert found.cells[BLANK][0] == pytest.approx(50)
    assert found.cells[BLANK][BLANK] == pytest.approx((4 + 5) * 50)
    assert found.cells[0] == (0,) * 6
    # Without the key opinion meets attribution on four characters.
    assert confusion_of_exercise(work).meetings == (Meeting("attribution", "opinion", pytest.approx(400)),)
    Reading.objects.filter(pk=key.pk).update(state=ReadingState.OPEN, submitted_at=None)
    assert (confusion_beside_key(work).cells, confusion_beside_key(work).reason) == ((), reasons.SECOND_READER)


def test_confusion_has_its_reason_where_there_is_nothing_to_count():
    work, _readings = closed()
    assert (confusion_of_exercise(work).cells, confusion_of_exercise(work).reason) == ((), reasons.NOTHING_MARKED)
    # A key with nothing in it is no key yet.
    key_of(work)
    assert confusion_beside_key(work).reason == reasons.SECOND_READER
    alone, _reading = closed(1)
    assert confusion_of_exercise(alone).reason == reasons.SECOND_READER
    assert confusion_of_exercise(alone).meetings == ()
    blank, _readings = closed(text=" \n\n ")
    factories.span(key_of(blank), 0, 1)
    assert confusion_of_exercise(blank).reason == confusion_beside_key(blank).reason == reasons.NO_TEXT


def test_off_the_diagonal_stands_what_alpha_counts_as_disagreement():
    work = agreeing.read_class(9, articles=3)
    found, whole = confusion_of_exercise(work), agreement_of_exercise(work)
    off = 1000 - sum(found.cells[place][place] for place in range(6))
    assert off == pytest.approx(1000 * (1 - whole.raw.value))


def without(work, member):
    """The exercise's figures while a reader's readings do not count."""
    before = list(Reading.objects.filter(exercise=work, member=member))
    Reading.objects.filter(exercise=work, member=member).update(state=ReadingState.OPEN, submitted_at=None)
    found = agreement_of_exercise(work)
    Reading.objects.bulk_update(before, ["state", "submitted_at"])
    return found


@pytest.mark.parametrize(
    ("options", "pick"),
    [
        ({}, lambda found: found.headline),
        ({"measure": "masi"}, lambda found: found.together["masi"]),
        ({"label": "opinion"}, lambda found: found.per_label["opinion"]),
    ],
)
def test_a_reader_left_out_leaves_the_figure_of_the_others(options, pick):
    work = agreeing.read_class(6, articles=3)
    found = left_out_of_exercise(work, **options)
    whole = pick(agreement_of_exercise(work))
    assert found.whole.value == whole.value
    members = set(work.readings.filter(is_key=False).counted().values_list("member", flat=True))
    assert {each.member for each in found.readers} == members
    for each in found.readers:
        expected = pick(without(work, each.member))
        assert (each.value, each.reason) == (pytest.approx(expected.value, abs=1e-10), expected.reason)
        assert each.change == pytest.approx(each.value - whole.value, abs=1e-10)


def test_who_differs_most_stands_first_under_the_code():
    work, readings = closed(4)
    for each in readings[:3]:
        factories.span(each, 28, 60)
    factories.span(readings[3], 90, 130, "opinion")
    first, *rest = left_out_of_exercise(work).readers
    assert (first.code, first.value) == (readings[3].member.code, 1)
    assert [each.code for each in rest] == sorted(each.member.code for each in readings[:3])
    assert len({each.change for each in rest}) == 1


def test_of_two_readers_neither_leaves_a_figure():
    work, (one, other) = closed()
    factories.span(one, 28, 60)
    factories.span(other, 28, 70)
    found = left_out_of_exercise(work)
    assert found.whole.value is not None
    assert {(each.value, each.change, each.reason) for each in found.readers} == {(None, None, reasons.SECOND_READER)}


def test_each_article_has_its_own_figures_and_they_have_a_mean():
    work = agreeing.read_class(8, articles=3)
    found = articles_of_exercise(work)
    assert found.pooled == agreement_of_exercise(work)
    assert len(found.articles) == 3
    own = [agreement_of_article(work, work.articles.get(pk=each.article)) for each in found.articles]
    pairs = [pairs_of(work, article=work.articles.get(pk=each.article)) for each in found.articles]
    for each, one, two in zip(found.articles, own, pairs, strict=True):
        assert {name: one.value for name, one in each.agreement.together.items()} == {
            name: figure.value for name, figure in one.together.items()
        }
        assert each.agreement.split == one.split
        assert each.f1 == two.mean
        assert each.agreement.headline.interval is None
        assert each.agreement.headline.no_interval == ""
    assert found.together["any"].value == pytest.approx(fmean(one.headline.value for one in own), abs=1e-14)
    assert found.f1["overlap"].value == pytest.approx(fmean(two.mean["overlap"].value for two in pairs), abs=1e-14)
    assert found.together["any"].value != found.pooled.headline.value
    assert found.together["any"].articles == 3


def test_an_article_without_a_figure_is_in_no_mean():
    work = agreeing.read_class(4, articles=3)
    last = agreeing.title(work, 2)
    members = work.readings.filter(is_key=False, article=last).values_list("member", flat=True)
    others = Reading.objects.filter(exercise=work, article=last).exclude(member=members[0])
    others.update(state=ReadingState.OPEN, submitted_at=None)
    found = articles_of_exercise(work)
    figures = {each.article: each.agreement.headline for each in found.articles}
    assert figures.pop(last.pk).reason == reasons.SECOND_READER
    assert found.together["any"].articles == 2
    assert found.together["any"].value == pytest.approx(fmean(each.value for each in figures.values()), abs=1e-14)


def test_where_no_article_has_a_figure_the_reason_nearest_to_one_stands():
    work = agreeing.read_class(3, articles=2)
    Span.objects.filter(reading__exercise=work).update(deleted_at=factories.NOON)
    Reading.objects.filter(exercise=work, round=1).update(**agreeing.SUBMITTED)
    found = articles_of_exercise(work)
    assert (found.together["any"].value, found.together["any"].reason) == (None, reasons.NOTHING_MARKED)
    assert found.per_label["claim"].reason == reasons.NOT_USED
    assert (found.f1["exact"].value, found.f1["exact"].reason) == (None, reasons.NOTHING_MARKED)
    assert mean([]).reason == reasons.SECOND_READER
    nearest = [Figure(None, reason=each) for each in (reasons.NO_VARIATION, reasons.SECOND_READER)]
    assert mean(nearest).reason == mean(nearest[::-1]).reason == reasons.NO_VARIATION


def test_rounds_are_told_apart():
    work = agreeing.read_class(6, phase=Phase.REVISING)
    agreeing.second_round(work)
    for report in (articles_of_exercise, confusion_of_exercise, left_out_of_exercise):
        assert report(work, 1) != report(work, 2)
    assert len(articles_of_exercise(work, 2).articles) == 1


CORPORA = [
    (articles_of_exercise, articles_of_corpus, articles_of_classroom),
    (confusion_of_exercise, confusion_of_corpus, confusion_of_classroom),
    (left_out_of_exercise, left_out_of_corpus, left_out_of_classroom),
]


@pytest.mark.parametrize(("of_one", "of_many", "of_room"), CORPORA)
def test_a_corpus_leaves_blind_ones_and_samples_out_and_keeps_codebooks_apart(of_one, of_many, of_room):
    teacher = factories.teacher()
    samples_add(teacher=teacher)
    works = [agreeing.read_class(3), agreeing.read_class(3, labels=2), agreeing.read_class(2, phase=Phase.OPEN)]
    found = of_many([*works, *Exercise.objects.filter(is_sample=True)])
    assert [each.codebook_version for each in found] == [work.codebook_version for work in works[:2]]
    assert [each.found for each in found] == [of_one(work) for work in works[:2]]
    assert [each.found for each in of_room(works[0].classroom)] == [of_one(works[0])]
    assert of_room(works[2].classroom) == ()


def test_a_corpus_sums_its_exercises():
    works = [agreeing.read_class(readers) for readers in (2, 3, 5)]
    [found] = articles_of_corpus(works)
    assert len(found.found.articles) == 6
    [crossed] = confusion_of_corpus(works)
    amounts = [agreement_of_exercise(work) for work in works]
    # Each exercise weighs what was read of it: readers times characters, of texts that two have read.
    weights = [values(work) for work in works]
    parts = [confusion_of_exercise(work).cells[BLANK][BLANK] for work in works]
    assert crossed.found.cells[BLANK][BLANK] == pytest.approx(
        sum(part * weight for part, weight in zip(parts, weights, strict=True)) / sum(weights)
    )
    assert sum(each.compared for each in amounts) == found.found.pooled.compared


def values(work):
    """Readers times characters that are not white space, over articles with two readers or more."""
    texts = [
        (text.length_nonspace, work.readings.filter(is_key=False, article=text).counted().count())
        for text in work.articles.all()
    ]
    return sum(length * readers for length, readers in texts if readers > 1)


def ask_all(work):
    return [
        lambda: articles_of_exercise(work),
        lambda: confusion_of_exercise(work),
        lambda: confusion_of_exercise(work, 1, agreeing.title(work)),
        lambda: confusion_beside_key(work),
        lambda: left_out_of_exercise(work),
    ]


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.OPEN])
def test_while_it_is_blind_nothing_is_looked_at(phase):
    work = agreeing.read_class(4, phase=phase)
    tables = ("annotator_span", "annotator_reading", "annotator_agreement")
    for ask in ask_all(work):
        with CaptureQueriesContext(connection) as asked, pytest.raises(RuleError) as refused:
            ask()
        assert refused.value.code == "blind"
        assert [each["sql"] for each in asked if any(table in each["sql"] for table in tables)] == []


def test_the_number_of_queries_is_known(django_assert_num_queries):
    small, large = agreeing.read_class(2, articles=1), agreeing.read_class(12, articles=5)
    for work in (small, large):
        for ask, number in zip(ask_all(work), [13, 7, 8, 8, 6], strict=True):
            with django_assert_num_queries(number):
                ask()
        agreement_refresh(exercise=work)
        for ask, number in zip(ask_all(work), [5, 3, 4, 8, 6], strict=True):
            with django_assert_num_queries(number):
                ask()
    with django_assert_num_queries(4):
        confusion_of_classroom(small.classroom)
