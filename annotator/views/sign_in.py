"""Signing in by password or by a link that works once, and signing out."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotator import access
from annotator.domain.errors import RuleError
from annotator.forms.accounts import SignInForm
from annotator.services.accounts import LINK_GONE, sign_in_link_use
from annotator.services.sign_in import person_recognise
from annotator.views import errors, visitor


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """User name and password; who is signed in already goes where they wanted to go."""
    if request.method == "POST":
        return received(request)
    wanted = request.GET.get("next", "")
    if request.user.is_authenticated:
        return redirect(visitor.place_after(request, wanted))
    return shown(request, SignInForm(initial={"next": wanted}))


def received(request: HttpRequest) -> HttpResponse:
    """Let the person in, or show the form again with one sentence."""
    form = SignInForm(request.POST)
    if not form.is_valid():
        return shown(request, form, status=422)
    name, password = form.cleaned_data["username"], form.cleaned_data["password"]
    try:
        user = person_recognise(username=name, password=password, address=visitor.address_of(request))
    except RuleError as error:
        if error.code == "too_many":
            return errors.too_many(request, error)
        return shown(request, form, problem=errors.sentence(error), status=422)
    visitor.session_begin(request, user)
    return redirect(visitor.place_after(request, form.cleaned_data["next"]))


def shown(request: HttpRequest, form: SignInForm, *, problem: str = "", status: int = 200) -> HttpResponse:
    """The form; after a refusal the cursor stands where it has to be mended."""
    form.focus_first_error()
    if problem:
        form.fields["password"].widget.attrs["autofocus"] = True
    elif not form.errors:
        form.fields["username"].widget.attrs["autofocus"] = True
    return render(request, "annotator/sign_in/page.html", {"form": form, "problem": problem}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A link that signs in once: opening it shows a button, since programs open links too; the button signs in."""
    try:
        person = access.sign_in_link(token).user
        if request.method != "POST":
            return render(request, "annotator/sign_in/link.html", {"person": person})
        user = sign_in_link_use(token=token)
    except (Http404, RuleError):
        return errors.refusal(request, _(LINK_GONE), 404)
    visitor.session_begin(request, user, by_link=True)
    messages.success(
        request,
        _("You are signed in. This link has done its work: set a password in the menu at the top to come back."),
    )
    return redirect("home")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, here and on the server."""
    logout(request)
    return redirect("sign-in")
