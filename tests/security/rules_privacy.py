"""What the matrix expects of what is kept about people, and of taking it away for good."""

from annotator.models import Phase
from tests.security.expecting import PEOPLE, Rule, analysed, only
from tests.security.world import World


def deleted(here: World) -> dict[str, object]:
    """The word before a reader is erased."""
    return {"word": "DELETE"}


def nameless(here: World) -> dict[str, object]:
    """The word before a reader is made nameless."""
    return {"word": "NAMELESS"}


def named(here: World) -> dict[str, object]:
    """A class is confirmed by its name."""
    return {"word": here.exercise.classroom.name}


# As long as an exercise reads it, an article keeps its text.
READ = [Phase.DRAFT, Phase.OPEN, Phase.REVISING]

# All of it in each phase: no page, preview or download may show others' work too early.
PRIVACY: list[Rule] = [
    Rule("me", "GET", only(*PEOPLE)),
    Rule("me-file", "GET", only(*PEOPLE)),
    Rule("classroom-privacy", "GET", only("teacher")),
    Rule("classroom-keep", "POST", only("teacher", ok=302), data=lambda here: {"days": 60, "forgets_marks": "1"}),
    Rule("classroom-nameless", "GET", only("teacher")),
    Rule("classroom-nameless", "POST", only("teacher", ok=302), data=named),
    Rule("classroom-erase", "GET", only("teacher")),
    Rule("classroom-erase", "POST", only("teacher", ok=302), data=named),
    Rule("member-nameless", "GET", only("teacher")),
    Rule("member-nameless", "POST", only("teacher", ok=302), data=nameless),
    Rule("member-erase", "GET", only("teacher")),
    Rule("member-erase", "POST", only("teacher", ok=302), data=deleted),
    Rule("article-withdraw", "GET", only("teacher")),
    Rule(
        "article-withdraw",
        "POST",
        only("teacher", ok=302, phases=[phase for phase in Phase.values if phase not in READ], locked=422),
        data=lambda here: {"word": "WITHDRAW"},
    ),
    Rule("exercise-grades", "GET", analysed()),
    Rule("exercise-grades-file", "GET", analysed(), data=lambda here: {"file": "gradebook.csv", "names": "1"}),
    Rule("exercise-grades-file", "GET", analysed(), data=lambda here: {"file": "moodle.csv"}),
    Rule("classroom-grades", "GET", only("teacher")),
    # What is still blind is simply not in it.
    Rule("classroom-grades-file", "GET", only("teacher"), data=lambda here: {"file": "gradebook.csv", "names": "1"}),
]
