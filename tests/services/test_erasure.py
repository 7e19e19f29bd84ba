"""Making people nameless, and erasing them or a class: nothing is left of them, and nobody else is touched."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import PROTECT

from annotator.domain.errors import RuleError
from annotator.models import (
    AgreementRow,
    Article,
    Classroom,
    Door,
    Erasure,
    Exercise,
    Membership,
    Participation,
    Reading,
    RosterEntry,
    Snapshot,
    Span,
    SpanOperation,
    User,
)
from annotator.services.classrooms import member_add
from annotator.services.erasure import (
    classroom_anonymise,
    classroom_empty,
    classroom_erase,
    member_anonymise,
    member_erase,
)
from tests import factories
from tests.security import world
from tests.services.erasing import bytes_on_disk, found, lesson
from tests.services.saving import add, apply, operation

pytestmark = [pytest.mark.django_db, pytest.mark.proves("S14")]


@pytest.fixture
def here():
    return lesson()


def places(member):
    """Where a member's highlights stand, and what they are."""
    spans = Span.objects.filter(reading__member=member).order_by("pk")
    return list(
        spans.values_list("uuid", "label__slug", "start", "end", "quote", "updated_at", "deleted_at", "version")
    )


def test_the_lesson_holds_the_pupil_s_words_in_all_the_tables_they_can_stand_in(here):
    assert set(found(here.canary)) == {
        "annotator_user", "annotator_membership", "annotator_rosterentry", "annotator_participation",
        "annotator_span", "annotator_spanoperation", "annotator_snapshot", "annotator_reason", "django_admin_log",
    }  # fmt: skip
    assert here.canary.encode() not in here.others()


def test_nothing_is_left_of_a_nameless_pupil_but_tags_and_edges(here):
    before, code, others = places(here.pupil), here.pupil.code, here.others()
    done = member_anonymise(member=here.pupil, by=here.teacher)
    here.pupil.refresh_from_db()
    assert found(here.canary) == []
    assert (places(here.pupil), here.others()) == (before, others)
    assert here.pupil.code not in {code, ""}
    assert (here.pupil.pseudonym, here.pupil.resume_hash) == (here.pupil.code, "")
    assert here.pupil.anonymised_at is not None
    assert (done.kind, done.by) == ("member_anonymised", here.teacher)
    assert done.counts == {"people": 1, "notes": 2, "answers": 1, "reasons": 1, "roster": 1}


def test_a_nameless_pupil_is_signed_out_and_cannot_come_back(here):
    member_anonymise(member=here.pupil, by=here.teacher)
    here.pupil.refresh_from_db()
    assert not Session.objects.exists()
    assert not here.pupil.user.is_active
    assert here.pupil not in Membership.objects.current()


def test_a_nameless_pupil_s_reading_still_counts(here):
    rows = list(AgreementRow.objects.values_list("summary", "readers"))
    member_anonymise(member=here.pupil, by=here.teacher)
    assert list(AgreementRow.objects.values_list("summary", "readers")) == rows
    assert Reading.objects.independent().counted().count() == 3


def test_history_keeps_what_was_done_and_not_what_was_said(here):
    member_anonymise(member=here.pupil, by=here.teacher)
    rows = SpanOperation.objects.filter(reading__member=here.pupil, kind="detail").order_by("pk")
    assert [row.after for row in rows][:2] == [{"note": "", "source_name": "", "source_kind": "official"}, {"note": ""}]
    assert "reported_by" in rows[2].after
    kept = [span for snapshot in Snapshot.objects.filter(reading__member=here.pupil) for span in snapshot.spans]
    assert {span["note"] for span in kept} == {span["source_name"] for span in kept} == {""}


def test_a_kind_of_source_that_is_not_in_the_codebook_is_somebody_s_words(here):
    Span.objects.filter(reading__member=here.pupil, label__slug="attribution").update(source_kind="anna-larsen")
    member_anonymise(member=here.pupil, by=here.teacher)
    assert set(Span.objects.filter(reading__member=here.pupil).values_list("source_kind", flat=True)) == {""}


