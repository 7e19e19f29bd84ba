"""Clocks and shares for the projector: `{{ seconds|clock }}`, `{{ part|share_of:whole }}`."""

from django import template

register = template.Library()


@register.filter
def clock(seconds: int) -> str:
    """7:42, and 1:07:42 from an hour on."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


@register.filter
def share_of(part: int, whole: int) -> int:
    """In hundredths, 0 to 100; 0 of nothing."""
    return min(100, max(0, part) * 100 // whole) if whole > 0 else 0
