"""What is done to an exercise from its page: its steps on and back, its title, a draft thrown away."""

import re

import pytest
from django.urls import reverse

from annotator.domain.lesson_walk import stop_read
from annotator.models import Classroom, Exercise, Phase
from tests import factories
from tests.views.exercise_screen import html, in_phase, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return factories.teacher("marit")


@pytest.fixture
def room(teacher):
    return factories.classroom(teacher)


@pytest.fixture
def work(teacher, room):
    return factories.exercise(room, [factories.article(teacher)])


# By phase and step: the one press on, then past the practice where there is any, then the way back.
STEPS = [
    ("draft", ["draft:lobby", "open"]),
    ("draft:lobby", ["draft:warm_up:1", "open", "draft"]),
    ("draft:warm_up:1", ["draft:warm_up:2", "open", "draft:lobby"]),
    ("open", ["closed", "draft:lobby"]),
    ("closed", ["revealed", "open"]),
    ("revealed", ["revealed:discuss", "closed"]),
    ("revealed:discuss", ["revising", "revealed"]),
    ("revising", ["wrapped_up", "revealed:discuss"]),
    ("wrapped_up", ["revising"]),
    ("archived", []),
]


def at_stop(work, name):
    stop = stop_read(name)
    Exercise.objects.filter(pk=work.pk).update(
        phase=stop.phase, step=stop.step, warm_up_sentence=stop.sentence, revealed_at=None
    )


@pytest.mark.parametrize(("stop", "steps"), STEPS)
def test_each_stop_has_one_primary_step_and_one_way_back(client, teacher, room, work, stop, steps):
    factories.reader(room)
    at_stop(work, stop)
    page = html(client, teacher, work)
    assert re.findall(r'name="phase" value="([\w:]+)"', page) == steps
    assert page.split('id="leaving"')[0].count("btn primary") == (stop != "archived")
    assert page.count('aria-current="step"') == (stop != "archived")


@pytest.mark.parametrize(("stop", "steps"), STEPS)
def test_each_button_is_a_step_that_is_taken(client, teacher, work, stop, steps):
    client.force_login(teacher)
    for step in steps:
        at_stop(work, stop)
        response = client.post(reverse("exercise-move", args=[work.uuid]), {"phase": step, "here": stop})
        assert (response.status_code, response.url) == (302, reverse("exercise", args=[work.uuid]))
        work.refresh_from_db()
        assert str(work.stop) == step


def test_a_team_and_a_homework_have_no_lobby(client, teacher, room, work):
    in_phase(work, Phase.DRAFT)
    Exercise.objects.update(is_homework=True)
    assert re.findall(r'name="phase" value="([\w:]+)"', html(client, teacher, work)) == ["open"]
    Exercise.objects.update(is_homework=False)
    Classroom.objects.update(kind="team")
    assert re.findall(r'name="phase" value="([\w:]+)"', html(client, teacher, work)) == ["open"]


def test_a_press_on_an_old_page_gets_the_page_as_it_is_now(client, teacher, work):
    client.force_login(teacher)
    address = reverse("exercise-move", args=[work.uuid])
    at_stop(work, "revealed")
    response = client.post(address, {"phase": "closed", "here": "open"})
    assert response.status_code == 422
    assert "The lesson had moved on before you pressed" in text(response.content.decode())
    assert 'data-stop="revealed"' in response.content.decode()
    work.refresh_from_db()
    assert work.phase == "revealed"


def test_a_second_press_of_the_same_button_takes_no_second_step(client, teacher, work):
    client.force_login(teacher)
    address = reverse("exercise-move", args=[work.uuid])
    at_stop(work, "draft:warm_up:1")
    for _ in range(2):
        sent = {"phase": "draft:warm_up:2", "here": "draft:warm_up:1"}
        assert client.post(address, sent).status_code == 302
    work.refresh_from_db()
    assert str(work.stop) == "draft:warm_up:2"


def test_the_archive_asks_first(client, teacher, work):
    in_phase(work, Phase.WRAPPED_UP)
    assert 'value="archived"' not in html(client, teacher, work)
    page = html(client, teacher, work, "?step=archived")
    assert 'value="archived"' in page
    assert "nothing in it can change any more" in page
    in_phase(work, Phase.OPEN)
    assert 'value="archived"' not in html(client, teacher, work, "?step=archived")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"phase": "revealed"}, "stands at “Open, blind” and cannot go from there to “Discussion”"),
        ({"phase": "nowhere"}, "This form was not complete"),
        ({"phase": "open", "here": "nowhere"}, "This form was not complete"),
        ({"phase": "open:lobby"}, "cannot go from there"),
        ({"phase": "draft:warm_up:9"}, "cannot go from there"),
        ({}, "This form was not complete"),
    ],
)
def test_a_step_that_is_none_is_refused_with_a_sentence(client, teacher, work, sent, words):
    client.force_login(teacher)
    response = client.post(reverse("exercise-move", args=[work.uuid]), sent)
    assert response.status_code == 422
    assert words in text(response.content.decode())
    work.refresh_from_db()
    assert work.phase == Phase.OPEN


def test_closing_twice_is_no_mistake(client, teacher, work):
    client.force_login(teacher)
    for _ in range(2):
        assert client.post(reverse("exercise-move", args=[work.uuid]), {"phase": "closed"}).status_code == 302


@pytest.mark.parametrize("who", ["reader", "stranger", "other teacher"])
def test_nobody_else_moves_it(client, room, work, who):
    people = {"reader": factories.reader(room).user, "stranger": factories.user(), "other teacher": factories.teacher()}
    client.force_login(people[who])
    assert client.post(reverse("exercise-move", args=[work.uuid]), {"phase": "closed"}).status_code == 404
    work.refresh_from_db()
    assert work.phase == Phase.OPEN


def test_it_is_renamed(client, teacher, work):
    client.force_login(teacher)
    assert client.post(reverse("exercise-rename", args=[work.uuid]), {"title": "Week 7"}).status_code == 302
    assert "Week 7" in text(html(client, teacher, work))


@pytest.mark.parametrize(
    ("title", "words"), [(" ", "Give the exercise a title"), ("t" * 151, "That title is too long.")]
)
def test_a_title_that_is_none_keeps_the_old_one_and_what_was_typed(client, teacher, work, title, words):
    client.force_login(teacher)
    response = client.post(reverse("exercise-rename", args=[work.uuid]), {"title": title})
    assert response.status_code == 422
    page = response.content.decode()
    assert words in text(page)
    assert f'value="{title}"' in page
    work.refresh_from_db()
    assert work.title == "Who says so?"


def test_a_draft_is_thrown_away_from_its_page(client, teacher, work):
    assert "Throw this draft away" not in html(client, teacher, work)
    in_phase(work, Phase.DRAFT)
    assert "Throw this draft away" in html(client, teacher, work)
    assert client.post(reverse("exercise-discard", args=[work.uuid])).url == reverse("home")
    assert not Exercise.objects.exists()


@pytest.mark.parametrize("name", ["exercise-rename", "exercise-discard"])
@pytest.mark.parametrize("who", ["reader", "stranger", "other teacher"])
def test_nobody_else_renames_it_or_throws_it_away(client, room, work, name, who):
    people = {"reader": factories.reader(room).user, "stranger": factories.user(), "other teacher": factories.teacher()}
    in_phase(work, Phase.DRAFT)
    client.force_login(people[who])
    assert client.post(reverse(name, args=[work.uuid]), {"title": "Ours"}).status_code == 404
    work.refresh_from_db()
    assert work.title == "Who says so?"
