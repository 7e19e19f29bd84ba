"""Home: what needs one now, one's classes and teams, what one reads; and the sample class, brought and taken away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotator import access
from annotator.domain.errors import RuleError
from annotator.reports.home import home
from annotator.services.samples import samples_add as add_samples
from annotator.services.samples import samples_are_there
from annotator.services.samples import samples_remove as remove_samples
from annotator.views import errors


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The page; a teacher's first visit shows how to begin instead."""
    user = access.signed_in(request)
    page = home(
        user,
        access.classrooms_taught_by(user),
        access.exercises_taught_by(user),
        access.exercises_met_by(user),
        access.articles_of(user),
    )
    context = {"page": page, "has_samples": user.is_teacher and samples_are_there(user)}
    name = "first" if page.is_empty and user.is_teacher else "page"
    return render(request, f"annotator/home/{name}.html", context)


@access.teacher_required
@require_POST
def samples_add(request: HttpRequest) -> HttpResponse:
    """Bring the sample class."""
    try:
        add_samples(teacher=access.signed_in(request))
    except RuleError as error:
        return errors.refusal(request, errors.sentence(error), 422)
    messages.success(request, _("The sample class is here. Look around, change what you like: nothing in it is real."))
    return redirect("home")


@access.teacher_required
@require_http_methods(["GET", "HEAD", "POST"])
def samples_remove(request: HttpRequest) -> HttpResponse:
    """Ask whether the sample class may go; then take it away."""
    user = access.signed_in(request)
    if request.method != "POST":
        return render(request, "annotator/home/samples_remove.html", {"has_samples": samples_are_there(user)})
    try:
        remove_samples(teacher=user)
    except RuleError as error:
        return errors.refusal(request, errors.sentence(error), 422)
    messages.success(request, _("The sample class is gone. You can bring it back at any time."))
    return redirect("home")
