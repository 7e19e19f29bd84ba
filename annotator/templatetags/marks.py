"""The flat segments of a block, by tags because a long text has thousands of them.

`{% segments block.pieces %}` on the annotate page, `{% bare block %}` where its script paints them,
`{% looked_at block.pieces %}` for an article beside it; `{% framed block.runs %}` where a key is drawn as frames;
`{% stretched block.stretches %}` while a key is made; `{% lit page block %}` for what the class marked.
"""

from collections.abc import Container, Iterable

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from annotator.domain.quotations import nested
from annotator.reports.adjudicate_text import Stretch
from annotator.reports.bare_blocks import BareBlock
from annotator.reports.reading_parts import Piece
from annotator.reports.result_text import Run
from annotator.reports.reveal_page import RevealPage
from annotator.reports.reveal_text import RevealBlock, RevealSentence

register = template.Library()

SHOWN = '<mark class="{}" data-cards="{}">{}</mark>'
FRAME = '<span class="frame {}" data-cards="{}">{}</span>'
BARE = '<mark class="{}">{}</mark>'
FIRST = '<mark class="{}" id="now">{}</mark>'
HEAT = '<mark class="{} heat-{}">{}</mark>'
OPENS = '<a class="passage" href="?article={}&amp;tag={}&amp;at={}#passage">'
IS_OPEN = '<a class="passage picked" href="?article={}&amp;tag={}&amp;at={}#passage" id="passage" aria-current="true">'
BLOCK = '<{} class="block {}"{}{} dir="auto">{}</{}>'
MARK = '<mark class="{}" data-h="{}">{}</mark>'
LEADS = '<mark class="{}" data-h="{}" aria-details="h{}">{}</mark>'


@register.simple_tag
def segments(pieces: Iterable[Piece], shown: Container[int] | None = None) -> SafeString:
    """Text and marks, joined without a character between them; those with a card among the `shown` lead to it.

    None for `shown` means that every card is there.
    """
    parts = [segment(piece, leads=shown is None or piece.first in shown) for piece in pieces]
    return format_html("{}" * len(parts), *parts)


def segment(piece: Piece, *, leads: bool) -> SafeString:
    """One mark, or plain text."""
    if not piece.css:
        return escape(piece.text)
    if not leads:
        return format_html(MARK, piece.css, piece.numbers, piece.text)
    return format_html(LEADS, piece.css, piece.numbers, piece.first, piece.text)


@register.simple_tag
def bare(block: BareBlock) -> SafeString:
    """A block as text alone."""
    start = "" if block.start is None else format_html(' data-start="{}"', block.start)
    sentences = format_html(' data-s="{}"', block.sentences) if block.sentences else ""
    return format_html(BLOCK, block.tag, block.kind, start, sentences, block.text, block.tag)


@register.simple_tag
def looked_at(pieces: Iterable[Piece], *, is_quoted: bool = False) -> SafeString:
    """Text and marks that lead nowhere and have no names: the same text may stand on the page a second time.

    `is_quoted` says that it stands between quotation marks.
    """
    texts = [(piece.css, nested(piece.text) if is_quoted else piece.text) for piece in pieces]
    parts = [format_html(BARE, css, text) if css else escape(text) for css, text in texts]
    return format_html("{}" * len(parts), *parts)


@register.simple_tag
def framed(runs: Iterable[Run]) -> SafeString:
    """Marks that are only looked at, in their frames."""
    parts = [frame(run) for run in runs]
    return format_html("{}" * len(parts), *parts)


def frame(run: Run) -> SafeString:
    """One stretch in its frame, or bare."""
    parts = [shown(piece) for piece in run.pieces]
    inside = format_html("{}" * len(parts), *parts)
    return format_html(FRAME, run.frame, run.cards, inside) if run.frame else inside


def shown(piece: Piece) -> SafeString:
    """One mark that leads to its cards, or plain text."""
    return format_html(SHOWN, piece.css, piece.numbers, piece.text) if piece.css else escape(piece.text)


@register.simple_tag
def stretched(stretches: Iterable[Stretch]) -> SafeString:
    """Text, marks, and around each the lines of the readers' extents, the lowest line outermost."""
    parts = [stretch(each) for each in stretches]
    return format_html("{}" * len(parts), *parts)


def stretch(each: Stretch) -> SafeString:
    """One stretch in its mark and its lines; the first of the present proposal has the anchor."""
    inside = escape(each.text)
    if each.css:
        inside = format_html(FIRST if each.is_first else BARE, each.css, each.text)
    for line in each.lines:
        inside = format_html('<span class="drawn at-{} {}">{}</span>', line.place, line.css, inside)
    return inside


@register.simple_tag
def lit(page: RevealPage, block: RevealBlock) -> SafeString:
    """A block in the heat of the page's tab; each sentence that somebody marked leads to its passage."""
    parts = [sentence(page, each) for each in block.sentences]
    return format_html("{}" * len(parts), *parts)


def sentence(page: RevealPage, each: RevealSentence) -> SafeString:
    """One sentence, and the blanks behind it."""
    css = page.label.css if page.label else "divided"
    inside = "".join(HEAT if one.level else "{}" for one in each.pieces)
    parts = [part for one in each.pieces for part in ((css, one.level, one.text) if one.level else (one.text,))]
    if not each.opens and not each.is_shown:
        return format_html(inside + "{}", *parts, each.blanks)
    opening = IS_OPEN if each.is_shown else OPENS
    return format_html(opening + inside + "</a>{}", page.article.uuid, page.tag, each.start, *parts, each.blanks)
