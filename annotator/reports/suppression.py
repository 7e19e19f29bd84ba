"""The one decision whether a share or figure of a class may be seen, for screens, partials, prints and CSV alike.

Who asks: the reveal, the sources, one's own result and progress, the projector's heat, the warm-up's bars,
each about one article or exercise at a time (`may_show`); and the print, which alone puts several articles into one
figure (`in_total`, and `parts_shown` for what it quotes). Nobody else shows readers, projector or prints a figure over
several groups, so there is nothing to subtract from. Two things are no groups: the tags of one article, whose bars all
rest on the same readings (a part may be 2 of 28); and how many have joined, begun or handed in, which says nothing of
any mark.
"""

from collections.abc import Collection, Sequence

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


def in_total(kind: str, groups: Sequence[Collection[int]]) -> tuple[bool, ...]:
    """For each group, by who read there, whether a figure over all groups may count it.

    Each group that is large enough is shown by itself as well, so what is left of the total is the figure of the small
    ones together: where those are fewer than five people, the total goes without them. Who read alone is compared with
    nobody, and so hides nobody who was; where no small group compares, what is left is how much all of them marked.
    """
    small = [group for group in groups if not may_show(kind, len(group))]
    compared = [group for group in small if len(group) > 1]
    is_safe = may_show(kind, len({reader for group in compared or small for reader in group}))
    return tuple(is_safe or may_show(kind, len(group)) for group in groups)
