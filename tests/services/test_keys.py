"""The key: one for each article, edited by any teacher of the class, counted nowhere, changed until the archive."""

import uuid

import pytest

from annotator.domain.errors import RuleError
from annotator.models import Exercise, Membership, Phase, Reading, Span
from annotator.reports.agreement_key import texts_with_key
from annotator.services.keys import key_start
from annotator.services.readings import reading_hand_in
from annotator.services.span_workbench import Operation
from annotator.services.spans import operations_apply
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Exercise:
    room = factories.classroom(factories.teacher())
    return factories.exercise(room, [factories.article(factories.teacher())])


def leader(work: Exercise) -> Membership:
    return work.classroom.memberships.filter(is_teacher=True).order_by("pk").first()


def started(work: Exercise, member: Membership | None = None) -> Reading:
    return key_start(exercise=work, article=work.articles.get(), member=member or leader(work))


def marking(start: int = 0, end: int = 7) -> Operation:
    words = factories.TEXT[start:end]
    return Operation(
        uuid=uuid.uuid4(), kind="add", span=uuid.uuid4(), label="claim", start=start, end=end, quote_start=words,
        quote_end=words,
    )  # fmt: skip


def test_a_key_is_round_0_and_no_reading_that_counts(work: Exercise) -> None:
    key = started(work)
    assert (key.is_key, key.round, key.member) == (True, 0, leader(work))
    assert not Reading.objects.independent().exists()


def test_starting_again_opens_the_same_key_for_every_teacher(work: Exercise) -> None:
    other = Membership.objects.create(classroom=work.classroom, user=factories.teacher(), is_teacher=True)
    assert started(work) == started(work) == started(work, other)
    assert Reading.objects.count() == 1


def test_two_teachers_edit_one_key_and_the_history_keeps_both(work: Exercise) -> None:
    other = Membership.objects.create(classroom=work.classroom, user=factories.teacher(), is_teacher=True)
    key, made = started(work), marking()
    operations_apply(reading=key, operations=[made], actor=leader(work))
    moved = Operation(
        uuid=uuid.uuid4(), kind="move", span=made.span, start=0, end=12, quote_start=factories.TEXT[:12],
        quote_end=factories.TEXT[:12],
    )  # fmt: skip
    operations_apply(reading=key, operations=[moved], actor=other)
    assert Span.objects.get().quote == factories.TEXT[:12]
    assert [each.actor for each in key.operations.order_by("pk")] == [leader(work), other]


@pytest.mark.parametrize("phase", [phase for phase in Phase.values if phase != Phase.ARCHIVED])
def test_a_key_can_be_begun_and_changed_until_the_archive(work: Exercise, phase: str) -> None:
    Exercise.objects.filter(pk=work.pk).update(phase=phase)
    key = started(work)
    reading_hand_in(reading=key)
    key.refresh_from_db()
    assert operations_apply(reading=key, operations=[marking()]).outcomes[0].refusal is None
    assert not Span.objects.get().is_late


def test_in_the_archive_no_key_begins_and_none_changes(work: Exercise) -> None:
    key = started(work)
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.ARCHIVED)
    assert operations_apply(reading=key, operations=[marking()]).outcomes[0].refusal is not None
    Reading.objects.all().delete()
    with pytest.raises(RuleError):
        started(work)
    assert not Reading.objects.exists()


def test_figures_with_the_key_find_it_once_something_is_marked(work: Exercise) -> None:
    reading = factories.reading(work, factories.reader(work.classroom), state="submitted", submitted_at=factories.NOON)
    factories.span(reading, 0, 7)
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.CLOSED)
    work.refresh_from_db()
    key = started(work)
    assert texts_with_key(work, 1)[0] == []
    operations_apply(reading=key, operations=[marking()])
    assert len(texts_with_key(work, 1)[0]) == 1
