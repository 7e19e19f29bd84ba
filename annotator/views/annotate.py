"""The annotate screen: starting a reading, its page, saving highlights, handing in and opening again."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from annotator import access
from annotator.domain.errors import RuleError, TextMismatch
from annotator.domain.whole_numbers import whole_number
from annotator.forms.annotate import (
    MOST_BYTES,
    MalformedError,
    SpanForm,
    TooManyError,
    operations_request,
)
from annotator.forms.arriving import declared_length
from annotator.models import Classroom, Reading, Span
from annotator.reports.bare_blocks import chunks_with_bare
from annotator.reports.beside import beside
from annotator.reports.card_pages import MOST_CARDS, card_pages
from annotator.reports.definitions import definitions, has_marked_before
from annotator.reports.reading_lesson import reading_lesson
from annotator.reports.reading_page import ReadingPage, deleted_span, reading_page
from annotator.reports.reading_parts import touched_parts
from annotator.services.late_marks import late_left
from annotator.services.readings import reading_go_on, reading_hand_in, reading_reopen, still
from annotator.services.span_workbench import Operation, quoted
from annotator.services.spans import Applied, Outcome, operations_apply
from annotator.views import errors
from annotator.views.comfort import comfort

# Where the plain form of a highlight leads back to.
PAGES = {"sentences": "reading-sentences", "history": "reading-history"}
# So much of a person’s key stands in the cookie that puts the first steps away.
GUIDE_KEY = 12
STATUSES = {"unknown_span": 404, "changed": 409, "deleted": 410}


@login_required
@require_POST
def start(request: HttpRequest, exercise_uuid: uuid.UUID, article_uuid: uuid.UUID) -> HttpResponse:
    """Begin reading an article of an exercise, or go on with it."""
    exercise, member = access.exercise_to_read(access.signed_in(request), exercise_uuid)
    article = access.article_to_read(exercise, member, article_uuid)
    try:
        reading_ = reading_go_on(exercise=exercise, article=article, member=member)
    except RuleError as error:
        return errors.refusal(request, errors.sentence(error), 422)
    return redirect("reading", reading_uuid=reading_.uuid)


@login_required
@require_safe
@gzip_page
def reading(request: HttpRequest, reading_uuid: uuid.UUID) -> HttpResponse:
    """One's own reading: the text with its highlights and cards; to read only once it is handed in."""
    own = access.reading(access.signed_in(request), reading_uuid)
    page = reading_page(own, opened=opened_number(request), sees_class=sees_class(own))
    return render(request, "annotator/annotate/page.html", page_context(request, own, page))


def opened_number(request: HttpRequest) -> int:
    """The number of the highlight that the address opens; 0 for none."""
    return whole_number(request.GET.get("open", ""), 9) or 0


def sees_class(own: Reading) -> bool:
    """Whether names that others gave to sources may be suggested; before the reveal only one's own are."""
    if own.is_key:
        return access.may_see_others(own.exercise)
    return access.may_reader_see_others(own.exercise)


def page_context(request: HttpRequest, own: Reading, page: ReadingPage) -> dict[str, Any]:
    """What the templates of the annotate page name."""
    refusal = write_refusal(own)
    opened = opened_number(request)
    return {
        "reading": own,
        "article": own.article,
        "exercise": own.exercise,
        "page": page,
        "is_writable": not refusal,
        "why_not": refusal,
        "state": page_state(own, refusal),
        "can_reopen": may_reopen(own),
        "open_card": next((card for card in page.cards if card.number == opened), None) if not refusal else None,
        "deleted": deleted_span(own, request.GET.get("deleted", "")) if not refusal else None,
        "asks_hand_in": "hand-in" in request.GET and not refusal,
        "uuids": {name: uuid.uuid4() for name in ("relabel", "detail", "delete", "restore")},
        "beside": beside(own, is_shown="beside" in request.GET),
        "definitions": definitions(own),
        "knows_how": page.total > 0 or knows_how(request),
        **lesson_context(own, refusal),
        **text_context(request, own, page),
        **comfort(request.COOKIES),
    }


def text_context(request: HttpRequest, own: Reading, page: ReadingPage) -> dict[str, Any]:
    """The text and the cards beside it.

    Of very many highlights the plain address gives the first ones alone, with where its script finds all of them; a
    browser without scripts, which asks for something, gets everything in one piece.
    """
    pages = card_pages(page.cards, request.GET.get("cards", ""), opened_number(request))
    if not pages.is_many or request.GET:
        return {"pages": pages, "chunks": page.chunks}
    shown = {str(card.number) for card in pages.shown}
    return {
        "pages": pages,
        "chunks": chunks_with_bare(page, shown),
        "highlights_url": reverse("reading-highlights", args=[own.uuid]),
    }


