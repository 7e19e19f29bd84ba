"""What the matrix expects of the researcher's table: its class's teacher alone, from the closing on."""

from annotator.models import Phase
from tests.security.expecting import BLIND, Rule, only

ANALYSED = only("teacher", phases=[phase for phase in Phase.values if phase not in BLIND], locked=403)

RESEARCH: list[Rule] = [
    Rule("research", "GET", ANALYSED),
    Rule("research-file", "GET", ANALYSED, data=lambda here: {"file": "pairs.csv"}),
]
