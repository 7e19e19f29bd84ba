"""Progress over time: first rounds alone, the engine's numbers, and to each reader only what that reader may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.access import own_readings
from annotator.models import Classroom, Exercise, Membership, Phase
from annotator.reports.agreement import agreement_of_article, agreement_of_exercise
from annotator.reports.agreement_pairs import pairs_of
from annotator.reports.class_progress import class_progress
from annotator.reports.own_progress import own_progress
from tests import factories
from tests.reports.agreeing import SUBMITTED, read_class, second_round, title

pytestmark = pytest.mark.django_db

TEXT = "\n\n".join(f"Sentence {number:02d} of the text." for number in range(12))


def room_of(readers: int, kind: str = Classroom.Kind.CLASS) -> tuple[Classroom, list[Membership]]:
    room = factories.classroom(factories.teacher(), kind=kind)
    return room, [factories.reader(room) for _each in range(readers)]


def read(room: Classroom, members: list[Membership], *, with_key: bool = True, **fields: object) -> Exercise:
    """An exercise in which each reader marked another stretch of each other's sentences."""
    text = factories.article(factories.teacher(), text=TEXT)
    given = {"phase": Phase.WRAPPED_UP, "shows_score": True, **fields}
    work = factories.exercise(room, [text])
    for name, value in given.items():
        setattr(work, name, value)
    work.save()
    for number, member in enumerate(members):
        made = factories.reading(work, member, **SUBMITTED)
        for place in range(number % 3, 12, 3):
            start = TEXT.index(f"Sentence {place:02d}")
            factories.span(made, start, start + 11 + number, "claim" if number % 2 else "opinion")
    if with_key:
        leader = room.memberships.get(is_teacher=True)
        key = factories.reading(work, leader, round=0, is_key=True, **SUBMITTED)
        factories.span(key, 0, 60, "claim")
    return work


def test_agreement_is_the_engines_with_the_engines_interval() -> None:
    one = read_class(16, articles=1)
    second_round(one)
    [point] = class_progress(one.classroom).points
    assert point.agreement == agreement_of_article(one, title(one)).headline
    several = read_class(16, articles=3)
    [point] = class_progress(several.classroom).points
    assert point.agreement == agreement_of_exercise(several).headline


def test_the_match_is_the_mean_of_what_each_reader_is_told() -> None:
    room, members = room_of(6)
    read(room, members)
    [point] = class_progress(room).points
    own = [own_progress(own_readings(member.user))[0].match for member in members]
    assert point.match is not None
    values = [each.value for each in own if each is not None and each.value is not None]
    assert len(values) == 6
    assert point.match.value == pytest.approx(sum(values) / 6)
    assert point.match.low is not None
    assert point.match.low <= point.match.value <= point.match.high


def test_a_second_round_changes_nothing() -> None:
    room, members = room_of(6)
    work = read(room, members)
    before = class_progress(room), own_progress(own_readings(members[0].user))
    for member in members:
        again = factories.reading(work, member, round=2, **SUBMITTED)
        factories.span(again, 0, 60, "claim")
    assert (class_progress(room), own_progress(own_readings(members[0].user))) == before


def test_exercises_stand_in_the_order_of_their_opening_and_blind_ones_wait() -> None:
    room, members = room_of(5)
    late = read(room, members, opened_at=factories.NOON.replace(year=2026, month=3))
    early = read(room, members, opened_at=factories.NOON.replace(year=2026, month=2))
    read(room, members, phase=Phase.OPEN)
    found = class_progress(room)
    assert [point.exercise.pk for point in found.points] == [early.pk, late.pk]
    assert found.waiting == 1


def test_without_a_key_there_is_no_match_and_without_readers_a_reason() -> None:
    room, members = room_of(1)
    read(room, members, with_key=False)
    [point] = class_progress(room).points
    assert point.match is None
    assert (point.agreement.value, point.agreement.reason) == (None, "needs a second reader")


def test_one_readers_mean_is_that_of_the_readers_own_pairs() -> None:
    room, members = room_of(6)
    work = read(room, members)
    [point] = own_progress(own_readings(members[2].user))
    own = [pair.f1["overlap"].value for pair in pairs_of(work).of() if members[2].code in {pair.a, pair.b}]
    assert len(own) == 5
    assert point.same == pytest.approx(sum(value or 0 for value in own) / 5)
    assert point.others == 5


@pytest.mark.parametrize(
    ("phase", "shows_score", "is_listed", "is_told"),
    [
        (Phase.OPEN, True, False, False),
        (Phase.CLOSED, True, False, False),
        (Phase.REVEALED, True, True, False),
        (Phase.REVISING, True, False, False),
        (Phase.WRAPPED_UP, True, True, True),
        (Phase.WRAPPED_UP, False, True, False),
        (Phase.ARCHIVED, True, True, True),
    ],
)
def test_a_reader_sees_no_more_than_the_phase_allows(
    phase: str, shows_score: bool, is_listed: bool, is_told: bool
) -> None:
    room, members = room_of(5)
    read(room, members, phase=phase, shows_score=shows_score)
    found = own_progress(own_readings(members[0].user))
    assert bool(found) is is_listed
    assert any(point.match is not None for point in found) is is_told


def test_under_five_readers_of_a_class_no_comparison_with_the_others() -> None:
    room, members = room_of(4)
    read(room, members)
    [point] = own_progress(own_readings(members[0].user))
    assert (point.is_hidden, point.same) == (True, None)
    team, mates = room_of(2, Classroom.Kind.TEAM)
    read(team, mates)
    [point] = own_progress(own_readings(mates[0].user))
    assert point.same is not None


@pytest.mark.parametrize("exercises", [1, 4])
def test_queries_do_not_grow_with_the_exercises(exercises: int) -> None:
    room, members = room_of(5)
    for _each in range(exercises):
        read(room, members)
    with CaptureQueriesContext(connection) as asked:
        class_progress(room)
    assert len(asked) <= 11
    with CaptureQueriesContext(connection) as asked:
        own_progress(own_readings(members[0].user))
    assert len(asked) <= 18
