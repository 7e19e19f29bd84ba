"""Figures as pages show them: `{{ value|percent }}` 61%, `{{ value|hundredths }}` 0.61, with a real minus."""

from django import template
from django.utils import formats
from django.utils.translation import gettext

register = template.Library()


@register.filter
def percent(value: float) -> str:
    """A share, 0 to 1, as a whole percentage."""
    return with_sign(str(round(100 * value)))


@register.filter
def whole_percent(number: int) -> str:
    """A number of hundredths that is whole already: of parts that add up to a hundred, or a step of a scale."""
    return with_sign(str(number))


@register.filter
def tenths_percent(number: float) -> str:
    """A number of hundredths with one decimal, for researchers."""
    return with_sign(formats.number_format(round(number, 1), 1))


def with_sign(number: str) -> str:
    """The only place that knows how a language writes per cent: English without a space."""
    return gettext("%(number)s%%") % {"number": number}


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
