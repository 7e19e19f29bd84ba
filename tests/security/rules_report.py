"""The printed report and progress over time: a class's is its teacher's, one's own nobody else's."""

from tests.security.expecting import PEOPLE, Rule, analysed, only

REPORT: list[Rule] = [
    Rule("exercise-report", "GET", analysed()),
    Rule("classroom-progress", "GET", only("teacher")),
    # Everybody has the page, with nothing of anybody else's in it.
    Rule("own-progress", "GET", only(*PEOPLE)),
]
