"""Who may reach what: the only way to get an object named in a URL. Hidden and absent raise the same 404.

Each function returns the object or raises Http404; what is one's own but locked by its phase raises PermissionDenied
with the sentence that says when it opens.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from annotator.domain.tokens import token_hash
from annotator.models import (
    Article,
    ArticleDraft,
    Classroom,
    CodebookVersion,
    Door,
    Exercise,
    ExerciseArticle,
    Invitation,
    Membership,
    Phase,
    Reading,
    RosterEntry,
    SignInLink,
    Span,
    Step,
    User,
)

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

# Readers meet an article from here on; before that an exercise does not exist for them.
STARTED = [phase for phase in Phase.values if phase != Phase.DRAFT]
# But a class waits and practises together before: its readers then have the lesson's own page, and nothing else of it.
IS_WAITING = Q(phase=Phase.DRAFT, step__in=[Step.LOBBY, Step.WARM_UP], classroom__kind=Classroom.Kind.CLASS)


def signed_in(request: HttpRequest) -> User:
    """The person behind the request; a view reaches this only past `login_required`."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def teacher_required(view: View[P]) -> View[P]:
    """Teachers only: nobody is sent to sign in, a reader gets the 404 of a page that does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not signed_in(request).is_teacher:
            raise Http404
        return view(request, *args, **kwargs)

    return cast("View[P]", login_required(guarded))


def sign_in_link(token: str) -> SignInLink:
    """A link that still works, with its person."""
    working = SignInLink.objects.working(timezone.now()).select_related("user")
    return get_object_or_404(working, token_hash=token_hash(token))


def invitation(token: str) -> Invitation:
    """An invitation that still works, with whoever made it and the team it leads into."""
    working = Invitation.objects.working(timezone.now()).select_related("created_by", "classroom")
    return get_object_or_404(working, token_hash=token_hash(token))


def open_door(token: str) -> Door:
    """The door behind a link, as long as it lets somebody in."""
    return get_object_or_404(Door.objects.open(timezone.now()).select_related("classroom"), token=token)


def door_to_return_by(token: str) -> Door:
    """The door behind a link, also when it is locked or has run out: who has been here comes back."""
    return get_object_or_404(Door.objects.select_related("classroom"), token=token)


def invitations_of(user: User) -> QuerySet[Invitation]:
    """One's own invitations that still work, the newest first."""
    working = Invitation.objects.working(timezone.now()).filter(created_by=user)
    return working.select_related("classroom").order_by("-created_at", "-pk")


def own_invitation(user: User, uuid: UUID) -> Invitation:
    """An invitation to take back."""
    return get_object_or_404(invitations_of(user), uuid=uuid)


def articles_of(user: User) -> QuerySet[Article]:
    """The library: one's own articles and those of teachers one teaches a classroom with."""
    return Article.objects.in_library_of(user) if user.is_teacher else Article.objects.none()


def article(user: User, uuid: UUID) -> Article:
    """An article of the library."""
    return get_object_or_404(articles_of(user), uuid=uuid)


def articles_named(user: User, uuids: Sequence[UUID]) -> list[Article]:
    """Articles of the library in this order, without their texts; those that are not there are left out."""
    found = {each.uuid: each for each in articles_of(user).filter(uuid__in=uuids).defer("text", "search_text")}
    return [found[uuid] for uuid in dict.fromkeys(uuids) if uuid in found]


def own_article(user: User, uuid: UUID) -> Article:
    """An article to correct or to delete."""
    return get_object_or_404(articles_of(user), uuid=uuid, owner=user)


def draft(user: User, uuid: UUID) -> ArticleDraft:
    """One's own upload on its way."""
    return get_object_or_404(ArticleDraft, uuid=uuid, owner=user)


def classrooms_taught_by(user: User) -> QuerySet[Classroom]:
    """The classrooms and teams one teaches or leads."""
    taught = Membership.objects.current().filter(user=user, is_teacher=True)
    return Classroom.objects.filter(memberships__in=taught)


def class_taught(user: User, uuid: UUID) -> Classroom:
    """A class one teaches; teams have neither codes nor lists."""
    return get_object_or_404(classrooms_taught_by(user).filter(kind=Classroom.Kind.CLASS), uuid=uuid)


def classroom(user: User, uuid: UUID) -> Classroom:
    """A classroom one teaches."""
    return get_object_or_404(classrooms_taught_by(user), uuid=uuid)


