"""A running lesson on its teacher's page: what it tells every few seconds, and what each press does."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from annotator.models import Assignment, Classroom, Exercise, Participation, Phase, Reading, RosterEntry
from annotator.reports.exercise_page import lesson_panel
from annotator.services.doors import door_of
from tests import factories
from tests.views.exercise_screen import group, html, text

pytestmark = pytest.mark.django_db
DONE = {"state": "submitted", "submitted_at": factories.NOON}


@pytest.fixture
def teacher(client):
    made = factories.teacher("marit")
    client.force_login(made)
    return made


@pytest.fixture
def room(teacher):
    return factories.classroom(teacher)


@pytest.fixture
def work(teacher, room):
    return factories.exercise(room, [factories.article(teacher)])


@pytest.fixture
def minute(monkeypatch):
    """The clock stands in the middle of a minute."""
    now = timezone.now().replace(second=30, microsecond=0)
    monkeypatch.setattr(timezone, "now", lambda: now)
    return now


def address(work, name, *more):
    return reverse(f"exercise-{name}", args=[work.uuid, *more])


def poll(client, work, tag=""):
    headers = {"If-None-Match": tag} if tag else {}
    return client.get(address(work, "progress"), headers={"Sourcewise-Poll": "1", **headers})


def runs(work, minutes=10, **fields):
    """The clock of the lesson runs for so long."""
    ends = timezone.now().replace(microsecond=0) + timedelta(minutes=minutes)
    Exercise.objects.filter(pk=work.pk).update(ends_at=ends, minutes=minutes, **fields)
    return ends


def test_what_has_not_changed_is_answered_with_304(client, teacher, room, work, minute):
    factories.reading(work, factories.reader(room, "amber"), started_at=minute, seen_at=minute)
    first = poll(client, work)
    assert first.status_code == 200
    assert first.headers["ETag"].startswith('"')
    again = poll(client, work, first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert poll(client, work).content == first.content
    Reading.objects.update(**DONE)
    changed = poll(client, work, first.headers["ETag"])
    assert changed.status_code == 200
    assert "Handed in" in changed.content.decode()


def test_seconds_change_nothing_and_a_minute_changes_all_at_once(client, teacher, room, work, minute, monkeypatch):
    runs(work)
    for second in range(3):
        at = minute + timedelta(seconds=9 * second)
        factories.reading(work, factories.reader(room), started_at=at, seen_at=at)
    tag = poll(client, work).headers["ETag"]
    monkeypatch.setattr(timezone, "now", lambda: minute + timedelta(seconds=29))
    assert poll(client, work, tag).status_code == 304
    monkeypatch.setattr(timezone, "now", lambda: minute + timedelta(seconds=31))
    assert poll(client, work, tag).status_code == 200


@pytest.mark.proves("S02")
def test_while_blind_neither_body_nor_tag_knows_what_was_marked(client, teacher, room, work, minute):
    mine = factories.reading(work, factories.reader(room, "amber"), started_at=minute, seen_at=minute)
    before = poll(client, work)
    factories.span(mine, 28, 40, note="Canary-note")
    Reading.objects.filter(pk=mine.pk).update(version=4)
    after = poll(client, work)
    assert (after.content, after.headers["ETag"]) == (before.content, before.headers["ETag"])


def test_the_report_asks_three_times_however_many_readers_and_once_more_for_the_talk(
    teacher, room, work, django_assert_num_queries
):
    for _ in range(12):
        factories.reading(work, factories.reader(room))
    found = Exercise.objects.select_related("classroom", "codebook_version").get(pk=work.pk)
    for phase, is_open, queries in (("open", False, 3), ("closed", True, 4)):
        found.phase = phase
        with django_assert_num_queries(queries):
            lesson_panel(found, teacher, is_open_to_all=is_open, is_ticking=False)


def test_an_unchanged_answer_costs_little_altogether(client, teacher, room, work):
    factories.reader(room)
    tag = poll(client, work).headers["ETag"]
    with CaptureQueriesContext(connection) as captured:
        poll(client, work, tag)
    # Session, person, deadlines, the exercise, and the report's three.
    assert len(captured) == 7


@pytest.mark.parametrize("who", ["reader", "stranger", "other teacher"])
def test_nobody_else_is_told(client, room, work, who):
    people = {"reader": factories.reader(room).user, "stranger": factories.user(), "other teacher": factories.teacher()}
    client.force_login(people[who])
    assert poll(client, work).status_code == 404


def test_what_needs_a_look_stands_first_and_most_pressing_on_top(client, teacher, room, work, minute):
    runs(work)
    members = {name: factories.reader(room, name) for name in ("extra", "offline", "quiet", "well")}
    long_ago, now = minute - timedelta(minutes=20), minute
    for name, member in members.items():
        seen = now if name in {"extra", "well"} else minute - timedelta(minutes=7)
        factories.reading(work, member, started_at=long_ago, seen_at=seen)
    for name, seen, extra in (("offline", minute - timedelta(minutes=4), 0), ("quiet", now, 0), ("extra", now, 300)):
        Participation.objects.create(exercise=work, member=members[name], seen_at=seen, extra_seconds=extra)
    RosterEntry.objects.create(classroom=room, position=1, name="Tilda Brandt")
    found = text(poll(client, work).content.decode())
    look = found[found.index("Needs a look 4") : found.index("Reading 1")]
    order = [
        look.index(name) for name in ("Offline Offline", "Quiet Nothing", "Extra Reading with", "Tilda Brandt Not")
    ]
    assert order == sorted(order)
    assert "4 / 5 joined 4 reading 0 handed in" in found


def test_a_page_that_was_only_heard_before_the_reading_began_is_not_offline(client, teacher, room, work, minute):
    member = factories.reader(room, "amber")
    begun = minute - timedelta(minutes=3)
    factories.reading(work, member, started_at=begun, seen_at=begun)
    Participation.objects.create(exercise=work, member=member, seen_at=begun - timedelta(minutes=1))
    assert "Needs a look" not in text(poll(client, work).content.decode())


def test_many_who_have_not_joined_make_a_list_of_their_own(client, teacher, room, work):
    for position in range(7):
        RosterEntry.objects.create(classroom=room, position=position, name=f"Pupil {position}")
    page = html(client, teacher, work)
    assert group(page, "look") == ""
    assert group(page, "missing").startswith("Not joined yet 7 Their codes Pupil 0")


def test_the_clock_is_set_lengthened_stopped_and_taken_away(client, teacher, work):
    def press(**sent):
        assert client.post(address(work, "timer"), sent).status_code == 302
        work.refresh_from_db()

    press(press="set", minutes="20")
    first = work.ends_at
    press(press=f"longer:{int(first.timestamp())}")
    assert work.ends_at - first == timedelta(minutes=2)
    press(press=f"longer:{int(first.timestamp())}")
    assert work.ends_at - first == timedelta(minutes=2), "a second press of the same button adds nothing"
    press(press="pause")
    assert work.paused_seconds > 1200
    assert "stands still" in html(client, teacher, work)
    press(press="resume")
    press(press="last")
    assert work.ends_at <= timezone.now() + timedelta(minutes=2)
    press(press="off")
    assert (work.ends_at, work.minutes) == (None, None)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"press": "set"}, "Say how many minutes"),
        ({"press": "set", "minutes": "many"}, "Write the minutes as a number"),
        ({"press": "set", "minutes": "0"}, "1 to 600 minutes"),
        ({"press": "set", "due": "soon"}, "Write the day and the time like"),
        ({"press": "set", "due": "2001-01-01T10:00"}, "has passed already"),
        ({"press": "set", "due": "0001-01-01T00:00"}, "has passed already"),
        ({"press": "set", "due": "9999-12-31T23:59"}, "more than two years away"),
        ({"press": "last-two"}, "This form was not complete"),
        ({"press": "pause"}, "No timer is set"),
        ({}, "This form was not complete"),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/New_York"])
def test_a_press_that_makes_no_sense_says_so_on_the_page(client, teacher, work, sent, words, zone):
    Classroom.objects.update(time_zone=zone)
    response = client.post(address(work, "timer"), sent)
    assert response.status_code == 422
    assert words in text(response.content.decode())
    assert 'data-stop="open"' in response.content.decode()
    work.refresh_from_db()
    assert (work.ends_at, work.minutes) == (None, None)


@pytest.mark.proves("S16")
@pytest.mark.parametrize(
    ("local", "utc", "said"),
    [
        ("2027-03-28T02:30", "2027-03-28T01:00:00+00:00", "The clocks jump over the time you wrote."),
        ("2027-10-31T02:30", "2027-10-31T01:30:00+00:00", "the later one is meant"),
        ("2027-06-01T16:00", "2027-06-01T14:00:00+00:00", "Due Tuesday 1 June, 16:00."),
    ],
)
def test_a_homework_is_due_in_the_classs_own_time(client, teacher, work, local, utc, said):
    Classroom.objects.update(time_zone="Europe/Oslo")
    response = client.post(address(work, "timer"), {"press": "set", "due": local}, follow=True)
    assert said in text(response.content.decode())
    work.refresh_from_db()
    assert (work.is_homework, work.ends_at.isoformat()) == (True, utc)
    page = html(client, teacher, work)
    there = work.ends_at.astimezone(ZoneInfo("Europe/Oslo"))
    assert f"{there:%H:%M} Europe/Oslo" in text(page)
    assert f'value="{there:%Y-%m-%dT%H:%M}"' in page


def test_extra_time_is_what_the_button_said_however_often_it_is_pressed(client, teacher, room, work):
    member = factories.reader(room, "amber")
    for extra in ("120", "120", "240"):
        sent = client.post(address(work, "extra-time", member.uuid), {"extra": extra})
        assert sent.status_code == 302
    assert Participation.objects.get().extra_seconds == 240
    assert client.post(address(work, "extra-time", member.uuid), {"extra": "-1"}).status_code == 422


def test_extra_time_is_for_readers_of_this_class(client, teacher, work):
    elsewhere = factories.reader(factories.classroom(factories.teacher()), "otto")
    assert client.post(address(work, "extra-time", elsewhere.uuid), {"extra": "120"}).status_code == 404
    assert client.post(address(work, "nudge"), {"member": elsewhere.uuid}).status_code == 404


def test_all_who_are_at_work_are_nudged_and_nobody_else(client, teacher, room, work):
    at_work, done = factories.reader(room, "amber"), factories.reader(room, "otto")
    factories.reading(work, at_work)
    factories.reading(work, done, **DONE)
    assert client.post(address(work, "nudge"), {"who": "all"}).status_code == 302
    assert list(Participation.objects.values_list("member", flat=True)) == [at_work.pk]
    assert client.post(address(work, "nudge"), {}).status_code == 422
    assert client.post(address(work, "nudge"), {"member": done.uuid}).status_code == 302
    assert Participation.objects.count() == 2


SWITCHES = ["shows_clock", "has_discussion", "has_revision", "has_key", "shows_score"]


def test_boxes_are_what_is_ticked(client, teacher, work):
    assert client.post(address(work, "options"), {"shows_score": "1", "has_key": "1"}).status_code == 302
    work.refresh_from_db()
    assert [name for name in SWITCHES if getattr(work, name)] == ["has_key", "shows_score"]
    page = html(client, teacher, work)
    assert re.search(r'name="has_revision" value="1">', page)
    assert 'name="has_warm_up"' not in page, "there is nothing left to practise for"
    assert work.has_warm_up


def test_a_locked_box_says_why_and_stays_as_it_is(client, teacher, room, work):
    Exercise.objects.update(phase=Phase.REVISING, has_revision=True)
    page = html(client, teacher, work)
    assert re.search(r'name="has_revision" value="1" checked disabled>', page)
    assert "It runs now" in page
    assert client.post(address(work, "options"), {"shows_clock": "1"}).status_code == 302
    work.refresh_from_db()
    assert work.has_revision


def test_what_is_asked_of_readers_can_still_be_switched_on_while_they_read(client, teacher, room, work):
    factories.reading(work, factories.reader(room))
    assert re.search(r'name="asks_links" value="1">', html(client, teacher, work))
    client.post(address(work, "options"), {"asks_links": "1", "asks_confidence": "1"})
    work.refresh_from_db()
    assert (work.asks_sources, work.asks_links, work.asks_confidence) == (False, True, True)


def test_late_joining_locks_the_door(client, teacher, room, work):
    door = door_of(classroom=room)
    for sent, is_locked in (({}, True), ({"late_joining": "1"}, False)):
        client.post(address(work, "options"), sent)
        door.refresh_from_db()
        assert door.is_locked is is_locked


def test_the_exit_question_and_the_points_are_kept(client, teacher, work):
    sent = {"exit_question": " What would settle it? ", "points": "12", "key_points": "4"}
    assert client.post(address(work, "options"), sent).status_code == 302
    work.refresh_from_db()
    assert (work.exit_question, work.points, work.key_points) == ("What would settle it?", 12, 4)
    assert work.has_revision, "the boxes are another form"
    response = client.post(address(work, "options"), {**sent, "key_points": "13"})
    assert response.status_code == 422
    response = client.post(address(work, "options"), {**sent, "points": "much"})
    assert "Points are a number" in text(response.content.decode())


def test_the_print_sheet_numbers_the_sentences_and_has_the_tags(client, teacher, work):
    page = text(client.get(address(work, "print")).content.decode())
    assert "Some 900 visitors came last year." in page
    assert re.search(r"1 The Eastquay lantern fair.*2 It was the best evening of the winter\. 3 Keep", page)
    assert "C Claim" in page


def test_a_page_that_only_asks_by_itself_keeps_no_session_alive(client, teacher, work):
    session = client.session
    session["seen"] = 1_000
    session.save()
    client.cookies["sessionid"] = session.session_key
    session["seen"] = seen = int(timezone.now().timestamp()) - 1_200
    session.save()
    poll(client, work)
    assert client.session["seen"] == seen
    client.get(reverse("exercise", args=[work.uuid]))
    assert client.session["seen"] > seen


def test_while_readers_revise_the_second_round_is_told(client, teacher, room, work):
    members = {name: factories.reader(room, name) for name in ("begun", "done", "waits")}
    for member in members.values():
        factories.reading(work, member, **DONE)
    factories.reading(work, members["begun"], round=2)
    factories.reading(work, members["done"], round=2, **DONE)
    Exercise.objects.update(phase="revising")
    page = html(client, teacher, work)
    assert group(page, "reading").startswith("Revising 1 Nudge all Begun")
    assert group(page, "waiting") == "Has not begun to revise 1 Waits"
    assert group(page, "handed_in").startswith("Handed in 1 Done")
    assert "3 joined 1 revising 1 handed in" in text(page)


def test_after_the_clock_has_closed_it_more_time_can_be_given_for_a_moment(client, teacher, work):
    at = timezone.now().replace(microsecond=0) - timedelta(seconds=20)
    Exercise.objects.update(phase="closed", closed_at=at, closed_by_clock=True)
    page = html(client, teacher, work)
    assert "Time is up" in page
    press = re.search(r'value="(longer:\d+)"', page)[1]
    assert client.post(address(work, "timer"), {"press": press}).status_code == 302
    work.refresh_from_db()
    assert work.phase == "open"
    Exercise.objects.update(phase="closed", closed_at=at - timedelta(minutes=5), closed_by_clock=True, ends_at=None)
    assert "Time is up" not in html(client, teacher, work)


def test_who_was_dealt_one_of_two_articles_is_done_with_one(client, teacher, room):
    articles = [factories.article(teacher, title=title) for title in ("Ferry", "Bakery")]
    work = factories.exercise(room, articles)
    Exercise.objects.update(distribution="balanced", overlap=1)
    member = factories.reader(room, "amber")
    Assignment.objects.create(exercise=work, article=articles[1], member=member)
    factories.reading(work, member, text=articles[1], **DONE)
    assert group(html(client, teacher, work), "handed_in").startswith("Handed in 1 Amber")
