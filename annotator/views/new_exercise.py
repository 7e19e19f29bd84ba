"""A new exercise: what to read, who reads it and what the lesson is made of, on one page that needs no script."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotator import access
from annotator.domain.errors import RuleError
from annotator.domain.word_count import LESSON_WORDS, word_count
from annotator.forms.exercises import NewExerciseForm, articles_after, uuids
from annotator.forms.set_up import LessonForm, lesson_asked, lesson_offered, sent_all
from annotator.importers import DraftArticle, read_pasted
from annotator.models import Exercise, Phase, User
from annotator.reports.new_exercise import new_exercise_page
from annotator.services.limits import UPLOAD, attempt_add, limit_check
from annotator.services.setting_up import exercise_set_up
from annotator.views import errors

# Which field a refusal stands at; any other is said on top of the page.
FIELDS = {
    "not_two": "is_side_by_side", "not_all": "is_side_by_side", "passed": "due_date", "too_far": "due_date",
    "jumped": "due_time",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Forms:
    """The two parts of the page: what and who, and what the lesson is made of."""

    exercise: NewExerciseForm
    lesson: LessonForm

    def are_valid(self) -> bool:
        """Both, each with its own sentences."""
        return all([self.exercise.is_valid(), self.lesson.is_valid()])


@access.teacher_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """The page; a press that chooses articles shows it again, “Start” or “Save as draft” makes the exercise."""
    user = access.signed_in(request)
    if request.method != "POST":
        return shown(request, forms_offered(user, request.GET))
    do = request.POST.get("do", "")
    if do in {"start", "draft"}:
        forms = Forms(exercise_form(user, data=request.POST), LessonForm(request.POST))
        return made(request, forms, is_started=do == "start")
    return shown(request, forms_offered(user, request.POST, do), pressed=do)


def made(request: HttpRequest, forms: Forms, *, is_started: bool) -> HttpResponse:
    """The new exercise, or the page again with a sentence wherever something is missing."""
    user = access.signed_in(request)
    if not forms.are_valid():
        return shown(request, forms, status=422)
    given = forms.exercise.cleaned_data
    articles = access.articles_named(user, given["article"])
    if len(articles) < len(given["article"]):
        gone = _("An article is no longer in your library, so it left the list. Look it over.")
        forms.exercise.add_error("article", gone)
        return shown(request, forms, status=422)
    like = access.exercise(user, given["made_from"]) if given["made_from"] else None
    try:
        exercise = exercise_set_up(
            teacher=user, sent=given["sent"], title=given["title"], articles=articles, is_started=is_started,
            codebook_version=given["codebook"], classroom=forms.exercise.classroom(), library=access.articles_of(user),
            text=text_read(forms.exercise, user), plan=forms.lesson.plan(like),
        )  # fmt: skip
    except RuleError as error:
        return refused(request, forms, error)
    warn_of_length(request, given["text"] or "")
    if is_started and exercise.phase == Phase.DRAFT and not exercise.step:
        messages.info(request, _("It waits as a draft: there are not enough readers yet to deal the articles to."))
    return redirect("exercise", exercise_uuid=exercise.uuid)


def text_read(form: NewExerciseForm, user: User) -> DraftArticle | None:
    """What the importers make of a pasted text; each try counts, as in adding an article."""
    if not form.has_text():
        return None
    limit_check(limit=UPLOAD, who=str(user.uuid))
    attempt_add(limit=UPLOAD, who=str(user.uuid))
    return read_pasted(form.cleaned_data["text"])


def warn_of_length(request: HttpRequest, text: str) -> None:
    """A kind word about a long text: it has begun all the same."""
    words = word_count(text)
    if words > LESSON_WORDS:
        long = _("Your text has %(words)s words. About %(most)s are read and tagged in one lesson.")
        messages.info(request, long % {"words": words, "most": LESSON_WORDS})


def refused(request: HttpRequest, forms: Forms, error: RuleError) -> HttpResponse:
    """The page with the rule's sentence where it belongs."""
    field = FIELDS.get(error.code)
    form = forms.lesson if field else forms.exercise
    form.add_error(field, errors.sentence(error))
    return shown(request, forms, status=429 if error.code == "too_many" else 422)


def forms_offered(user: User, given: QueryDict, do: str = "") -> Forms:
    """The page as an address or a press says, with nothing demanded of it."""
    kept, like = asked(given), like_asked(user, given)
    if like is not None and not sent_all(given):
        kept |= {"article": access.articles_again(user, like), "codebook": access.codebook_again(user, like)}
        kept["title"] = like.title
    kept["article"] = articles_after(kept["article"], do)
    exercise = exercise_form(user, initial=kept)
    zone = exercise["time_zone"].value()
    lesson = lesson_asked(given) if sent_all(given) else lesson_offered(like, zone)
    return Forms(exercise, LessonForm(initial=lesson))


def exercise_form(
    user: User, *, initial: dict[str, Any] | None = None, data: QueryDict | None = None
) -> NewExerciseForm:
    """The form with what this teacher may choose."""
    rooms, codebooks = list(access.rooms_for_exercises(user)), list(access.codebooks_of(user))
    if initial is not None:
        initial["codebook"] = initial["codebook"] or next((str(each.uuid) for each in codebooks), "")
        only = "new-class" if not rooms else str(rooms[0].uuid) if len(rooms) == 1 else ""
        initial["room"] = initial["room"] or only
        initial["name"] = initial["name"] or (_("My class") if not rooms else "")
        initial["time_zone"] = initial["time_zone"] or next((room.time_zone for room in rooms), "UTC")
    return NewExerciseForm(data, initial=initial, rooms=rooms, codebooks=codebooks)


def asked(given: QueryDict) -> dict[str, Any]:
    """What an address or a press says about articles and readers."""
    named = ("title", "q", "name", "time_zone", "codebook", "text")
    asked: dict[str, Any] = {name: given.get(name, "").replace("\0", "") for name in named}
    asked |= {"article": uuids(given.getlist("article")), "room": given.get("room") or given.get("classroom", "")}
    asked["made_from"] = next(iter(uuids([given.get("from") or given.get("made_from")])), "")
    return asked | {"sent": given.get("sent") or str(uuid.uuid4())}


def like_asked(user: User, given: QueryDict) -> Exercise | None:
    """The earlier exercise that is to be used again; 404 where it is not one's own."""
    named = uuids([given.get("from") or given.get("made_from")])
    return access.exercise(user, named[0]) if named else None


def shown(request: HttpRequest, forms: Forms, *, pressed: str = "", status: int = 200) -> HttpResponse:
    """The page, with the articles that are still there."""
    user, form = access.signed_in(request), forms.exercise
    chosen = access.articles_named(user, uuids(form["article"].value() or []))
    taught, rooms = access.exercises_taught_by(user), list(form.rooms.values())
    page = new_exercise_page(chosen, access.articles_of(user), rooms, taught, form["q"].value() or "")
    context = {
        "form": form, "lesson": forms.lesson, "page": page, "pressed": pressed, "most_words": LESSON_WORDS,
        "codebooks": list(form.codebooks.values()), "is_refused": status >= 400,
    }  # fmt: skip
    return render(request, "annotator/new_exercise/page.html", context, status=status)
