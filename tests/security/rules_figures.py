"""The figures in words: their class's teacher's, from the closing on."""

from annotator.models import Phase
from tests.security.expecting import BLIND, Rule, only

SEEN = [phase for phase in Phase.values if phase not in BLIND]

FIGURES: list[Rule] = [
    Rule("figures", "GET", only("teacher", phases=SEEN, locked=403)),
]
