"""Whole percentages that add up to a hundred."""

from collections.abc import Sequence


def whole_percentages(parts: Sequence[float]) -> tuple[int, ...]:
    """Each part's share in hundredths, rounded by largest remainder, the first of equal ones up; all 0 of nothing."""
    total = sum(parts)
    if total <= 0:
        return (0,) * len(parts)
    exact = [100 * part / total for part in parts]
    whole = [int(each) for each in exact]
    order = sorted(range(len(parts)), key=lambda place: whole[place] - exact[place])
    for place in order[: 100 - sum(whole)]:
        whole[place] += 1
    return tuple(whole)
