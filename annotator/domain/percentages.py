"""Whole percentages that add up to a hundred, and whole parts of other wholes."""

from collections.abc import Sequence


def whole_percentages(parts: Sequence[float]) -> tuple[int, ...]:
    """Each part's share in hundredths, rounded by largest remainder, the first of equal ones up; all 0 of nothing."""
    return whole_parts(parts, 100)


def whole_parts(parts: Sequence[float], of: int) -> tuple[int, ...]:
    """The same as whole numbers that add up to `of`."""
    total = sum(parts)
    if total <= 0:
        return (0,) * len(parts)
    exact = [of * part / total for part in parts]
    whole = [int(each) for each in exact]
    order = sorted(range(len(parts)), key=lambda place: whole[place] - exact[place])
    for place in order[: of - sum(whole)]:
        whole[place] += 1
    return tuple(whole)