def knows_how(request: HttpRequest) -> bool:
    """Whether the first steps are put away: by a person who has marked something before, or has said so here."""
    user = access.signed_in(request)
    return request.COOKIES.get("guide") == access.member_key(user)[:GUIDE_KEY] or has_marked_before(user)


def lesson_context(own: Reading, refusal: str) -> dict[str, Any]:
    """What both ways to tag show of the lesson."""
    asks = own.round > 1 and not refusal
    return {"lesson": reading_lesson(own), "n_late": len(late_left(own)) if asks else 0}


def page_state(own: Reading, refusal: str) -> str:
    """What the page's script takes the reading for: open, submitted or collected."""
    if own.is_key or own.state == "open":
        return "collected" if refusal else "open"
    return own.state


def write_refusal(own: Reading) -> str:
    """Why the reading cannot change, or nothing."""
    refusal = still(own)
    return "" if refusal is None else errors.sentence(refusal)


def may_reopen(own: Reading) -> bool:
    """A team's reader opens an own reading again while the exercise is open; in a class the teacher does."""
    is_team = own.exercise.classroom.kind == Classroom.Kind.TEAM
    return is_team and not own.is_key and own.state != "open" and own.exercise.phase == "open"


@require_POST
def reading_operations(request: HttpRequest, reading_uuid: uuid.UUID) -> JsonResponse:
    """Save highlights: JSON in, results with the touched blocks and cards out."""
    if not request.user.is_authenticated:
        return refused(_("Your session has ended. Sign in again to save your highlights."), 401)
    if declared_length(request) > MOST_BYTES:
        return refused(_("Too many changes at once: send at most 50."), 413)
    try:
        user = access.signed_in(request)
        asked = operations_request(request.body)
        if asked.member_key != access.member_key(user):
            return refused(_("These highlights belong to another reader. Sign in as that reader to save them."), 401)
        own = access.reading_to_mark(user, reading_uuid)
        actor = access.actor(user, own)
        applied = operations_apply(reading=own, operations=asked.operations, actor=actor, page=asked.page)
    except Http404:
        return refused(_("This reading does not exist, or it is not yours."), 404)
    except MalformedError as error:
        return refused(errors.sentence(error), 400)
    except TooManyError as error:
        return refused(errors.sentence(error), 422)
    except TextMismatch as error:
        return refused(errors.sentence(error), 409)
    return JsonResponse(answer(applied), status=answer_status(applied.outcomes))


def refused(message: str, status: int) -> JsonResponse:
    """A refusal of the whole request."""
    return JsonResponse({"message": message}, status=status)


def answer(applied: Applied) -> dict[str, Any]:
    """Results, and the parts of the page that changed."""
    bench = applied.bench
    touched = [bench.spans[key] for key in bench.touched if key in bench.spans]
    parts = touched_parts(
        blocks=bench.blocks, spans=bench.current(), touched=touched, labels=bench.labels.values(),
        title=bench.rules.title, asked=bench.rules.asked,
    )  # fmt: skip
    block_template = get_template("annotator/annotate/_block.html")
    card_template = get_template("annotator/annotate/_card.html")
    blocks = {name: block_template.render({"block": part}).strip() for name, part in parts.blocks.items()}
    cards = {
        name: card_template.render({"card": part, "is_writable": True}).strip() for name, part in parts.cards.items()
    }
    return {
        "results": [result(outcome) for outcome in applied.outcomes],
        "blocks": blocks,
        "cards": cards,
        "removed": parts.removed,
        "card_order": None,
        "counts": bench.counts,
        "total": sum(bench.counts.values()),
        "state": bench.reading.state,
        "message": result(applied.outcomes[0])["message"] if len(applied.outcomes) == 1 else "",
    }


def result(outcome: Outcome) -> dict[str, Any]:
    """One operation's answer."""
    message = errors.sentence(outcome.refusal) if outcome.refusal else _(outcome.hint) if outcome.hint else ""
    return {
        "uuid": str(outcome.operation),
        "status": outcome_status(outcome),
        "message": message,
        "span": str(outcome.span),
        "number": outcome.number,
        "version": outcome.version,
    }


def outcome_status(outcome: Outcome) -> int:
    """201 made, 200 done or done before; 404, 409, 410 or 422 refused."""
    if outcome.refusal is None:
        return 201 if outcome.is_made else 200
    return refusal_status(outcome.refusal)


