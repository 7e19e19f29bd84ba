"""The grade book, on a class whose figures can be done by hand."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator.domain.errors import RuleError
from annotator.models import Assignment, Distribution, Exercise, Membership, Phase, RosterEntry, Span
from annotator.reports.gradebook import feedback, grades_of
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = "aaaa bbbb cccc dddd"
DONE = {"state": "submitted", "submitted_at": factories.NOON}


@pytest.fixture
def room():
    return factories.classroom(factories.teacher())


@pytest.fixture
def exercise(room):
    owner = room.memberships.get().user
    made = factories.exercise(room, [factories.article(owner, text=TEXT)], phase=Phase.WRAPPED_UP)
    made.points, made.key_points = 10, 4
    made.save()
    return made


def pupil(room, name, **fields):
    return factories.reader(room, pseudonym=name, **fields)


def key(exercise, *spans, text=None):
    leader = Membership.objects.get(classroom=exercise.classroom, is_teacher=True)
    made = factories.reading(exercise, leader, round=0, is_key=True, text=text)
    for start, end, label in spans:
        factories.span(made, start, end, label)


def read(exercise, member, *spans, number=1, text=None, **fields):
    made = factories.reading(exercise, member, round=number, text=text, **{**DONE, **fields})
    for start, end, label in spans:
        factories.span(made, start, end, label)
    return made


def one(exercise, member):
    [row] = [row for row in grades_of([exercise]).rows if row.annotator == member.code]
    return row


def test_the_match_counts_letters_and_not_the_space_between(room, exercise):
    # Key: 8 letters of "aaaa bbbb"; reader: 4 of them and 4 others: 2 * 4 / (8 + 8).
    key(exercise, (0, 9, "claim"))
    amber = pupil(room, "Amber Otter")
    read(exercise, amber, (5, 14, "claim"), active_seconds=90)
    row = one(exercise, amber)
    assert row.key_f1 == (0.5, None)
    assert row.points == pytest.approx(6 + 4 * 0.5)
    assert (row.marks, row.status, row.active_seconds) == ({"claim": 1}, ("submitted", ""), 90)


def test_the_second_round_is_compared_too_and_what_was_not_opened_again_stands(room, exercise):
    key(exercise, (0, 9, "claim"))
    amber, brave = pupil(room, "Amber"), pupil(room, "Brave")
    read(exercise, amber, (5, 14, "claim"))
    read(exercise, amber, (0, 9, "claim"), (10, 14, "opinion"), number=2)
    read(exercise, brave, (0, 9, "claim"))
    row = one(exercise, amber)
    assert row.key_f1 == (0.5, pytest.approx(16 / 20))
    assert row.key_gain == pytest.approx(0.3)
    assert row.marks == {"claim": 1, "opinion": 1}
    assert one(exercise, brave).status == ("submitted", "not_started")
    assert one(exercise, brave).key_f1 == (1.0, None)


def test_articles_are_pooled_and_one_that_was_left_out_counts_as_unmarked(room, exercise):
    second = factories.article(exercise.created_by, text=TEXT, title="Second")
    exercise.places.create(article=second, position=2)
    key(exercise, (0, 4, "claim"), text=exercise.articles.get(title="Lantern fair moves indoors"))
    key(exercise, (0, 4, "claim"), text=second)
    amber = pupil(room, "Amber")
    read(exercise, amber, (0, 4, "claim"), text=second)
    row = one(exercise, amber)
    assert row.key_f1[0] == pytest.approx(2 * 4 / (4 + 8))
    assert row.status[0] == "collected"
    assert row.points == pytest.approx(6 / 2 + 4 * 2 / 3)


def test_a_reader_is_asked_for_the_articles_that_were_dealt_alone(room, exercise):
    second = factories.article(exercise.created_by, text=TEXT, title="Second")
    exercise.places.create(article=second, position=2)
    exercise.distribution = Distribution.BALANCED
    exercise.save()
    amber = pupil(room, "Amber")
    Assignment.objects.create(exercise=exercise, article=second, member=amber)
    read(exercise, amber, text=second)
    assert (one(exercise, amber).status[0], one(exercise, amber).points) == ("submitted", 10)


def test_what_is_late_or_deleted_earns_nothing(room, exercise):
    key(exercise, (0, 4, "claim"))
    amber = pupil(room, "Amber")
    made = read(exercise, amber, (0, 4, "claim"), (0, 4, "opinion"))
    Span.objects.filter(reading=made, label__slug="claim").update(is_late=True)
    Span.objects.filter(reading=made, label__slug="opinion").update(deleted_at=factories.NOON)
    row = one(exercise, amber)
    assert (row.marks, row.key_f1, row.points) == ({}, (0.0, None), 6)


@pytest.mark.parametrize("has_key", [False, True])
def test_without_a_key_that_holds_something_all_points_are_for_handing_in(room, exercise, has_key):
    if has_key:
        key(exercise, (0, 4, "claim"))
        Exercise.objects.filter(pk=exercise.pk).update(has_key=False)
        exercise.refresh_from_db()
    else:
        key(exercise)
    amber = pupil(room, "Amber")
    read(exercise, amber, (0, 4, "claim"))
    assert (one(exercise, amber).key_f1, one(exercise, amber).points) == ((None, None), 10)


def test_collected_with_nothing_in_it_says_nothing(room, exercise):
    key(exercise, (0, 4, "claim"))
    amber = pupil(room, "Amber")
    read(exercise, amber, state="collected")
    row = one(exercise, amber)
    assert (row.status[0], row.key_f1, row.points) == ("collected", (None, None), 0)
    assert feedback(row) == "Collected at the end, not handed in."


def test_each_student_has_a_row_and_who_teaches_the_class_has_none(room, exercise):
    Exercise.objects.filter(pk=exercise.pk).update(closed_at=factories.NOON)
    exercise.refresh_from_db()
    there, gone = pupil(room, "There"), pupil(room, "Gone")
    pupil(room, "Later")
    Membership.objects.filter(pk__in=[there.pk, gone.pk]).update(joined_at=factories.NOON - timedelta(hours=1))
    Membership.objects.filter(is_teacher=True).update(is_reader=True, code_number=77, joined_at=factories.NOON)
    read(exercise, gone)
    read(exercise, Membership.objects.get(is_teacher=True))
    Membership.objects.filter(pk=gone.pk).update(removed_at=factories.NOON)
    rows = grades_of([exercise]).rows
    assert [(row.name, row.status[0]) for row in rows] == [("There", "not_started"), ("Gone", "submitted")]


def test_the_class_list_gives_name_number_and_order(room, exercise):
    amber, brave, clear = (pupil(room, name) for name in ("Amber", "Brave", "Clear"))
    for position, (member, name) in enumerate([(brave, "Zoe"), (amber, "Sam")], 1):
        RosterEntry.objects.create(
            classroom=room, position=position, name=name, student_ref=f"n{position}", section="B", member=member
        )
    grades = grades_of([exercise])
    assert [row.name for row in grades.in_list_order()] == ["Zoe", "Sam", "Clear"]
    assert [row.annotator for row in grades.rows] == sorted(member.code for member in (amber, brave, clear))
    assert (one(exercise, brave).student_ref, one(exercise, brave).section) == ("n1", "B")


def test_several_exercises_stand_one_after_the_other(room, exercise):
    other = factories.exercise(room, [exercise.articles.get()], phase=Phase.CLOSED)
    amber = pupil(room, "Amber")
    read(exercise, amber)
    grades = grades_of([other, exercise])
    assert [row.exercise for row in grades.rows] == sorted([str(exercise.uuid), str(other.uuid)])
    assert grades.labels == ("claim", "attribution", "opinion", "boilerplate")


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.OPEN])
@pytest.mark.proves("S02")
def test_there_is_none_while_it_is_blind(room, phase):
    exercise = factories.exercise(room, [factories.article(room.memberships.get().user)], phase=phase)
    with pytest.raises(RuleError):
        grades_of([exercise])


def test_more_students_cost_no_more_queries(room, exercise):
    def queries():
        with CaptureQueriesContext(connection) as found:
            grades_of([exercise])
        return len(found)

    key(exercise, (0, 4, "claim"))
    read(exercise, pupil(room, "Amber"), (0, 4, "claim"))
    first = queries()
    for number in range(5):
        read(exercise, pupil(room, f"Reader {number}"), (0, 4, "claim"))
    assert queries() == first <= 12
