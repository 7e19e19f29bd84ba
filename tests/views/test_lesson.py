"""A lesson's page for its readers: what it says at each stop, how cheaply it is polled, and what it never shows."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from annotator.models import Classroom, Exercise, Participation, Phase, ReadingState, Step, WarmUpVote
from tests import factories
from tests.views.exercise_screen import text

pytestmark = pytest.mark.django_db
TITLE = "Lantern fair moves indoors"


@pytest.fixture
def teacher():
    return factories.teacher("marit")


@pytest.fixture
def lesson(teacher):
    return factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.DRAFT)


@pytest.fixture
def reader(lesson, client):
    member = factories.reader(lesson.classroom, "otter", pseudonym="Amber Otter")
    client.force_login(member.user)
    return member


def at(lesson, phase, step="", sentence=1, **fields):
    Exercise.objects.filter(pk=lesson.pk).update(phase=phase, step=step, warm_up_sentence=sentence, **fields)


def page(client, lesson, status=200):
    response = client.get(reverse("exercise", args=[lesson.uuid]))
    assert response.status_code == status
    return text(response.content.decode())


def look(client, lesson, mark=""):
    return client.get(reverse("lesson-now", args=[lesson.uuid]), headers={"If-None-Match": mark})


def tap(client, lesson, label, sentence=1, **headers):
    address = reverse("lesson-vote", args=[lesson.uuid])
    return client.post(address, {"sentence": sentence, "label": label}, headers=headers)


STOPS = [
    (Phase.DRAFT, Step.LOBBY, "You are in, Amber Otter"),
    (Phase.DRAFT, Step.WARM_UP, "Which tag fits the marked words?"),
    (Phase.OPEN, "", "Read it your own way"),
    (Phase.CLOSED, "", "The reading is over"),
    (Phase.REVEALED, "", "Now we look together"),
    (Phase.REVEALED, Step.DISCUSS, "Now we look together"),
    (Phase.REVISING, "", "Look again at your marks"),
    (Phase.WRAPPED_UP, "", "That is all"),
    (Phase.WRAPPED_UP, Step.EXIT, "Before you go"),
    (Phase.ARCHIVED, "", "That is all"),
]


@pytest.mark.parametrize(("phase", "step", "says"), STOPS)
def test_each_stop_says_where_the_class_is(client, lesson, reader, phase, step, says):
    at(lesson, phase, step, exit_question="What now?")
    assert says in page(client, lesson)
    assert says in text(look(client, lesson).content.decode())


def test_while_it_is_set_up_a_reader_knows_nothing_of_it(client, lesson, reader):
    page(client, lesson, status=404)
    assert look(client, lesson).status_code == 404
    assert lesson.title not in client.get(reverse("home")).content.decode()


def test_a_homework_or_team_draft_is_not_shown_even_with_a_step(client, lesson, reader):
    at(lesson, Phase.DRAFT, Step.LOBBY)
    Classroom.objects.update(kind=Classroom.Kind.TEAM)
    page(client, lesson, status=404)


@pytest.mark.parametrize("step", [Step.LOBBY, Step.WARM_UP])
def test_before_the_opening_nothing_of_the_article_is_told(client, lesson, reader, step):
    at(lesson, Phase.DRAFT, step)
    shown = page(client, lesson)
    assert "Lantern fair" not in shown
    assert "900 visitors" not in shown
    article = lesson.articles.get()
    start = reverse("reading-start", args=[lesson.uuid, article.uuid])
    assert client.post(start).status_code == 404
    assert client.get(reverse("exercise-export", args=[lesson.uuid])).status_code == 404


def test_home_leads_into_the_waiting_room(client, lesson, reader):
    at(lesson, Phase.DRAFT, Step.LOBBY)
    home = client.get(reverse("home")).content.decode()
    assert f'href="{reverse("exercise", args=[lesson.uuid])}"' in home


def test_the_opening_brings_the_button_to_start(client, lesson, reader):
    at(lesson, Phase.DRAFT, Step.LOBBY)
    before = look(client, lesson)
    at(lesson, Phase.OPEN)
    after = look(client, lesson, before.headers["ETag"])
    assert after.status_code == 200
    assert "Start reading" in text(after.content.decode())
    assert "The reading has begun. You can start now." in after.content.decode()


def test_who_has_handed_in_is_thanked(client, lesson, reader):
    at(lesson, Phase.OPEN)
    factories.reading(lesson, reader, state=ReadingState.SUBMITTED, submitted_at=timezone.now())
    assert "Thank you" in page(client, lesson)


@pytest.mark.parametrize(
    ("phase", "is_there"), [(Phase.CLOSED, False), (Phase.REVEALED, True), (Phase.REVISING, False)]
)
def test_the_result_is_linked_once_readers_may_see_it(client, lesson, reader, phase, is_there):
    at(lesson, phase)
    reading = factories.reading(lesson, reader, state=ReadingState.SUBMITTED, submitted_at=timezone.now())
    shown = look(client, lesson).content.decode()
    assert (reverse("reading-result", args=[reading.uuid]) in shown) is is_there


def test_the_second_round_begins_from_the_page(client, lesson, reader):
    at(lesson, Phase.REVISING)
    factories.reading(lesson, reader, state=ReadingState.SUBMITTED, submitted_at=timezone.now())
    shown = look(client, lesson).content.decode()
    assert shown.count(reverse("reading-start", args=[lesson.uuid, lesson.articles.get().uuid])) == 1
    assert "Look again" in text(shown)


def test_the_exit_question_is_asked_on_the_page(client, lesson, reader):
    at(lesson, Phase.WRAPPED_UP, Step.EXIT, exit_question="What will you look at twice?")
    assert "What will you look at twice?" in page(client, lesson)


@pytest.mark.parametrize(("phase", "step", "says"), STOPS)
def test_a_look_that_finds_nothing_new_gets_304_and_nothing_else(client, lesson, reader, phase, step, says):
    # An end that passed between the two looks would close the reading.
    at(lesson, phase, step, exit_question="What now?", ends_at=timezone.now() + timedelta(minutes=5))
    mark = look(client, lesson).headers["ETag"]
    again = look(client, lesson, mark)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", mark)


@pytest.mark.parametrize("mended", ["warm-up", "name"])
def test_what_the_waiting_room_says_is_said_anew_when_it_changes(client, lesson, reader, mended):
    at(lesson, Phase.DRAFT, Step.LOBBY)
    before = look(client, lesson)
    if mended == "name":
        Classroom.objects.update(name="Class 9C")
    else:
        Exercise.objects.update(has_warm_up=False)
    after = look(client, lesson, before.headers["ETag"])
    assert after.status_code == 200
    assert ("Class 9C" in text(after.content.decode())) is (mended == "name")
    assert ("Tap a tag for a few sentences." in text(after.content.decode())) is (mended == "name")


def test_another_readers_doings_change_nothing_in_a_readers_etag(client, lesson, reader):
    at(lesson, Phase.OPEN)
    mark = look(client, lesson).headers["ETag"]
    other = factories.reader(lesson.classroom, pseudonym="Blue Fox")
    made = factories.reading(lesson, other)
    factories.span(made, 0, 7)
    assert look(client, lesson, mark).status_code == 304


@pytest.mark.parametrize(
    ("phase", "step", "most"),
    [(Phase.DRAFT, Step.LOBBY, 5), (Phase.DRAFT, Step.WARM_UP, 7), (Phase.OPEN, "", 7), (Phase.REVISING, "", 8)],
)
def test_a_look_costs_a_few_queries(client, lesson, reader, phase, step, most, django_assert_max_num_queries):
    at(lesson, phase, step)
    mark = look(client, lesson).headers["ETag"]
    with django_assert_max_num_queries(most):
        assert look(client, lesson, mark).status_code == 304


def test_a_right_tap_gets_its_rule_and_a_wrong_one_the_question_back(client, lesson, reader):
    at(lesson, Phase.DRAFT, Step.WARM_UP, 2)
    wrong = text(tap(client, lesson, "claim", 2, **{"HX-Request": "true"}).content.decode())
    assert "Look again" in wrong
    assert "Could a count or a record prove these words? Or do they tell us who is talking?" in wrong
    assert "Yes," not in wrong
    right = text(tap(client, lesson, "attribution", 2, **{"HX-Request": "true"}).content.decode())
    assert "Yes, attribution" in right
    assert "Mark the source and the “said” word." in right
    assert WarmUpVote.objects.get().label == "attribution"


def test_without_a_script_a_tap_comes_back_to_the_page(client, lesson, reader):
    at(lesson, Phase.DRAFT, Step.WARM_UP)
    answer = tap(client, lesson, "claim")
    assert answer.status_code == 302
    assert "Yes, claim" in text(client.get(answer.headers["Location"]).content.decode())


def test_a_tap_that_comes_too_late_shows_where_the_class_is_now(client, lesson, reader):
    at(lesson, Phase.DRAFT, Step.WARM_UP, 2)
    answer = tap(client, lesson, "claim", 1)
    assert answer.status_code == 422
    shown = text(answer.content.decode())
    assert "Your teacher has gone on to the next step." in shown
    assert "Warm-up · 2 of 3" in shown
    assert not WarmUpVote.objects.exists()


@pytest.mark.parametrize(
    "sent", [{}, {"sentence": "x", "label": "claim"}, {"sentence": 0, "label": "claim"}, {"sentence": 1}]
)
def test_a_form_that_is_none_is_refused(client, lesson, reader, sent):
    at(lesson, Phase.DRAFT, Step.WARM_UP)
    assert client.post(reverse("lesson-vote", args=[lesson.uuid]), sent).status_code == 422
    assert not WarmUpVote.objects.exists()


def test_nobody_sees_how_others_voted(client, lesson, reader):
    at(lesson, Phase.DRAFT, Step.WARM_UP)
    mark = look(client, lesson).headers["ETag"]
    for _ in range(6):
        WarmUpVote.objects.create(
            exercise=lesson, member=factories.reader(lesson.classroom), sentence=1, label="opinion"
        )
    assert look(client, lesson, mark).status_code == 304


def test_a_codebook_of_ones_own_has_no_warm_up(client, lesson, reader):
    lesson.codebook_version.labels.filter(slug="opinion").update(slug="verdict")
    at(lesson, Phase.DRAFT, Step.WARM_UP)
    assert "You are in, Amber Otter" in page(client, lesson)


def test_a_sign_of_life_is_kept_and_only_the_readers(client, lesson, reader, teacher):
    address = reverse("lesson-presence", args=[lesson.uuid])
    assert client.post(address).status_code == 404
    at(lesson, Phase.DRAFT, Step.LOBBY)
    assert client.post(address).status_code == 204
    assert Participation.objects.get().member == reader
    client.force_login(teacher)
    assert client.post(address).status_code == 404


def test_without_scripts_the_page_asks_by_itself_but_not_while_an_answer_is_written(client, lesson, reader):
    at(lesson, Phase.DRAFT, Step.LOBBY)
    refresh = re.compile(r'<noscript><meta http-equiv="refresh" content="5"></noscript>')
    assert refresh.search(client.get(reverse("exercise", args=[lesson.uuid])).content.decode())
    at(lesson, Phase.WRAPPED_UP, Step.EXIT, exit_question="What now?")
    assert not refresh.search(client.get(reverse("exercise", args=[lesson.uuid])).content.decode())


def test_a_teams_reader_keeps_the_simple_page(client, lesson, reader):
    Classroom.objects.update(kind=Classroom.Kind.TEAM)
    at(lesson, Phase.OPEN)
    assert client.get(reverse("exercise", args=[lesson.uuid])).status_code == 200
    assert look(client, lesson).status_code == 404
