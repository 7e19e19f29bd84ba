"""What the matrix expects of steering the wall: its teachers alone, from the closing on."""

from annotator.models import Phase
from tests.security.expecting import BLIND, Rule, only

SPOTLIGHT: list[Rule] = [
    # The page that presses here is an old one: nothing moves, whatever the step. A press that does is tried elsewhere.
    Rule(
        "spotlight",
        "POST",
        only("teacher", ok=422, phases=[phase for phase in Phase.values if phase not in BLIND], locked=403),
        data=lambda here: {"way": "united", "here": "1:1"},
    ),
]
