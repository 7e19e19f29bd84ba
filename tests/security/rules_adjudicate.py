"""What the matrix expects of making the key from the readings: its teachers alone, from the closing on."""

from uuid import uuid4

from annotator.models import Phase
from tests.security.expecting import ANALYSED, Rule, analysed, first_of, only
from tests.security.world import World

CHANGEABLE = first_of(
    only("teacher", ok=302, phases=[phase for phase in ANALYSED if phase != Phase.ARCHIVED]),
    only("teacher", ok=422, phases=[Phase.ARCHIVED], locked=403),
)


def accepted(here: World) -> dict[str, object]:
    """The proposal that all readers of the world share."""
    start = here.span.start
    edges = {"start": start, "end": start + 8, "first": start, "last": start + 8}
    return {"uuid": uuid4(), "share": 50, "number": 1, "label": "claim", "do": "accept", **edges}


ADJUDICATE: list[Rule] = [
    Rule("adjudicate", "GET", analysed()),
    Rule("decide", "POST", CHANGEABLE, data=accepted),
    Rule("decision-undo", "POST", CHANGEABLE),
]
