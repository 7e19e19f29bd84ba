"""The lesson on a reader's page: polled while one reads, the answer to a nudge, and the second round."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from annotator import access
from annotator.domain.errors import RuleError
from annotator.reports.reading_lesson import reading_lesson
from annotator.services.late_marks import late_take_in
from annotator.services.readings import reading_here
from annotator.views import errors


@login_required
@require_safe
def lesson(request: HttpRequest, reading_uuid: UUID) -> HttpResponse:
    """The clock and what has changed since the page was shown; 304 while all is as the page has it."""
    own = access.reading(access.signed_in(request), reading_uuid)
    now = reading_lesson(own, was=request.GET.get("was", ""))
    if request.headers.get("If-None-Match") == now.etag:
        return HttpResponseNotModified(headers={"ETag": now.etag})
    then = "sentences" if request.GET.get("then") == "sentences" else ""
    context = {"lesson": now, "reading": own, "exercise": own.exercise, "then": then}
    answer = render(request, "annotator/annotate/lesson.html", context)
    answer.headers["ETag"] = now.etag
    return answer


@login_required
@require_POST
def here(request: HttpRequest, reading_uuid: UUID) -> HttpResponse:
    """Still there: the answer to the teacher's question."""
    own = access.reading(access.signed_in(request), reading_uuid)
    reading_here(reading=own)
    page = "reading-sentences" if request.POST.get("then") == "sentences" else "reading"
    return redirect(page, reading_uuid=own.uuid)


@login_required
@require_POST
def late(request: HttpRequest, reading_uuid: UUID) -> HttpResponse:
    """Take what came late in the first round into this second one."""
    own = access.reading(access.signed_in(request), reading_uuid)
    try:
        late_take_in(reading=own)
    except RuleError as error:
        return errors.refusal(request, errors.sentence(error), 422)
    return redirect("reading", reading_uuid=own.uuid)
