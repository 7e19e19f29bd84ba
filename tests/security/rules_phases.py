"""What the matrix expects of the lesson on a reader's page."""

from tests.security.expecting import Rule, own_reading

PHASES: list[Rule] = [
    Rule("reading-lesson", "GET", own_reading(200), someone="reader"),
    Rule("reading-here", "POST", own_reading(302), someone="reader"),
    # The reader of this world has a first reading alone, and what comes late belongs to the second.
    Rule("reading-late", "POST", own_reading(422), someone="reader"),
]
