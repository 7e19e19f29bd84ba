"""What the form of a rule offers: the cards it may stand on, examples from the articles, the version it goes into."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from annotator.domain.quotations import nested
from annotator.models import Exercise
from annotator.models.rule_entries import rule_book_of
from annotator.reports.confusion_passages import CellPassage
from annotator.reports.reading_parts import LabelPart

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


Offering = Callable[[Sequence[LabelPart], str, Sequence[CellPassage], int | None], RuleOffer | None]


def rule_offer(exercise: Exercise) -> Offering:
    """A form for any cell of the exercise. Three queries at most, asked now."""
    number, is_begun = next_version(exercise)
    now = exercise.codebook_version.number

    def offered(
        labels: Sequence[LabelPart], kind: str, passages: Sequence[CellPassage], at: int | None
    ) -> RuleOffer | None:
        cards = card_choices(labels, kind)
        return RuleOffer(tuple(labels), cards, examples(passages, at), number, now, is_begun) if cards else None

    return offered


def next_version(exercise: Exercise) -> tuple[int, bool]:
    """The number of the draft that a rule of this exercise goes into, and whether it is there already."""
    book = rule_book_of(exercise)
    if book is None:
        return exercise.codebook_version.number + 1, False
    number, published = book.versions.order_by("-number").values_list("number", "published_at")[0]
    return (number, True) if published is None else (number + 1, False)


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
    words = passage.quote if len(passage.quote) <= QUOTE else f"{passage.quote[:QUOTE].rsplit(' ', 1)[0]} …"
    place = _("¶ %(number)d") % {"number": passage.paragraph} if passage.paragraph else _("heading")
    return f"“{nested(words)}” · {place}"