def test_making_nameless_twice_is_as_good_as_once(here):
    member_anonymise(member=here.pupil, by=here.teacher)
    before = world.fingerprint()
    here.pupil.refresh_from_db()
    assert member_anonymise(member=here.pupil, by=here.teacher) is None
    assert world.fingerprint() == before


def test_a_person_of_two_classes_is_made_nameless_in_one(here):
    elsewhere = factories.classroom(factories.teacher(), name="Class 8A")
    other = Membership.objects.create(classroom=elsewhere, user=here.pupil.user, is_reader=True, code_number=9_000)
    user = here.pupil.user
    member_anonymise(member=here.pupil, by=here.teacher)
    here.pupil.refresh_from_db()
    other.refresh_from_db()
    assert (other.user, here.pupil.user == user) == (user, False)
    assert Session.objects.count() == 1


def test_who_joined_twice_is_made_nameless_as_a_whole(here):
    twin = here.classmates[0]
    Membership.objects.filter(pk=twin.pk).update(merged_into=here.pupil)
    member_anonymise(member=here.pupil, by=here.teacher)
    twin.refresh_from_db()
    assert twin.anonymised_at is not None
    assert not Participation.objects.exclude(member=here.classmates[1]).exclude(exit_answer="").exists()


def test_nothing_is_left_of_an_erased_pupil(here):
    others = here.others()
    done = member_erase(member=here.pupil, by=here.teacher)
    assert found(here.canary) == []
    assert here.others() == others
    assert not Membership.objects.filter(pk=here.pupil.pk).exists()
    assert not User.objects.filter(pk=here.pupil.user_id).exists()
    assert here.pupil.code.encode() not in here.files()
    assert done.counts["spans"] == 3
    assert (done.counts["readings"], done.counts["people"]) == (1, 1)


def test_figures_are_computed_anew_without_an_erased_pupil(here):
    [before] = AgreementRow.objects.values_list("readers", flat=True)
    member_erase(member=here.pupil, by=here.teacher)
    [after] = AgreementRow.objects.values_list("readers", flat=True)
    assert set(before) - set(after) == {here.pupil.pk}


def test_erasing_twice_is_as_good_as_once(here):
    member_erase(member=here.pupil, by=here.teacher)
    before = world.fingerprint()
    assert member_erase(member=here.pupil, by=here.teacher) is None
    assert world.fingerprint() == before


def test_an_erased_reader_s_code_is_never_dealt_again(here):
    first = member_add(classroom=here.room, user=factories.user(), is_reader=True)
    member_erase(member=first, by=here.teacher)
    assert member_add(classroom=here.room, user=factories.user(), is_reader=True).code_number > first.code_number


@pytest.mark.parametrize("service", [member_anonymise, member_erase])
def test_who_leads_is_removed_first(here, service):
    leader = here.room.memberships.get(is_teacher=True)
    before = world.fingerprint()
    with pytest.raises(RuleError, match="leads here"):
        service(member=leader, by=here.teacher)
    assert world.fingerprint() == before


def test_the_key_of_a_teacher_who_left_stays_without_a_name(here):
    Membership.objects.filter(user=here.teacher).update(removed_at=factories.NOON)
    leader = here.room.memberships.get(is_teacher=True)
    key = Reading.objects.get(is_key=True)
    member_erase(member=leader, by=None)
    key.refresh_from_db()
    assert key.spans.count() == 1
    assert key.member.user != here.teacher
    assert User.objects.filter(pk=here.teacher.pk).exists()


def test_a_nameless_class_keeps_its_marks_and_its_key(here):
    marks = [places(member) for member in (here.pupil, *here.classmates)]
    codes = {member.code for member in (here.pupil, *here.classmates)}
    classroom_anonymise(classroom=here.room, by=here.teacher)
    assert found(here.canary) + found("a classmate") + found("Classmate") == []
    assert [places(member) for member in (here.pupil, *here.classmates)] == marks
    readers = Membership.objects.filter(classroom=here.room, is_teacher=False)
    assert {member.code for member in readers} & codes == set()
    assert not RosterEntry.objects.exists()
    assert not Door.objects.exists()
    assert Reading.objects.get(is_key=True).spans.count() == 1