def rooms_for_exercises(user: User) -> QuerySet[Classroom]:
    """Where one may begin an exercise: the sample class is there to look at, and goes with all that is in it."""
    return classrooms_taught_by(user).filter(archived_at=None, is_sample=False).order_by("-created_at", "-pk")


def member(classroom: Classroom, uuid: UUID) -> Membership:
    """Somebody who belongs to the classroom now."""
    return get_object_or_404(
        Membership.objects.current().select_related("user", "classroom"), classroom=classroom, uuid=uuid
    )


def member_ever(classroom: Classroom, uuid: UUID) -> Membership:
    """Somebody who belongs to the classroom or once did: what is kept of them can be erased."""
    return get_object_or_404(Membership.objects.select_related("user", "classroom"), classroom=classroom, uuid=uuid)


def removed_member(classroom: Classroom, uuid: UUID) -> Membership:
    """Somebody who was removed and may be let back in: neither merged into another nor forgotten."""
    removed = Membership.objects.exclude(removed_at=None).select_related("user", "classroom")
    return get_object_or_404(removed, merged_into=None, anonymised_at=None, classroom=classroom, uuid=uuid)


def listed_pupil(classroom: Classroom, uuid: UUID) -> RosterEntry:
    """An entry of the class list."""
    return get_object_or_404(RosterEntry.objects.select_related("classroom", "member"), classroom=classroom, uuid=uuid)


def own_membership(user: User, classroom: Classroom) -> Membership:
    """What one is oneself in a classroom."""
    return get_object_or_404(Membership.objects.current(), user=user, classroom=classroom)


def membership_of(visitor: User | AnonymousUser, classroom: Classroom) -> Membership | None:
    """What a visitor is in a classroom, if anything."""
    if not isinstance(visitor, User):
        return None
    return Membership.objects.current().filter(user=visitor, classroom=classroom).first()


def codebooks_of(user: User) -> QuerySet[CodebookVersion]:
    """The published codebooks one may choose: the app's own and one's own, the newest version of each."""
    published = CodebookVersion.objects.exclude(published_at=None)
    newer = published.filter(codebook=OuterRef("codebook"), number__gt=OuterRef("number"))
    own = Q(codebook__owner=None) | Q(codebook__owner=user)
    return published.filter(own, ~Exists(newer)).order_by(F("codebook__owner").asc(nulls_first=True), "title", "pk")


def exercises_taught_by(user: User) -> QuerySet[Exercise]:
    """The exercises of the classrooms one teaches."""
    taught = Membership.objects.current().filter(user=user, is_teacher=True)
    return Exercise.objects.filter(classroom__memberships__in=taught).select_related("classroom", "codebook_version")


def exercises_read_by(user: User) -> QuerySet[Exercise]:
    """The exercises one reads, from their opening on."""
    read = Membership.objects.readers().filter(user=user)
    exercises = Exercise.objects.filter(classroom__memberships__in=read, phase__in=STARTED)
    return exercises.select_related("classroom", "codebook_version")


def articles_again(user: User, exercise: Exercise) -> list[UUID]:
    """The articles of an exercise in its order, as far as they are in the library still."""
    there = exercise.places.filter(article__in=articles_of(user)).order_by("position")
    return list(there.values_list("article__uuid", flat=True))


def codebook_again(user: User, exercise: Exercise) -> str:
    """The version on offer of the codebook that an exercise used, by its UUID; empty where there is none."""
    offered = codebooks_of(user).filter(codebook=exercise.codebook_version.codebook_id).first()
    return str(offered.uuid) if offered else ""


def exercise(user: User, uuid: UUID) -> Exercise:
    """An exercise one teaches."""
    return get_object_or_404(exercises_taught_by(user), uuid=uuid)


def exercise_seen(user: User, uuid: UUID) -> tuple[Exercise, Membership]:
    """An exercise one teaches or, from its opening on, reads; with one's membership, which says which of the two."""
    return exercise_where(Q(phase__in=STARTED), user, uuid)


def exercise_met(user: User, uuid: UUID) -> tuple[Exercise, Membership]:
    """The same for the exercise's own page, which a class's readers have from the waiting room on."""
    return exercise_where(Q(phase__in=STARTED) | IS_WAITING, user, uuid)


