"""Which cards of a reading with very many highlights are shown: a page of them, or by a script those that are near."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.whole_numbers import whole_number
from annotator.reports.reading_parts import Card

# Up to here every card stands in the margin. Beyond, laying all of them out would cost more than it helps.
MOST_CARDS = 400
PAGE_CARDS = 100


@dataclass(frozen=True, slots=True)
class CardPages:
    """The cards in reading order, in three parts: of those `before` and `after` a page says what its script needs."""

    before: Sequence[Card]
    shown: Sequence[Card]
    after: Sequence[Card]
    number: int = 1

    @property
    def is_many(self) -> bool:
        """Whether there are more cards than are shown at once."""
        return bool(self.before or self.after)

    @property
    def numbers(self) -> frozenset[int] | None:
        """The highlights whose cards are shown; None means all of them."""
        return frozenset(card.number for card in self.shown) if self.is_many else None

    @property
    def first(self) -> int:
        """The first shown card's place, from 1."""
        return len(self.before) + 1

    @property
    def last(self) -> int:
        """The last shown card's place."""
        return len(self.before) + len(self.shown)

    @property
    def previous(self) -> int:
        """The page before, or 0."""
        return self.number - 1

    @property
    def following(self) -> int:
        """The page after, or 0."""
        return self.number + 1 if self.after else 0


def card_pages(cards: Sequence[Card], asked: str, opened: int = 0) -> CardPages:
    """Page `asked` of the cards, as an address gave it; else the page of the highlight with number `opened`."""
    if len(cards) <= MOST_CARDS:
        return CardPages([], cards, [])
    last = (len(cards) - 1) // PAGE_CARDS + 1
    place = next((place for place, card in enumerate(cards) if card.number == opened), 0)
    number = whole_number(asked, 6)
    number = max(1, min(place // PAGE_CARDS + 1 if number is None else number, last))
    start, end = (number - 1) * PAGE_CARDS, number * PAGE_CARDS
    return CardPages(cards[:start], cards[start:end], cards[end:], number)
