"""What others did, once the blindness has ended: results, figures, exports, grades."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from annotator.access.exercises import exercise, exercise_seen, exercises_taught_by
from annotator.access.readings import own_readings
from annotator.models import Classroom, Exercise, Membership, Phase, Reading, User


def may_see_others(exercise: Exercise) -> bool:
    """The one rule of blindness: a teacher sees others' spans, counts and figures from the closing on."""
    return not exercise.is_blind


def may_reader_see_others(exercise: Exercise) -> bool:
    """What readers see of each other begins with the reveal; while they revise, the teacher decides."""
    return exercise.shows_class


def exercise_for_grades(user: User, uuid: UUID) -> Exercise:
    """An exercise one teaches whose readers may be graded; 403 while it is blind."""
    if not may_see_others(found := exercise(user, uuid)):
        raise PermissionDenied(_("Grades open when you close the reading. Until then nobody sees anyone’s work."))
    return found


def exercises_for_grades(user: User, classroom: Classroom) -> list[Exercise]:
    """The exercises of a classroom one teaches whose readers may be graded, the newest first."""
    found = exercises_taught_by(user).filter(classroom=classroom)
    return [each for each in found.order_by("-created_at", "-pk") if may_see_others(each)]


def exercise_for_export(user: User, uuid: UUID) -> tuple[Exercise, Membership | None]:
    """An exercise, and whose readings of it may leave: everybody's (None) or one's own alone (one's membership).

    Who teaches it takes everything from the closing on. One's own readings leave at any time; without any, 403 says
    when there will be something.
    """
    found, member = exercise_seen(user, uuid)
    if member.is_teacher and may_see_others(found):
        return found, None
    if Reading.objects.filter(exercise=found, member=member, is_key=False).exists():
        return found, member
    if member.is_teacher:
        raise PermissionDenied(
            _("Export opens when you close the reading. Until then nobody sees anyone’s highlights.")
        )
    raise PermissionDenied(_("You have nothing to export here yet. Start reading first, then come back."))


def result(user: User, uuid: UUID) -> tuple[Reading, bool]:
    """A reading whose result one may look at, and whether it is one's own.

    One's own from the reveal on, those of a class one teaches from the closing on; 403 before, with the sentence.
    """
    rows = Reading.objects.filter(is_key=False, uuid=uuid).select_related(
        "exercise__classroom", "exercise__codebook_version", "member__user", "article"
    )
    own = rows.filter(pk__in=own_readings(user).values("pk")).first()
    if own is not None and may_reader_see_others(own.exercise):
        return own, True
    found = rows.filter(exercise__in=exercises_taught_by(user)).first()
    if found is not None and may_see_others(found.exercise):
        return found, False
    locked = own or found
    if locked is None:
        raise Http404
    raise PermissionDenied(not_revealed(locked.exercise))


def not_revealed(exercise: Exercise) -> str:
    """When results open."""
    if exercise.phase == Phase.REVISING:
        return _("Your result is hidden while you revise. It comes back when your teacher wraps up.")
    return _("Your result opens when your teacher shows what the class found. Until then nobody sees anyone’s.")


def exercise_revealed(user: User, uuid: UUID) -> tuple[Exercise, Membership]:
    """An exercise one teaches, from the closing on, or reads, while the class is shown; 403 before."""
    found, member = exercise_seen(user, uuid)
    if member.is_teacher:
        return found if may_see_others(found) else exercise_analysed(user, uuid), member
    if not may_reader_see_others(found):
        raise PermissionDenied(_("What the class found opens when your teacher shows it. Until then nobody sees it."))
    return found, member


def exercise_analysed(user: User, uuid: UUID) -> Exercise:
    """An exercise one teaches; 403 while it is blind."""
    if not may_see_others(found := exercise(user, uuid)):
        raise PermissionDenied(_("This opens when you close the reading. Until then nobody sees anyone’s work."))
    return found
