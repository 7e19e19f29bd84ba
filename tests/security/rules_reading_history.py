"""What the matrix expects of a reading’s history: seen whenever the reading is, gone back in while it is open."""

from uuid import uuid4

from annotator.models import Phase
from tests.security.expecting import Rule, own_reading

READING_HISTORY: list[Rule] = [
    Rule("reading-history", "GET", own_reading(200), someone="reader"),
    Rule(
        "reading-back",
        "POST",
        own_reading(302, phases=[Phase.OPEN]),
        someone="reader",
        # Nothing was done since the beginning, so going back there changes nothing.
        data=lambda here: {"operation": uuid4()},
        writes=False,
    ),
]