def refusal_status(refusal: RuleError) -> int:
    """What a refused operation answers."""
    return 409 if isinstance(refusal, TextMismatch) else STATUSES.get(refusal.code, 422)


def answer_status(outcomes: list[Outcome]) -> int:
    """The one operation's status; 422 for several into a reading that is handed in or closed; else 200."""
    if len(outcomes) == 1:
        return outcome_status(outcomes[0])
    locked = {"handed_in", "collected", "not_open"}
    is_locked = all(outcome.refusal is not None and outcome.refusal.code in locked for outcome in outcomes)
    return 422 if is_locked else 200


@login_required
@require_POST
def reading_span(request: HttpRequest, reading_uuid: uuid.UUID, number: int) -> HttpResponse:
    """A card's plain form: change, delete or bring back one highlight, then back to the page."""
    user = access.signed_in(request)
    own = access.reading(user, reading_uuid)
    span = access.span(own, number)
    form = SpanForm(request.POST)
    if not form.is_valid():
        return errors.incomplete(request)
    try:
        operation = form_operation(own, span, form)
    except RuleError as error:
        return errors.refusal(request, errors.sentence(error), 422)
    actor = access.actor(user, own)
    outcome = operations_apply(reading=own, operations=[operation], actor=actor).outcomes[0]
    if outcome.refusal is not None:
        return errors.refusal(request, errors.sentence(outcome.refusal), 422)
    return HttpResponseRedirect(back_to(own, span, form.cleaned_data))


def form_operation(own: Reading, span: Span, form: SpanForm) -> Operation:
    """The operation that a plain form means."""
    fields = form.cleaned_data
    start, end, first, last = 0, 0, "", ""
    if fields["do"] == "move":
        start, end = fields["start"] or 0, fields["end"] or 0
        if start >= end:
            raise RuleError("The last word stands before the first. Choose the words again.")
        first, last = quoted(own.article_id, own.article.length, start, end)
    return Operation(
        uuid=fields["operation"], kind=fields["do"], span=span.uuid, label=fields["label"], undoes=fields["undoes"],
        start=start, end=end, quote_start=first, quote_end=last, base_version=fields["version"],
        details=form.details() if fields["do"] == "detail" else {},
    )  # fmt: skip


def back_to(own: Reading, span: Span, fields: dict[str, Any]) -> str:
    """Where a plain form leads: the highlight's card, or the page with “Deleted · Undo”."""
    page = reverse(PAGES.get(fields["then"], "reading"), args=[own.uuid])
    is_gone = fields["do"] == "delete"
    # Without a script a long reading comes whole or not at all.
    is_whole = own.last_number > MOST_CARDS and not fields["then"]
    deleted = span.number if is_gone else None
    query = {"page": fields["page"], "deleted": deleted, "open": fields["open"], "whole": int(is_whole)}
    given = urlencode({name: value for name, value in query.items() if value})
    return f"{page}?{given}#{'state' if is_gone else f'h{span.number}'}"


@login_required
@require_POST
def hand_in(request: HttpRequest, reading_uuid: uuid.UUID) -> HttpResponse:
    """Hand in one's own reading."""
    own = access.reading(access.signed_in(request), reading_uuid)
    try:
        reading_hand_in(reading=own)
    except RuleError as error:
        return errors.refusal(request, errors.sentence(error), 422)
    return redirect("reading", reading_uuid=own.uuid)


@login_required
@require_POST
def reopen(request: HttpRequest, reading_uuid: uuid.UUID) -> HttpResponse:
    """Open a reading again: a team's reader one's own, a teacher any of the class."""
    user = access.signed_in(request)
    found, target = reading_to_reopen(user, reading_uuid)
    try:
        reading_reopen(reading=found)
    except RuleError as error:
        return errors.refusal(request, errors.sentence(error), 422)
    messages.success(request, _("The reading is open again."))
    return HttpResponseRedirect(target)


def reading_to_reopen(user: Any, reading_uuid: uuid.UUID) -> tuple[Reading, str]:
    """The reading and the page to go back to; 404 where neither rule lets one in."""
    try:
        own = access.reading(user, reading_uuid)
        if own.exercise.classroom.kind == Classroom.Kind.TEAM:
            return own, reverse("reading", args=[own.uuid])
    except Http404:
        pass
    found = access.reading_taught(user, reading_uuid)
    return found, reverse("exercise", args=[found.exercise.uuid])
