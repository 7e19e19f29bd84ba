"""The switches of a lesson: what each does, and why one is locked. One query at most."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotator.models import Classroom, Exercise, Phase

NAMES: dict[str, tuple[str | Promise, str | Promise]] = {
    "shows_clock": (gettext_lazy("Clock on the projector"), ""),
    "asks_sources": (
        gettext_lazy("Ask who is speaking"),
        gettext_lazy("Name and kind of source, with each attribution"),
    ),
    "asks_links": (gettext_lazy("Ask who says a claim"), gettext_lazy("A link from the claim to its attribution")),
    "asks_confidence": (
        gettext_lazy("Ask how sure readers are"),
        gettext_lazy("From “not sure, let’s talk” to “sure”"),
    ),
    "has_warm_up": (gettext_lazy("A warm-up before"), gettext_lazy("Practice sentences, never counted")),
    "has_discussion": (gettext_lazy("Passage by passage"), gettext_lazy("The most divided ones, on the projector")),
    "has_revision": (gettext_lazy("A second round after the talk"), ""),
    "shows_class_while_revising": (
        gettext_lazy("Show the class while revising"),
        gettext_lazy("Off: readers decide before they see it again"),
    ),
    "has_key": (gettext_lazy("Your key at the end"), gettext_lazy("Readers see where they met it, and why")),
    "shows_score": (gettext_lazy("A score for each reader"), gettext_lazy("Only the reader sees it")),
}
# Past the draft there is nothing left to practise for.
DRAFT_ONLY = {"has_warm_up"}
TEAM = ["asks_sources", "asks_links", "asks_confidence", "has_revision", "has_key"]
# A switch that does nothing while another is off.
NEEDS = {"shows_class_while_revising": "has_revision", "shows_score": "has_key"}


@dataclass(frozen=True, slots=True)
class Option:
    """A box; `small` says what it does or, where `is_locked`, why it cannot change."""

    name: str
    title: str
    small: str
    is_on: bool
    is_locked: bool


@dataclass(frozen=True, slots=True)
class LessonOptions:
    """The boxes, and why the exit question is locked where it is."""

    boxes: list[Option]
    question_locked: str

    @property
    def open_names(self) -> list[str]:
        """The boxes that may change now: a form says nothing about the others."""
        return [option.name for option in self.boxes if not option.is_locked]


def lesson_options(exercise: Exercise) -> LessonOptions:
    """The switches of a class or a team; reads the classroom."""
    is_team = exercise.classroom.kind == Classroom.Kind.TEAM
    why = {"has_revision": why_revision(exercise)}
    shown = [name for name in NAMES if exercise.phase == Phase.DRAFT or name not in DRAFT_ONLY]
    boxes = [option(exercise, name, why.get(name, "")) for name in shown if name in TEAM or not is_team]
    answered = not is_team and exercise.participations.exclude(exit_at=None).exists()
    return LessonOptions(boxes, _("Somebody has answered it, so it stays.") if answered else "")


def option(exercise: Exercise, name: str, why: str) -> Option:
    """One box."""
    title, small = NAMES[name]
    needed = NEEDS.get(name)
    if not why and needed and not getattr(exercise, needed):
        why = _("Goes with “%(title)s”") % {"title": NAMES[needed][0]}
    return Option(name, str(title), why or str(small), is_on=getattr(exercise, name), is_locked=bool(why))


def why_revision(exercise: Exercise) -> str:
    """It cannot vanish under those who are at it."""
    return _("It runs now") if exercise.phase == Phase.REVISING else ""
