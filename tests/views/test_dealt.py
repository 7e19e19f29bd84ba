"""An exercise whose articles are dealt: each reader meets the own ones, and everything counted asks for no others."""

import pytest
from django.urls import reverse

from annotator.exporters import csv_file, readings_csv
from annotator.models import Assignment, Distribution, Exercise, Phase, Reading, ReadingState
from annotator.reports.agreement import agreement_of_exercise
from annotator.reports.export_readings import reading_export
from annotator.reports.lesson_progress import lesson_progress
from annotator.reports.progress import own_work, places_of, progress_of
from annotator.services.dealing import articles_deal
from annotator.services.readings import reading_hand_in
from tests import factories

pytestmark = pytest.mark.django_db
DONE = {"state": ReadingState.SUBMITTED, "submitted_at": factories.NOON}


@pytest.fixture
def room():
    return factories.classroom(factories.teacher())


@pytest.fixture
def work(room):
    """Four readers of a class, two articles, one for each reader: two readers each."""
    readers = [factories.reader(room, f"reader{n}") for n in range(4)]
    teacher = room.memberships.get(is_teacher=True).user
    made = factories.exercise(room, [factories.article(teacher, title=title) for title in ("Ferry", "Bakery")])
    Exercise.objects.filter(pk=made.pk).update(distribution=Distribution.BALANCED, articles_each=1)
    made.refresh_from_db()
    articles_deal(exercise=made)
    assert len(readers) == Assignment.objects.count()
    return made


def held(member):
    return Assignment.objects.get(member=member).article


def other(work, member):
    return work.articles.exclude(pk=held(member).pk).get()


def readers_of(work):
    return list(work.classroom.memberships.filter(is_reader=True).order_by("pk"))


@pytest.mark.parametrize("address", ["exercise", "home"])
def test_a_reader_finds_the_own_article_and_no_trace_of_the_other(client, work, address):
    member = readers_of(work)[0]
    client.force_login(member.user)
    page = client.get(reverse(address, args=[work.uuid] if address == "exercise" else [])).content.decode()
    # Home names the exercise; its one button begins the own article.
    assert (held(member).title in page) or address == "home"
    assert str(held(member).uuid) in page
    assert other(work, member).title not in page
    assert str(other(work, member).uuid) not in page


def test_what_was_dealt_to_somebody_else_is_not_there(client, work):
    member = readers_of(work)[0]
    client.force_login(member.user)
    start = lambda article: client.post(reverse("reading-start", args=[work.uuid, article.uuid]))  # noqa: E731
    assert start(other(work, member)).status_code == 404
    assert Reading.objects.count() == 0
    assert start(held(member)).status_code == 302


def test_a_class_s_teacher_who_reads_too_reads_everything(client, work):
    own = work.classroom.memberships.get(is_teacher=True)
    own.is_reader, own.code_number = True, 77
    own.save()
    client.force_login(own.user)
    for article in work.articles.all():
        assert client.post(reverse("reading-start", args=[work.uuid, article.uuid])).status_code == 302


def test_handed_in_is_who_handed_in_the_own_articles(work):
    first, second = readers_of(work)[:2]
    reading_hand_in(reading=factories.reading(work, first, text=held(first)))
    factories.reading(work, second, text=held(second))
    places = places_of([work.pk])
    assert progress_of(places)[work.pk].done == 1
    states = [own_work(each.user, [work], places)[work.pk].state for each in readers_of(work)]
    assert states == ["handed_in", "reading", "waiting", "waiting"]
    teacher = work.classroom.memberships.get(is_teacher=True).user
    found = lesson_progress(work, teacher, is_open_to_all=False)
    assert (found.handed_in, found.reading, found.listed) == (1, 1, 4)


def rows(work):
    return csv_file.decode(b"".join(csv_file.encode(readings_csv.records(reading_export([work])))))


def test_readings_csv_has_a_row_for_what_each_was_dealt_and_for_nothing_else(work):
    first = readers_of(work)[0]
    factories.reading(work, first, text=held(first), **DONE)
    found = {(row["annotator"], row["document_title"], row["status"]) for row in rows(work)}
    expected = {(each.code, held(each).title, "not_started") for each in readers_of(work)[1:]}
    assert found == expected | {(first.code, held(first).title, "submitted")}


def test_the_queries_do_not_depend_on_how_many_read(client, work, django_assert_num_queries):
    exercises = [Exercise.objects.get(pk=work.pk)]
    user = readers_of(work)[0].user
    places = places_of([work.pk])
    for _ in range(2):
        with django_assert_num_queries(1):
            progress_of(places)
        with django_assert_num_queries(2):
            own_work(user, exercises, places)
        for _more in range(5):
            factories.reader(work.classroom)
        articles_deal(exercise=work)


def test_figures_are_those_of_the_readers_each_article_had(work):
    # Two readers of each article. Those of one mark the same 3 of its characters, those of the other mark nothing in
    # common: 3 by one and 3 others by the other reader.
    for article in work.articles.order_by("pk"):
        same = article.title == "Ferry"
        members = [each for each in readers_of(work) if held(each) == article]
        starts = [article.text.index("The Eastquay"), article.text.index("The Eastquay" if same else "Some 900")]
        for member, start in zip(members, starts, strict=True):
            factories.span(factories.reading(work, member, text=article, **DONE), start, start + 3, "claim")
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.CLOSED)
    work.refresh_from_db()
    found = agreement_of_exercise(work)
    assert (found.readers, found.articles, found.compared, found.spans) == (4, 2, 2, 4)
    # Alpha by hand, over units of one character that is no white space: of n = 2 * (N_a + N_b) values 3 * 4 = 12 are
    # marked, in 6 of the N units of the second article the two values differ.
    units = sum(each.length_nonspace for each in work.articles.all())
    values, marked = 2 * units, 12
    observed = 6 / units
    expected = 2 * marked * (values - marked) / (values * (values - 1))
    assert found.per_label["claim"].value == pytest.approx(1 - observed / expected)
