"""From the database to the agreement engine: kept rows where they still hold, counted readings where they do not."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from annotator.domain.agreement.pair_rows import pair_bytes
from annotator.domain.agreement.pairs import pair_counts
from annotator.domain.agreement.summary import as_bytes, summary
from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import AgreementRow, Article, Exercise, Reading, Span
from annotator.models.agreement import fingerprint
from annotator.models.counted import CountedText, Place, counted_texts, labels_of, stands
from annotator.models.readings import ReadingQuerySet

BLIND = gettext_noop("Figures open when the reading is closed. Until then nobody sees any, and none are computed.")

# A text's numbers, as they are kept.
Counting = Callable[[CountedText], bytes]


@dataclass(frozen=True, slots=True)
class TextRow:
    """One article's figures in one round, as whole numbers, and whose readings they count.

    `counts` are the bytes of domain/agreement/summary.py, or of pair_rows.py where pairs were asked for.
    """

    place: Place
    counts: bytes
    readers: tuple[int, ...]


def check_open(exercises: Iterable[Exercise]) -> None:
    """The one guard of all figures, by the same rule as `access.may_see_others`; RuleError, before any look."""
    if any(each.is_blind for each in exercises):
        raise RuleError(BLIND, code="blind")


def readings_in(exercises: Sequence[Exercise], number: int, article: Article | None = None) -> ReadingQuerySet:
    """The readings of one round, the key not among them. RuleError while any of the exercises is blind."""
    check_open(exercises)
    found = Reading.objects.filter(exercise__in=[each.pk for each in exercises], is_key=False, round=number)
    return found if article is None else found.filter(article=article)


def texts_in(exercises: Sequence[Exercise], number: int, article: Article | None = None) -> list[CountedText]:
    """Every text with a counted reading, spans and all; the exercises have one codebook. Four queries."""
    readings = readings_in(exercises, number, article)
    labels, _slugs = labels_of(exercises[0].codebook_version_id)
    return counted_texts(readings, labels)


def rows_in(exercises: Sequence[Exercise], number: int, article: Article | None = None) -> list[TextRow]:
    """A row for every text with a counted reading; the exercises have one codebook.

    Two queries where all rows are kept; what is not, or no longer holds, is computed from scratch with four more and
    not stored.
    """
    return held(exercises, number, article, "summary", summed_up)


def pair_rows_in(exercises: Sequence[Exercise], number: int, article: Article | None = None) -> list[TextRow]:
    """The same with pair counts."""
    return held(exercises, number, article, "pairs__counts", paired)


def summed_up(text: CountedText) -> bytes:
    """A text's figures, as a row keeps them."""
    return as_bytes(summary(text.document))


def paired(text: CountedText) -> bytes:
    """A text's pair counts, as they are kept."""
    return pair_bytes(pair_counts(text.document))


def held(
    exercises: Sequence[Exercise], number: int, article: Article | None, column: str, counted: Counting
) -> list[TextRow]:
    """What is kept in the column where it still holds, else counted from scratch."""
    readings = readings_in(exercises, number, article)
    codebook = exercises[0].codebook_version_id
    now = {place: fingerprint(codebook, found) for place, found in stands(readings).items()}
    kept = AgreementRow.objects.of(exercises, number)
    if article is not None:
        kept = kept.filter(article=article)
    found: dict[Place, TextRow] = {}
    for *place, counts, readers, source in kept.values_list(
        "exercise_id", "article_id", "round", column, "readers", "source"
    ):
        at = (place[0], place[1], place[2])
        if counts is not None and now.get(at) == source:
            found[at] = TextRow(at, bytes(counts), tuple(readers))
    missing = now.keys() - found.keys()
    if missing:
        found |= from_scratch(codebook, readings, missing, counted)
    return [found[at] for at in sorted(found)]


def from_scratch(
    codebook_version: int, readings: ReadingQuerySet, places: Iterable[Place], counted: Counting
) -> dict[Place, TextRow]:
    """The rows of some places, counted now. Four queries."""
    wanted = set(places)
    narrow = readings.filter(
        exercise__in={exercise for exercise, _article, _number in wanted},
        article__in={article for _exercise, article, _number in wanted},
    )
    labels, _slugs = labels_of(codebook_version)
    return {
        text.place: TextRow(text.place, counted(text), text.readers)
        for text in counted_texts(narrow, labels)
        if text.place in wanted
    }


def key_readings(exercise: Exercise, article: Article | None = None) -> ReadingQuerySet:
    """The teacher's keys of an exercise; one with nothing in it is none yet. RuleError while it is blind."""
    check_open([exercise])
    is_made = Exists(Span.objects.current().filter(reading=OuterRef("pk")))
    return Reading.objects.filter(is_made, Q(article=article) if article else Q(), exercise=exercise, is_key=True)
