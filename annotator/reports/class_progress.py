"""How a class's agreement and its match with the key went from exercise to exercise; round 1 alone."""

from dataclasses import dataclass

from annotator.domain.agreement.summary import as_bytes, summary
from annotator.models import Classroom, Exercise
from annotator.reports.agreement import Figure, of_rows, of_text
from annotator.reports.agreement_rows import TextRow
from annotator.reports.first_rounds import FirstRound, first_rounds, match_with_key
from annotator.reports.rounds import INDEPENDENT, Match
from annotator.reports.snapshot import snapshot
from annotator.reports.whiskers import Whisker, whisker


@dataclass(frozen=True, slots=True)
class ClassPoint:
    """One exercise. `match` is None where no article has a key; a drawing is None where its figure is undefined."""

    exercise: Exercise
    readers: int
    articles: int
    agreement: Figure
    agreement_drawn: Whisker | None
    match: Match | None
    match_drawn: Whisker | None


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """Every exercise that is not blind, the earliest first; `waiting` more are blind still."""

    points: tuple[ClassPoint, ...]
    waiting: int

    @property
    def has_codebooks(self) -> bool:
        """Whether exercises used different codebook versions, whose figures are of different things."""
        return len({point.exercise.codebook_version_id for point in self.points}) > 1


def class_progress(classroom: Classroom) -> ClassProgress:
    """The page. One query, and nine for each codebook version, however many exercises there are."""
    with snapshot():
        everything = list(Exercise.objects.filter(classroom=classroom).select_related("codebook_version"))
        seen = [each for each in everything if not each.is_blind]
        points = [class_point(found) for found in first_rounds(seen)]
    points.sort(key=lambda point: (point.exercise.opened_at or point.exercise.created_at, point.exercise.pk))
    return ClassProgress(tuple(points), len(everything) - len(seen))


def class_point(found: FirstRound) -> ClassPoint:
    """One exercise. No query."""
    agreement = agreement_of(found)
    match = match_with_key(found, found.readers)
    return ClassPoint(
        exercise=found.exercise,
        readers=len(found.readers),
        articles=len(found.texts),
        agreement=agreement,
        agreement_drawn=agreement_whisker(agreement),
        match=match,
        match_drawn=match_whisker(match),
    )


def agreement_of(found: FirstRound) -> Figure:
    """Marked or not, beyond chance; over the sentences of one article, or over articles."""
    if len(found.texts) == 1:
        return of_text(found.texts[0], found.starts[0], found.slugs, INDEPENDENT).headline
    rows = [TextRow(text.place, as_bytes(summary(text.document)), text.readers) for text in found.texts]
    return of_rows(found.slugs, rows, INDEPENDENT).headline


def agreement_whisker(figure: Figure) -> Whisker | None:
    """Its drawing."""
    if figure.value is None:
        return None
    return whisker(figure.value, *((figure.interval.low, figure.interval.high) if figure.interval else ()))


def match_whisker(match: Match | None) -> Whisker | None:
    """Its drawing."""
    return None if match is None or match.value is None else whisker(match.value, match.low, match.high)
