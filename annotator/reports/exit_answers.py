"""The exit question as its reader meets it, and all answers as the teacher reads them."""

from dataclasses import dataclass
from datetime import datetime

from annotator.models import Exercise, Membership, Participation, Phase, Step
from annotator.models.lessons import EXIT_ANSWER_LENGTH


@dataclass(frozen=True, slots=True)
class ExitQuestion:
    """The question for one reader: `answer` is empty before there is one; `is_open` while it can be given or changed.

    `problem` says what was wrong with what was `typed` last.
    """

    question: str
    answer: str
    is_open: bool
    problem: str = ""
    typed: str = ""
    most: int = EXIT_ANSWER_LENGTH


@dataclass(frozen=True, slots=True)
class ExitAnswer:
    """One reader's answer."""

    name: str
    code: str
    answer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ExitAnswers:
    """All answers, by name; `readers` are those who read in the class now."""

    question: str
    answers: list[ExitAnswer]
    readers: int


def exit_question(exercise: Exercise, member: Membership, *, problem: str = "", typed: str = "") -> ExitQuestion | None:
    """The question as `member` meets it now; None where it was not asked and never answered. One query."""
    kept = Participation.objects.filter(exercise=exercise, member=member).exclude(exit_at=None).first()
    is_asked = exercise.phase == Phase.WRAPPED_UP and exercise.step == Step.EXIT and bool(exercise.exit_question)
    if kept is None and not is_asked:
        return None
    is_open = exercise.phase == Phase.WRAPPED_UP
    return ExitQuestion(exercise.exit_question, kept.exit_answer if kept else "", is_open, problem, typed)


def exit_answers(exercise: Exercise) -> ExitAnswers:
    """Who answered what; those who have left the class are not among them. Two queries."""
    rows = Participation.objects.filter(exercise=exercise, member__removed_at=None).exclude(exit_answer="")
    answers = [
        ExitAnswer(
            name=row.member.shown_name,
            code=row.member.code,
            answer=row.exit_answer,
            at=row.exit_at,
        )
        for row in rows.exclude(exit_at=None).select_related("member__user")
        if row.exit_at is not None
    ]
    readers = Membership.objects.awaited().filter(classroom=exercise.classroom_id).count()
    return ExitAnswers(
        exercise.exit_question, sorted(answers, key=lambda each: (each.name.casefold(), each.code)), readers
    )


def exit_count(exercise: Exercise) -> int:
    """How many have answered. One query."""
    rows = Participation.objects.filter(exercise=exercise, member__removed_at=None).exclude(exit_at=None)
    return rows.exclude(exit_answer="").count()
