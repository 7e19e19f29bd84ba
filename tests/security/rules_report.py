"""The printed report and progress over time: a class's is its teacher's, one's own nobody else's."""

from annotator.models import Phase
from tests.security.expecting import BLIND, PEOPLE, Rule, only

SEEN = [phase for phase in Phase.values if phase not in BLIND]

REPORT: list[Rule] = [
    Rule("exercise-report", "GET", only("teacher", phases=SEEN, locked=403)),
    Rule("classroom-progress", "GET", only("teacher")),
    # Everybody has the page, with nothing of anybody else's in it.
    Rule("own-progress", "GET", only(*PEOPLE)),
]
