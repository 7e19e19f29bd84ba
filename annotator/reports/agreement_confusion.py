"""Which labels meet over the same characters: among readers, or between readers and the teacher's key."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from annotator.domain.agreement import reasons
from annotator.domain.agreement.confusion import confusion, confusion_with_key
from annotator.domain.agreement.documents import Document, FloatArray
from annotator.domain.agreement.pool import pooled
from annotator.domain.agreement.runs import runs
from annotator.domain.errors import NotEnoughData
from annotator.models import Article, Classroom, Exercise
from annotator.models.counted import labels_of
from annotator.reports.agreement_codebooks import OfCodebook, of_classroom, of_corpus
from annotator.reports.agreement_key import joined, texts_with_key
from annotator.reports.agreement_rows import check_open, rows_in
from annotator.reports.snapshot import snapshot


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two different labels over the same characters; `per_1000` counts both orders. With a key, `b` is the key's."""

    a: str
    b: str
    per_1000: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """AGREEMENT 3's table per 1,000 characters read: rows and columns are `labels`, blank, "nothing more".

    The cells add up to 1,000. Among readers the table is symmetric; with a key readers stand in the rows, the key in
    the columns. No cells, and the `reason`, where there is nothing to count.
    """

    labels: tuple[str, ...]
    cells: tuple[tuple[float, ...], ...]
    is_with_key: bool
    reason: str = ""

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """The labels that met at all, the commonest first, then in the codebook's order."""
        places = range(len(self.labels) if self.cells else 0)
        found = [
            Meeting(self.labels[a], self.labels[b], self.cells[a][b] + (0 if self.is_with_key else self.cells[b][a]))
            for a in places
            for b in places
            if (a != b if self.is_with_key else a < b)
        ]
        return tuple(sorted((each for each in found if each.per_1000), key=lambda each: -each.per_1000))


def confusion_of_exercise(exercise: Exercise, number: int = 1, article: Article | None = None) -> Confusion:
    """The readers of an exercise, or of one article in it. RuleError "blind".

    Three queries where its rows are kept, seven where not.
    """
    with snapshot():
        return confusion_in([exercise], number, article)


def confusion_of_classroom(classroom: Classroom, number: int = 1) -> tuple[OfCodebook[Confusion], ...]:
    """The same for all exercises of a classroom that are not blind now, by codebook version; one query more."""
    return of_classroom(classroom, partial(confusion_in, number=number))


def confusion_of_corpus(exercises: Iterable[Exercise], number: int = 1) -> tuple[OfCodebook[Confusion], ...]:
    """The same for some exercises, blind ones and samples left out; queries for each codebook version."""
    return of_corpus(exercises, partial(confusion_in, number=number))


def confusion_in(exercises: Sequence[Exercise], number: int, article: Article | None = None) -> Confusion:
    """Some exercises of one codebook."""
    pool = pooled([row.counts for row in rows_in(exercises, number, article)])
    _labels, slugs = labels_of(exercises[0].codebook_version_id)
    return per_1000(slugs, lambda: confusion(pool, len(slugs)), is_with_key=False)


def confusion_beside_key(exercise: Exercise, number: int = 1, article: Article | None = None) -> Confusion:
    """Every reader against the key, where it was handed in. RuleError "blind". Eight queries."""
    check_open([exercise])
    with snapshot():
        texts, slugs = texts_with_key(exercise, number, article)
    found = [joined(text.document, key) for text, key in texts]
    return per_1000(slugs, lambda: key_table(found, len(slugs)), is_with_key=True)


def key_table(found: Sequence[Document], labels: int) -> FloatArray:
    """The sum over documents in which the key is the last reader; NotEnoughData where there is nothing to count."""
    if not found:
        raise NotEnoughData(reasons.SECOND_READER)
    tables = [confusion_with_key(runs(each), len(each.readers) - 1, labels) for each in found]
    total = np.asarray(np.sum(tables, axis=0), dtype=np.float64)
    if not total.any():
        raise NotEnoughData(reasons.NO_TEXT)
    if not any(len(each.spans) for each in found):
        raise NotEnoughData(reasons.NOTHING_MARKED)
    return total


def per_1000(slugs: Sequence[str], table: Callable[[], FloatArray], *, is_with_key: bool) -> Confusion:
    """The table in parts of 1,000, or its reason."""
    try:
        found = table()
    except NotEnoughData as reason:
        return Confusion(tuple(slugs), (), is_with_key, str(reason))
    cells = (found * (1000 / found.sum())).tolist()
    return Confusion(tuple(slugs), tuple(tuple(row) for row in cells), is_with_key)
