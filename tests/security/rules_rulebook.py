"""What the matrix expects of a class's rule book: who teaches the class, whatever its exercises are at."""

from tests.security.expecting import Rule, only

RULE_BOOK: list[Rule] = [
    Rule("rule-book", "GET", only("teacher")),
    Rule("rule-book-version", "GET", only("teacher")),
    Rule("rule-take-back", "POST", only("teacher", ok=302)),
    Rule("rule-book-publish", "POST", only("teacher", ok=302)),
]
