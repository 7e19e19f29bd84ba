"""A deadline takes effect before anybody looks, whatever they look at; the health of the process is another matter."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator.models import Exercise, Phase
from annotator.services.readings import whole_seconds
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading():
    """In an exercise whose time ran out a minute ago."""
    teacher = factories.teacher()
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher)])
    made = factories.reading(work, factories.reader(work.classroom))
    Exercise.objects.update(ends_at=whole_seconds() - timedelta(seconds=60))
    return made


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def phase():
    return Exercise.objects.get().phase


def test_a_page_about_something_else_closes_what_has_run_out(reading):
    signed_in(factories.user()).get(reverse("home"))
    assert phase() == Phase.CLOSED


def test_the_question_who_may_see_what_is_asked_after_it(reading):
    teacher = reading.exercise.created_by
    # While it is blind, the teacher's export is locked; here nobody has looked since the time ran out.
    assert signed_in(teacher).get(reverse("exercise-export", args=[reading.exercise.uuid])).status_code == 200


def test_the_reader_s_own_page_is_shown_as_collected(reading):
    html = signed_in(reading.member.user).get(reverse("reading", args=[reading.uuid])).content.decode()
    assert 'data-state="collected"' in html


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_asks_for_no_deadline(reading, path):
    client = signed_in(reading.member.user)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    assert not [each["sql"] for each in asked if "ends_at" in each["sql"]]
    assert phase() == Phase.OPEN


def test_static_files_are_answered_further_up():
    names = [name.rsplit(".", 1)[-1] for name in settings.MIDDLEWARE]
    assert names.index("WhiteNoiseMiddleware") < names.index("DeadlinesMiddleware")


def test_nobody_at_the_door_asks_for_none_either(reading):
    Client().get(reverse("sign-in"))
    assert phase() == Phase.OPEN


def test_while_nothing_is_due_each_page_looks_once(reading):
    Exercise.objects.update(ends_at=whole_seconds() + timedelta(seconds=60))
    client = signed_in(reading.member.user)
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("home"))
    assert len([each["sql"] for each in asked if "ends_at <=" in each["sql"]]) == 1
    assert phase() == Phase.OPEN
