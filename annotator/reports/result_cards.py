"""A result's cards: one for each highlight of one's own and of the key, You, Key and Class under each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext_lazy as _

from annotator.domain import spans as domain
from annotator.domain.scoring import Kind, Match, matches, weighed
from annotator.models import Block, Span
from annotator.reports.passage_shares import ClassReading, Share
from annotator.reports.reading_parts import LabelPart
from annotator.reports.result_text import Run, Sign, short_runs

KINDS = {
    Kind.EXACT: _("Exact"),
    Kind.EDGES: _("Edges off"),
    Kind.LABEL: _("Other tag"),
    Kind.MISSED: _("Missed"),
    Kind.EXTRA: _("Extra"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One side's highlight: its tag, and how many words it covers."""

    label: LabelPart
    words: int


@dataclass(frozen=True, slots=True)
class Card:
    """A highlight beside its like; without a key to compare with, `kind` is empty and `key` None.

    `explanation` is the key's, `note` the reader's own; `share` is None where the class is not shown.
    """

    number: int
    kind: str
    name: str
    label: LabelPart
    start: int
    block: str
    paragraph: int | None
    own: Side | None
    key: Side | None
    runs: tuple[Run, ...]
    explanation: str
    note: str
    share: Share | None

    @property
    def differs_in_words(self) -> bool:
        """Whether the numbers of words tell something."""
        return self.kind == Kind.EDGES

    @property
    def sign(self) -> Sign:
        """What stands for the card in the gutter."""
        return Sign(self.kind, self.name, self.label, is_framed=self.own is None)


@dataclass(frozen=True, slots=True)
class Row:
    """What one card is made of, as stored; at least one of the two is there."""

    kind: Kind | None
    own: Span | None
    key: Span | None

    @property
    def stored(self) -> Span:
        """The highlight that gives the card its tag and its passage."""
        return cast("Span", self.own or self.key)

    @property
    def place(self) -> tuple[int, int, int]:
        """Sort key: where either begins."""
        return min((span.start, -span.end, span.number) for span in (self.own, self.key) if span is not None)


def rows_of(
    own: Sequence[Span], key: Sequence[Span] | None, slugs: Mapping[int, str], before: Sequence[int]
) -> list[Row]:
    """The rows in text order: matched with the key, or one's own alone where there is none (None)."""
    if key is None:
        return [Row(None, span, None) for span in own]
    ours = dict(enumerate(own))
    theirs = dict(enumerate(key))
    found = matches(
        [weighed(value(span, slugs, place), before) for place, span in ours.items()],
        [weighed(value(span, slugs, place), before) for place, span in theirs.items()],
    )
    return sorted((row_of(match, ours, theirs) for match in found), key=lambda row: row.place)


def row_of(match: Match, own: Mapping[int, Span], key: Mapping[int, Span]) -> Row:
    """Back from numbers to stored spans."""
    return Row(
        match.kind,
        own[match.own.number] if match.own is not None else None,
        key[match.key.number] if match.key is not None else None,
    )


def value(span: Span, slugs: Mapping[int, str], number: int) -> domain.Span:
    """A stored span as the domain knows it, under a number of the caller's."""
    return domain.Span(span.start, span.end, slugs[span.label_id], number)


@dataclass(frozen=True, slots=True)
class Home:
    """A block where a card may begin; `paragraph` is None for a heading."""

    id: str
    start: int
    paragraph: int | None


def homes(blocks: Sequence[Block]) -> list[Home]:
    """The blocks in order, numbered as the text shows them."""
    found, paragraph = [], 0
    for block in blocks:
        is_heading = block.kind == Block.Kind.HEADING
        paragraph += not is_heading
        found.append(Home(f"b{block.number}", block.start, None if is_heading else paragraph))
    return found


def card(
    row: Row, number: int, text: str, labels: Mapping[int, LabelPart], home: Home, class_: ClassReading | None
) -> Card:
    """One card; the bar is about the highlight that is one's own, or else about the key's."""
    slugs = {pk: label.slug for pk, label in labels.items()}
    own = value(row.own, slugs, number) if row.own else None
    key = value(row.key, slugs, number) if row.key else None
    frame = key if row.kind is not Kind.EXACT else None
    stored = row.stored
    label = labels[stored.label_id]
    return Card(
        number=number,
        kind=row.kind.value if row.kind else "",
        name=str(KINDS[row.kind]) if row.kind else label.name,
        label=label,
        start=row.place[0],
        block=home.id,
        paragraph=home.paragraph,
        own=side(row.own, labels),
        key=side(row.key, labels),
        runs=short_runs(text, own, frame, {each.slug: each for each in labels.values()}),
        explanation=row.key.note if row.key else "",
        note=row.own.note if row.own else "",
        share=class_.share(stored.start, stored.end, label) if class_ else None,
    )


def side(span: Span | None, labels: Mapping[int, LabelPart]) -> Side | None:
    """What one side marked."""
    return None if span is None else Side(labels[span.label_id], len(span.quote.split()))
