"""Figures as pages show them: `{{ value|percent }}` 61 %, `{{ value|hundredths }}` 0.61, with a real minus."""

from django import template
from django.utils import formats
from django.utils.translation import gettext

register = template.Library()


@register.filter
def percent(value: float) -> str:
    """A share as a whole percentage."""
    return gettext("%(number)d %%") % {"number": round(100 * value)}


@register.filter
def hundredths(value: float) -> str:
    """A figure with two decimals, as the reader's language writes them."""
    return formats.number_format(round(value, 2) + 0.0, 2).replace("-", "−")


@register.filter
def thousandths(value: float) -> str:
    """A figure with three decimals, for researchers."""
    return formats.number_format(round(value, 3) + 0.0, 3).replace("-", "−")


@register.filter
def signed(value: float) -> str:
    """A difference with three decimals and its sign."""
    return f"+{thousandths(value)}" if round(value, 3) > 0 else thousandths(value)


@register.filter
def chance(value: float) -> str:
    """A share of draws: never quite 0 or 1."""
    if value < 0.001:
        return f"< {thousandths(0.001)}"
    return f"> {thousandths(0.999)}" if value > 0.999 else thousandths(value)


@register.filter
def as_hundredths(value: float) -> str:
    """A figure as a whole number of hundredths, for the narrow cells of a table."""
    return f"{round(100 * value) + 0}".replace("-", "−")
