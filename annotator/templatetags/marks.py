"""The flat segments of a block: `{% segments block.pieces %}`, by a tag because a long text has thousands of them."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from annotator.reports.reading_parts import Piece

register = template.Library()

MARK = '<mark class="{}" data-h="{}" id="{}" aria-details="h{}">{}</mark>'


@register.simple_tag
def segments(pieces: Iterable[Piece]) -> SafeString:
    """Text and marks, joined without a character between them."""
    parts = [segment(piece) for piece in pieces]
    return format_html("{}" * len(parts), *parts)


def segment(piece: Piece) -> SafeString:
    """One mark, or plain text."""
    if not piece.css:
        return escape(piece.text)
    return format_html(MARK, piece.css, piece.numbers, piece.id, piece.first, piece.text)
