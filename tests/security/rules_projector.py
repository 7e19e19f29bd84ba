"""What the matrix expects of the projector and of the lesson's page for readers."""

from tests.security.expecting import STARTED, Rule, everyone, only
from tests.security.world import PROJECTOR_TOKEN, World


def tapped(here: World) -> dict[str, object]:
    """A tap in the warm-up."""
    return {"sentence": 1, "label": "claim"}


PROJECTOR: list[Rule] = [
    Rule("lesson-now", "GET", only("reader", "classmate", phases=STARTED), someone="reader"),
    Rule(
        "lesson-presence",
        "POST",
        only("reader", "classmate", ok=204, phases=STARTED),
        someone="reader",
        # In the archive nothing is kept.
        writes=False,
    ),
    # The world stands at no warm-up sentence: a tap comes too late in every phase.
    Rule("lesson-vote", "POST", only("reader", "classmate", ok=422, phases=STARTED), someone="reader", data=tapped),
    Rule("projector-start", "POST", only("teacher", ok=302), data=lambda here: {"do": "new"}),
    # The projector's address itself is the key: whoever has it sees the same, signed in or not.
    Rule("projector", "GET", everyone(200), token=PROJECTOR_TOKEN),
    Rule("projector-now", "GET", everyone(200), token=PROJECTOR_TOKEN),
]
