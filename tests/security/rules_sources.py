"""The source ledger: its teacher's from the closing on, its readers' while they may see the class."""

from annotator.models import Phase
from tests.security.expecting import BLIND, STARTED, Rule, first_of, only

SHOWN = [Phase.REVEALED, Phase.WRAPPED_UP, Phase.ARCHIVED]

SOURCES: list[Rule] = [
    Rule(
        "sources",
        "GET",
        first_of(
            only("teacher", phases=[phase for phase in Phase.values if phase not in BLIND], locked=403),
            only("reader", "classmate", phases=SHOWN),
            only("reader", "classmate", ok=403, phases=STARTED),
        ),
    ),
]
