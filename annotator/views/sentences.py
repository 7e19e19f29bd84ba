"""Tag by sentence: the whole work as a plain list, for screen readers, switches, small screens and without scripts."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotator import access
from annotator.domain.errors import RuleError
from annotator.domain.whole_numbers import whole_number
from annotator.forms.annotate import SentenceForm, StepForm, operation
from annotator.models import Reading, SpanOperation
from annotator.reports.definitions import definitions
from annotator.reports.history import history
from annotator.reports.reading_page import deleted_span
from annotator.reports.sentence_page import sentence_page
from annotator.services.span_workbench import Operation, quoted
from annotator.services.spans import operations_apply
from annotator.views import errors
from annotator.views.annotate import lesson_context, may_reopen, refusal_status, sees_class, write_refusal

Kind = SpanOperation.Kind


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reading_sentences(request: HttpRequest, reading_uuid: UUID) -> HttpResponse:
    """The sentences with their tags; a post saves one sentence."""
    own = access.reading(access.signed_in(request), reading_uuid)
    if request.method != "POST":
        return shown(request, own)
    return take_step(request, own) if "way" in request.POST else save(request, own)


def shown(request: HttpRequest, own: Reading, *, problem: str = "", status: int = 200) -> HttpResponse:
    """The page, after a refusal with its sentence."""
    refusal = write_refusal(own)
    asked = request.POST if request.method == "POST" else request.GET
    opened = whole(asked.get("open"))
    context: dict[str, Any] = {
        "reading": own,
        "article": own.article,
        "exercise": own.exercise,
        "page": sentence_page(
            own, page=whole(asked.get("page")) or 1, opened=0 if refusal else opened, sees_class=sees_class(own)
        ),
        "opened": opened,
        "is_writable": not refusal,
        "why_not": refusal,
        "can_reopen": may_reopen(own),
        "deleted": None if refusal else deleted_span(own, request.GET.get("deleted", "")),
        "asks_hand_in": "hand-in" in request.GET and not refusal,
        "problem": problem,
        "uuids": {name: uuid4() for name in ("move", "whole", "detail", "delete", "restore", "other")},
        "then": "sentences",
        "definitions": definitions(own),
        **lesson_context(own, refusal),
    }
    return render(request, "annotator/sentences/page.html", context, status=status)


def whole(value: str | None) -> int:
    """A small whole number from the address, else 0."""
    return whole_number(value or "", 9) or 0


def save(request: HttpRequest, own: Reading) -> HttpResponse:
    """Add the tags newly ticked over the whole sentence, delete those unticked: all of it or nothing."""
    form = SentenceForm(request.POST)
    if not form.is_valid():
        message = _("This form was not complete. Reload the page and try again.")
        return shown(request, own, problem=message, status=422)
    fields = form.cleaned_data
    return applied(request, own, partial(sentence_operations, own, fields), place(own, fields))


def place(own: Reading, fields: dict[str, Any]) -> str:
    """The page of the list, at the sentence that was saved."""
    at = fields["start"] if fields["at"] is None else fields["at"]
    return f"{list_page(own, fields)}#n{at}"


def list_page(own: Reading, fields: dict[str, Any]) -> str:
    """The page of the list that a form was on, with the highlight that was open there."""
    opened = f"&open={fields['open']}" if fields["open"] else ""
    return f"{reverse('reading-sentences', args=[own.uuid])}?page={fields['page'] or 1}{opened}"


def applied(request: HttpRequest, own: Reading, made: Callable[[], list[Operation]], then: str) -> HttpResponse:
    """Do all of it and go on; where a rule forbids it, none of it, and the page says why."""
    try:
        actor = access.actor(access.signed_in(request), own)
        operations_apply(reading=own, operations=made(), actor=actor, is_whole=True)
    except RuleError as error:
        own = access.reading(access.signed_in(request), own.uuid)
        return shown(request, own, problem=errors.sentence(error), status=refusal_status(error))
    return HttpResponseRedirect(then)


def take_step(request: HttpRequest, own: Reading) -> HttpResponse:
    """Undo or redo the newest step, if it is the one that the page showed: pressed twice, it is done once."""
    form = StepForm(request.POST)
    if not form.is_valid():
        message = _("This form was not complete. Reload the page and try again.")
        return shown(request, own, problem=message, status=422)
    way, then = form.cleaned_data["way"], list_page(own, form.cleaned_data)
    steps = history(own, own.article.text)[way]
    if not steps or steps[-1]["uuid"] != str(form.cleaned_data["step"]):
        return HttpResponseRedirect(then)
    step = {"uuid": str(uuid5(form.cleaned_data["step"], way)), **steps[-1]["inverse"]}
    return applied(request, own, lambda: [operation(step)], then)


def sentence_operations(own: Reading, fields: dict[str, Any]) -> list[Operation]:
    """What the form changes: its one UUID makes all others, so that sending it twice changes nothing more."""
    base: UUID = fields["form"]
    was: dict[str, list[UUID]] = fields["was"]
    added = [slug for slug in fields["label"] if slug not in was]
    gone = [uuid for slug, uuids in was.items() if slug not in fields["label"] for uuid in uuids]
    operations = [Operation(uuid=uuid5(base, f"delete {uuid}"), kind=Kind.DELETE, span=uuid) for uuid in gone]
    if added:
        start, end = fields["start"], fields["end"]
        first, last = quoted(own.article_id, own.article.length, start, end)
        operations += [
            Operation(
                uuid=uuid5(base, f"add {slug}"), kind=Kind.ADD, span=uuid5(base, f"span {slug}"), label=slug,
                start=start, end=end, quote_start=first, quote_end=last,
            )
            for slug in added
        ]  # fmt: skip
    return operations
