"""What the matrix expects of the researcher's table: its class's teacher alone, from the closing on."""

from annotator.models import Phase
from tests.security.expecting import BLIND, Rule, only
from tests.security.world import World

ANALYSED = only("teacher", phases=[phase for phase in Phase.values if phase not in BLIND], locked=403)


def a_reader(here: World) -> dict[str, object]:
    """The reader whose passages are asked for."""
    return {"reader": here.members["reader"].code}


RESEARCH: list[Rule] = [
    Rule("research", "GET", ANALYSED),
    Rule("research-passages", "GET", ANALYSED, data=a_reader),
    Rule("research-file", "GET", ANALYSED, data=lambda here: {"file": "pairs.csv"}),
]
