"""A figure with its interval as a drawing: where it stands on an axis from 0 to 1, in SVG attributes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Whisker:
    """Places in per cent of the axis; `low`, `high` and `width` are empty where there is no interval."""

    at: str
    low: str = ""
    high: str = ""
    width: str = ""


def whisker(value: float, low: float | None = None, high: float | None = None) -> Whisker:
    """The drawing; what lies beyond an end of the axis is drawn at that end, the number beside it says where it is."""
    if low is None or high is None:
        return Whisker(place(value))
    return Whisker(place(value), place(low), place(high), f"{100 * (within(high) - within(low)):.2f}%")


def within(value: float) -> float:
    """The nearest place on the axis."""
    return min(1.0, max(0.0, value))


def place(value: float) -> str:
    """A length in an SVG attribute."""
    return f"{100 * within(value):.2f}%"
