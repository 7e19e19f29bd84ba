"""Alpha without each reader as a drawing: a dot for everyone, and a line where alpha of all stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.models import Label
from annotator.reports.agreement_leave_out import LeftOut, WithoutReader

# Dots that would touch stand above each other: so many places from left to right, and so many pixels up.
PLACES = 50
STEP = 9
# The first and the last place, in per cent, so that a dot and its name fit.
EDGE = 6.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One reader, as SVG takes it; `name` is given where the dot is named."""

    x: str
    y: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """One reader left out: alpha of the others for any label, then for each label in the codebook's order."""

    code: str
    cells: tuple[WithoutReader, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """The dots from `low` to `high`, on a ground at `ground`; `whole` is where alpha of all stands."""

    dots: tuple[Dot, ...]
    whole: str
    low: float
    high: float
    ground: int

    @property
    def height(self) -> int:
        """Of the whole drawing, the axis below the dots."""
        return self.ground + 8


def rows_of(left_out: Mapping[Label | None, LeftOut]) -> tuple[LeftOutRow, ...]:
    """Every reader, in the order of any label (None)."""
    by_code = [{each.code: each for each in one.readers} for one in left_out.values()]
    return tuple(LeftOutRow(each.code, tuple(one[each.code] for one in by_code)) for each in left_out[None].readers)


def plot_of(left_out: LeftOut) -> Plot | None:
    """The drawing; None where alpha of all is undefined, or nobody's change is known."""
    known = [(each, each.value) for each in left_out.readers if each.value is not None]
    whole = left_out.whole.value
    if whole is None or not known:
        return None
    values = [whole, *(value for _each, value in known)]
    low, high = min(values), max(values)
    farthest = max((each for each, _value in known), key=lambda each: abs(each.change or 0.0))
    stacked: dict[int, list[WithoutReader]] = {}
    for each, value in sorted(known, key=lambda pair: pair[1]):
        stacked.setdefault(place(value, low, high), []).append(each)
    ground = 34 + STEP * max(map(len, stacked.values()))
    dots = [
        Dot(per_cent(where), ground - STEP * level, each.code if each is farthest else "")
        for where, readers in stacked.items()
        for level, each in enumerate(readers, 1)
    ]
    return Plot(tuple(dots), per_cent(place(whole, low, high)), low, high, ground)


def place(value: float, low: float, high: float) -> int:
    """The nearest of the places; the middle where all are equal."""
    return round(PLACES * (value - low) / (high - low)) if high > low else PLACES // 2


def per_cent(where: int) -> str:
    """A place as a length from the left."""
    return f"{EDGE + (100 - 2 * EDGE) * where / PLACES:.2f}%"
