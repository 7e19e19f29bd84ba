"""The two pages of progress: each figure with its interval or reason, and nobody else on one's own."""

import pytest
from django.test import Client
from django.urls import reverse

from annotator.models import Membership, Phase, User
from tests.reports.test_progress_over_time import read, room_of

pytestmark = pytest.mark.django_db


def shown(user: User, name: str, **kwargs: object) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(reverse(name, kwargs=kwargs))
    assert response.status_code == 200
    return response.content.decode()


def test_a_class_has_each_figure_with_its_interval() -> None:
    room, members = room_of(6)
    read(room, members)
    read(room, members, with_key=False)
    text = shown(room.memberships.get(is_teacher=True).user, "classroom-progress", classroom_uuid=room.uuid)
    assert text.count('class="whisker"') == 3
    assert "no key" in text
    assert "6 readers" in text


def test_a_class_without_closed_exercises_says_so() -> None:
    room, members = room_of(5)
    read(room, members, phase=Phase.OPEN)
    text = shown(room.memberships.get(is_teacher=True).user, "classroom-progress", classroom_uuid=room.uuid)
    assert "Nothing to show yet" in text
    assert "1 exercise is still in preparation" in text


def test_a_readers_page_names_nobody_else_and_tells_no_score_that_is_not_shown() -> None:
    room, members = room_of(5)
    Membership.objects.filter(pk=members[1].pk).update(pseudonym="Amber Otter")
    read(room, members, shows_score=False)
    text = shown(members[0].user, "own-progress")
    assert "Amber Otter" not in text
    assert "your teacher shows no score here" in text
    assert "mean over 4 other readers" in text


def test_a_small_class_is_not_compared() -> None:
    room, members = room_of(3)
    read(room, members)
    text = shown(members[0].user, "own-progress")
    assert "too few to show" in text
    assert "other readers" not in text


def test_an_empty_page_says_when_something_comes() -> None:
    _room, members = room_of(1)
    assert "Nothing to show yet" in shown(members[0].user, "own-progress")
