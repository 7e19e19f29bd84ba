"""What the matrix expects of the researcher's table: its class's teacher alone, from the closing on."""

from tests.security.expecting import Rule, analysed
from tests.security.world import World


def a_reader(here: World) -> dict[str, object]:
    """The reader whose passages are asked for."""
    return {"reader": here.members["reader"].code}


RESEARCH: list[Rule] = [
    Rule("research", "GET", analysed()),
    Rule("research-passages", "GET", analysed(), data=a_reader),
    Rule("research-file", "GET", analysed(), data=lambda here: {"file": "pairs.csv"}),
]
