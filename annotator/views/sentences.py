"""Tag by sentence: the whole work as a plain list, for screen readers, switches, small screens and without scripts."""

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
from annotator.forms.annotate import SentenceForm
from annotator.models import Reading, SpanOperation
from annotator.reports.reading_page import deleted_span
from annotator.reports.sentence_page import sentence_page
from annotator.services.span_workbench import Operation, quoted
from annotator.services.spans import operations_apply
from annotator.views import errors
from annotator.views.annotate import lesson_context, may_reopen, refusal_status, write_refusal

Kind = SpanOperation.Kind


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reading_sentences(request: HttpRequest, reading_uuid: UUID) -> HttpResponse:
    """The sentences with their tags; a post saves one sentence."""
    own = access.reading(access.signed_in(request), reading_uuid)
    return save(request, own) if request.method == "POST" else shown(request, own)


def shown(request: HttpRequest, own: Reading, *, problem: str = "", status: int = 200) -> HttpResponse:
    """The page, after a refusal with its sentence."""
    refusal = write_refusal(own)
    opened = whole(request.GET.get("open"))
    context: dict[str, Any] = {
        "reading": own,
        "article": own.article,
        "exercise": own.exercise,
        "page": sentence_page(own, page=whole(request.GET.get("page")) or 1, opened=0 if refusal else opened),
        "opened": opened,
        "is_writable": not refusal,
        "why_not": refusal,
        "can_reopen": may_reopen(own),
        "deleted": None if refusal else deleted_span(own, request.GET.get("deleted", "")),
        "asks_hand_in": "hand-in" in request.GET and not refusal,
        "problem": problem,
        "uuids": {name: uuid4() for name in ("move", "whole", "delete", "restore")},
        "then": "sentences",
        **lesson_context(own, refusal),
    }
    return render(request, "annotator/sentences/page.html", context, status=status)


def whole(value: str | None) -> int:
    """A small whole number from the address, else 0."""
    return int(value) if value and value.isdecimal() and len(value) <= 9 else 0


def save(request: HttpRequest, own: Reading) -> HttpResponse:
    """Add the tags newly ticked over the whole sentence, delete those unticked: all of it or nothing."""
    form = SentenceForm(request.POST)
    if not form.is_valid():
        message = _("This form was not complete. Reload the page and try again.")
        return shown(request, own, problem=message, status=422)
    fields = form.cleaned_data
    try:
        actor = access.actor(access.signed_in(request), own)
        operations_apply(reading=own, operations=sentence_operations(own, fields), actor=actor, is_whole=True)
    except RuleError as error:
        own = access.reading(access.signed_in(request), own.uuid)
        return shown(request, own, problem=errors.sentence(error), status=refusal_status(error))
    page = reverse("reading-sentences", args=[own.uuid])
    return HttpResponseRedirect(f"{page}?page={fields['page'] or 1}#n{fields['start']}")


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
