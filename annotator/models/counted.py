"""What counted readings hold, as the agreement engine takes it: the one way from the tables to its documents."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from annotator.domain.agreement.documents import Document, IntArray, document, weight_before
from annotator.models.agreement import Stand
from annotator.models.articles import Article
from annotator.models.codebooks import Label
from annotator.models.readings import ReadingQuerySet, ReadingState
from annotator.models.spans import Span

# Exercise, article and round.
Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class CountedText:
    """One article's `text` and counted readings in one round. A reader's id in the document is the member's key.

    `before` (length + 1,) counts the characters that are not white space before each offset: white space weighs 0.
    """

    place: Place
    text: str
    readers: tuple[int, ...]
    before: IntArray
    document: Document


def labels_of(codebook_version: int) -> tuple[dict[int, int], tuple[str, ...]]:
    """A codebook's labels: for each primary key its place in the codebook's order, and the slugs. One query."""
    found = list(Label.objects.filter(version=codebook_version).order_by("position").values_list("pk", "slug"))
    return {pk: place for place, (pk, _slug) in enumerate(found)}, tuple(slug for _pk, slug in found)


def stands(readings: ReadingQuerySet) -> dict[Place, list[Stand]]:
    """By exercise, article and round, where each finished reading stands. One query; open readings never count."""
    rows = readings.exclude(state=ReadingState.OPEN).order_by()
    found: dict[Place, list[Stand]] = {}
    for *place, pk, state, version in rows.values_list("exercise_id", "article_id", "round", "pk", "state", "version"):
        found.setdefault((place[0], place[1], place[2]), []).append((pk, state, version))
    return found


def counted_texts(readings: ReadingQuerySet, labels: Mapping[int, int]) -> list[CountedText]:
    """The documents of the readings that count (FORMATS 2.2), by exercise, article and round; three queries.

    `labels` are those of one codebook, as `labels_of` gives them; spans that are deleted or late are left out.
    """
    rows = readings.counted().values_list("pk", "exercise_id", "article_id", "round", "member_id")
    by_place: dict[Place, dict[int, int]] = {}
    for pk, exercise, article, number, member in rows.order_by():
        by_place.setdefault((exercise, article, number), {})[pk] = member
    marks = marks_of(readings, labels)
    wanted = {article for _exercise, article, _number in by_place}
    texts = {pk: (text, weighed(text)) for pk, text in Article.objects.filter(pk__in=wanted).values_list("pk", "text")}
    return [counted_text(place, by_place[place], marks, *texts[place[1]]) for place in sorted(by_place)]


def marks_of(readings: ReadingQuerySet, labels: Mapping[int, int]) -> dict[int, list[tuple[int, int, int]]]:
    """By reading, (place of the label, start, end) of each span that is there and in time."""
    spans = Span.objects.current().filter(is_late=False, reading__in=readings.order_by().values("pk"))
    found: dict[int, list[tuple[int, int, int]]] = {}
    for reading, label, start, end in spans.values_list("reading_id", "label_id", "start", "end"):
        found.setdefault(reading, []).append((labels[label], start, end))
    return found


def weighed(text: str) -> IntArray:
    """(length + 1,): the characters that are not white space before each offset."""
    letters = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    blanks = np.array([ord(each) for each in set(text) if each.isspace()], dtype=np.uint32)
    return weight_before(np.isin(letters, blanks, invert=True).astype(np.int64))


def counted_text(
    place: Place, members: Mapping[int, int], marks: Mapping[int, list[tuple[int, int, int]]], text: str,
    before: IntArray,
) -> CountedText:  # fmt: skip
    """One place's readings as a document."""
    found = [marks.get(reading, []) for reading in members]
    rows = np.array([mark for each in found for mark in each], dtype=np.int64).reshape(-1, 3)
    whose = np.repeat(np.array([*members.values()], dtype=np.int64), [len(each) for each in found])
    readers = tuple(sorted(members.values()))
    weights = np.diff(before)
    spans = np.column_stack([whose, rows])
    made = document(length=len(weights), readers=readers, spans=spans, weights=weights)
    return CountedText(place, text, readers, before, made)
