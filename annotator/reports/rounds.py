"""Before and after: what the second round changed, in sum, for the teacher. Only readers with both rounds are in it.

Round 1 is independent, round 2 informed: each figure stands for one round, and none is made of both.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from annotator.domain.agreement.documents import IntArray
from annotator.domain.agreement.key_match import match_interval, mean_match
from annotator.domain.agreement.summary import as_bytes, summary
from annotator.domain.changes import Changed, changes
from annotator.domain.errors import NotEnoughData
from annotator.domain.offsets import nonspace_offsets
from annotator.domain.scoring import text_shares
from annotator.domain.spans import Span as Extent
from annotator.models import Article, Exercise, Reading, Span
from annotator.models.counted import CountedText, counted_texts, labels_of
from annotator.reports.agreement import Figure, of_rows, of_text
from annotator.reports.agreement_rows import TextRow, check_open
from annotator.reports.agreement_sentences import sentence_starts
from annotator.reports.changes import extent
from annotator.reports.snapshot import snapshot

INDEPENDENT, INFORMED = 1, 2
# Who read what: (article, member).
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """The readers' mean match with the key, or None with its reason; `low` and `high` are None without an interval."""

    value: float | None
    reason: str = ""
    low: float | None = None
    high: float | None = None
    no_interval: str = ""


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """One round of those who have both; `match` is None where there is no key."""

    number: int
    match: Match | None
    agreement: Figure


@dataclass(frozen=True, slots=True)
class Rounds:
    """The panel: `readers` have both rounds, `changed` of them changed something, `spans` highlights in all.

    `towards`, `away` and `neither` count highlights against the key, and are 0 without one.
    """

    readers: int
    changed: int
    spans: int
    towards: int
    away: int
    neither: int
    has_key: bool
    figures: tuple[RoundFigures, ...]


@dataclass(frozen=True, slots=True)
class ReadText:
    """One article: its weighted offsets, where its sentences begin in them, and its key, None without one."""

    before: Sequence[int]
    begins: list[int]
    key: list[Extent] | None


def readers_with_both(exercise: Exercise) -> int:
    """How many readers have both rounds of an article. RuleError "blind". One query."""
    check_open([exercise])
    return len({member for _article, member in pairs_of(exercise)})


def pairs_of(exercise: Exercise) -> dict[Place, tuple[int, int]]:
    """By article and member, the primary keys of two counted rounds. One query."""
    rows = Reading.objects.filter(exercise=exercise, is_key=False, round__in=(INDEPENDENT, INFORMED)).counted()
    found: dict[Place, dict[int, int]] = {}
    for pk, article, member, number in rows.values_list("pk", "article_id", "member_id", "round").order_by():
        found.setdefault((article, member), {})[number] = pk
    return {place: (each[1], each[2]) for place, each in found.items() if len(each) == 2}


def rounds(exercise: Exercise) -> Rounds:
    """The panel of an exercise. RuleError "blind" until it is closed. Fourteen queries, and two for each article."""
    check_open([exercise])
    with snapshot():
        pairs = pairs_of(exercise)
        places, slugs = labels_of(exercise.codebook_version_id)
        names = {pk: slugs[place] for pk, place in places.items()}
        texts = texts_of(exercise, {article for article, _member in pairs}, names)
        marks = marks_of(pairs, texts, names)
        figures = tuple(
            RoundFigures(number, match_of(pairs, texts, marks, number), agreement_of(exercise, pairs, places, number))
            for number in (INDEPENDENT, INFORMED)
        )
    return in_sum(pairs, texts, marks, figures)


def texts_of(exercise: Exercise, articles: Iterable[int], names: dict[int, str]) -> dict[int, ReadText]:
    """The articles that anybody read twice. Two queries, and one for each."""
    keys: dict[int, list[Span]] = {}
    marked = Span.objects.current().filter(reading__exercise=exercise, reading__is_key=True)
    for span in marked.select_related("reading"):
        keys.setdefault(span.reading.article_id, []).append(span)
    found = {}
    for article in Article.objects.filter(pk__in=list(articles)):
        before = nonspace_offsets(article.text)
        begins = sorted({0, *(before[start] for start in sentence_starts(article))} - {before[-1]})
        key = [extent(span, names, before) for span in keys.get(article.pk, ())]
        found[article.pk] = ReadText(before, begins, key or None)
    return found


def marks_of(
    pairs: dict[Place, tuple[int, int]], texts: dict[int, ReadText], names: dict[int, str]
) -> dict[int, list[tuple[Extent, int | None]]]:
    """By reading, its highlights in weighted coordinates with the one each began as. One query."""
    article_of = {reading: article for (article, _member), both in pairs.items() for reading in both}
    found: dict[int, list[tuple[Extent, int | None]]] = {reading: [] for reading in article_of}
    for span in Span.objects.current().filter(reading__in=list(article_of), is_late=False):
        before = texts[article_of[span.reading_id]].before
        found[span.reading_id].append((extent(span, names, before), span.copied_from_id))
    return found


