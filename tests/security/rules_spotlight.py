"""What the matrix expects of steering the wall: its teachers alone, from the closing on."""

from tests.security.expecting import Rule, analysed

SPOTLIGHT: list[Rule] = [
    # The page that presses here is an old one: nothing moves, whatever the step. A press that does is tried elsewhere.
    Rule("spotlight", "POST", analysed(ok=422), data=lambda here: {"way": "united", "here": "1:1"}),
]
