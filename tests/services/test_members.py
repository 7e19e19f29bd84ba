"""Pupils of a class: other names, new codes, back in, and two memberships of one person that become one."""

import pytest

from annotator.domain.errors import RuleError
from annotator.models import Membership, Participation, Phase, Reading, RosterEntry, Span
from annotator.services.classrooms import member_remove
from annotator.services.exercises import exercise_move
from annotator.services.members import (
    member_let_back,
    member_merge,
    member_rename,
    resume_code_reset,
    resume_codes_reset,
)
from annotator.services.resume_codes import is_resume_code
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return factories.classroom(factories.teacher("marit"))


@pytest.fixture
def otter(room):
    return factories.reader(room, "otter", pseudonym="Amber Otter")


@pytest.fixture
def heron(room):
    return factories.reader(room, "heron", pseudonym="Quiet Heron")


def refused(code, action, **arguments):
    """Whether it was refused with this code."""
    with pytest.raises(RuleError) as error:
        action(**arguments)
    return error.value.code == code


def test_a_rename_changes_the_name_and_nothing_else(otter):
    before = otter.code_number
    renamed = member_rename(member=otter, name="  Copper \n Newt ")
    assert (renamed.pseudonym, renamed.user.name, renamed.code_number) == ("Copper Newt", "Copper Newt", before)


@pytest.mark.parametrize(
    ("name", "code"), [("", "no_name"), ("\u200b", "no_name"), ("x" * 41, "long_name"), ("quiet HERON", "taken")]
)
def test_a_rename_that_cannot_be_is_refused(otter, heron, name, code):
    assert refused(code, member_rename, member=otter, name=name)
    otter.refresh_from_db()
    assert otter.pseudonym == "Amber Otter"


def test_ones_own_name_in_another_case_is_free(otter):
    assert member_rename(member=otter, name="amber otter").pseudonym == "amber otter"


def test_a_new_code_voids_the_old_one(otter):
    first = resume_code_reset(member=otter)
    second = resume_code_reset(member=otter)
    otter.refresh_from_db()
    assert not is_resume_code(otter, first)
    assert is_resume_code(otter, second)


def test_a_new_code_signs_out_only_when_asked(otter):
    before = otter.user.get_session_auth_hash()
    resume_code_reset(member=otter)
    otter.user.refresh_from_db()
    assert otter.user.get_session_auth_hash() == before
    resume_code_reset(member=otter, everywhere=True)
    otter.user.refresh_from_db()
    assert otter.user.get_session_auth_hash() != before


def test_teachers_and_people_with_a_password_get_no_code(room, otter):
    assert refused("no_reader", resume_code_reset, member=room.memberships.get(is_teacher=True))
    otter.user.set_password("the ferry was late")
    otter.user.save()
    assert refused("no_reader", resume_code_reset, member=otter)
    assert resume_codes_reset(classroom=room) == {}


def test_who_was_removed_comes_back_with_the_old_number(otter):
    removed = member_remove(member=otter)
    back = member_let_back(member=removed)
    assert (back.removed_at, back.code_number) == (None, otter.code_number)


def test_a_taken_name_is_free_again_when_who_took_it_is_removed(room, otter):
    entry = RosterEntry.objects.create(classroom=room, position=1, name="Amber Otter", member=otter)
    member_remove(member=otter)
    entry.refresh_from_db()
    assert entry.member is None
    real = member_rename(member=factories.reader(room, "newt"), name="Amber Otter")
    assert real.pseudonym == "Amber Otter"
    assert member_let_back(member=otter).pseudonym == "Amber Otter (2)"


def test_who_is_let_back_gets_the_name_on_the_list_again(room, otter):
    entry = RosterEntry.objects.create(classroom=room, position=1, name="Amber Otter", member=otter)
    member_let_back(member=member_remove(member=otter))
    entry.refresh_from_db()
    assert entry.member == otter


class TestMerging:
    """Otter joined again as Heron."""

    @pytest.fixture
    def work(self, room):
        article = factories.article(room.memberships.get(is_teacher=True).user)
        return factories.exercise(room, [article])

    def test_work_moves_to_the_one_that_is_kept(self, room, otter, heron, work):
        reading = factories.reading(work, otter)
        span = factories.span(reading, 0, 7)
        Participation.objects.create(exercise=work, member=otter, extra_seconds=120)
        entry = RosterEntry.objects.create(classroom=room, position=1, name="Noor Salim", member=otter)
        member_merge(member=otter, into=heron)
        for each in (reading, entry, span):
            each.refresh_from_db()
        otter.refresh_from_db()
        assert (reading.member, entry.member, span.reading) == (heron, heron, reading)
        assert Participation.objects.get().member == heron
        assert (otter.merged_into, otter.removed_at is None) == (heron, False)

    @pytest.mark.parametrize(("of_otter", "of_heron"), [(1, 3), (3, 1), (2, 2), (0, 0)])
    def test_of_two_readings_the_fuller_counts_and_no_highlight_is_lost(self, otter, heron, work, of_otter, of_heron):
        mine, theirs = factories.reading(work, otter), factories.reading(work, heron)
        for place in range(of_otter):
            factories.span(mine, place, place + 5)
        for place in range(of_heron):
            factories.span(theirs, place, place + 6)
        member_merge(member=otter, into=heron)
        kept = Reading.objects.get(member=heron)
        assert kept == (mine if of_otter > of_heron else theirs)
        assert kept.round == Reading.objects.get(member=otter).round == 1
        assert Span.objects.filter(is_late=False).count() == max(of_otter, of_heron)
        assert Span.objects.count() == of_otter + of_heron
        exercise_move(exercise=work, phase=Phase.CLOSED)
        counted = Reading.objects.counted().values_list("member", flat=True)
        assert set(counted) <= {heron.pk}

    def test_a_handed_in_empty_reading_that_is_set_aside_is_not_counted(self, otter, heron, work):
        empty = factories.reading(work, otter, state="submitted", submitted_at=factories.NOON)
        factories.span(factories.reading(work, heron), 0, 7)
        member_merge(member=otter, into=heron)
        empty.refresh_from_db()
        assert empty.state == "collected"
        assert empty not in Reading.objects.counted()

    @pytest.mark.parametrize("phase", [Phase.REVEALED, Phase.REVISING, Phase.WRAPPED_UP, Phase.ARCHIVED])
    def test_it_is_too_late_after_the_reveal(self, otter, heron, work, phase):
        reading = factories.reading(work, otter)
        type(work).objects.filter(pk=work.pk).update(phase=phase)
        assert refused("shown", member_merge, member=otter, into=heron)
        reading.refresh_from_db()
        otter.refresh_from_db()
        assert (reading.member, otter.merged_into) == (otter, None)

    def test_only_two_pupils_of_one_class_are_merged(self, room, otter, heron):
        teacher = room.memberships.get(is_teacher=True)
        elsewhere = factories.reader(factories.classroom(factories.teacher(), name="Class 8A"))
        assert refused("same", member_merge, member=otter, into=otter)
        assert refused("same", member_merge, member=otter, into=elsewhere)
        assert refused("same", member_merge, member=teacher, into=otter)
        assert Membership.objects.exclude(merged_into=None).count() == 0

    def test_three_that_were_one_all_lead_to_the_last(self, room, otter, heron):
        newt = factories.reader(room, "newt", pseudonym="Copper Newt")
        member_merge(member=otter, into=heron)
        member_merge(member=heron, into=newt)
        otter.refresh_from_db()
        assert otter.merged_into == newt