def exercise_where(is_known: Q, user: User, uuid: UUID) -> tuple[Exercise, Membership]:
    """An exercise one teaches, or reads while `is_known` holds."""
    member = Membership.objects.current().filter(user=user, classroom__exercises__uuid=uuid).first()
    found = Exercise.objects.select_related("classroom", "codebook_version").filter(uuid=uuid)
    if member is None or not member.is_teacher:
        found = found.filter(is_known)
    exercise = get_object_or_404(found if member else found.none())
    return exercise, cast("Membership", member)


def lesson(user: User, uuid: UUID) -> tuple[Exercise, Membership]:
    """A lesson one goes through as a reader of its class, with one's membership."""
    found, member = exercise_met(user, uuid)
    if not follows_lesson(found, member):
        raise Http404
    return found, member


def follows_lesson(exercise: Exercise, member: Membership) -> bool:
    """Whether the exercise's page is, for `member`, the one that goes along with the lesson."""
    return not member.is_teacher and exercise.classroom.kind == Classroom.Kind.CLASS


def exercises_met_by(user: User) -> QuerySet[Exercise]:
    """The exercises one reads, those among them that one's class waits for."""
    read = Membership.objects.readers().filter(user=user)
    exercises = Exercise.objects.filter(Q(phase__in=STARTED) | IS_WAITING, classroom__memberships__in=read)
    return exercises.select_related("classroom", "codebook_version")


def projector(token: str) -> Exercise:
    """The exercise whose projected page has this token; nobody signs in for it."""
    found = Exercise.objects.select_related("classroom", "codebook_version__codebook")
    return get_object_or_404(found, projector_token=token, classroom__kind=Classroom.Kind.CLASS)


def exercise_to_read(user: User, uuid: UUID) -> tuple[Exercise, Membership]:
    """An exercise one reads, with one's membership."""
    found = get_object_or_404(exercises_read_by(user), uuid=uuid)
    return found, Membership.objects.readers().get(user=user, classroom=found.classroom_id)


def article_to_read(exercise: Exercise, member: Membership, uuid: UUID) -> Article:
    """An article of an exercise one reads, if it is among those one is to read."""
    places = ExerciseArticle.objects.filter(exercise=exercise, article__uuid=uuid).read_by(member)
    return get_object_or_404(places.select_related("article")).article


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


def reading(user: User, uuid: UUID) -> Reading:
    """One's own reading, with all that its page needs, as long as one belongs to the classroom."""
    own = own_readings(user).select_related("exercise__classroom", "exercise__codebook_version", "member", "article")
    return get_object_or_404(own.defer("article__text", "article__search_text"), uuid=uuid)


def reading_to_mark(user: User, uuid: UUID) -> Reading:
    """The same reading without its surroundings: it is asked for with every highlight saved."""
    return get_object_or_404(own_readings(user), uuid=uuid)


def own_readings(user: User) -> QuerySet[Reading]:
    """One's readings in classrooms one belongs to, from the opening of the exercise on.

    The key of an exercise is everybody's who teaches its classroom, at any time, whoever of them began it.
    """
    is_own = Q(is_key=False, exercise__phase__in=STARTED, member__user=user, member__removed_at=None)
    return Reading.objects.filter(is_own | Q(is_key=True, exercise__classroom__in=classrooms_taught_by(user)))


def actor(user: User, reading: Reading) -> Membership | None:
    """Whose doing a change to an own reading is: its reader's (None), or of a key that of the teacher at work."""
    if not reading.is_key:
        return None
    rows = Membership.objects.current().filter(user=user, classroom__exercises=reading.exercise_id)
    return get_object_or_404(rows)


def span(reading: Reading, number: int) -> Span:
    """A highlight of a reading that is one's own, deleted ones included."""
    return get_object_or_404(Span, reading=reading, number=number)


def reading_taught(user: User, uuid: UUID) -> Reading:
    """A reading in an exercise one teaches, to reopen it: its spans are another question (`may_see_others`)."""
    return get_object_or_404(Reading.objects.filter(exercise__in=exercises_taught_by(user)), uuid=uuid)


def may_see_others(exercise: Exercise) -> bool:
    """The one rule of blindness: a teacher sees others' spans, counts and figures from the closing on."""
    return not exercise.is_blind


def may_reader_see_others(exercise: Exercise) -> bool:
    """What readers see of each other begins with the reveal; while they revise, the teacher decides."""
    return exercise.shows_class


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
