"""Small numbers: which shares may be shown where a few readers could be guessed from them, subtraction included."""

from collections.abc import Sequence

# A share or figure rests on at least so many counted readings, or it is not shown.
FEWEST = 5


def shown(readings: Sequence[int], *, has_total: bool = True) -> tuple[bool, ...]:
    """For each group, by the counted readings its figure rests on, whether that figure may be shown.

    The groups share no reading. Under FEWEST a group is hidden. Where the figure over all groups is known too
    (`has_total`), what is hidden comes out by subtraction as one figure: as long as that would rest on fewer than
    FEWEST readings, the next smallest group is hidden as well, of equal ones the first. An empty group is never shown.
    """
    hidden = {place for place, number in enumerate(readings) if number < FEWEST}
    if has_total:
        for place in sorted(range(len(readings)), key=lambda place: (readings[place], place)):
            if 0 < sum(readings[each] for each in hidden) < FEWEST:
                hidden.add(place)
    return tuple(place not in hidden for place in range(len(readings)))
