"""What the matrix expects of a running lesson: its progress, its clock, its options, and what its readers are given."""

from annotator.models import Phase
from tests.security.expecting import Rule, only

NOT_ARCHIVED = [phase for phase in Phase.values if phase != Phase.ARCHIVED]

SCREEN: list[Rule] = [
    Rule("exercise-progress", "GET", only("teacher")),
    Rule("exercise-print", "GET", only("teacher")),
    # Minutes are set before and while readers read or revise.
    Rule(
        "exercise-timer",
        "POST",
        only("teacher", ok=302, phases=[Phase.DRAFT, Phase.OPEN, Phase.REVISING], locked=422),
        data=lambda here: {"press": "set", "minutes": "20"},
    ),
    Rule(
        "exercise-options",
        "POST",
        only("teacher", ok=302, phases=NOT_ARCHIVED, locked=422),
        data=lambda here: {"exit_question": here.exercise.exit_question, "points": "12", "key_points": "2"},
    ),
    Rule(
        "exercise-nudge",
        "POST",
        only("teacher", ok=302, phases=[Phase.OPEN, Phase.REVISING], locked=422),
        data=lambda here: {"member": here.members["classmate"].uuid},
    ),
    Rule(
        "exercise-extra-time",
        "POST",
        only("teacher", ok=302, phases=[Phase.DRAFT, Phase.OPEN], locked=422),
        data=lambda here: {"extra": "120"},
    ),
]
