"""What is done to an exercise from its page: its steps on and back, its title, a draft thrown away."""

import re

import pytest
from django.urls import reverse

from annotator.models import Exercise, Phase
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


STEPS = [
    (Phase.DRAFT, ["open"]),
    (Phase.OPEN, ["closed", "draft"]),
    (Phase.CLOSED, ["revealed", "open"]),
    (Phase.REVEALED, ["wrapped_up", "closed"]),
    (Phase.REVISING, ["wrapped_up", "revealed"]),
    (Phase.WRAPPED_UP, ["revealed"]),
    (Phase.ARCHIVED, []),
]


@pytest.mark.parametrize(("phase", "steps"), STEPS)
def test_each_phase_has_one_primary_step_and_one_way_back(client, teacher, room, work, phase, steps):
    factories.reader(room)
    in_phase(work, phase)
    page = html(client, teacher, work)
    assert re.findall(r'name="phase" value="(\w+)"', page) == steps
    assert page.count("btn primary") == (phase != Phase.ARCHIVED)
    assert page.count('aria-current="step"') == (phase != Phase.ARCHIVED)


@pytest.mark.parametrize(("phase", "steps"), STEPS)
def test_each_button_is_a_step_that_is_taken(client, teacher, work, phase, steps):
    client.force_login(teacher)
    for step in steps:
        in_phase(work, phase)
        response = client.post(reverse("exercise-move", args=[work.uuid]), {"phase": step})
        assert (response.status_code, response.url) == (302, reverse("exercise", args=[work.uuid]))
        work.refresh_from_db()
        assert work.phase == step


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
