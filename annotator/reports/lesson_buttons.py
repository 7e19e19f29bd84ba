"""The one button of a lesson, its way back and its way past the practice, in words. No queries."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotator.domain.lesson_walk import ARCHIVED, DRAFT, OPEN, WARM_UP, Stop, around, walk
from annotator.models import Classroom, Exercise

# By where a press leads: what the button says, what happens then, and how the way back to there is called.
Words = tuple[str | Promise, str | Promise, str | Promise]
TO: dict[str, Words] = {
    "draft": ("", "", gettext_lazy("Back to set-up")),
    "draft:lobby": (
        gettext_lazy("Open the lobby"),
        gettext_lazy("Readers come in and wait. Nobody sees the text yet."),
        gettext_lazy("Back to the lobby"),
    ),
    "draft:warm_up": (
        gettext_lazy("Next: warm up"),
        gettext_lazy("A sentence to practise on. It is never counted."),
        gettext_lazy("Back to the warm-up"),
    ),
    "open": (
        gettext_lazy("Open the blind reading"),
        gettext_lazy("Then everybody reads alone."),
        gettext_lazy("Open it again"),
    ),
    "closed": (
        gettext_lazy("Next: close the reading"),
        gettext_lazy("You can reopen it."),
        gettext_lazy("Back to closed"),
    ),
    "revealed": (
        gettext_lazy("Next: show the class"),
        gettext_lazy("Everybody sees how the class read, without names."),
        gettext_lazy("Back to what the class sees"),
    ),
    "revealed:discuss": (
        gettext_lazy("Next: passage by passage"),
        gettext_lazy("The most divided passages, one at a time."),
        gettext_lazy("Back to the passages"),
    ),
    "revising": (
        gettext_lazy("Next: revise"),
        gettext_lazy("Readers change a copy. The first round stays."),
        gettext_lazy("Back to revising"),
    ),
    "wrapped_up": (
        gettext_lazy("Next: wrap up"),
        gettext_lazy("Each sees what changed. You can go back."),
        gettext_lazy("Back to the wrap-up"),
    ),
    "wrapped_up:exit": (
        gettext_lazy("Next: exit question"),
        gettext_lazy("One question, one line each."),
        "",
    ),
    "archived": (gettext_lazy("Put it into the archive"), gettext_lazy("This alone cannot be taken back."), ""),
}
TEAM: dict[str, Words] = {
    "open": (gettext_lazy("Open the blind reading"), gettext_lazy("Then its readers can begin."), TO["open"][2]),
    "revealed": (
        gettext_lazy("Next: discuss it"),
        gettext_lazy("You can go back."),
        gettext_lazy("Back to the discussion"),
    ),
}
SECOND_SENTENCE = gettext_lazy("Next sentence")
WITH_KEY = gettext_lazy("Shows the key, and each what changed. You can go back.")


@dataclass(frozen=True, slots=True)
class Press:
    """A button: where it leads, as forms send it; what it says; what happens then."""

    to: str
    name: str
    small: str = ""


@dataclass(frozen=True, slots=True)
class Buttons:
    """What leads on from here, what leads back, and what leads straight to the reading past the practice."""

    here: str
    on: Press | None
    back: Press | None
    skip: Press | None

    @property
    def asks(self) -> bool:
        """Whether the way on is the one that cannot be taken back."""
        return self.on is not None and self.on.to == ARCHIVED


def buttons(exercise: Exercise, unfinished: int) -> Buttons:
    """The buttons of an exercise whose closing would take in `unfinished` readings; reads the classroom."""
    is_team = exercise.classroom.kind == Classroom.Kind.TEAM
    here = exercise.stop
    stops = walk(exercise.lesson, here)
    before, after = around(stops, here)
    is_past = here.phase == DRAFT and after is not None and after.phase == DRAFT
    return Buttons(
        here=str(here),
        on=press_on(exercise, here, after, unfinished, is_team=is_team) if after else None,
        back=Press(str(before), back_name(before, is_team=is_team)) if before else None,
        skip=Press(OPEN, _("Open the blind reading now")) if is_past else None,
    )


def words(stop: Stop, *, is_team: bool) -> Words:
    """The words for a stop; a team has some of its own."""
    return TEAM.get(stop.key, TO[stop.key]) if is_team else TO[stop.key]


def press_on(exercise: Exercise, here: Stop, after: Stop, unfinished: int, *, is_team: bool) -> Press:
    """The one button."""
    name, small, _back = words(after, is_team=is_team)
    if after.step == WARM_UP:
        name = SECOND_SENTENCE if here.step == WARM_UP else name
    if after.key == "wrapped_up" and exercise.has_key and not is_team:
        small = WITH_KEY
    if after.key == "closed" and unfinished:
        small = taken_in(unfinished)
    if after.key == "open" and exercise.minutes:
        small = begins_clock(exercise.minutes)
    return Press(str(after), str(name), str(small))


def taken_in(unfinished: int) -> str:
    """What closing takes in."""
    found = ngettext(
        "Takes in %(unfinished)s unfinished. You can reopen it.",
        "Takes in %(unfinished)s unfinished. You can reopen it.",
        unfinished,
    )
    return found % {"unfinished": unfinished}


def begins_clock(minutes: int) -> str:
    """What opening begins, where a time is set."""
    found = ngettext(
        "Everybody reads alone. The clock starts: %(minutes)s minute.",
        "Everybody reads alone. The clock starts: %(minutes)s minutes.",
        minutes,
    )
    return found % {"minutes": minutes}


def back_name(before: Stop, *, is_team: bool) -> str:
    """What the way back is called; a warm-up has several sentences."""
    if before.step == WARM_UP:
        return _("Back to sentence %(number)s") % {"number": before.sentence}
    return str(words(before, is_team=is_team)[2])
