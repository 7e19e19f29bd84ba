"""What the matrix expects of the reveal: teachers from the closing on, readers while the class is shown."""

from tests.security.expecting import AS_THE_REVEAL, Rule

HEAT: list[Rule] = [
    Rule("reveal", "GET", AS_THE_REVEAL),
]
