"""The names people go by in a class: each once, whatever its case and accents."""

from random import SystemRandom

from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.folding import folded
from annotator.domain.names import one_line
from annotator.domain.pseudonyms import PSEUDONYMS, pseudonym
from annotator.models import Classroom, Membership, RosterEntry

MOST_NAME = 40
NO_NAME = gettext_noop("Type the name you want to read under, or pick one of the others.")
LONG_NAME = gettext_noop("That name is too long. Use at most 40 letters.")
TAKEN = gettext_noop("Somebody here is already called %(name)s.")

chance = SystemRandom()


def name_checked(typed: str) -> str:
    """The name on one line; RuleError where nothing is left or too much."""
    name = one_line(typed)
    if not name or not folded(name).strip():
        raise RuleError(NO_NAME, code="no_name")
    if len(name) > MOST_NAME:
        raise RuleError(LONG_NAME, code="long_name")
    return name


def names_taken(classroom: Classroom, *, but: Membership | None = None) -> set[str]:
    """Every name that somebody in the class goes by, folded; one query. The names of who was removed are free."""
    members = Membership.objects.current().filter(classroom=classroom)
    if but is not None:
        members = members.exclude(pk=but.pk)
    pairs = members.values_list("pseudonym", "user__name", "user__username")
    return {folded(alias or name or username) for alias, name, username in pairs}


def name_free(classroom: Classroom, name: str, *, but: Membership | None = None) -> str:
    """The name, if nobody else goes by it; ask while the classroom is held."""
    if folded(name) in names_taken(classroom, but=but):
        raise RuleError(TAKEN, code="taken", name=name)
    return name


def name_again(classroom: Classroom, name: str, *, but: Membership) -> str:
    """The name, with a number where somebody else goes by it now."""
    taken = names_taken(classroom, but=but)
    tried = [name, *(f"{name} ({number})" for number in range(2, len(taken) + 3))]
    return next(each for each in tried if folded(each) not in taken)


def pseudonyms_offered(classroom: Classroom, count: int, *, but: tuple[str, ...] = ()) -> list[str]:
    """Made-up names that nobody in the class has, drawn at random; three queries at most."""
    taken = names_taken(classroom) | {folded(each) for each in but}
    listed = RosterEntry.objects.filter(classroom=classroom).values_list("name", flat=True)
    taken |= {folded(each) for each in listed}
    found: list[str] = []
    while len(found) < count:
        name = pseudonym(chance.randrange(PSEUDONYMS))
        if folded(name) not in taken:
            found.append(name)
            taken.add(folded(name))
    return found
