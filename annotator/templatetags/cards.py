"""`{% far_cards pages.before %}`: cards out of reach, for the page's script."""

import json
from collections.abc import Iterable

from django import template

from annotator.reports.far_cards import packed
from annotator.reports.reading_parts import Card

register = template.Library()


@register.simple_tag
def far_cards(cards: Iterable[Card]) -> str:
    """Their columns as JSON; the template escapes it for an attribute."""
    return json.dumps(packed(cards), ensure_ascii=False, separators=(",", ":"))
