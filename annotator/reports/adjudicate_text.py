"""The article while its key is made: the key, what waits, and the readers' extents as lines under the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.domain import spans as domain
from annotator.domain.adjudication import Extent
from annotator.models import Article, Block
from annotator.reports.reading_parts import BlockPart, LabelPart, block_part, is_title_block, mark_css

# What a stretch can be part of, as it is told apart while the text is cut.
IN_KEY, WAITS, NOW, LINE = range(4)


@dataclass(frozen=True, slots=True)
class Line:
    """One reader's extent under the words: its label's paint, and its place from the top, 1 to 5."""

    css: str
    place: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text painted alike; `css` is empty where there is neither key nor proposal. `is_first`: where the eye goes."""

    text: str
    css: str
    lines: tuple[Line, ...]
    is_first: bool


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One block: `stretches` join to exactly its text; `is_near` where the present proposal touches it."""

    part: BlockPart
    stretches: tuple[Stretch, ...]
    is_near: bool


@dataclass(frozen=True, slots=True)
class Layers:
    """Everything that is drawn over the text; `now` is the choice under consideration."""

    in_key: Sequence[domain.Span]
    waiting: Sequence[Extent]
    now: Extent | None
    lines: Sequence[Extent]


def text_blocks(article: Article, layers: Layers, labels: Mapping[str, LabelPart]) -> list[TextBlock]:
    """Every block of the article. One query."""
    blocks = list(Block.objects.filter(article=article).order_by("number"))
    marks = tagged(layers)
    inside = domain.spans_by_block([(each.start, each.end) for each in blocks], marks)
    found, headings, is_shown = [], 0, False
    for block, touching in zip(blocks, inside, strict=True):
        words = article.text[block.start : block.end]
        is_title = is_title_block(block, words, article.title)
        part = block_part(block, words, (), labels, headings_before=headings, is_title=is_title)
        drawn = stretches(article.text, block, touching, labels, is_shown=is_shown)
        is_near = any(kind(each) == NOW for each in touching)
        is_shown = is_shown or any(each.is_first for each in drawn)
        found.append(TextBlock(part, drawn, is_near))
        headings += block.kind == Block.Kind.HEADING
    return found


def tagged(layers: Layers) -> list[domain.Span]:
    """All layers as spans; the number tells which layer, and of lines which one."""
    found = [domain.Span(each.start, each.end, each.label, IN_KEY) for each in layers.in_key]
    found += [domain.Span(each.start, each.end, each.label, WAITS) for each in layers.waiting]
    if layers.now:
        found.append(domain.Span(layers.now.start, layers.now.end, layers.now.label, NOW))
    return found + [
        domain.Span(each.start, each.end, each.label, LINE + place) for place, each in enumerate(layers.lines)
    ]


def kind(span: domain.Span) -> int:
    """The layer that a tagged span belongs to."""
    return min(span.number, LINE)


def stretches(
    text: str, block: Block, touching: Sequence[domain.Span], labels: Mapping[str, LabelPart], *, is_shown: bool
) -> tuple[Stretch, ...]:
    """The block cut wherever a layer begins or ends."""
    found: list[Stretch] = []
    for segment in domain.segments(block.start, block.end, touching):
        lines = sorted((each for each in segment.covering if kind(each) == LINE), key=lambda each: each.number)
        is_now = any(kind(each) == NOW for each in segment.covering)
        found.append(
            Stretch(
                text=text[segment.start : segment.end],
                css=painted(segment.covering, labels),
                lines=tuple(Line(labels[each.label].css, each.number - LINE + 1) for each in lines),
                is_first=is_now and not is_shown,
            )
        )
        is_shown = is_shown or is_now
    return tuple(found)


def painted(covering: Sequence[domain.Span], labels: Mapping[str, LabelPart]) -> str:
    """The choice under consideration before what is in the key, and that before what waits."""
    for layer, name in ((NOW, "now "), (IN_KEY, ""), (WAITS, "waits ")):
        here = [each for each in covering if kind(each) == layer]
        if here:
            waits = " waits-too" if layer == IN_KEY and any(kind(each) == WAITS for each in covering) else ""
            return name + (mark_css(here, labels) + waits if layer == IN_KEY else labels[here[0].label].css)
    return ""
