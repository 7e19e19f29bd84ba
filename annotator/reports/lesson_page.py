"""A lesson as one of its readers goes through it: where the class is now, and one's own part. Five queries at most."""

from dataclasses import dataclass

from annotator.models import Exercise, Membership, Phase, Reading, Step, User
from annotator.reports.exit_answers import ExitQuestion, exit_question
from annotator.reports.lesson_clock import Clock, lesson_clock
from annotator.reports.progress import OwnReading, OwnWork, own_work, places_of
from annotator.reports.warm_up import WarmUp, labels_in, vote_of, warm_up


@dataclass(frozen=True, slots=True)
class LessonPage:
    """Where the class is (`place`: lobby, warm_up, exit, or a phase), and what this reader does there.

    `own` is None before the opening, `exit` unless the question is asked or was answered. `again` are the readings of
    the second round, with what there is to begin.
    """

    place: str
    title: str
    name: str
    warm_up: WarmUp | None = None
    own: OwnWork | None = None
    again: tuple[OwnReading, ...] = ()
    clock: Clock | None = None
    exit: ExitQuestion | None = None


def lesson_page(exercise: Exercise, user: User, member: Membership) -> LessonPage:
    """The page as it is now; the same as long as nothing has changed for this reader."""
    name = member.pseudonym or user.get_full_name()
    if exercise.phase == Phase.DRAFT:
        practice = practice_of(exercise, member)
        return LessonPage("warm_up" if practice else "lobby", exercise.title, name, warm_up=practice)
    own = own_work(user, [exercise], places_of({exercise.pk}))[exercise.pk]
    is_asked = exercise.step == Step.EXIT and exercise.phase == Phase.WRAPPED_UP
    return LessonPage(
        place="exit" if is_asked else exercise.phase,
        title=exercise.title,
        name=name,
        own=own,
        again=second_round(exercise, member, own) if exercise.phase == Phase.REVISING else (),
        clock=lesson_clock(exercise, is_ticking=False) if exercise.is_homework else None,
        exit=exit_question(exercise, member) if exercise.phase == Phase.WRAPPED_UP else None,
    )


def practice_of(exercise: Exercise, member: Membership) -> WarmUp | None:
    """The sentence the class is at. Two queries, none in the waiting room."""
    if exercise.step != Step.WARM_UP:
        return None
    return warm_up(exercise.warm_up_sentence, labels_in(exercise), vote_of(exercise, member.pk))


def second_round(exercise: Exercise, member: Membership, own: OwnWork) -> tuple[OwnReading, ...]:
    """One's second readings, with the articles where there is none yet. One query."""
    rows = Reading.objects.filter(exercise=exercise, member=member, round=2, is_key=False)
    begun = {article: (state, uuid) for article, state, uuid in rows.values_list("article__uuid", "state", "uuid")}
    return tuple(
        OwnReading(each.article, each.title, *begun.get(each.article, ("none", None))) for each in own.readings
    )
