"""The reveal: what the class marked, where it parts, one passage at a time."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotator import access
from annotator.domain.whole_numbers import whole_number
from annotator.models import Exercise, Membership
from annotator.reports.reasons import passage_talk
from annotator.reports.reveal_page import RevealPage, reveal_page
from annotator.reports.suppression import may_show
from annotator.reports.wall import WallNow, has_wall, wall_now, wall_place
from annotator.views.unchanged import mark_of

# No text is longer than this many digits say.
LONGEST = 8


@login_required
@require_safe
def reveal(request: HttpRequest, exercise_uuid: UUID) -> HttpResponse:
    """The page, or its part alone for htmx; `?article=` `?tag=` `?at=` choose article, tab and passage.

    `?wall=1` is the passage that the projector shows, as long as it shows any.
    """
    exercise, member = access.exercise_revealed(access.signed_in(request), exercise_uuid)
    is_wall = bool(request.GET.get("wall"))
    return shown(request, exercise, member, article_asked(request), number_asked(request), is_wall=is_wall)


def shown(
    request: HttpRequest, exercise: Exercise, member: Membership, article: UUID | None, at: int | None, *,
    is_wall: bool = False, problem: str = "", typed: Mapping[str, object] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page at a passage; `problem` says why a press did nothing, `typed` what a refused reason said."""
    tag = request.GET.get("tag") or request.POST.get("tag", "")
    page = page_at(exercise, member, *(wall_place(exercise) if is_wall else (article, at)), tag, is_wall=is_wall)
    name = "_reveal.html" if request.headers.get("HX-Request") else "page.html"
    talk = passage_talk(exercise, page.article, page.shown, member, page.labels) if page.shown else None
    context = {
        "exercise": exercise, "page": page, "is_teacher": member.is_teacher, "fresh": uuid4,
        "talk": talk, "said": talk.said if talk else None, "said_mark": mark_of(talk.said) if talk else "",
        "problem": problem, "typed": typed, **steering(exercise, member, page),
    }  # fmt: skip
    return render(request, f"annotator/reveal/{name}", context, status=status)


def steering(exercise: Exercise, member: Membership, page: RevealPage) -> dict[str, object]:
    """What the page says of the projector. Who teaches steers it from here, where it may show this text at all."""
    is_steered = has_wall(exercise) and member.is_teacher
    is_too_few = is_steered and not may_show(exercise.classroom.kind, page.readers)
    wall = wall_now(exercise) if is_steered and not is_too_few else None
    return {
        "has_wall": has_wall(exercise), "is_too_few": is_too_few, "wall": wall, "is_on_wall": is_on_wall(wall, page),
    }  # fmt: skip


def is_on_wall(wall: WallNow | None, page: RevealPage) -> bool:
    """Whether the passage beside the text is the one that the projector shows."""
    if wall is None or page.shown is None:
        return False
    if wall.article is None:
        first = page.shown.number == 1 if page.divided else page.shown == page.united
        return first and page.article == page.articles[0]
    return (page.article.uuid, page.shown.start) == (wall.article, wall.start)


def page_at(
    exercise: Exercise, member: Membership, article: UUID | None, at: int | None, tag: str, *, is_wall: bool
) -> RevealPage:
    """The page, 404 for an article that is not one's own; the wall may show one that was dealt to others."""
    page = reveal_page(exercise, member, article, tag, at)
    if page is None and is_wall:
        page = reveal_page(exercise, member, None, tag, None)
    if page is None:
        raise Http404
    return page


def article_asked(request: HttpRequest) -> UUID | None:
    """The article named in the address; 404 for what is no UUID."""
    asked = request.GET.get("article", "")
    try:
        return UUID(asked) if asked else None
    except ValueError as error:
        raise Http404 from error


def number_asked(request: HttpRequest, name: str = "at") -> int | None:
    """The code point named in the address, if it is one."""
    return whole_number(request.GET.get(name, ""), LONGEST)
