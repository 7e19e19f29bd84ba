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
