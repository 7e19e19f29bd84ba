"""Teachers' accounts: inviting a colleague, taking an invitation back, accepting one, and open registration."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotator import access
from annotator.domain.errors import RuleError
from annotator.forms.accounts import AccountForm
from annotator.models import Invitation, User
from annotator.services.accounts import (
    INVITATION_GONE,
    check_useful,
    invitation_accept,
    invitation_add,
    invitation_join,
    invitation_revoke,
    teacher_add,
)
from annotator.services.limits import REGISTER, attempt_add, limit_check
from annotator.views import errors, visitor


@access.teacher_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """One's open invitations; by POST a new one, whose link is shown this once and stored nowhere."""
    user = access.signed_in(request)
    address = ""
    if request.method == "POST":
        address = request.build_absolute_uri(reverse("invitation", args=[invitation_add(created_by=user)]))
    context = {"address": address, "invitations": access.invitations_of(user)}
    return render(request, "annotator/invitations/page.html", context)


@access.teacher_required
@require_POST
def revoke(request: HttpRequest, invitation_uuid: uuid.UUID) -> HttpResponse:
    """Take one's own invitation back."""
    invitation_revoke(invitation=access.own_invitation(access.signed_in(request), invitation_uuid))
    messages.success(request, _("The invitation is taken back. Its link no longer works."))
    return redirect("invitation-add")


@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind an invitation's link: a new account, or for somebody signed in one button."""
    try:
        invitation = access.invitation(token)
        if isinstance(request.user, User):
            return joined(request, invitation, token, request.user)
        return registered(request, invitation, token)
    except (Http404, RuleError):
        return errors.refusal(request, _(INVITATION_GONE), 404)


def joined(request: HttpRequest, invitation: Invitation, token: str, user: User) -> HttpResponse:
    """Into the team, or from reader to teacher, with the account one has."""
    try:
        check_useful(invitation=invitation, user=user)
        if request.method != "POST":
            return render(request, "annotator/invitations/join.html", {"invitation": invitation})
        invitation_join(token=token, user=user)
    except RuleError as error:
        if error.code == "invitation_gone":
            raise
        status = 422 if request.method == "POST" else 200
        problem = {"problem": errors.sentence(error)}
        return render(request, "annotator/invitations/no_use.html", problem, status=status)
    messages.success(request, _("Welcome! You are in."))
    return redirect("home")


def registered(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """A new account."""
    form = AccountForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return shown(request, form, invitation=invitation)
    try:
        user = invitation_accept(token=token, **form.cleaned_data)
    except RuleError as error:
        if error.code == "invitation_gone":
            raise
        form.add_error("username", errors.sentence(error))
        return shown(request, form, invitation=invitation)
    return welcomed(request, user)


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """An account for anybody who asks, where the operator has opened the door; else there is no such page."""
    if not settings.OPEN_REGISTRATION:
        raise Http404
    if request.user.is_authenticated:
        return redirect("home")
    form = AccountForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return shown(request, form)
    address = visitor.address_of(request)
    try:
        limit_check(limit=REGISTER, who=address)
        user = teacher_add(**form.cleaned_data)
    except RuleError as error:
        if error.code == "too_many":
            return errors.too_many(request, error)
        form.add_error("username", errors.sentence(error))
        return shown(request, form)
    attempt_add(limit=REGISTER, who=address)
    return welcomed(request, user)


def shown(request: HttpRequest, form: AccountForm, *, invitation: Invitation | None = None) -> HttpResponse:
    """The form of a new account."""
    form.focus_first_error()
    context = {"form": form, "invitation": invitation}
    return render(request, "annotator/invitations/account.html", context, status=422 if form.is_bound else 200)


def welcomed(request: HttpRequest, user: User) -> HttpResponse:
    """Signed in with the new account."""
    visitor.session_begin(request, user)
    messages.success(request, _("Welcome! Your account is ready."))
    return redirect("home")
