"""What the form of a rule offers: the cards it may stand on, examples from the articles, the version it goes into."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from annotator.domain.quotations import nested
from annotator.models import Exercise
from annotator.models.rule_entries import rule_book_of
from annotator.reports.confusion_passages import CellPassage
from annotator.reports.reading_parts import LabelPart
from annotator.reports.reveal_passages import shortened

# How much of an example a list of them shows.
QUOTE = 90


@dataclass(frozen=True, slots=True)
class CardChoice:
    """One answer to "it belongs to": the cards it then stands on under "in" and under "out".

    `others` are those that say "out" as well where that is asked for.
    """

    value: str
    name: str
    ins: tuple[LabelPart, ...]
    outs: tuple[LabelPart, ...] = ()
    others: tuple[LabelPart, ...] = ()


@dataclass(frozen=True, slots=True)
class ExampleChoice:
    """One passage to choose; `quote` are its words in full."""

    value: str
    words: str
    quote: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class RuleOffer:
    """The form. `number` is the version it goes into, `now` the one the exercise was read with."""

    labels: tuple[LabelPart, ...]
    cards: tuple[CardChoice, ...]
    examples: tuple[ExampleChoice, ...]
    number: int
    now: int
    is_begun: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """Where a rule goes: version `number`, there already if `is_begun`; the exercise was read with version `now`."""

    number: int
    is_begun: bool
    now: int


def draft_for(exercise: Exercise) -> Draft:
    """The draft that a rule of this exercise goes into. Three queries at most."""
    book, now = rule_book_of(exercise), exercise.codebook_version.number
    if book is None:
        return Draft(now + 1, is_begun=False, now=now)
    number, published = book.versions.order_by("-number").values_list("number", "published_at")[0]
    is_begun = published is None
    return Draft(number if is_begun else number + 1, is_begun, now)


def rule_offer(
    draft: Draft, labels: Sequence[LabelPart], kind: str, passages: Sequence[CellPassage], at: int | None
) -> RuleOffer | None:
    """The form for a cell with these labels; None where it has none. No query."""
    cards = card_choices(labels, kind)
    if not cards:
        return None
    return RuleOffer(tuple(labels), cards, examples(passages, at), draft.number, draft.now, draft.is_begun)


def card_choices(labels: Sequence[LabelPart], kind: str) -> tuple[CardChoice, ...]:
    """Two tags: the one, the other, or both. One tag: it belongs there, or it does not."""
    if not labels:
        return ()
    one = labels[0]
    if kind == "labels":
        other = labels[1]
        return (
            CardChoice(one.slug, one.name, (one,), others=(other,)),
            CardChoice(other.slug, other.name, (other,), others=(one,)),
            CardChoice("both", _("Both cards"), (one, other)),
        )
    not_here = _("Left blank") if kind == "blank" else _("Not %(name)s") % {"name": one.name}
    return (CardChoice(one.slug, one.name, (one,)), CardChoice("none", not_here, (), (one,)))


def examples(passages: Sequence[CellPassage], at: int | None) -> tuple[ExampleChoice, ...]:
    """The passages to choose from, the one that holds a code point chosen, else the first."""
    here = [number for number, each in enumerate(passages) if at is not None and each.first <= at < each.last]
    chosen = here[0] if here else 0
    return tuple(
        ExampleChoice(each.value, listed(each), nested(each.quote), number == chosen)
        for number, each in enumerate(passages)
    )


def listed(passage: CellPassage) -> str:
    """A passage in a list: its words, and its paragraph."""
    place = _("¶ %(number)d") % {"number": passage.paragraph} if passage.paragraph else _("heading")
    return f"“{nested(shortened(passage.quote, QUOTE))}” · {place}"
