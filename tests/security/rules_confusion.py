"""What the matrix expects of the confusion page: its teachers alone, from the closing on, the archive included."""

from uuid import uuid4

from annotator.models import Phase
from tests.security.expecting import BLIND, Rule, only
from tests.security.world import World

SEEN = [phase for phase in Phase.values if phase not in BLIND]


def written(here: World) -> dict[str, object]:
    """A rule about the words that all readers of the world marked alike."""
    return {"uuid": uuid4(), "cell": "claim:claim", "card": "claim", "text": "Visitors can be counted.", "example": ""}


CONFUSION: list[Rule] = [
    Rule("confusion", "GET", only("teacher", phases=SEEN, locked=403)),
    Rule("rule-write", "POST", only("teacher", ok=302, phases=SEEN, locked=403), data=written),
]
