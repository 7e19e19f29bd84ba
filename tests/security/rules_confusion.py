"""What the matrix expects of the confusion page: its teachers alone, from the closing on, the archive included."""

from uuid import uuid4

from tests.security.expecting import Rule, analysed
from tests.security.world import World


def written(here: World) -> dict[str, object]:
    """A rule about the words that all readers of the world marked alike."""
    return {"uuid": uuid4(), "cell": "claim:claim", "card": "claim", "text": "Visitors can be counted.", "example": ""}


CONFUSION: list[Rule] = [
    Rule("confusion", "GET", analysed()),
    Rule("rule-write", "POST", analysed(ok=302), data=written),
]
