"""The independent rounds of several exercises beside their keys, read at once: what progress over time rests on."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from annotator.domain.agreement.key_match import match_interval, mean_match
from annotator.domain.spans import Span as Extent
from annotator.models import Block, Exercise, Reading
from annotator.models.counted import CountedText, labels_of, marks_of
from annotator.reports.agreement_rows import texts_in
from annotator.reports.rounds import INDEPENDENT, Match, ReadText, figure, shares_by_sentence


@dataclass(frozen=True, slots=True, eq=False)
class FirstRound:
    """Round 1 of an exercise: each article's counted readings, its weighted sentences with its key, its sentences.

    `starts` are in code points. `slugs` are the codebook's labels in its order.
    """

    exercise: Exercise
    texts: list[CountedText]
    read: list[ReadText]
    starts: list[list[int]]
    slugs: tuple[str, ...]

    @property
    def readers(self) -> list[int]:
        """Everybody with a counted reading."""
        return sorted({reader for text in self.texts for reader in text.readers})


def first_rounds(exercises: Iterable[Exercise]) -> Iterator[FirstRound]:
    """One for each exercise, in no order. RuleError "blind" if any is. Eight queries for each codebook version."""
    ordered = sorted(exercises, key=lambda each: each.codebook_version_id)
    for version, group in itertools.groupby(ordered, key=lambda each: each.codebook_version_id):
        yield from of_codebook(version, list(group))


def of_codebook(version: int, exercises: Sequence[Exercise]) -> Iterator[FirstRound]:
    """Those of one codebook version."""
    texts = texts_in(exercises, INDEPENDENT)
    _places, slugs = labels_of(version)
    keys = keys_of(version, exercises)
    starts = starts_of({text.place[1] for text in texts})
    for exercise in exercises:
        own = [text for text in texts if text.place[0] == exercise.pk]
        read = [read_text(text, starts[text.place[1]], keys.get(text.place[:2], ()), slugs) for text in own]
        yield FirstRound(exercise, own, read, [starts[text.place[1]] for text in own], slugs)


def keys_of(version: int, exercises: Sequence[Exercise]) -> dict[tuple[int, int], list[tuple[int, int, int]]]:
    """By exercise and article, the key's (place of the label, start, end), in code points. Three queries."""
    readings = Reading.objects.filter(exercise__in=[each.pk for each in exercises], is_key=True)
    places, _slugs = labels_of(version)
    marks = marks_of(readings, places)
    where = {pk: (exercise, article) for pk, exercise, article in readings.values_list("pk", "exercise", "article")}
    return {where[reading]: found for reading, found in marks.items()}


def starts_of(articles: Iterable[int]) -> dict[int, list[int]]:
    """By article, where its sentences start, in code points. One query."""
    found: dict[int, list[int]] = {article: [] for article in articles}
    rows = Block.objects.filter(article__in=list(found)).order_by("article", "number")
    for article, start, inner in rows.values_list("article_id", "start", "sentences"):
        found[article] += sorted({start, *inner})
    return found


def read_text(
    text: CountedText, starts: Sequence[int], key: Sequence[tuple[int, int, int]], slugs: Sequence[str]
) -> ReadText:
    """One article in weighted offsets; a key with nothing in it is none yet."""
    before = text.before.tolist()
    begins = sorted({0, *(before[start] for start in starts)} - {before[-1]})
    spans = [
        Extent(before[start], before[end], slugs[place], number)
        for number, (place, start, end) in enumerate(key, 1)
        if before[start] < before[end]
    ]
    return ReadText(before, begins, spans or None)


def match_with_key(found: FirstRound, readers: Sequence[int]) -> Match | None:
    """The mean match of these readers with the key, over the articles that have one; None where none has."""
    tables = [
        shares_by_sentence(read, [own_spans(text, reader, found.slugs) for reader in readers])
        for text, read in zip(found.texts, found.read, strict=True)
        if read.key is not None and any(reader in text.readers for reader in readers)
    ]
    if not tables:
        return None
    both, own, key = (np.concatenate(each) for each in zip(*tables, strict=True))
    return figure(lambda: mean_match(both, own, key), lambda: match_interval(both, own, key))


def own_spans(text: CountedText, reader: int, slugs: Sequence[str]) -> list[Extent] | None:
    """A reader's highlights in weighted offsets; None for who did not read this article."""
    if reader not in text.readers:
        return None
    spans = text.document.spans
    mine = spans.taken(spans.reader == text.readers.index(reader))
    rows = zip(mine.label.tolist(), mine.start.tolist(), mine.end.tolist(), strict=True)
    return [Extent(start, end, slugs[label], number) for number, (label, start, end) in enumerate(rows, 1)]
