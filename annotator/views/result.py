"""My result: a reading beside the class and the key, for its own reader, and for a teacher of the class."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotator import access
from annotator.models import Reading
from annotator.reports.result import Result, sight_of
from annotator.reports.result import result as result_of

CHANGED = "changed"


@login_required
@require_safe
def result(request: HttpRequest, reading_uuid: UUID) -> HttpResponse:
    """The page; `?round=` chooses the round, `?show=` one kind of card or what changed."""
    reading, is_own = access.result(access.signed_in(request), reading_uuid)
    asked = request.GET.get("round", "")
    number = int(asked) if asked in {"1", "2"} else 0
    found = result_of(reading, sight_of(reading.exercise, is_own=is_own), number=number)
    return render(request, "annotator/result/page.html", page_context(request, reading, found, is_own=is_own))


def page_context(request: HttpRequest, reading: Reading, found: Result, *, is_own: bool) -> dict[str, Any]:
    """What the templates of the result name; an unknown filter shows all."""
    known = {each.kind for each in found.filters} | ({CHANGED} if found.changes and found.changes.spans else set())
    asked = request.GET.get("show", "")
    show = asked if asked in known else ""
    member = reading.member
    return {
        "reading": reading,
        "exercise": reading.exercise,
        "article": reading.article,
        "result": found,
        "is_own": is_own,
        "reader": member.shown_name,
        "show": show,
        "cards": [card for card in found.cards if show in {"", CHANGED, card.kind}],
    }
