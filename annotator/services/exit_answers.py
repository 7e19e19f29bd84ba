"""Answers to the exit question of a lesson."""

from django.db import transaction

from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.text import canonical_text
from annotator.models import Exercise, Membership, Participation, Phase, Step
from annotator.models.lessons import EXIT_ANSWER_LENGTH
from annotator.services.readings import exercise_held, whole_seconds

NOT_ASKED = gettext_noop("The exit question is not asked now. Your teacher asks it at the end of the lesson.")
IN_ARCHIVE = gettext_noop("This exercise is in the archive, so your answer stays as it is.")
NO_WORDS = gettext_noop("There are no words in your answer. Write a sentence, then send it.")
TOO_LONG = gettext_noop("Your answer is %(length)d characters long, and %(most)d fit. Shorten it a little.")


@transaction.atomic
def exit_answer(*, exercise: Exercise, member: Membership, answer: str) -> Participation:
    """Keep a reader's answer; sent again it is replaced, until the archive. The same answer changes nothing."""
    held = exercise_held(exercise.pk)
    kept = Participation.objects.filter(exercise=held, member=member).first()
    check_asked(held, has_answered=kept is not None and kept.exit_at is not None)
    words = checked(answer)
    if kept is not None and kept.exit_at is not None and kept.exit_answer == words:
        return kept
    return Participation.objects.update_or_create(
        exercise=held, member=member, defaults={"exit_answer": words, "exit_at": whole_seconds()}
    )[0]


def check_asked(exercise: Exercise, *, has_answered: bool) -> None:
    """Refuse before the question is asked, and in the archive; who has answered may still change it after that."""
    if exercise.phase == Phase.ARCHIVED:
        raise RuleError(IN_ARCHIVE, code="archived")
    is_asked = exercise.phase == Phase.WRAPPED_UP and exercise.exit_question
    if not is_asked or not (exercise.step == Step.EXIT or has_answered):
        raise RuleError(NOT_ASKED, code="not_asked")


def checked(answer: str) -> str:
    """The answer as it is kept: canonical text, no blanks around it, lines as they were typed."""
    words = canonical_text(answer).text.strip()
    if not any(letter.isprintable() and not letter.isspace() for letter in words):
        raise RuleError(NO_WORDS, code="no_words")
    if len(words) > EXIT_ANSWER_LENGTH:
        raise RuleError(TOO_LONG, code="too_long", length=len(words), most=EXIT_ANSWER_LENGTH)
    return words
