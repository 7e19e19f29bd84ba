"""Making classrooms and teams, and who belongs to them."""

import uuid

import pytest
from django.utils import timezone

from annotator.domain.errors import RuleError
from annotator.models import Classroom, Membership, ReaderCode
from annotator.services.classrooms import (
    classroom_add,
    classroom_archive,
    classroom_bring_back,
    classroom_rename,
    member_add,
    member_lead,
    member_remove,
)
from tests import factories
from tests.services.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return factories.classroom(factories.teacher())


def test_a_classroom_is_taught_by_who_made_it():
    teacher = factories.teacher()
    room = classroom_add(teacher=teacher, name=" Class  9B ", kind="class", time_zone="Europe/Oslo")
    room.refresh_from_db()
    member = room.memberships.get()
    assert (room.name, room.kind, room.time_zone, room.created_at.microsecond) == (
        "Class 9B",
        "class",
        "Europe/Oslo",
        0,
    )
    assert (member.user, member.is_teacher, member.is_reader, member.code) == (teacher, True, False, "")


def test_a_classroom_sent_twice_is_one_classroom():
    teacher, name = factories.teacher(), uuid.uuid4()
    first = classroom_add(teacher=teacher, name="9B", uuid=name)
    assert classroom_add(teacher=teacher, name="9B", uuid=name) == first
    assert (first.uuid, Classroom.objects.count(), Membership.objects.count()) == (name, 1, 1)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": "  "}, "no_name"),
        ({"name": "n" * 121}, "long_name"),
        ({"name": "9B", "time_zone": "Eastquay"}, "unknown_time_zone"),
    ],
)
def test_a_classroom_needs_a_name_and_a_time_zone_that_exists(fields, code):
    with pytest.raises(RuleError) as refusal:
        classroom_add(teacher=factories.teacher(), **fields)
    assert (refusal.value.code, Classroom.objects.count()) == (code, 0)


def test_readers_are_dealt_numbers_one_after_another_and_teachers_none(room):
    members = [member_add(classroom=room, user=factories.user(), is_reader=True) for _ in range(3)]
    numbers = [member.code_number for member in members]
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    assert member_add(classroom=room, user=factories.teacher(), is_teacher=True).code == ""


def test_numbers_go_on_from_room_to_room(room):
    first = member_add(classroom=room, user=factories.user(), is_reader=True)
    other = factories.classroom(factories.teacher())
    assert member_add(classroom=other, user=first.user, is_reader=True).code_number == first.code_number + 1


def test_a_number_is_not_dealt_again_even_when_its_membership_is_gone(room):
    gone = member_add(classroom=room, user=factories.user(), is_reader=True)
    number = gone.code_number
    gone.delete()
    assert member_add(classroom=room, user=factories.user(), is_reader=True).code_number == number + 1


def test_a_number_taken_otherwise_is_passed_over(room):
    number = member_add(classroom=room, user=factories.user(), is_reader=True).code_number
    Membership.objects.create(classroom=room, user=factories.user(), is_reader=True, code_number=number + 1)
    assert member_add(classroom=room, user=factories.user(), is_reader=True).code_number == number + 2


def test_adding_again_changes_nothing(room):
    user = factories.user()
    first = member_add(classroom=room, user=user, is_reader=True, pseudonym="Amber Otter")
    again = member_add(classroom=room, user=user, is_reader=True)
    assert (again, again.code, again.pseudonym, again.joined_at) == (first, first.code, "Amber Otter", first.joined_at)
    assert ReaderCode.objects.count() == 1


def test_a_reader_who_comes_to_teach_goes_on_reading(room):
    reader = member_add(classroom=room, user=factories.user(), is_reader=True)
    both = member_add(classroom=room, user=reader.user, is_teacher=True)
    assert (both.is_reader, both.is_teacher, both.code) == (True, True, reader.code)


def test_a_teacher_who_begins_to_read_is_dealt_a_code(room):
    teacher = room.memberships.get()
    both = member_add(classroom=room, user=teacher.user, is_reader=True)
    assert (both.pk, both.is_teacher, both.is_reader, both.code_number is not None) == (teacher.pk, True, True, True)


def test_a_removed_reader_comes_back_with_the_old_code(room):
    reader = member_add(classroom=room, user=factories.user(), is_reader=True)
    member_remove(member=reader)
    back = member_add(classroom=room, user=reader.user, is_reader=True)
    assert (back.pk, back.code, back.removed_at) == (reader.pk, reader.code, None)


