"""People and their ways in: accounts, links that sign in once, invitations."""

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction

from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.tokens import token_hash
from annotator.models import Classroom, Invitation, SignInLink, User
from annotator.services.classrooms import member_add
from annotator.services.readings import whole_seconds

TOKEN_BYTES = 24
LINK_LIFETIME = timedelta(days=1)
INVITATION_LIFETIME = timedelta(days=14)

LINK_GONE = gettext_noop("This link has been used already, or it has run out. Ask for a new one.")
INVITATION_GONE = gettext_noop(
    "This invitation has been used already, was taken back, or has run out. Ask whoever sent it for a new one."
)
NAME_TAKEN = gettext_noop("Somebody here has this user name already. Choose another.")
OWN_INVITATION = gettext_noop("This is your own invitation. Send its link to a colleague; it stays unused until then.")
ALREADY_TEACHER = gettext_noop(
    "This invitation makes a teacher’s account, and you have one. Pass it on, or sign out first; it stays unused."
)
ALREADY_IN_TEAM = gettext_noop("You read in “%(team)s” already. Pass the invitation on; it stays unused.")


@transaction.atomic
def teacher_add(*, username: str, password: str | None = None, name: str = "", is_operator: bool = False) -> User:
    """A new teacher, who signs in by link alone while `password` is None; an operator may open the admin too."""
    fields = {"name": name, "is_teacher": True, "date_joined": whole_seconds()}
    try:
        with transaction.atomic():
            return User.objects.create_user(
                username, password, is_staff=is_operator, is_superuser=is_operator, **fields
            )
    except IntegrityError as error:
        raise RuleError(NAME_TAKEN, code="name_taken") from error


@transaction.atomic
def password_set(*, user: User, password: str) -> User:
    """A new password. Every session of the person but the one that is told of it ends with the old one."""
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


@transaction.atomic
def sign_in_link_add(*, user: User, lifetime: timedelta = LINK_LIFETIME) -> str:
    """The token of a new link that signs `user` in once; nothing else can bring it back."""
    now = whole_seconds()
    user.sign_in_links.filter(expires_at__lte=now).delete()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    SignInLink.objects.create(user=user, token_hash=token_hash(token), created_at=now, expires_at=now + lifetime)
    return token


@transaction.atomic
def sign_in_link_use(*, token: str) -> User:
    """Whose link it is; it works once, also when it is pressed twice at the same moment."""
    now = whole_seconds()
    locked = SignInLink.objects.working(now).select_for_update(of=("self",)).select_related("user")
    link = locked.filter(token_hash=token_hash(token)).first()
    if link is None:
        raise RuleError(LINK_GONE, code="link_gone")
    link.used_at = now
    link.save(update_fields=["used_at"])
    return link.user


@transaction.atomic
def invitation_add(*, created_by: User, classroom: Classroom | None = None) -> str:
    """The token of a new invitation: for a teacher's account, with `classroom` also for reading in that team."""
    now = whole_seconds()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    Invitation.objects.create(
        created_by=created_by,
        classroom=classroom,
        token_hash=token_hash(token),
        created_at=now,
        expires_at=now + INVITATION_LIFETIME,
    )
    return token


@transaction.atomic
def invitation_revoke(*, invitation: Invitation) -> None:
    """Take an invitation back: its link stops working. One that was used is history and stays."""
    Invitation.objects.filter(pk=invitation.pk, used_at=None).delete()


@transaction.atomic
def invitation_accept(*, token: str, username: str, password: str, name: str = "") -> User:
    """A new teacher's account, and a place in the team if the invitation names one."""
    invitation = invitation_taken(token)
    user = teacher_add(username=username, password=password, name=name)
    return invitation_used(invitation, user)


@transaction.atomic
def invitation_join(*, token: str, user: User) -> User:
    """The same for a person who has an account: into the team, or with no team from reader to teacher."""
    invitation = invitation_taken(token)
    check_useful(invitation=invitation, user=user)
    if invitation.classroom is None:
        user.is_teacher = True
        user.save(update_fields=["is_teacher"])
    return invitation_used(invitation, user)


def check_useful(*, invitation: Invitation, user: User) -> None:
    """Refuse an invitation that would be used up for nothing: one's own, or into what one is already."""
    team = invitation.classroom
    if invitation.created_by_id == user.pk:
        raise RuleError(OWN_INVITATION, code="own_invitation")
    if team is None and user.is_teacher:
        raise RuleError(ALREADY_TEACHER, code="already_teacher")
    if team is not None and team.memberships.readers().filter(user=user).exists():
        raise RuleError(ALREADY_IN_TEAM, code="already_in_team", team=team.name)


def invitation_taken(token: str) -> Invitation:
    """The invitation, its row held until the transaction ends: of two at the same moment one finds it gone."""
    now = whole_seconds()
    locked = Invitation.objects.working(now).select_for_update(of=("self",))
    invitation = locked.filter(token_hash=token_hash(token)).first()
    if invitation is None:
        raise RuleError(INVITATION_GONE, code="invitation_gone")
    invitation.used_at = now
    return invitation


def invitation_used(invitation: Invitation, user: User) -> User:
    """Note that it is used and by whom, and let them into the team."""
    invitation.used_by = user
    invitation.save(update_fields=["used_at", "used_by"])
    if invitation.classroom is not None:
        member_add(classroom=invitation.classroom, user=user, is_reader=True)
    return user
