"""What a pupil sees before joining: the class, what is going on in it, and the names of its list nobody has picked.

Three queries. Asked for only past a code or link that opens the door.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from annotator.domain.codes import code_shown
from annotator.models import Classroom, Exercise, Phase, RosterEntry, Step


@dataclass(frozen=True, slots=True)
class ListedName:
    """An entry of the class list that is still free."""

    uuid: UUID
    name: str


@dataclass(frozen=True, slots=True)
class JoinPage:
    """The page. `title` is the exercise that is going on, empty for none or several."""

    classroom: str
    title: str
    has_warm_up: bool
    has_list: bool
    listed: list[ListedName]


def join_page(classroom: Classroom) -> JoinPage:
    """The page of this class."""
    running = running_exercise(classroom)
    entries = RosterEntry.objects.filter(classroom=classroom)
    listed = [ListedName(uuid, name) for uuid, name in entries.filter(member=None).values_list("uuid", "name")]
    return JoinPage(
        classroom=classroom.name,
        title=running.title if running else "",
        has_warm_up=running is None or (running.has_warm_up and running.phase == Phase.DRAFT),
        has_list=bool(listed) or entries.exists(),
        listed=listed,
    )


def running_exercise(classroom: Classroom) -> Exercise | None:
    """The exercise pupils have come for: the only one that is open or gathers its readers."""
    waits = Q(phase=Phase.DRAFT, step__in=[Step.LOBBY, Step.WARM_UP])
    running = Exercise.objects.filter(waits | Q(phase=Phase.OPEN), classroom=classroom)[:2]
    return running[0] if len(running) == 1 else None


def spelled(code: str) -> str:
    """A code for a screen reader, letter by letter, with a pause at the dash."""
    first, second = code_shown(code).split("-")
    return f"{' '.join(first)}, {' '.join(second)}"
