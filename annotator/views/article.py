"""One article: its page, what is known about it, reading it alone, correcting it, deleting it."""

import uuid
from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotator import access
from annotator.domain.errors import RuleError
from annotator.forms.articles import MARKED, FactsForm
from annotator.models import Article
from annotator.reports.article_page import article_page
from annotator.services.articles import article_delete, article_describe
from annotator.services.drafts import draft_correct, facts_of
from annotator.services.reading_alone import reading_alone_start
from annotator.views import errors


@access.teacher_required
@require_safe
def article(request: HttpRequest, article_uuid: uuid.UUID) -> HttpResponse:
    """The text in blocks, where it is used, and what may be done with it."""
    return shown(request, access.article(access.signed_in(request), article_uuid))


@access.teacher_required
@require_POST
def facts(request: HttpRequest, article_uuid: uuid.UUID) -> HttpResponse:
    """Change title, author, date and the like; the text never."""
    own = access.own_article(access.signed_in(request), article_uuid)
    form = FactsForm(request.POST, stored_language=own.language)
    if not form.is_valid():
        return shown(request, own, form=form, problem=str(MARKED), status=422)
    article_describe(article=own, facts=form.facts())
    messages.success(request, _("Saved. The text and every highlight stay as they were."))
    return redirect("article", article_uuid=own.uuid)


@access.teacher_required
@require_POST
def read_now(request: HttpRequest, article_uuid: uuid.UUID) -> HttpResponse:
    """Read the article alone, in a team of one; pressed again, the same reading goes on."""
    user = access.signed_in(request)
    found = access.article(user, article_uuid)
    try:
        reading = reading_alone_start(user=user, article=found)
    except RuleError as error:
        return errors.refusal(request, errors.sentence(error), 422)
    return redirect("reading", reading_uuid=reading.uuid)


@access.teacher_required
@require_POST
def correct(request: HttpRequest, article_uuid: uuid.UUID) -> HttpResponse:
    """Begin a new version of the text; this one stays as it is."""
    own = access.own_article(access.signed_in(request), article_uuid)
    return redirect("draft", draft_uuid=draft_correct(article=own).uuid)


@access.teacher_required
@require_POST
def delete(request: HttpRequest, article_uuid: uuid.UUID) -> HttpResponse:
    """Take the article out of the library."""
    own = access.own_article(access.signed_in(request), article_uuid)
    try:
        article_delete(article=own)
    except RuleError as error:
        return shown(request, own, problem=errors.sentence(error), status=422)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": own.title})
    return redirect("library")


def shown(
    request: HttpRequest, found: Article, *, form: FactsForm | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    """The page of the article."""
    user = access.signed_in(request)
    if form is None:
        form = FactsForm(initial=asdict(facts_of(found)), stored_language=found.language)
    else:
        form.focus_first_error()
    context = {
        "article": found,
        "page": article_page(found, access.articles_of(user), access.exercises_taught_by(user)),
        "form": form,
        "is_own": found.owner_id == user.pk,
        "problem": problem,
    }
    return render(request, "annotator/article/page.html", context, status=status)
