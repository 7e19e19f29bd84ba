"""What the matrix expects at the doors of a class: joining, coming back, leaving; and of who teaches it."""

from uuid import uuid4

from annotator.models import Door, Phase
from annotator.services.joining import Offer, offer_signed
from tests.security.expecting import Rule, everyone, only
from tests.security.world import DOOR_CODE, DOOR_TOKEN, World


def start_pressed(here: World) -> dict[str, object]:
    """The form of a pupil who has picked a name."""
    offer = Offer(door=Door.objects.get().pk, person=uuid4(), names=("Amber Otter",), code="T4W9RX")
    return {"do": "start", "offer": offer_signed(offer), "pick": "Amber Otter"}


def guessed(here: World) -> dict[str, object]:
    """A try to come back under a name nobody has: the page repeats what was typed."""
    return {"code": DOOR_CODE, "name": "Amber Otter", "resume": "222222"}


def in_or_new(role: str, phase: str) -> int:
    """Who belongs already does not join again; everybody else does."""
    return 409 if role in {"reader", "classmate", "teacher"} else 302


JOINING: list[Rule] = [
    Rule("join", "GET", everyone(200)),
    # The right code leads to the names and changes nothing.
    Rule("join", "POST", everyone(302), data=lambda here: {"code": DOOR_CODE}, writes=False),
    Rule("join-link", "GET", everyone(200), token=DOOR_TOKEN),
    Rule("join-link", "POST", in_or_new, someone="anonymous", data=start_pressed, token=DOOR_TOKEN),
    Rule("resume", "GET", everyone(200)),
    Rule("resume", "POST", everyone(422), data=guessed),
    Rule("resume-link", "GET", everyone(200), token=DOOR_TOKEN),
    Rule("resume-link", "POST", everyone(422), data=guessed, token=DOOR_TOKEN),
    Rule("leave", "POST", everyone(302), writes=False),
    Rule("classroom-door", "POST", only("teacher", ok=302), data=lambda here: {"do": "lock"}),
]


def another_name(here: World) -> dict[str, object]:
    """A name nobody has."""
    return {"name": "Quiet Heron"}


def the_reader(here: World) -> dict[str, object]:
    """The classmate is the reader once more."""
    return {"into": here.members["reader"].uuid}


def looked_at(here: World) -> dict[str, object]:
    """One new name, as the preview sends it."""
    return {"rows": '[{"name": "Noor Salim", "student_ref": "", "external_id": "", "section": ""}]'}


PEOPLE_OF_A_CLASS: list[Rule] = [
    Rule("person-rename", "POST", only("teacher", ok=302), data=another_name),
    Rule("person-code", "POST", only("teacher")),
    # The classmate is in: only who was removed is let back in.
    Rule("person-back", "POST", only()),
    Rule("classroom-zone", "POST", only("teacher", ok=302), data=lambda here: {"time_zone": "Europe/Oslo"}),
    Rule("join-cards", "GET", only("teacher")),
    Rule("join-cards", "POST", only("teacher")),
    Rule("roster", "GET", only("teacher")),
    Rule("roster", "POST", only("teacher"), data=lambda here: {"names": "Noor Salim"}, writes=False),
    Rule("roster-save", "POST", only("teacher", ok=302), data=looked_at),
    Rule("roster-mend", "POST", only("teacher", ok=302), data=another_name),
    Rule("roster-remove", "POST", only("teacher", ok=302)),
]

# Whose work was revealed cannot be merged any more.
MERGING = Rule(
    "person-merge",
    "POST",
    only("teacher", ok=302, phases=[Phase.DRAFT, Phase.OPEN, Phase.CLOSED], locked=422),
    data=the_reader,
)
