"""The one decision whether a share or figure of a class may be seen, for screens, partials, prints and CSV alike."""

from collections.abc import Sequence

from annotator.domain import suppression
from annotator.domain.errors import gettext_noop
from annotator.models import Classroom

# Stands where a figure would; translate it where it is shown.
TOO_FEW = gettext_noop("too few to show")


def may_show(kind: str, *readings: int) -> bool:
    """Whether readers, projector and prints may see figures over so many counted readings; all of them, or none.

    `kind` is the classroom's: a team sees every figure. The teacher's own pages and spans.csv do not ask.
    """
    return kind == Classroom.Kind.TEAM or min(readings, default=0) >= suppression.FEWEST


def parts_shown(kind: str, readings: Sequence[int], *, has_total: bool = True) -> tuple[bool, ...]:
    """The same for groups that share no reading, such as an exercise's articles or a class's rounds of dealing.

    `has_total` says that the figure over all groups together is shown somewhere too: then a hidden group takes the next
    smallest along, so that it cannot be had by subtraction.
    """
    if kind == Classroom.Kind.TEAM:
        return tuple(number > 0 for number in readings)
    return suppression.shown(readings, has_total=has_total)
