"""What the matrix expects: for each address and method, the answer to each visitor in each phase."""

import itertools
from uuid import uuid4

from annotator.models import Phase
from tests.security.expecting import (
    BLIND,
    PEOPLE,
    STARTED,
    TEACHERS,
    Expected,
    Rule,
    analysed,
    everyone,
    first_of,
    only,
    own_reading,
)
from tests.security.rules_adjudicate import ADJUDICATE
from tests.security.rules_confusion import CONFUSION
from tests.security.rules_doors import JOINING, MERGING, PEOPLE_OF_A_CLASS
from tests.security.rules_figures import FIGURES
from tests.security.rules_heat import HEAT
from tests.security.rules_phases import PHASES
from tests.security.rules_privacy import PRIVACY
from tests.security.rules_projector import PROJECTOR
from tests.security.rules_reading_history import READING_HISTORY
from tests.security.rules_reasons import REASONS
from tests.security.rules_report import REPORT
from tests.security.rules_research import RESEARCH
from tests.security.rules_rounds import ROUNDS
from tests.security.rules_rulebook import RULE_BOOK
from tests.security.rules_screen import SCREEN
from tests.security.rules_sources import SOURCES
from tests.security.rules_spotlight import SPOTLIGHT
from tests.security.world import INVITATION_TOKEN, SIGN_IN_TOKEN, World, operation


def taken_back(here: World) -> dict[str, object]:
    """A card's plain form that deletes the highlight."""
    return {"do": "delete", "operation": uuid4()}


def sentence_tagged(here: World) -> dict[str, object]:
    """A sentence's plain form that ticks one tag."""
    start = here.article.text.index("It was the best")
    return {"form": uuid4(), "start": start, "end": start + 38, "label": "opinion"}


# Past the cut-off a new highlight is kept as late; one that counted stays as it is.
UNTIL_ARCHIVED = [phase for phase in STARTED if phase != Phase.ARCHIVED]

READING: list[Rule] = [
    # The reader's reading exists already, so starting it goes on with it.
    Rule("reading-start", "POST", only("reader", "classmate", ok=302, phases=STARTED), someone="reader", writes=False),
    Rule("reading", "GET", own_reading(200), someone="reader"),
    Rule("reading-highlights", "GET", own_reading(200), someone="reader"),
    Rule("reading-print", "GET", own_reading(200), someone="reader"),
    Rule("reading-practice", "GET", own_reading(200), someone="reader"),
    Rule("reading-sentences", "GET", own_reading(200), someone="reader"),
    Rule("reading-sentences", "POST", own_reading(302, phases=UNTIL_ARCHIVED), someone="reader", data=sentence_tagged),
    Rule(
        "reading-operations",
        "POST",
        own_reading(201, phases=UNTIL_ARCHIVED, nobody=401),
        someone="reader",
        data=operation,
        is_json=True,
    ),
    Rule("reading-span", "POST", own_reading(302, phases=[Phase.OPEN]), someone="reader", data=taken_back),
    Rule("reading-hand-in", "POST", own_reading(302, phases=[Phase.OPEN]), someone="reader"),
    # In a blind exercise the reading is open, so opening it again changes nothing.
    Rule(
        "reading-reopen",
        "POST",
        first_of(only("teacher", ok=302, phases=BLIND), only("teacher", ok=422)),
        writes=False,
    ),
]


def pressed(here: World) -> dict[str, object]:
    """A press in the preview: leave a whole group out."""
    return {"do": "leave:0", "version": here.draft.version}


def described(here: World) -> dict[str, object]:
    """The fields beside a text; saving a draft sends the version that was seen with them."""
    return {"title": "Another title", "version": here.draft.version}


ARTICLES: list[Rule] = [
    Rule("library", "GET", only(*TEACHERS)),
    Rule("article-add", "GET", only(*TEACHERS)),
    Rule("article-add", "POST", only(*TEACHERS, ok=302), data=lambda here: {"text": "A pasted text."}),
    Rule("draft", "GET", only("teacher")),
    Rule("draft-block", "POST", only("teacher", ok=302), data=pressed),
    Rule("draft-save", "POST", only("teacher", ok=302), data=described),
    Rule("draft-cancel", "POST", only("teacher", ok=302)),
    Rule("article", "GET", only("teacher")),
    Rule("article-facts", "POST", only("teacher", ok=302), data=described),
    Rule("article-read-now", "POST", only("teacher", ok=302)),
    Rule("article-correct", "POST", only("teacher", ok=302)),
]
# As long as an exercise outside the archive reads it, an article stays.
ARTICLE_DELETE = Rule("article-delete", "POST", only("teacher", ok=302, phases=[Phase.ARCHIVED], locked=422))


def somebody_new(here: World) -> dict[str, object]:
    """The form of a new account; somebody with an account just presses the button."""
    return {"username": "ilse.varga", "name": "Ilse Varga", "password": "the ferry was late"}


def with_or_without(anonymous: int, others: int) -> Expected:
    """One answer to people and another to nobody."""
    return lambda role, phase: anonymous if role == "anonymous" else others


