"""Who reads what: articles are dealt to readers like cards, equally often or at random, and no deal is ever taken back.

Articles and readers are numbers (primary keys). Chance is a hash of the seed and the two, so that the same seed deals
the same way on every machine, and one reader more does not shuffle the others.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

# One reader, one article.
Deal = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rule:
    """How to deal: `overlap` readers for each article, or `each` articles for every reader; one of the two is None.

    `is_balanced` evens out, otherwise chance alone decides who gets what.
    """

    seed: str
    is_balanced: bool = True
    each: int | None = 1
    overlap: int | None = None


def deal(rule: Rule, *, articles: Collection[int], readers: Iterable[int], dealt: Collection[Deal] = ()) -> list[Deal]:
    """The new deals, for the readers among `readers` who hold nothing yet; what was dealt before stays.

    Nobody is left without an article. With `overlap` each article gets exactly so many readers when all are dealt at
    once, where there are enough of them and no more than places; who joins later gets what still lacks readers, up to
    a fair share, or else the one article that fewest read.
    """
    if not articles:
        return []
    holders = {reader for reader, _article in dealt}
    empty = by_chance(rule, [each for each in dict.fromkeys(readers) if each not in holders])
    new: list[Deal] = []
    if rule.overlap is not None and not dealt:
        new = dealt_at_once(rule, articles, empty)
        holders = {reader for reader, _article in new}
        empty = [each for each in empty if each not in holders]
    for reader in empty:
        new += dealt_to(rule, articles, reader, [*dealt, *new])
    return new


def dealt_at_once(rule: Rule, articles: Collection[int], readers: Collection[int]) -> list[Deal]:
    """`overlap` readers for each article, as far as there are so many: first those who hold least, or nothing."""
    held: Counter[int] = Counter()
    found: list[Deal] = []
    for article in by_chance(rule, articles):
        order = sorted(readers, key=lambda each: (weight(rule, held[each]), chance(rule, article, each), each))
        for reader in order[: rule.overlap]:
            held[reader] += 1
            found.append((reader, article))
    return found


def dealt_to(rule: Rule, articles: Collection[int], reader: int, dealt: Collection[Deal]) -> list[Deal]:
    """One more reader's articles."""
    counts = Counter(article for _reader, article in dealt)
    if rule.overlap is not None:
        return [(reader, article) for article in lacking(rule, articles, reader, dealt)]
    order = sorted(
        articles, key=lambda each: (counts[each] if rule.is_balanced else 0, chance(rule, reader, each), each)
    )
    return [(reader, article) for article in order[: rule.each]]


def lacking(rule: Rule, articles: Collection[int], reader: int, dealt: Collection[Deal]) -> list[int]:
    """What a reader who comes later is dealt: articles short of readers up to a fair share, else the least read."""
    counts = Counter(article for _reader, article in dealt)
    order = sorted(articles, key=lambda each: (counts[each], chance(rule, reader, each), each))
    overlap = rule.overlap or 0
    people = len({each for each, _article in dealt}) + 1
    share = -(-len(articles) * overlap // people)
    return [each for each in order if counts[each] < overlap][:share] or order[:1]


def weight(rule: Rule, held: int) -> int:
    """What puts a reader further back: each article held, or, at random, holding any."""
    return held if rule.is_balanced else min(held, 1)


def by_chance(rule: Rule, numbers: Iterable[int]) -> list[int]:
    """The numbers in an order that the seed alone decides."""
    return sorted(numbers, key=lambda each: (chance(rule, each), each))


def chance(rule: Rule, *numbers: int) -> bytes:
    """A place in a random order."""
    named = " ".join([rule.seed, *map(str, numbers)])
    return hashlib.sha256(named.encode()).digest()
