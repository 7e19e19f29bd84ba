"""The figures of one article in one round, kept as whole numbers so that a class or a corpus is a sum."""

import hashlib
from collections.abc import Iterable
from typing import Self

from django.db import models

from annotator.domain.agreement.summary import VERSION
from annotator.models.articles import Article
from annotator.models.exercises import Exercise

# Primary key, state and version of a reading.
Stand = tuple[int, str, int]


class AgreementRowQuerySet(models.QuerySet["AgreementRow"]):
    """Questions about kept figures."""

    def of(self, exercises: Iterable[Exercise], number: int) -> Self:
        """Those of some exercises in one round."""
        return self.filter(exercise__in=[each.pk for each in exercises], round=number)


class AgreementRow(models.Model):
    """`summary` is domain/agreement/summary.py's row of int64, `readers` the members whose readings it counts.

    Written by services/agreement.py alone, and only while the exercise is not blind. `source` is the fingerprint of the
    readings it was computed from: a row whose readings have another one by now is never used.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="agreement_rows")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="agreement_rows")
    round = models.PositiveSmallIntegerField()
    summary = models.BinaryField()
    readers = models.JSONField(default=list)
    source = models.CharField(max_length=64)

    objects = AgreementRowQuerySet.as_manager()

    class Meta:
        """One row for each article of an exercise and round; the key has none."""

        constraints = [
            models.UniqueConstraint(fields=["exercise", "article", "round"], name="agreement_row_once"),
            models.CheckConstraint(condition=models.Q(round__gte=1), name="agreement_row_round_from_1"),
        ]

    def __str__(self) -> str:
        return f"agreement {self.exercise_id}/{self.article_id}/{self.round}"


class AgreementPairs(models.Model):
    """What every two readers of a kept row have in common: bytes of domain/agreement/pair_rows.py, a row of their own.

    They are many more numbers than the row's, and wanted by other pages. They hold as long as their row does.
    """

    row = models.OneToOneField(AgreementRow, on_delete=models.CASCADE, primary_key=True, related_name="pairs")
    counts = models.BinaryField()

    def __str__(self) -> str:
        return f"pairs of {self.row_id}"


def fingerprint(codebook_version: int, stands: Iterable[Stand]) -> str:
    """What a row was computed from: the codebook, and each finished reading's state and number of saved operations."""
    lines = [f"{VERSION} {codebook_version}", *(" ".join(map(str, stand)) for stand in sorted(stands))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
