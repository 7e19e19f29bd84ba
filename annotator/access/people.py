"""Who is asking, and the doors people come in by."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.crypto import salted_hmac

from annotator.domain.tokens import token_hash
from annotator.models import Door, Invitation, SignInLink, User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in(request: HttpRequest) -> User:
    """The person behind the request; a view reaches this only past `login_required`."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def member_key(user: User) -> str:
    """The opaque name under which this person's browser keeps what is not sent yet.

    The same for all of one's readings; it opens nothing, for the server only compares it with the session's own.
    """
    return salted_hmac("annotator.member_key", str(user.uuid), algorithm="sha256").hexdigest()[:32]


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
