"""The way through a lesson, stop by stop: its phases, the steps inside them, and the sentences of the warm-up."""

from dataclasses import dataclass

from annotator.domain.whole_numbers import whole_number

DRAFT, OPEN, CLOSED, REVEALED, REVISING, WRAPPED_UP, ARCHIVED = (
    "draft", "open", "closed", "revealed", "revising", "wrapped_up", "archived",
)  # fmt: skip
LOBBY, WARM_UP, DISCUSS, EXIT = "lobby", "warm_up", "discuss", "exit"


@dataclass(frozen=True, slots=True)
class Stop:
    """One place of the lesson. `sentence` counts from 1 and means something in the warm-up alone."""

    phase: str
    step: str = ""
    sentence: int = 1

    def __str__(self) -> str:
        """As forms send it: `open`, `draft:lobby`, `draft:warm_up:2`."""
        if self.step == WARM_UP:
            return f"{self.phase}:{self.step}:{self.sentence}"
        return f"{self.phase}:{self.step}" if self.step else self.phase

    @property
    def key(self) -> str:
        """The same without the sentence's number."""
        return f"{self.phase}:{self.step}" if self.step else self.phase


def stop_read(sent: str) -> Stop | None:
    """A stop as a form sends it; None for anything else. Whether the lesson has it is another question."""
    phase, _colon, rest = sent.partition(":")
    step, _colon, number = rest.partition(":")
    is_numbered = step == WARM_UP and whole_number(number, 3) is not None
    if number and not is_numbered:
        return None
    found = Stop(phase, step, int(number) if number else 1)
    return found if str(found) == sent or found.key == sent else None


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a lesson is made of. `warm_up` is how many sentences there are to practise on, 0 without a warm-up.

    A team and a homework have neither lobby nor warm-up: nobody waits for anybody.
    """

    has_lobby: bool
    warm_up: int
    has_discussion: bool
    has_revision: bool
    has_exit: bool


def walk(lesson: Lesson, here: Stop) -> list[Stop]:
    """All stops in order. `here` is among them even where it has been switched off since."""
    practised = range(1, lesson.warm_up + 1) if lesson.has_lobby else ()
    every = [
        (Stop(DRAFT), True),
        (Stop(DRAFT, LOBBY), lesson.has_lobby),
        *((Stop(DRAFT, WARM_UP, number), True) for number in practised),
        (Stop(OPEN), True),
        (Stop(CLOSED), True),
        (Stop(REVEALED), True),
        (Stop(REVEALED, DISCUSS), lesson.has_discussion),
        (Stop(REVISING), lesson.has_revision),
        (Stop(WRAPPED_UP), True),
        (Stop(WRAPPED_UP, EXIT), lesson.has_exit),
        (Stop(ARCHIVED), True),
    ]
    found = [stop for stop, is_on in every if is_on or stop == here]
    return found if here in found else put_in(found, here)


def put_in(stops: list[Stop], here: Stop) -> list[Stop]:
    """A warm-up sentence that is not there any more, put behind what comes before the opening."""
    place = next(n for n, stop in enumerate(stops) if stop.phase != DRAFT) if here.phase == DRAFT else len(stops)
    return [*stops[:place], here, *stops[place:]]


def around(stops: list[Stop], here: Stop) -> tuple[Stop | None, Stop | None]:
    """The stop before and the stop after; from the archive nothing leads anywhere.

    From the reading one goes back to the lobby, where all come together, not into the practice.
    """
    place = stops.index(here)
    if here.phase == OPEN:
        gathering = [stop for stop in stops[:place] if stop.step != WARM_UP]
        return gathering[-1], stops[place + 1]
    if here.phase == ARCHIVED:
        return None, None
    return (stops[place - 1] if place else None), (stops[place + 1] if place + 1 < len(stops) else None)
