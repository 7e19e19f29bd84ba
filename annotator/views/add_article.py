"""Adding an article: a text is pasted or a file chosen, read in a limited child process, and becomes a draft."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from annotator import access
from annotator.domain.errors import RuleError
from annotator.forms.arriving import declared_length
from annotator.forms.articles import AddForm
from annotator.importers import DraftArticle, read_article, read_pasted
from annotator.models import User
from annotator.services.drafts import draft_add
from annotator.services.limits import UPLOAD, attempt_add, limit_check
from annotator.views import errors

STATUSES = {"busy": 429, "too_many": 429, "too_big": 413}


# Exempt only from the check before the view, which would read the whole upload; `received` is protected itself.
@csrf_exempt
@access.teacher_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """The form; an upload that says it is too big is refused by its length, before anything is read."""
    if request.method == "POST" and declared_length(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        errors.drain(request)
        problem = _(
            "That is more than 10 MB, so nothing was stored. Save the page without pictures, or paste the text."
        )
        return shown(request, problem=problem, status=413)
    return received(request)


@csrf_protect
def received(request: HttpRequest) -> HttpResponse:
    """The empty form, or a draft from what was sent, or the form again with a sentence and the text still in it."""
    if request.method != "POST":
        return shown(request)
    form = AddForm(request.POST, request.FILES)
    if not form.is_valid():
        return refused(request, " ".join(str(error) for error in form.non_field_errors()), 422)
    try:
        owner = access.signed_in(request)
        draft = draft_add(owner=owner, source=read(form, owner))
    except RuleError as error:
        return refused_by_rule(request, error)
    return redirect("draft", draft_uuid=draft.uuid)


def read(form: AddForm, owner: User) -> DraftArticle:
    """What the importers make of it; each try counts, and a person has one file read at a time."""
    limit_check(limit=UPLOAD, who=str(owner.uuid))
    attempt_add(limit=UPLOAD, who=str(owner.uuid))
    file = form.cleaned_data["file"]
    if file is None:
        return read_pasted(form.cleaned_data["text"])
    return read_article(file.name, file.read(), person=str(owner.pk))


def refused_by_rule(request: HttpRequest, error: RuleError) -> HttpResponse:
    """The form with the rule's sentence; when a limit is used up, also how many seconds to wait at most."""
    response = refused(request, errors.sentence(error), STATUSES.get(error.code, 422))
    if "seconds" in error.params:
        response.headers["Retry-After"] = str(error.params["seconds"])
    return response


def refused(request: HttpRequest, problem: str, status: int) -> HttpResponse:
    """The form with a sentence; what was pasted stays, a file has to be chosen again."""
    return shown(
        request, problem=problem, text=request.POST.get("text", ""), is_file=bool(request.FILES), status=status
    )


def shown(
    request: HttpRequest, *, problem: str = "", text: str = "", is_file: bool = False, status: int = 200
) -> HttpResponse:
    """The form."""
    context = {"problem": problem, "text": text, "is_file": is_file, "most_bytes": settings.UPLOAD_MAX_BYTES}
    return render(request, "annotator/add_article/page.html", context, status=status)
