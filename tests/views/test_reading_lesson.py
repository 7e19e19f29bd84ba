"""The lesson on a reader's page: the time left, the nudge, what changed, and cheap answers while nothing does."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from annotator.models import Exercise, Participation, Phase, Reading
from annotator.services.exercises import exercise_move
from annotator.services.lesson_clock import extra_time_add, timer_pause, timer_set
from annotator.services.lessons import readers_nudge
from annotator.services.readings import reading_revise, whole_seconds
from tests import factories
from tests.services.saving import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading():
    teacher = factories.teacher()
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher)])
    return factories.reading(work, factories.reader(work.classroom))


@pytest.fixture
def reader(reading):
    client = Client()
    client.force_login(reading.member.user)
    return client


def poll(reader, reading, was="open:open", etag=""):
    headers = {"If-None-Match": etag} if etag else {}
    return reader.get(reverse("reading-lesson", args=[reading.uuid]), {"was": was}, headers=headers)


def html(reader, reading, was="open:open"):
    return poll(reader, reading, was).content.decode()


def left(page):
    found = re.search(r'data-left="(\d+)"', page)
    return int(found[1]) if found else None


def test_without_a_clock_nothing_is_shown(reader, reading):
    page = html(reader, reading)
    assert left(page) is None
    assert re.search(r'<span class="timer" id="timer" hidden>', page)
    assert "notice" not in page


def test_the_time_left_is_the_reader_s_own(reader, reading):
    timer_set(exercise=reading.exercise, minutes=5)
    extra_time_add(exercise=reading.exercise, member=reading.member, seconds=60)
    assert abs(left(html(reader, reading)) - 360) <= 1


def test_a_paused_clock_says_so(reader, reading):
    timer_set(exercise=reading.exercise, minutes=5)
    timer_pause(exercise=reading.exercise)
    page = html(reader, reading)
    assert abs(left(page) - 300) <= 1
    assert "data-still" in page
    assert "paused" in page


def test_a_hidden_clock_shows_only_the_last_two_minutes(reader, reading):
    Exercise.objects.update(shows_clock=False, ends_at=whole_seconds() + timedelta(seconds=300))
    assert re.search(r"data-late-only hidden>", html(reader, reading))
    Exercise.objects.update(ends_at=whole_seconds() + timedelta(seconds=90))
    assert re.search(r'class="timer last"[^>]*data-late-only>', html(reader, reading))


def test_unchanged_it_is_answered_without_a_body_until_something_changes(reader, reading):
    timer_set(exercise=reading.exercise, minutes=5)
    etag = poll(reader, reading).headers["ETag"]
    again = poll(reader, reading, etag=etag)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    readers_nudge(exercise=reading.exercise, members=[reading.member])
    Reading.objects.update(seen_at=factories.NOON)
    assert poll(reader, reading, etag=etag).status_code == 200


def test_what_others_do_changes_nothing_in_it(reader, reading):
    etag = poll(reader, reading).headers["ETag"]
    other = factories.reading(reading.exercise, factories.reader(reading.exercise.classroom))
    add(other)
    readers_nudge(exercise=reading.exercise, members=[other.member])
    extra_time_add(exercise=reading.exercise, member=other.member, seconds=60)
    assert poll(reader, reading, etag=etag).status_code == 304


def test_a_nudge_is_shown_until_the_reader_does_something(reader, reading):
    Reading.objects.update(seen_at=factories.NOON)
    readers_nudge(exercise=reading.exercise, members=[reading.member])
    assert "are you still there?" in html(reader, reading)
    reader.post(reverse("reading-here", args=[reading.uuid]))
    assert "are you still there?" not in html(reader, reading)
    assert Participation.objects.get().nudged_at is not None


def test_saving_a_highlight_answers_the_nudge_too(reader, reading):
    Reading.objects.update(seen_at=factories.NOON)
    Participation.objects.create(
        exercise=reading.exercise, member=reading.member, nudged_at=whole_seconds() - timedelta(seconds=5)
    )
    add(Reading.objects.get())
    assert "are you still there?" not in html(reader, reading)


@pytest.mark.parametrize(
    ("phases", "sentence"),
    [
        ([Phase.CLOSED], "Your teacher closed the reading."),
        ([Phase.CLOSED, Phase.REVEALED], "The discussion has begun."),
        ([Phase.CLOSED, Phase.REVEALED, Phase.REVISING], "The second round has begun."),
        ([Phase.CLOSED, Phase.REVEALED, Phase.WRAPPED_UP], "The lesson is wrapped up."),
    ],
)
def test_the_page_is_told_when_the_lesson_goes_on(reader, reading, phases, sentence):
    for phase in phases:
        exercise_move(exercise=reading.exercise, phase=phase)
    assert sentence in html(reader, reading)
    # A page that was shown there already knows.
    assert sentence not in html(reader, reading, was=f"{phases[-1]}:collected")


def test_the_clock_closes_with_other_words(reader, reading):
    Exercise.objects.update(ends_at=whole_seconds() - timedelta(seconds=5))
    assert "Time is up." in html(reader, reading)


def test_handing_in_is_offered_until_the_cut_off(reader, reading):
    exercise_move(exercise=reading.exercise, phase=Phase.CLOSED)
    assert "You can still hand in until" in html(reader, reading)
    assert reader.post(reverse("reading-hand-in", args=[reading.uuid])).status_code == 302
    assert "You can still hand in until" not in html(reader, reading)


def test_after_the_cut_off_it_is_not(reader, reading):
    exercise_move(exercise=reading.exercise, phase=Phase.CLOSED)
    Exercise.objects.update(closed_at=whole_seconds() - timedelta(seconds=180))
    assert "You can still hand in until" not in html(reader, reading)
    assert reader.post(reverse("reading-hand-in", args=[reading.uuid])).status_code == 422


def test_late_highlights_are_marked_on_both_ways_to_tag(reader, reading):
    add(reading)
    exercise_move(exercise=reading.exercise, phase=Phase.CLOSED)
    exercise_move(exercise=reading.exercise, phase=Phase.REVEALED)
    add(reading, 60, 70)
    for name in ("reading", "reading-sentences"):
        page = reader.get(reverse(name, args=[reading.uuid])).content.decode()
        assert page.count("late, does not count") == 1


def test_the_start_address_leads_to_the_second_round_while_revising(reader, reading):
    for phase in (Phase.CLOSED, Phase.REVEALED, Phase.REVISING):
        exercise_move(exercise=reading.exercise, phase=phase)
    first = reader.get(reverse("reading", args=[reading.uuid])).content.decode()
    start = reverse("reading-start", args=[reading.exercise.uuid, reading.article.uuid])
    assert f'action="{start}"' in first
    answer = reader.post(start)
    second = Reading.objects.get(round=2)
    assert answer.url == reverse("reading", args=[second.uuid])
    page = reader.get(answer.url).content.decode()
    assert "It began as a copy of your first reading" in page
    assert 'data-state="open"' in page


def test_late_highlights_are_offered_to_the_second_round_and_taken_in(reader, reading):
    for phase in (Phase.CLOSED, Phase.REVEALED):
        exercise_move(exercise=reading.exercise, phase=phase)
    add(reading, 60, 70)
    exercise_move(exercise=reading.exercise, phase=Phase.REVISING)
    second = reading_revise(exercise=reading.exercise, article=reading.article, member=reading.member)
    page = reader.get(reverse("reading", args=[second.uuid])).content.decode()
    take = reverse("reading-late", args=[second.uuid])
    assert f'action="{take}"' in page
    assert reader.post(take).status_code == 302
    assert second.spans.get().is_late is False
    assert take not in reader.get(reverse("reading", args=[second.uuid])).content.decode()


def test_a_poll_costs_a_known_number_of_queries(reader, reading, django_assert_num_queries):
    # The first request of a session notes its time.
    poll(reader, reading)
    # Session and user, deadlines, the reading, the reader's own part in the lesson.
    with django_assert_num_queries(5):
        poll(reader, reading)


def test_the_list_of_sentences_is_led_back_to_itself(reader, reading):
    sentences = reverse("reading-sentences", args=[reading.uuid])
    exercise_move(exercise=reading.exercise, phase=Phase.CLOSED)
    address = reverse("reading-lesson", args=[reading.uuid])
    page = reader.get(address, {"was": "open:open", "then": "sentences"}).content.decode()
    assert f'href="{sentences}">Load the page again' in page
    assert f'href="{sentences}"' not in html(reader, reading)
    here = reverse("reading-here", args=[reading.uuid])
    assert reader.post(here, {"then": "sentences"}).headers["Location"] == sentences
    for then in ("", "https://example.org/", "history"):
        assert reader.post(here, {"then": then}).headers["Location"] == reverse("reading", args=[reading.uuid])
