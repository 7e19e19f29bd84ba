"""The source ledger: its teacher's from the closing on, its readers' while they may see the class."""

from tests.security.expecting import AS_THE_REVEAL, Rule

SOURCES: list[Rule] = [
    Rule("sources", "GET", AS_THE_REVEAL),
]
