"""Answers to the exit question: kept once, changed until the archive, refused with a sentence."""

import pytest

from annotator.domain.errors import RuleError
from annotator.models import Exercise, Membership, Participation, Phase, Step
from annotator.services.exit_answers import exit_answer
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Exercise:
    room = factories.classroom(factories.teacher())
    made = factories.exercise(room, [factories.article(factories.teacher())], phase=Phase.WRAPPED_UP)
    made.exit_question, made.step = "What changed your mind?", Step.EXIT
    made.save()
    return made


@pytest.fixture
def member(work: Exercise) -> Membership:
    return factories.reader(work.classroom)


def stand(work: Exercise, phase: str, step: str = "") -> None:
    Exercise.objects.filter(pk=work.pk).update(phase=phase, step=step)


def test_an_answer_is_kept_with_its_time(work: Exercise, member: Membership) -> None:
    kept = exit_answer(exercise=work, member=member, answer="  The nurse.\r\nShe was there.  ")
    assert kept.exit_answer == "The nurse.\nShe was there."
    assert kept.exit_at is not None


def test_what_a_lesson_keeps_besides_stays(work: Exercise, member: Membership) -> None:
    Participation.objects.create(exercise=work, member=member, extra_seconds=120)
    exit_answer(exercise=work, member=member, answer="The nurse.")
    assert Participation.objects.get().extra_seconds == 120


def test_the_same_answer_again_changes_nothing(work: Exercise, member: Membership) -> None:
    exit_answer(exercise=work, member=member, answer="The nurse.")
    Participation.objects.update(exit_at=factories.NOON)
    exit_answer(exercise=work, member=member, answer=" The nurse. ")
    assert Participation.objects.get().exit_at == factories.NOON


def test_an_answer_can_change_until_the_archive(work: Exercise, member: Membership) -> None:
    exit_answer(exercise=work, member=member, answer="The nurse.")
    stand(work, Phase.WRAPPED_UP)
    exit_answer(exercise=work, member=member, answer="The council.")
    assert Participation.objects.get().exit_answer == "The council."
    stand(work, Phase.ARCHIVED)
    with pytest.raises(RuleError, match="archive"):
        exit_answer(exercise=work, member=member, answer="Nobody.")
    assert Participation.objects.get().exit_answer == "The council."


@pytest.mark.parametrize("phase", [phase for phase in Phase.values if phase != Phase.WRAPPED_UP])
def test_before_it_is_asked_nothing_is_kept(work: Exercise, member: Membership, phase: str) -> None:
    stand(work, phase)
    with pytest.raises(RuleError):
        exit_answer(exercise=work, member=member, answer="The nurse.")
    assert not Participation.objects.exists()


def test_the_wrap_up_before_the_step_asks_nothing_yet(work: Exercise, member: Membership) -> None:
    stand(work, Phase.WRAPPED_UP)
    with pytest.raises(RuleError, match="end of the lesson"):
        exit_answer(exercise=work, member=member, answer="The nurse.")


@pytest.mark.parametrize("answer", ["", "  \n ", "\u200b", "x" * 501])
def test_no_words_and_too_many_are_refused(work: Exercise, member: Membership, answer: str) -> None:
    with pytest.raises(RuleError):
        exit_answer(exercise=work, member=member, answer=answer)
    assert not Participation.objects.exists()


def test_line_ends_of_a_browser_count_once(work: Exercise, member: Membership) -> None:
    assert len(exit_answer(exercise=work, member=member, answer="x\r\n" * 249 + "yz").exit_answer) == 500
