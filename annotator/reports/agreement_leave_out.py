"""Who differs most from the others: alpha without each reader in turn. For teachers; a minority may be right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from annotator.domain.agreement.alpha import alpha
from annotator.domain.agreement.distances import TOGETHER, Distance, label_distance
from annotator.domain.agreement.documents import Document
from annotator.domain.agreement.leave_one_out import without_each
from annotator.domain.agreement.pool import Pool, pooled_summaries
from annotator.domain.agreement.runs import Runs, runs
from annotator.domain.agreement.summary import summary
from annotator.domain.errors import NotEnoughData
from annotator.models import Article, Classroom, Exercise
from annotator.models.counted import labels_of
from annotator.reports.agreement import Figure, figure, spans_of
from annotator.reports.agreement_codebooks import OfCodebook, of_classroom, of_corpus
from annotator.reports.agreement_pairs import codes_of
from annotator.reports.agreement_rows import texts_in
from annotator.reports.snapshot import snapshot


@dataclass(frozen=True, slots=True)
class WithoutReader:
    """Alpha of all others, or None with its reason; `change` against alpha of all, above 0 where it rises."""

    member: int
    code: str
    value: float | None
    change: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Alpha of all, and without each reader: first the one without whom the others agree most, last the undefined."""

    whole: Figure
    readers: tuple[WithoutReader, ...]


def left_out_of_exercise(
    exercise: Exercise, number: int = 1, article: Article | None = None, *, measure: str = "any", label: str = ""
) -> LeftOut:
    """The readers of an exercise, or of one article in it, for one of the alphas over all labels, or for one label.

    RuleError "blind". Six queries: from spans, for rows do not hold who marked what.
    """
    with snapshot():
        return left_out_in([exercise], number, article, measure=measure, label=label)


def left_out_of_classroom(
    classroom: Classroom, number: int = 1, *, measure: str = "any", label: str = ""
) -> tuple[OfCodebook[LeftOut], ...]:
    """The same over all exercises of a classroom that are not blind now, by codebook version; one query more."""
    return of_classroom(classroom, partial(left_out_in, number=number, measure=measure, label=label))


def left_out_of_corpus(
    exercises: Iterable[Exercise], number: int = 1, *, measure: str = "any", label: str = ""
) -> tuple[OfCodebook[LeftOut], ...]:
    """The same over some exercises, blind ones and samples left out; queries for each codebook version."""
    return of_corpus(exercises, partial(left_out_in, number=number, measure=measure, label=label))


def left_out_in(
    exercises: Sequence[Exercise], number: int, article: Article | None = None, *, measure: str, label: str
) -> LeftOut:
    """Some exercises of one codebook."""
    texts = texts_in(exercises, number, article)
    codes = codes_of(reader for text in texts for reader in text.readers)
    _labels, slugs = labels_of(exercises[0].codebook_version_id)
    found = [(text.document, runs(text.document)) for text in texts]
    pool = pooled_summaries([summary(*each) for each in found])
    return left_out_of(found, pool, codes, asked(slugs, measure, label))


def left_out_of(
    found: Sequence[tuple[Document, Runs]], pool: Pool, codes: Mapping[int, str], distance: Distance
) -> LeftOut:
    """The same from documents at hand, their sum, and the codes by member. No query."""
    whole = figure(partial(alpha, pool, distance), spans_of(pool, distance))
    readers = [without(member, codes[member], value, whole) for member, value in without_each(found, distance).items()]
    return LeftOut(whole, tuple(sorted(readers, key=rank)))


def asked(slugs: Sequence[str], measure: str, label: str) -> Distance:
    """The distance of a label, where one is named, else of a measure."""
    return label_distance(slugs.index(label)) if label else TOGETHER[measure]


def without(member: int, code: str, value: float | NotEnoughData, whole: Figure) -> WithoutReader:
    """One reader left out."""
    if isinstance(value, NotEnoughData):
        return WithoutReader(member, code, None, None, str(value))
    return WithoutReader(member, code, value, None if whole.value is None else value - whole.value)


def rank(reader: WithoutReader) -> tuple[bool, float, str]:
    """The largest change first, no change known last, equal ones by code."""
    return reader.change is None, -(reader.change or 0.0), reader.code
