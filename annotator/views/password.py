"""One's own password: changed, or set for the first time by somebody who came by a link."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotator import access
from annotator.domain.errors import RuleError
from annotator.forms.accounts import PasswordForm
from annotator.services.accounts import password_set
from annotator.services.limits import SIGN_IN, attempt_add, limit_check
from annotator.views import errors, visitor


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Ask for the old password and a new one; this session goes on, all others of the person end."""
    user = access.signed_in(request)
    asks_old = user.has_usable_password() and not visitor.has_just_come_by_link(request)
    form = PasswordForm(request.POST if request.method == "POST" else None, user=user, asks_old=asks_old)
    if request.method != "POST":
        return shown(request, form)
    try:
        limit_check(limit=SIGN_IN, who=visitor.address_of(request))
    except RuleError as error:
        return errors.too_many(request, error)
    if not form.is_valid():
        if "old" in form.errors:
            attempt_add(limit=SIGN_IN, who=visitor.address_of(request))
        return shown(request, form, status=422)
    update_session_auth_hash(request, password_set(user=user, password=form.cleaned_data["new"]))
    request.session.pop(visitor.CAME_BY_LINK, None)
    messages.success(request, _("Your password is set. Everywhere else you are signed out."))
    return redirect("home")


def shown(request: HttpRequest, form: PasswordForm, *, status: int = 200) -> HttpResponse:
    """The form."""
    form.focus_first_error()
    return render(request, "annotator/password/page.html", {"form": form}, status=status)
