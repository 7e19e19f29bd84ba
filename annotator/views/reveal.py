"""The reveal: what the class marked, where it parts, one passage at a time."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from annotator import access
from annotator.reports.reveal_page import reveal_page

# No text is longer than this many digits say.
LONGEST = 8


@login_required
@require_safe
def reveal(request: HttpRequest, exercise_uuid: UUID) -> HttpResponse:
    """The page, or its part alone for htmx; `?article=` `?tag=` `?at=` choose article, tab and passage."""
    exercise, member = access.exercise_revealed(access.signed_in(request), exercise_uuid)
    page = reveal_page(exercise, member, article_asked(request), request.GET.get("tag", ""), number_asked(request))
    if page is None:
        raise Http404
    name = "_reveal.html" if request.headers.get("HX-Request") else "page.html"
    context = {"exercise": exercise, "page": page, "is_teacher": member.is_teacher}
    response = render(request, f"annotator/reveal/{name}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def article_asked(request: HttpRequest) -> UUID | None:
    """The article named in the address; 404 for what is no UUID."""
    asked = request.GET.get("article", "")
    try:
        return UUID(asked) if asked else None
    except ValueError as error:
        raise Http404 from error


def number_asked(request: HttpRequest) -> int | None:
    """The code point named in the address, if it is one."""
    asked = request.GET.get("at", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= LONGEST else None
