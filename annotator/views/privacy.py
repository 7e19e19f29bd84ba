"""People & privacy of a class or team: making readers nameless, erasing them or all of it, and how long it is kept."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotator import access
from annotator.domain.errors import RuleError
from annotator.forms.privacy import ConfirmForm, KeepForm
from annotator.models import Classroom
from annotator.reports import removals
from annotator.reports.privacy_page import privacy_page
from annotator.reports.removals import Removal
from annotator.services.erasure import classroom_anonymise, classroom_erase, member_anonymise, member_erase
from annotator.services.retention import WRONG_DAYS, classroom_keep
from annotator.services.withdrawal import article_withdraw
from annotator.views import errors


@login_required
@require_safe
def room(request: HttpRequest, classroom_uuid: uuid.UUID) -> HttpResponse:
    """Who is in it with a name, and how long it is remembered."""
    return shown(request, access.classroom(access.signed_in(request), classroom_uuid))


@login_required
@require_POST
def keep(request: HttpRequest, classroom_uuid: uuid.UUID) -> HttpResponse:
    """Longer or shorter, and with or without the marks."""
    classroom = access.classroom(access.signed_in(request), classroom_uuid)
    form = KeepForm(request.POST)
    if not form.is_valid():
        return shown(request, classroom, problem=_(WRONG_DAYS), status=422)
    try:
        classroom_keep(classroom=classroom, **form.cleaned_data)
    except RuleError as error:
        return shown(request, classroom, problem=errors.sentence(error), status=422)
    messages.success(request, _("Kept in mind."))
    return redirect("classroom-privacy", classroom_uuid=classroom.uuid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member_nameless(request: HttpRequest, classroom_uuid: uuid.UUID, member_uuid: uuid.UUID) -> HttpResponse:
    """One reader's name and words go, the tags stay."""
    user = access.signed_in(request)
    classroom = access.classroom(user, classroom_uuid)
    member = access.member_ever(classroom, member_uuid)
    page = removals.anonymise_member(member)
    done = _("The name and the words are gone.")
    return asked(request, page, lambda: member_anonymise(member=member, by=user), done, back=privacy_of(classroom))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member_gone(request: HttpRequest, classroom_uuid: uuid.UUID, member_uuid: uuid.UUID) -> HttpResponse:
    """One reader goes, with all that was theirs here."""
    user = access.signed_in(request)
    classroom = access.classroom(user, classroom_uuid)
    member = access.member_ever(classroom, member_uuid)
    page = removals.erase_member(member)
    done = _("Erased. The figures are computed anew without this reader.")
    return asked(request, page, lambda: member_erase(member=member, by=user), done, back=privacy_of(classroom))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def room_nameless(request: HttpRequest, classroom_uuid: uuid.UUID) -> HttpResponse:
    """The names and words of a whole class go."""
    user = access.signed_in(request)
    classroom = access.classroom(user, classroom_uuid)
    page = removals.anonymise_class(classroom)
    done = _("Nobody in this class has a name any more.")
    return asked(
        request, page, lambda: classroom_anonymise(classroom=classroom, by=user), done, back=privacy_of(classroom)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def room_gone(request: HttpRequest, classroom_uuid: uuid.UUID) -> HttpResponse:
    """The class goes, with everything in it."""
    user = access.signed_in(request)
    classroom = access.classroom(user, classroom_uuid)
    page = removals.erase_class(classroom)
    done = _("“%(name)s” is erased.") % {"name": classroom.name}
    return asked(
        request,
        page,
        lambda: classroom_erase(classroom=classroom, by=user),
        done,
        back=privacy_of(classroom),
        then="home",
    )


@access.teacher_required
@require_http_methods(["GET", "HEAD", "POST"])
def article_gone(request: HttpRequest, article_uuid: uuid.UUID) -> HttpResponse:
    """The text of an article goes, as whoever owns it asked; what was found in it stays."""
    user = access.signed_in(request)
    article = access.own_article(user, article_uuid)
    page = removals.withdraw_article(article)
    done = _("The text of “%(title)s” is gone.") % {"title": article.title}
    back = reverse("article", args=[article.uuid])
    return asked(request, page, lambda: article_withdraw(article=article, by=user), done, back=back)


def asked(
    request: HttpRequest, page: Removal, act: Callable[[], object], done: str, *, back: str, then: str = ""
) -> HttpResponse:
    """Say what would go; with the right word typed, do it. A wrong word removes nothing."""
    problem = ""
    if request.method == "POST" and ConfirmForm(request.POST).is_meant(page.word):
        try:
            act()
        except RuleError as error:
            problem = errors.sentence(error)
        else:
            messages.success(request, done)
            return redirect(then or back)
    elif request.method == "POST":
        problem = _("That was not “%(word)s”. Nothing was changed: type it as it stands here.") % {"word": page.word}
    context = {"page": page, "back_url": back, "problem": problem}
    return render(request, "annotator/privacy/confirm.html", context, status=422 if problem else 200)


def privacy_of(classroom: Classroom) -> str:
    """Where one comes from, and goes back to."""
    return reverse("classroom-privacy", args=[classroom.uuid])


def shown(request: HttpRequest, classroom: Classroom, *, problem: str = "", status: int = 200) -> HttpResponse:
    """The page."""
    viewer = access.own_membership(access.signed_in(request), classroom)
    context = {
        "classroom": classroom,
        "page": privacy_page(classroom, viewer),
        "problem": problem,
        "typed_days": request.POST.get("days", classroom.kept_days),
        "forgets_marks": "forgets_marks" in request.POST if request.method == "POST" else classroom.forgets_marks,
    }
    return render(request, "annotator/privacy/page.html", context, status=status)