def test_a_removed_teacher_who_joins_as_a_reader_does_not_teach_again(room):
    teacher = member_add(classroom=room, user=factories.teacher(), is_teacher=True)
    member_remove(member=teacher)
    back = member_add(classroom=room, user=teacher.user, is_reader=True)
    assert (back.is_reader, back.is_teacher) == (True, False)


def test_a_removed_reader_who_comes_to_teach_does_not_read_again(room):
    reader = member_add(classroom=room, user=factories.user(), is_reader=True)
    member_remove(member=reader)
    back = member_add(classroom=room, user=reader.user, is_teacher=True)
    assert (back.is_reader, back.is_teacher, back.code) == (False, True, reader.code)


def test_nobody_joins_a_classroom_in_the_archive(room):
    classroom_archive(classroom=room)
    with pytest.raises(RuleError) as refusal:
        member_add(classroom=room, user=factories.user(), is_reader=True)
    assert (refusal.value.code, room.memberships.count()) == ("archived", 1)


def test_a_reader_with_a_teachers_account_may_lead_too_and_goes_on_reading(room):
    reader = member_add(classroom=room, user=factories.teacher(), is_reader=True)
    lead = member_lead(member=reader)
    assert (lead.pk, lead.is_teacher, lead.is_reader, lead.code) == (reader.pk, True, True, reader.code)


def test_who_has_no_teachers_account_cannot_lead(room):
    reader = factories.reader(room, pseudonym="Amber Otter")
    with pytest.raises(RuleError, match="Amber Otter") as refusal:
        member_lead(member=reader)
    reader.refresh_from_db()
    assert (refusal.value.code, reader.is_teacher) == ("no_account", False)


def test_removing_keeps_the_row_and_the_first_time(room):
    reader = factories.reader(room)
    first = member_remove(member=reader).removed_at
    Membership.objects.filter(pk=reader.pk).update(removed_at=factories.NOON)
    assert first is not None
    assert first.microsecond == 0
    assert member_remove(member=reader).removed_at == factories.NOON


def test_the_last_who_teaches_stays(room):
    with pytest.raises(RuleError) as refusal:
        member_remove(member=room.memberships.get())
    assert refusal.value.code == "last_teacher"
    assert room.memberships.current().count() == 1


def test_one_of_two_teachers_may_go(room):
    second = member_add(classroom=room, user=factories.teacher(), is_teacher=True)
    assert member_remove(member=second).removed_at is not None


def test_a_classroom_is_renamed(room):
    classroom_rename(classroom=room, name="  Class 9C ")
    room.refresh_from_db()
    assert room.name == "Class 9C"


def test_a_classroom_is_not_renamed_to_nothing(room):
    with pytest.raises(RuleError):
        classroom_rename(classroom=room, name=" \n")
    room.refresh_from_db()
    assert room.name == "Class 9B"


def test_archiving_keeps_its_first_time_and_can_be_taken_back(room):
    Classroom.objects.update(archived_at=factories.NOON)
    assert classroom_archive(classroom=room).archived_at == factories.NOON
    assert classroom_bring_back(classroom=room).archived_at is None
    now = classroom_archive(classroom=room).archived_at
    assert (timezone.now() - now).total_seconds() < 60


@pytest.mark.django_db(transaction=True)
def test_thirty_who_join_three_rooms_at_once_get_thirty_codes():
    rooms = [factories.classroom(factories.teacher()) for _ in range(3)]
    people = [factories.user() for _ in range(30)]
    jobs = [
        lambda user=user, room=rooms[n % 3]: member_add(classroom=room, user=user, is_reader=True).code_number
        for n, user in enumerate(people)
    ]
    numbers = together(jobs)
    assert (None not in numbers, len(set(numbers)), Membership.objects.readers().count()) == (True, 30, 30)


@pytest.mark.django_db(transaction=True)
def test_one_person_who_joins_ten_times_at_once_is_one_member():
    room, user = factories.classroom(factories.teacher()), factories.user()
    members = together([lambda: member_add(classroom=room, user=user, is_reader=True).pk] * 10)
    assert len(set(members)) == 1
    assert (room.memberships.filter(user=user).count(), ReaderCode.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_teachers_who_remove_each_other_at_once_leave_one():
    room = factories.classroom(factories.teacher())
    second = member_add(classroom=room, user=factories.teacher(), is_teacher=True)
    first = room.memberships.exclude(pk=second.pk).get()

    def removal(member):
        try:
            return member_remove(member=member).pk
        except RuleError as error:
            return error.code

    answers = together([lambda: removal(first), lambda: removal(second)])
    assert "last_teacher" in answers
    assert room.memberships.current().filter(is_teacher=True).count() == 1