DOORS: list[Rule] = [
    Rule("sign-in", "GET", with_or_without(200, 302)),
    # Nobody in this world has a password.
    Rule("sign-in", "POST", everyone(422), data=somebody_new),
    Rule("sign-in-link", "GET", everyone(200), token=SIGN_IN_TOKEN),
    Rule("sign-in-link", "POST", everyone(302), token=SIGN_IN_TOKEN),
    Rule("sign-out", "POST", everyone(302), writes=False),
    Rule("password-change", "GET", only(*PEOPLE)),
    Rule("password-change", "POST", only(*PEOPLE, ok=302), data=lambda here: {"new": "the ferry was late"}),
    Rule("invitation-add", "GET", only(*TEACHERS)),
    Rule("invitation-add", "POST", only(*TEACHERS)),
    Rule("invitation-revoke", "POST", only("teacher", ok=302)),
    Rule("invitation", "GET", everyone(200), token=INVITATION_TOKEN),
    # It would make a teacher of one who is a teacher already.
    Rule(
        "invitation",
        "POST",
        lambda role, phase: 422 if role in TEACHERS else 302,
        someone="reader",
        data=somebody_new,
        token=INVITATION_TOKEN,
    ),
    # The settings keep open registration shut.
    Rule("register", "GET", everyone(404)),
    Rule("register", "POST", everyone(404), data=somebody_new),
    Rule("worker", "GET", everyone(200)),
    Rule("healthz", "GET", everyone(200)),
    Rule("readyz", "GET", everyone(200)),
]

# The step on from each phase; from the archive nothing leads anywhere.
STEP_ON = dict(itertools.pairwise([*Phase.values, Phase.WRAPPED_UP]))


def step_on(here: World) -> dict[str, object]:
    """The next phase."""
    return {"phase": STEP_ON[here.phase]}


def set_up(here: World) -> dict[str, object]:
    """A new exercise for the teacher's class from the teacher's library."""
    version = here.exercise.codebook_version
    return {
        "do": "start", "sent": uuid4(), "article": here.article.uuid, "room": here.exercise.classroom.uuid,
        "codebook": version.uuid,
    }  # fmt: skip


EXERCISE: list[Rule] = [
    Rule("exercise", "GET", first_of(only("teacher"), only("reader", "classmate", phases=STARTED))),
    Rule(
        "exercise-move",
        "POST",
        only("teacher", ok=302, phases=[phase for phase in Phase.values if phase != Phase.ARCHIVED], locked=422),
        data=step_on,
    ),
    Rule(
        "exercise-rename",
        "POST",
        only("teacher", ok=302, phases=[phase for phase in Phase.values if phase != Phase.ARCHIVED], locked=422),
        data=lambda here: {"title": "Another title"},
    ),
    # Two have read in it, so it stays.
    Rule("exercise-discard", "POST", only("teacher", ok=422)),
]

# The teacher of this world does not read along, so while it is blind there is nothing to take.
EXPORTED = first_of(analysed(), only("reader", "classmate", phases=STARTED))

EXPORT: list[Rule] = [
    Rule("exercise-export", "GET", EXPORTED),
    Rule("exercise-export-file", "GET", EXPORTED, data=lambda here: {"file": "spans.csv"}),
    Rule("exercise-export-file", "GET", EXPORTED, data=lambda here: {"file": "readings.csv"}),
]

ROOMS: list[Rule] = [
    Rule("home", "GET", only(*PEOPLE)),
    Rule("samples-add", "POST", only(*TEACHERS, ok=302)),
    Rule("samples-remove", "GET", only(*TEACHERS)),
    # Nobody here has the sample class, so there is nothing to take away.
    Rule("samples-remove", "POST", only(*TEACHERS, ok=302), writes=False),
    Rule("exercise-add", "GET", only(*TEACHERS)),
    # The article and the class are the one teacher's alone: to others they are not there.
    Rule(
        "exercise-add",
        "POST",
        first_of(only("teacher", ok=302), only("other_teacher", "operator", ok=422)),
        data=set_up,
    ),
    Rule("classroom", "GET", only("teacher")),
    # Links let people into teams; this is a class.
    Rule("classroom-invite", "POST", only()),
    Rule("classroom-rename", "POST", only("teacher", ok=302), data=lambda here: {"name": "Class 9C"}),
    Rule("classroom-archive", "POST", only("teacher", ok=302), data=lambda here: {"do": "archive"}),
    Rule("classroom-read-too", "POST", only("teacher", ok=302), data=lambda here: {"exercise": here.exercise.uuid}),
    # A reader without a teacher's account cannot lead.
    Rule("classroom-lead", "POST", only("teacher", ok=422)),
    Rule("classroom-remove", "POST", only("teacher", ok=302)),
]

PHASED: list[Rule] = [
    MERGING,
    *READING,
    *READING_HISTORY,
    *PHASES,
    *EXERCISE,
    *EXPORT,
    *PRIVACY,
    *RESEARCH,
    *ROUNDS,
    *FIGURES,
    *CONFUSION,
    *RULE_BOOK,
    *REPORT,
    *ADJUDICATE,
    *SOURCES,
    *HEAT,
    *REASONS,
    *SPOTLIGHT,
    *PROJECTOR,
    *SCREEN,
    ARTICLE_DELETE,
]

# The same page for everybody, with nothing of anybody in it.
EXPLAINED = Rule("agreement-explained", "GET", only(*PEOPLE))

UNPHASED: list[Rule] = [EXPLAINED, *DOORS, *JOINING, *PEOPLE_OF_A_CLASS, *ARTICLES, *ROOMS]