def test_a_class_made_nameless_twice_is_left_alone_the_second_time(here):
    classroom_anonymise(classroom=here.room, by=here.teacher)
    before = world.fingerprint()
    assert classroom_anonymise(classroom=here.room, by=here.teacher) is None
    assert world.fingerprint() == before


def test_an_emptied_class_keeps_its_exercises_and_key_alone(here):
    done = classroom_empty(classroom=here.room, by=None)
    assert found(here.canary) + found("a classmate") + found("Classmate") == []
    assert [reading.is_key for reading in Reading.objects.all()] == [True]
    assert [member.user for member in Membership.objects.all()] == [here.teacher]
    assert (done.by, done.counts["people"]) == (None, 3)
    assert classroom_empty(classroom=here.room, by=None) is None


def test_a_class_goes_with_everything_in_it_and_the_articles_stay(here):
    other = lesson()
    others = other.files()
    classroom_erase(classroom=here.room, by=here.teacher)
    assert found(here.canary) == []
    assert other.files() == others
    assert list(Exercise.objects.all()) == [other.exercise]
    assert list(Classroom.objects.all()) == [other.room]
    assert Article.objects.filter(owner=here.teacher).count() == 1
    assert User.objects.filter(pk=here.teacher.pk).exists()
    assert classroom_erase(classroom=here.room, by=here.teacher) is None


def test_the_record_names_nobody(here):
    Classroom.objects.filter(pk=here.room.pk).update(name=here.canary)
    classroom_erase(classroom=here.room, by=here.teacher)
    [kept] = Erasure.objects.all()
    assert found(here.canary) == []
    assert kept.counts == {
        "answers": 3, "assignments": 3, "doors": 1, "exercises": 1, "operations": kept.counts["operations"],
        "people": 4, "readings": 4, "reasons": 3, "roster": 1, "snapshots": kept.counts["snapshots"], "spans": 10,
        "votes": 3,
    }  # fmt: skip


def test_the_sample_class_has_a_door_of_its_own(here):
    Classroom.objects.filter(pk=here.room.pk).update(is_sample=True)
    before = world.fingerprint()
    with pytest.raises(RuleError, match="sample class"):
        classroom_erase(classroom=here.room, by=here.teacher)
    assert world.fingerprint() == before


@pytest.mark.only("sqlite")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "service", [member_anonymise, member_erase, classroom_anonymise, classroom_empty, classroom_erase]
)
def test_not_a_byte_is_left_in_the_file_or_its_log(service):
    here = lesson()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
    assert here.canary.encode() in bytes_on_disk()
    subject = {"member": here.pupil} if "member" in service.__name__ else {"classroom": here.room}
    service(**subject, by=here.teacher)
    assert here.canary.encode() not in bytes_on_disk()


def test_deleted_and_brought_back_a_highlight_leaves_as_before(here):
    exercise = factories.exercise(here.room, [here.exercise.articles.get()])
    reading = factories.reading(exercise, here.pupil)
    made = add(reading)
    Span.objects.filter(uuid=made.span).update(updated_at=factories.NOON)
    here.exercise = exercise
    before = here.spans()
    apply(reading, operation(reading, "delete", made.span))
    assert here.spans() != before
    apply(reading, operation(reading, "restore", made.span))
    assert here.spans() == before


@pytest.mark.parametrize("model", [Reading, Span, SpanOperation, Snapshot])
def test_no_deletion_anywhere_takes_readings_or_highlights_along_or_loosens_them(model):
    # There is no exception: what stands above a reading is deleted after it, or not at all.
    rules = {field.name: field.remote_field.on_delete for field in model._meta.fields if field.remote_field}
    assert rules
    assert set(rules.values()) == {PROTECT}
