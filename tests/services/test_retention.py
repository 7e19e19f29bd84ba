"""How long a class in the archive is remembered, and what is swept out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from annotator.domain.errors import RuleError
from annotator.models import Attempt, Classroom, Door, Erasure, Invitation, Reading, RosterEntry, SignInLink, Span
from annotator.services.classrooms import classroom_archive, classroom_bring_back
from annotator.services.retention import classroom_forget, classroom_keep, tidy
from tests import factories
from tests.security import world
from tests.services.erasing import found, lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return lesson()


def archived(room, days_ago, **fields):
    """Put away so many days ago, to the second."""
    time = timezone.now().replace(microsecond=0) - timedelta(days=days_ago)
    Classroom.objects.filter(pk=room.pk).update(archived_at=time, **fields)
    return time


def test_a_class_is_forgotten_thirty_days_after_it_was_put_away_and_dated_to_that_day(here):
    time = archived(here.room, 31)
    tidy()
    here.room.refresh_from_db()
    assert found(here.canary) == []
    assert here.room.forgotten_at == time + timedelta(days=30)
    assert Reading.objects.independent().counted().count() == 3
    assert Erasure.objects.get().by is None


def test_a_day_early_nothing_goes(here):
    archived(here.room, 29)
    before = world.fingerprint()
    assert not classroom_forget(classroom=here.room)
    assert tidy()["classes"] == 0
    assert {name: rows for name, rows in world.fingerprint().items() if before[name] != rows} == {}


def test_a_class_outside_the_archive_is_never_forgotten(here):
    assert not classroom_forget(classroom=here.room)
    assert tidy()["classes"] == 0


def test_a_team_is_kept(here):
    archived(here.room, 400, kind="team")
    assert tidy()["classes"] == 0
    assert found(here.canary) != []


def test_marks_go_too_where_the_teacher_chose_so(here):
    archived(here.room, 31, forgets_marks=True)
    tidy()
    assert found(here.canary) == []
    assert not Reading.objects.filter(is_key=False).exists()
    assert Span.objects.count() == 1


def test_forgetting_again_changes_nothing(here):
    archived(here.room, 31)
    tidy()
    before = world.fingerprint()
    assert tidy().total() == 0
    assert world.fingerprint() == before


def test_a_class_that_came_back_and_was_put_away_again_is_forgotten_anew(here):
    archived(here.room, 40)
    tidy()
    classroom_bring_back(classroom=here.room)
    RosterEntry.objects.create(classroom=here.room, position=1, name="Somebody new")
    assert classroom_archive(classroom=here.room).forgets_at is not None
    archived(here.room, 31)
    Classroom.objects.update(forgotten_at=timezone.now() - timedelta(days=35))
    assert tidy()["classes"] == 1
    assert not RosterEntry.objects.exists()


def test_a_teacher_keeps_a_class_longer(here):
    archived(here.room, 31)
    classroom_keep(classroom=here.room, days=60, forgets_marks=True)
    here.room.refresh_from_db()
    assert (here.room.kept_days, here.room.forgets_marks) == (60, True)
    assert tidy()["classes"] == 0
    assert here.room.forgets_at == here.room.archived_at + timedelta(days=60)


@pytest.mark.parametrize(
    ("fields", "days", "code"),
    [
        ({}, 0, "wrong_days"),
        ({}, 731, "wrong_days"),
        ({"kind": "team"}, 30, "is_team"),
        ({"archived_at": datetime(2026, 3, 9, tzinfo=UTC)}, 1, "past"),
        (
            {"archived_at": datetime(2026, 3, 9, tzinfo=UTC), "forgotten_at": datetime(2026, 4, 8, tzinfo=UTC)},
            90,
            "forgotten",
        ),
    ],
)
def test_a_time_that_cannot_be_kept_is_refused_and_nothing_saved(here, fields, days, code):
    Classroom.objects.filter(pk=here.room.pk).update(**fields)
    before = world.fingerprint()
    with pytest.raises(RuleError) as refusal:
        classroom_keep(classroom=here.room, days=days, forgets_marks=True)
    assert (refusal.value.code, world.fingerprint()) == (code, before)


def test_what_nobody_can_use_any_more_is_swept_out_and_the_rest_stays():
    now = timezone.now()
    teacher = factories.teacher()
    rooms = [factories.classroom(teacher), factories.classroom(teacher)]
    for number, time in enumerate([now - timedelta(days=31), now + timedelta(days=1)]):
        Session.objects.create(session_key=f"key{number}", session_data="", expire_date=time)
        SignInLink.objects.create(user=teacher, token_hash=f"{number}", expires_at=time)
        Invitation.objects.create(created_by=teacher, token_hash=f"{number}", expires_at=time)
        Door.objects.create(classroom=rooms[number], code=f"{number}", token=f"{number}", expires_at=time)
        Attempt.objects.create(scope="export", who="x", at=min(time, now))
    counts = tidy()
    assert counts == {"classes": 0, "sessions": 1, "attempts": 1, "sign-in links": 1, "invitations": 1, "doors": 1}
    for model in (Session, SignInLink, Invitation, Door, Attempt):
        assert model.objects.count() == 1
