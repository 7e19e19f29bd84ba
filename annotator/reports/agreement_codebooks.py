"""Which exercises may be summed: those open to figures now, and of one codebook version at a time."""

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from annotator.models import Classroom, CodebookVersion, Exercise
from annotator.reports.snapshot import snapshot

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class OfCodebook(Generic[Found]):
    """What was read with one codebook version: labels of others are other labels, and never pooled with these."""

    codebook_version: CodebookVersion
    exercises: int
    found: Found


def of_classroom(classroom: Classroom, report: Callable[[Sequence[Exercise]], Found]) -> tuple[OfCodebook[Found], ...]:
    """The report on all exercises of a classroom that are not blind now. One query, then the report's."""
    return by_codebook(Exercise.objects.filter(classroom=classroom).select_related("codebook_version"), report)


def of_corpus(
    exercises: Iterable[Exercise], report: Callable[[Sequence[Exercise]], Found]
) -> tuple[OfCodebook[Found], ...]:
    """The report on some exercises, such as all that a user teaches.

    Blind ones are left out, and so is the sample class, whose readers are invented.
    """
    return by_codebook((each for each in exercises if not each.is_sample), report)


def by_codebook(
    exercises: Iterable[Exercise], report: Callable[[Sequence[Exercise]], Found]
) -> tuple[OfCodebook[Found], ...]:
    """The report on the exercises of each codebook version, in order of its primary key; all as of one moment."""
    seen = sorted((each for each in exercises if not each.is_blind), key=lambda each: each.codebook_version_id)
    out = []
    with snapshot():
        for _version, group in itertools.groupby(seen, key=lambda each: each.codebook_version_id):
            members = list(group)
            out.append(OfCodebook(members[0].codebook_version, len(members), report(members)))
    return tuple(out)
