"""What the matrix expects: for each address and method, the answer to each visitor in each phase."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from annotator.models import Phase
from tests.security.world import World, operation

Expected = Callable[[str, str], int]
SIGN_IN = 302
STARTED = [phase for phase in Phase.values if phase != Phase.DRAFT]
BLIND = [Phase.DRAFT, Phase.OPEN]


@dataclass
class Rule:
    """One address and method. `someone` is a visitor to whom it opens; `writes` says that success changes a row."""

    name: str
    method: str
    expected: Expected
    someone: str = "teacher"
    data: Callable[[World], dict[str, object]] | None = None
    is_json: bool = False
    writes: bool = True
    token: str = ""

    def kwargs(self, here: World) -> dict[str, object]:
        """The places of the address, filled."""
        from django.urls import get_resolver

        possible = get_resolver().reverse_dict.getlist(self.name)
        names = {name for possibility in possible for _, params in possibility[0] for name in params}
        return {name: self.token if name == "token" else here.kwargs()[name] for name in names}

    def payload(self, here: World) -> dict[str, object]:
        """What a well-meaning visitor would send."""
        return self.data(here) if self.data else {}


def only(
    *roles: str, ok: int = 200, phases: list[str] = Phase.values, locked: int = 404, nobody: int = SIGN_IN
) -> Expected:
    """`ok` for these roles in these phases, `locked` in others; 404 to everyone else, `nobody` to the anonymous."""

    def expected(role: str, phase: str) -> int:
        if role == "anonymous":
            return nobody
        if role not in roles:
            return 404
        return ok if phase in phases else locked

    return expected


def everyone(status: int) -> Expected:
    """The same to all."""
    return lambda role, phase: status


def first_of(*several: Expected) -> Expected:
    """The first that is not 404."""

    def expected(role: str, phase: str) -> int:
        return next((status for each in several if (status := each(role, phase)) != 404), 404)

    return expected


TEACHERS = ("teacher", "other_teacher", "operator")
PEOPLE = (*TEACHERS, "reader", "classmate", "reader_elsewhere", "removed_reader")


def own_reading(ok: int, *, locked: int = 422, phases: list[str] | None = None, nobody: int = SIGN_IN) -> Expected:
    """The reader's own reading: not there in a draft, `ok` in these phases, `locked` in the others."""
    return first_of(
        only("reader", ok=ok, phases=phases or STARTED, nobody=nobody),
        only("reader", ok=locked, phases=STARTED),
    )


def taken_back(here: World) -> dict[str, object]:
    """A card's plain form that deletes the highlight."""
    return {"do": "delete", "operation": uuid4()}


def sentence_tagged(here: World) -> dict[str, object]:
    """A sentence's plain form that ticks one tag."""
    start = here.article.text.index("It was the best")
    return {"form": uuid4(), "start": start, "end": start + 38, "label": "opinion"}


READING: list[Rule] = [
    # The reader's reading exists already, so starting it goes on with it.
    Rule("reading-start", "POST", only("reader", "classmate", ok=302, phases=STARTED), someone="reader", writes=False),
    Rule("reading", "GET", own_reading(200), someone="reader"),
    Rule("reading-sentences", "GET", own_reading(200), someone="reader"),
    Rule("reading-sentences", "POST", own_reading(302, phases=[Phase.OPEN]), someone="reader", data=sentence_tagged),
    Rule(
        "reading-operations",
        "POST",
        own_reading(201, phases=[Phase.OPEN], nobody=401),
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

PHASED: list[Rule] = [*READING, ARTICLE_DELETE]

UNPHASED: list[Rule] = [*ARTICLES]
