"""One reader's own way from exercise to exercise, for that reader alone: match with the key, and with classmates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from annotator.domain.agreement.pair_pool import pooled_pairs
from annotator.domain.agreement.pair_rows import read_pairs
from annotator.domain.agreement.pairs import PairCounts
from annotator.models import Classroom, Exercise, Reading
from annotator.reports.agreement_rows import pair_rows_in
from annotator.reports.class_progress import match_whisker
from annotator.reports.first_rounds import FirstRound, first_rounds, match_with_key, own_spans
from annotator.reports.keys import may_readers_see_key
from annotator.reports.rounds import INDEPENDENT, Match
from annotator.reports.snapshot import snapshot
from annotator.reports.suppression import may_show
from annotator.reports.whiskers import Whisker, whisker


@dataclass(frozen=True, slots=True)
class OwnPoint:
    """One exercise that its reader may look back on.

    `match` is None where no score is told or no key is there; `same`, the mean overlap F1 with the others, is None
    where it may not be shown or is undefined. `others` are those compared with.
    """

    exercise: Exercise
    reading: Reading
    spans: int
    tells_score: bool
    match: Match | None
    match_drawn: Whisker | None
    is_hidden: bool
    same: float | None
    same_drawn: Whisker | None
    others: int


def own_progress(readings: QuerySet[Reading]) -> tuple[OwnPoint, ...]:
    """Where the class's marks may be seen, the earliest first. `readings`: one person's own.

    Two queries, and at most fifteen for each codebook version, however many exercises there are.
    """
    with snapshot():
        own = own_by_exercise(readings)
        exercises = [each.exercise for each in own.values()]
        counts = pairs_by_exercise(exercises)
        points = [own_point(found, own[found.exercise.pk], counts) for found in first_rounds(exercises)]
    points.sort(key=lambda point: (point.exercise.opened_at or point.exercise.created_at, point.exercise.pk))
    return tuple(points)


def own_by_exercise(readings: QuerySet[Reading]) -> dict[int, Reading]:
    """By exercise, the first of the person's counted independent readings. One query."""
    own = Reading.objects.filter(pk__in=readings.values("pk"), is_key=False, round=INDEPENDENT)
    mine = own.counted().order_by("-pk")
    found = mine.select_related("exercise__classroom", "exercise__codebook_version", "member")
    return {each.exercise_id: each for each in found if each.exercise.shows_class}


def pairs_by_exercise(exercises: Iterable[Exercise]) -> dict[int, list[PairCounts]]:
    """By exercise, the pair counts of its articles. Queries for each codebook version."""
    found: dict[int, list[PairCounts]] = {}
    versions: dict[int, list[Exercise]] = {}
    for each in exercises:
        versions.setdefault(each.codebook_version_id, []).append(each)
    for group in versions.values():
        for row in pair_rows_in(group, INDEPENDENT):
            found.setdefault(row.place[0], []).append(read_pairs(row.counts))
    return found


def own_point(found: FirstRound, own: Reading, counts: Mapping[int, list[PairCounts]]) -> OwnPoint:
    """One exercise. No query."""
    exercise, member = found.exercise, own.member_id
    tells_score = may_readers_see_key(exercise) and exercise.shows_score
    match = match_with_key(found, [member]) if tells_score else None
    # Everybody who shares an article with the reader: one figure over them all, so they must be enough together.
    others = {reader for text in found.texts if member in text.readers for reader in text.readers} - {member}
    is_shown = may_show(exercise.classroom.kind, len(others) + 1)
    same = same_text(counts.get(exercise.pk, []), member) if is_shown else None
    return OwnPoint(
        exercise=exercise,
        reading=own,
        spans=sum(len(own_spans(text, member, found.slugs) or ()) for text in found.texts),
        tells_score=tells_score,
        match=match,
        match_drawn=match_whisker(match),
        is_hidden=exercise.classroom.kind == Classroom.Kind.CLASS and not is_shown,
        same=same,
        same_drawn=None if same is None else whisker(same),
        others=len(others),
    )


def same_text(counts: list[PairCounts], member: int) -> float | None:
    """The mean overlap F1 of the reader's pairs, undefined ones left out; None where all are."""
    pool = pooled_pairs(counts)
    if not len(pool):
        return None
    values = pool.figures().f1("overlap")[(pool.a == member) | (pool.b == member)]
    defined = values[~np.isnan(values)]
    return float(defined.mean()) if len(defined) else None
