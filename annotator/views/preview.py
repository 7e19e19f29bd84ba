"""The preview of an upload: what belongs to the article, where it parts, what is known about it, and saving it."""

import uuid
from contextlib import suppress
from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from annotator import access
from annotator.domain.draft_blocks import Step
from annotator.domain.errors import RuleError
from annotator.domain.whole_numbers import whole_number
from annotator.forms.articles import MARKED, FactsForm, StepForm, screen
from annotator.models import Article, ArticleDraft
from annotator.reports.draft_page import draft_page
from annotator.services.drafts import draft_cancel, draft_change, draft_save, facts_of
from annotator.views import errors

OUT_OF_DATE = 409
# After these the keyboard goes on from the block.
BLOCK_STEPS = {"open", "close", "split", "join"}


@access.teacher_required
@require_safe
def draft(request: HttpRequest, draft_uuid: uuid.UUID) -> HttpResponse:
    """The preview; once the draft is saved, its article."""
    try:
        own = access.draft(access.signed_in(request), draft_uuid)
    except Http404:
        return redirect("article", article_uuid=access.own_article(access.signed_in(request), draft_uuid).uuid)
    return shown(request, own, opened=whole_number(request.GET.get("open", ""), 9))


@access.teacher_required
@require_POST
def draft_block(request: HttpRequest, draft_uuid: uuid.UUID) -> HttpResponse:
    """Keep or leave out, open, split, join or reword; the screen's ticks and fields come along and are stored."""
    own = access.draft(access.signed_in(request), draft_uuid)
    form, facts = StepForm(request.POST), facts_form(own, request)
    # Only saving asks for a title.
    facts.fields["title"].required = False
    if not form.is_valid():
        return refused(request, own, facts, _("This step was not complete. Reload the page and try again."), 422)
    step = form.step()
    try:
        own = draft_change(
            draft=own,
            screen=screen(request.POST),
            step=step,
            facts=facts.facts() if facts.is_valid() else None,
        )
    except RuleError as error:
        return refused(request, own, facts, errors.sentence(error), status_of(error))
    return stepped(request, own, facts, step)


def stepped(request: HttpRequest, own: ArticleDraft, facts: FactsForm, step: Step) -> HttpResponse:
    """What a press answers: the touched group to htmx, else the page again."""
    opened = step.block if step.do == "open" else None
    if getattr(request, "htmx", False):
        page = draft_page(own, access.articles_of(access.signed_in(request)), opened)
        groups = [each for each in page.groups if each.holds(step)]
        focus = step.block if step.do in BLOCK_STEPS else None
        context = {"draft": own, "page": page, "group": groups[0] if groups else None, "step": step, "focus": focus}
        return render(request, "annotator/preview/_answer.html", context)
    if facts.errors:
        return shown(request, own, facts=facts, opened=opened, problem=str(MARKED), status=422)
    query = f"?open={opened}" if opened is not None else ""
    return HttpResponseRedirect(reverse("draft", args=[own.uuid]) + query + place(step))


def place(step: Step) -> str:
    """Where on the page the press was made."""
    if step.do in {"keep", "leave", "tick"}:
        return f"#group-{step.group}"
    return "" if step.do == "facts" else f"#block-{step.block}"


@access.teacher_required
@require_POST
def draft_store(request: HttpRequest, draft_uuid: uuid.UUID) -> HttpResponse:
    """Save: the article, and from there to an exercise or to the article's page. Sent twice, it answers alike."""
    user = access.signed_in(request)
    try:
        own = access.draft(user, draft_uuid)
    except Http404:
        return onward(request, access.own_article(user, draft_uuid))
    facts = facts_form(own, request)
    if not facts.is_valid():
        return refused(request, own, facts, str(MARKED), 422)
    try:
        article = draft_save(
            draft=own,
            screen=screen(request.POST),
            facts=facts.facts(),
            library=access.articles_of(user),
            is_again="again" in request.POST,
        )
    except RuleError as error:
        return refused(request, own, facts, errors.sentence(error), status_of(error))
    messages.success(request, _("Saved to your library."))
    return onward(request, article)


def onward(request: HttpRequest, article: Article) -> HttpResponse:
    """Where saving leads."""
    target = reverse("article", args=[article.uuid])
    if request.POST.get("then") == "exercise":
        target = f"{reverse('exercise-add')}?article={article.uuid}"
    return HttpResponseClientRedirect(target) if getattr(request, "htmx", False) else HttpResponseRedirect(target)


@access.teacher_required
@require_POST
def draft_drop(request: HttpRequest, draft_uuid: uuid.UUID) -> HttpResponse:
    """Throw the upload away."""
    draft_cancel(draft=access.draft(access.signed_in(request), draft_uuid))
    messages.success(request, _("Thrown away. Nothing was saved."))
    return redirect("library")


def facts_form(own: ArticleDraft, request: HttpRequest | None = None) -> FactsForm:
    """The fields beside the text: as typed, or as stored."""
    given = {"data": request.POST} if request else {"initial": asdict(facts_of(own))}
    return FactsForm(stored_language=own.language, **given)


def refused(request: HttpRequest, own: ArticleDraft, facts: FactsForm, problem: str, status: int) -> HttpResponse:
    """A sentence above the page; ticks, words and fields are as they were on the screen, unless that is out of date."""
    if getattr(request, "htmx", False) and "then" not in request.POST:
        context = {"problem": problem, "draft": own, "is_partial": True}
        response = render(request, "annotator/preview/_problem.html", context, status=status)
        return retarget(response)
    facts.is_valid()
    seen = screen(request.POST)
    if status != OUT_OF_DATE:
        with suppress(RuleError):
            draft_change(draft=own, screen=seen, step=Step(do="facts"))
    return shown(request, own, facts=facts, opened=min(seen.words, default=None), problem=problem, status=status)


def status_of(error: RuleError) -> int:
    """What a refused press or save answers."""
    return OUT_OF_DATE if error.code == "stale" else 422


def retarget(response: HttpResponse) -> HttpResponse:
    """Send a refusal to the place for problems, whatever the press was to replace."""
    response["HX-Retarget"] = "#problem"
    response["HX-Reswap"] = "outerHTML show:window:top"
    response["HX-Reselect"] = "#problem"
    return response


def shown(
    request: HttpRequest,
    own: ArticleDraft,
    *,
    facts: FactsForm | None = None,
    opened: int | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The whole page."""
    user = access.signed_in(request)
    own = access.draft(user, own.uuid)
    form = facts or facts_form(own)
    if problem:
        form.focus_first_error()
    page = draft_page(own, access.articles_of(user), opened)
    context = {"draft": own, "page": page, "form": form, "problem": problem, "is_again": "again" in request.POST}
    return render(request, "annotator/preview/page.html", context, status=status)
