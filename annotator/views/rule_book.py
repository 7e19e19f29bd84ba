"""A classroom's rule book: what was decided, taking it back, publishing it, and each version beside the one before."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotator import access
from annotator.domain.errors import RuleError
from annotator.models import Classroom
from annotator.reports.rule_book import rule_book_page
from annotator.reports.rule_book_changes import cards_compared
from annotator.services.rule_books import rule_take_back, version_publish
from annotator.views import errors


@login_required
@require_safe
def rule_book(request: HttpRequest, classroom_uuid: UUID) -> HttpResponse:
    """What the classroom has decided so far."""
    return shown(request, access.classroom(access.signed_in(request), classroom_uuid))


@login_required
@require_POST
def take_back(request: HttpRequest, classroom_uuid: UUID, rule_uuid: UUID) -> HttpResponse:
    """Take one rule off the cards of a draft."""
    room = access.classroom(access.signed_in(request), classroom_uuid)
    entry = access.rule(room, rule_uuid)
    try:
        rule_take_back(entry=entry)
    except RuleError as error:
        return shown(request, room, problem=errors.sentence(error), status=422)
    messages.success(request, _("Taken back. The cards say what they said before."))
    return redirect("rule-book", classroom_uuid=room.uuid)


@login_required
@require_POST
def publish(request: HttpRequest, classroom_uuid: UUID, version_uuid: UUID) -> HttpResponse:
    """Publish the draft, so that new exercises may use it."""
    room = access.classroom(access.signed_in(request), classroom_uuid)
    version = access.rule_book_version(room, version_uuid)
    try:
        done = version_publish(version=version)
    except RuleError as error:
        return shown(request, room, problem=errors.sentence(error), status=422)
    said = _("Version %(number)d is published. Choose it under “Tags” for your next exercise.")
    messages.success(request, said % {"number": done.number})
    return redirect("rule-book", classroom_uuid=room.uuid)


@login_required
@require_safe
def version(request: HttpRequest, classroom_uuid: UUID, version_uuid: UUID) -> HttpResponse:
    """One version beside the one before it."""
    room = access.classroom(access.signed_in(request), classroom_uuid)
    found = access.rule_book_version(room, version_uuid)
    context = {"classroom": room, "version": found, "cards": cards_compared(found)}
    return render(request, "annotator/rule_book/version.html", context)


def shown(request: HttpRequest, room: Classroom, *, problem: str = "", status: int = 200) -> HttpResponse:
    """The page."""
    context = {"classroom": room, "books": rule_book_page(room, access.rule_books(room)), "problem": problem}
    return render(request, "annotator/rule_book/page.html", context, status=status)
