"""Starting, handing in and opening again."""

from datetime import timedelta

import pytest

from annotator.domain.errors import RuleError
from annotator.models import Exercise, Phase, Reading
from annotator.services.readings import reading_hand_in, reading_reopen, reading_seen, reading_start
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    teacher = factories.teacher()
    return factories.exercise(factories.classroom(teacher), [factories.article(teacher)])


@pytest.fixture
def reading(work):
    return factories.reading(work, factories.reader(work.classroom))


def in_phase(work, phase):
    Exercise.objects.update(phase=phase)
    work.refresh_from_db()


def test_starting_twice_gives_the_same_reading(work):
    member, article = factories.reader(work.classroom), work.articles.get()
    first = reading_start(exercise=work, article=article, member=member)
    assert reading_start(exercise=work, article=article, member=member) == first
    assert (first.round, first.is_key, first.state, Reading.objects.count()) == (1, False, "open", 1)


@pytest.mark.parametrize("phase", [phase for phase in Phase.values if phase != Phase.OPEN])
def test_a_reading_begins_only_while_the_exercise_is_open(work, phase):
    in_phase(work, phase)
    with pytest.raises(RuleError):
        reading_start(exercise=work, article=work.articles.get(), member=factories.reader(work.classroom))
    assert not Reading.objects.exists()


def test_a_begun_reading_is_found_again_in_any_phase(work, reading):
    in_phase(work, Phase.REVEALED)
    assert reading_start(exercise=work, article=reading.article, member=reading.member) == reading


def test_starting_freezes_nothing(work):
    type(work.codebook_version).objects.update(frozen_at=None)
    reading_start(exercise=work, article=work.articles.get(), member=factories.reader(work.classroom))
    work.codebook_version.refresh_from_db()
    assert work.codebook_version.frozen_at is None


def test_handing_in_a_blank_reading_is_an_answer(reading):
    reading_hand_in(reading=reading)
    reading.refresh_from_db()
    assert (reading.state, reading.submitted_at is not None) == ("submitted", True)
    assert Reading.objects.counted().get() == reading


def test_handing_in_twice_keeps_the_first_time(reading):
    Reading.objects.update(state="submitted", submitted_at=factories.NOON)
    assert reading_hand_in(reading=reading).submitted_at == factories.NOON


@pytest.mark.parametrize("phase", [phase for phase in Phase.values if phase != Phase.OPEN])
def test_handing_in_needs_an_open_exercise(work, reading, phase):
    in_phase(work, phase)
    with pytest.raises(RuleError):
        reading_hand_in(reading=reading)
    reading.refresh_from_db()
    assert (reading.state, reading.submitted_at) == ("open", None)


def test_a_collected_reading_is_not_handed_in(reading):
    Reading.objects.update(state="collected", submitted_at=factories.NOON)
    with pytest.raises(RuleError):
        reading_hand_in(reading=reading)


@pytest.mark.parametrize("state", ["submitted", "collected", "open"])
def test_a_reading_opens_again_while_the_exercise_is_open(reading, state):
    Reading.objects.update(state=state, submitted_at=None if state == "open" else factories.NOON)
    reading_reopen(reading=reading)
    reading.refresh_from_db()
    assert (reading.state, reading.submitted_at) == ("open", None)


@pytest.mark.parametrize("phase", [phase for phase in Phase.values if phase != Phase.OPEN])
def test_a_reading_stays_handed_in_once_the_exercise_is_closed(work, reading, phase):
    Reading.objects.update(state="submitted", submitted_at=factories.NOON)
    in_phase(work, phase)
    with pytest.raises(RuleError):
        reading_reopen(reading=reading)
    reading.refresh_from_db()
    assert reading.state == "submitted"


@pytest.mark.parametrize(("gap", "counted"), [(1, 1), (59, 59), (60, 0), (3600, 0), (-5, 0)])
def test_only_gaps_under_a_minute_were_reading(reading, gap, counted):
    reading.seen_at = factories.NOON
    reading_seen(reading=reading, now=factories.NOON + timedelta(seconds=gap))
    assert reading.active_seconds == counted
    assert reading.seen_at == factories.NOON + timedelta(seconds=max(gap, 0))


@pytest.mark.parametrize(
    ("phase", "is_writable"), [(Phase.DRAFT, True), (Phase.REVEALED, True), (Phase.ARCHIVED, False)]
)
def test_a_key_is_written_in_any_phase_but_the_archive(work, phase, is_writable):
    teacher = work.classroom.memberships.get(is_teacher=True)
    key = factories.reading(work, teacher, is_key=True, round=0)
    in_phase(work, phase)
    if is_writable:
        assert reading_hand_in(reading=key).state == "submitted"
    else:
        with pytest.raises(RuleError):
            reading_hand_in(reading=key)
