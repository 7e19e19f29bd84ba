"""Who gets to speak: the source ledger of an article and its X-ray, for the teacher and the class."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotator import access
from annotator.reports.sources import articles_shown, ledger

VIEWS = ("xray", "written", "only")


@login_required
@require_safe
def sources(request: HttpRequest, exercise_uuid: UUID) -> HttpResponse:
    """The page; `?article=` chooses among one's articles, `?from=` key or readers, `?view=` how the text is drawn."""
    exercise, member = access.exercise_revealed(access.signed_in(request), exercise_uuid)
    articles = articles_shown(exercise, member)
    asked = request.GET.get("article", "")
    article = next((each for each in articles if not asked or str(each.uuid) == asked), None)
    if article is None:
        raise Http404
    view = request.GET.get("view", "")
    context = {
        "exercise": exercise,
        "is_teacher": member.is_teacher,
        "article": article,
        "articles": articles,
        "ledger": ledger(exercise, article, is_teacher=member.is_teacher, asked=request.GET.get("from", "")),
        "view": view if view in VIEWS else VIEWS[0],
    }
    return render(request, "annotator/sources/page.html", context)
