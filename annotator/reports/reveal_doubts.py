"""How many readers were not sure about a split passage: CODEBOOK.md 4 has the talk begin with their doubts."""

from collections.abc import Sequence
from dataclasses import replace

from annotator.models import Article, Exercise, Span
from annotator.reports.agreement_rows import readings_in
from annotator.reports.reveal_passages import Passage

# “Not sure, let’s talk”.
NOT_SURE = 1


def with_doubts(exercise: Exercise, article: Article, passages: Sequence[Passage]) -> list[Passage]:
    """The passages, each with how many counted readings of round 1 have a highlight there that says so. One query.

    For who teaches alone: of a few one could guess who doubted.
    """
    readings = readings_in([exercise], 1, article).counted().order_by().values("pk")
    marks = Span.objects.current().filter(is_late=False, confidence=NOT_SURE, reading__in=readings)
    doubts = list(marks.values_list("reading", "start", "end"))
    return [
        replace(each, unsure=len({who for who, start, end in doubts if start < each.end and end > each.start}))
        for each in passages
    ]
