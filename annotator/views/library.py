"""The library: one's own articles and those of colleagues, searched and filtered."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotator import access
from annotator.forms.articles import LibraryForm
from annotator.reports.library import STEP, LibraryQuestion, library


@access.teacher_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list, as the address asks for it: every search and filter can be bookmarked."""
    user = access.signed_in(request)
    question = LibraryForm(request.GET).question()
    page = library(
        user,
        access.articles_of(user),
        access.exercises_taught_by(user),
        access.classrooms_taught_by(user),
        question,
    )
    more = address(question, shown=page.next_shown)
    without_year = address(question, year=None)
    context = {"page": page, "question": question, "more": more, "without_year": without_year}
    return render(request, "annotator/library/page.html", context)


def address(question: LibraryQuestion, **changed: object) -> str:
    """The query string of the same question with something changed."""
    asked = {name: getattr(question, name) for name in ("q", "publication", "language", "used", "year", "order")}
    asked |= {"shown": question.shown} | changed
    plain = {"order": "newest", "shown": STEP}
    return "?" + urlencode({name: value for name, value in asked.items() if value and value != plain.get(name)})
