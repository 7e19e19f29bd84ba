"""What the matrix expects of the reveal: teachers from the closing on, readers while the class is shown."""

from annotator.models import Phase
from tests.security.expecting import BLIND, STARTED, Rule, first_of, only
from tests.security.rules_rounds import SHOWN

HEAT: list[Rule] = [
    Rule(
        "reveal",
        "GET",
        first_of(
            only("teacher", phases=[phase for phase in Phase.values if phase not in BLIND], locked=403),
            only("reader", "classmate", phases=SHOWN),
            only("reader", "classmate", ok=403, phases=STARTED),
        ),
    ),
]
