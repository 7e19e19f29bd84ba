"""What stands beside a lesson for its teacher: the key, the second round and the exit question, each as a way in."""

from dataclasses import dataclass

from annotator.models import Exercise, Phase
from annotator.reports.exit_answers import exit_count
from annotator.reports.keys import KeyLink, keys_of
from annotator.reports.rounds import readers_with_both

LATE = {Phase.REVISING, Phase.WRAPPED_UP, Phase.ARCHIVED}


@dataclass(frozen=True, slots=True)
class LessonSide:
    """`both_rounds` and `answered` count readers; None where there is nothing to count yet."""

    keys: list[KeyLink]
    both_rounds: int | None
    answered: int | None


def lesson_side(exercise: Exercise) -> LessonSide:
    """Four queries at most. Of readers it counts nothing before the second round."""
    has_exit = bool(exercise.exit_question) and exercise.phase in {Phase.WRAPPED_UP, Phase.ARCHIVED}
    return LessonSide(
        keys=keys_of(exercise),
        both_rounds=readers_with_both(exercise) if exercise.has_revision and exercise.phase in LATE else None,
        answered=exit_count(exercise) if has_exit else None,
    )
