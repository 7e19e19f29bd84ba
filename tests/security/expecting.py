"""How the matrix says what it expects: a rule for an address and method, and who gets which answer in which phase."""

from collections.abc import Callable
from dataclasses import dataclass

from annotator.models import Phase
from tests.security.world import World

Expected = Callable[[str, str], int]
SIGN_IN = 302
STARTED = [phase for phase in Phase.values if phase != Phase.DRAFT]
BLIND = [Phase.DRAFT, Phase.OPEN]
# From the closing on there is something to look at for who teaches; readers see it while the class is shown.
ANALYSED = [phase for phase in Phase.values if phase not in BLIND]
SHOWN = [Phase.REVEALED, Phase.WRAPPED_UP, Phase.ARCHIVED]


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


def analysed(ok: int = 200) -> Expected:
    """`ok` for who teaches the class, and for nobody while it is blind."""
    return only("teacher", ok=ok, phases=ANALYSED, locked=403)


AS_THE_REVEAL = first_of(
    analysed(),
    only("reader", "classmate", phases=SHOWN),
    only("reader", "classmate", ok=403, phases=STARTED),
)
TEACHERS = ("teacher", "other_teacher", "operator")
PEOPLE = (*TEACHERS, "reader", "classmate", "reader_elsewhere", "removed_reader")


def own_reading(ok: int, *, locked: int = 422, phases: list[str] | None = None, nobody: int = SIGN_IN) -> Expected:
    """The reader's own reading: not there in a draft, `ok` in these phases, `locked` in the others."""
    return first_of(
        only("reader", ok=ok, phases=phases or STARTED, nobody=nobody),
        only("reader", ok=locked, phases=STARTED),
    )