def in_sum(
    pairs: dict[Place, tuple[int, int]], texts: dict[int, ReadText],
    marks: dict[int, list[tuple[Extent, int | None]]], figures: tuple[RoundFigures, ...],
) -> Rounds:  # fmt: skip
    """The counts over all readers."""
    found = {place: changes_between(marks[one], marks[two], texts[place[0]].key) for place, (one, two) in pairs.items()}
    everything = [each for several in found.values() for each in several]
    return Rounds(
        readers=len({member for _article, member in pairs}),
        changed=len({member for (_article, member), several in found.items() if several}),
        spans=len(everything),
        towards=sum(each.nearer == 1 for each in everything),
        away=sum(each.nearer == -1 for each in everything),
        neither=sum(each.nearer == 0 for each in everything),
        has_key=any(text.key is not None for text in texts.values()),
        figures=figures,
    )


def changes_between(
    first: Sequence[tuple[Extent, int | None]], second: Sequence[tuple[Extent, int | None]], key: list[Extent] | None
) -> tuple[Changed, ...]:
    """What one reader changed in one article."""
    own = {span.number: span for span, _origin in first}
    return changes(list(own.values()), [(span, own.get(origin or 0)) for span, origin in second], key)


def match_of(
    pairs: dict[Place, tuple[int, int]], texts: dict[int, ReadText],
    marks: dict[int, list[tuple[Extent, int | None]]], number: int,
) -> Match | None:  # fmt: skip
    """One round's match with the key, over the articles that have one."""
    members = sorted({member for article, member in pairs if texts[article].key is not None})
    if not members:
        return None
    tables = [
        shares_by_sentence(text, [own_of(pairs.get((article, member)), marks, number) for member in members])
        for article, text in sorted(texts.items())
        if text.key is not None
    ]
    both, own, key = (np.concatenate(each) for each in zip(*tables, strict=True))
    return figure(lambda: mean_match(both, own, key), lambda: match_interval(both, own, key))


def own_of(
    both: tuple[int, int] | None, marks: dict[int, list[tuple[Extent, int | None]]], number: int
) -> list[Extent] | None:
    """A reader's highlights in one round; None for who did not read this article twice."""
    return None if both is None else [span for span, _origin in marks[both[number - 1]]]


def shares_by_sentence(text: ReadText, readings: Sequence[list[Extent] | None]) -> tuple[IntArray, IntArray, IntArray]:
    """(sentences, readers) each: pairs in both, in the reading, in the key; nothing for who did not read it."""
    size = (len(text.begins), len(readings))
    both, own, key = (np.zeros(size, dtype=np.int64) for _each in range(3))
    target = cut(text.key or [], text.begins)
    for column, spans in enumerate(readings):
        if spans is None:
            continue
        mine = cut(spans, text.begins)
        for row in range(len(text.begins)):
            found = text_shares(mine.get(row, ()), target.get(row, ()))
            both[row, column], own[row, column], key[row, column] = found.both, found.own, found.key
    return both, own, key


def cut(spans: Iterable[Extent], begins: Sequence[int]) -> dict[int, list[Extent]]:
    """The parts of highlights by the sentence they lie in."""
    found: dict[int, list[Extent]] = {}
    edges = [*begins[1:], None]
    for span in spans:
        row = max(bisect_right(begins, span.start) - 1, 0)
        start = span.start
        while start < span.end:
            stop = edges[row]
            end = span.end if stop is None else min(span.end, stop)
            found.setdefault(row, []).append(Extent(start, end, span.label, span.number))
            start, row = end, row + 1
    return found


def figure(compute: Callable[[], float], sure: Callable[[], tuple[float, float]]) -> Match:
    """The number with its interval, or the reason why either is missing."""
    try:
        value = compute()
    except NotEnoughData as reason:
        return Match(None, reason=str(reason))
    try:
        low, high = sure()
    except NotEnoughData as reason:
        return Match(value, no_interval=str(reason))
    return Match(value, low=low, high=high)


def agreement_of(
    exercise: Exercise, pairs: dict[Place, tuple[int, int]], places: dict[int, int], number: int
) -> Figure:
    """Marked or not, beyond chance, among those with both rounds. Five queries at most."""
    readings = Reading.objects.filter(pk__in=[both[number - 1] for both in pairs.values()])
    texts: list[CountedText] = counted_texts(readings, places)
    _labels, slugs = labels_of(exercise.codebook_version_id)
    if len(texts) != 1:
        rows = [TextRow(text.place, as_bytes(summary(text.document)), text.readers) for text in texts]
        return of_rows(slugs, rows, number).headline
    starts = sentence_starts(Article.objects.get(pk=texts[0].place[1]))
    return of_text(texts[0], starts, slugs, number).headline
