"""All reasons of an exercise as their teacher goes through them: those that wait, and those that were decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from annotator.models import Exercise, ExerciseArticle, Membership, Reason
from annotator.reports.reading_parts import LabelPart, labels_by_key
from annotator.reports.reasons import ReasonLine, line_of
from annotator.reports.reveal_passages import shortened


@dataclass(frozen=True, slots=True)
class PassageReasons:
    """The reasons about one sentence, the oldest first."""

    article: UUID
    title: str
    start: int
    quote: str
    lines: list[ReasonLine]


@dataclass(frozen=True, slots=True)
class ReasonList:
    """By passage, in the order of the text: what waits, and what is shown or hidden."""

    waiting: list[PassageReasons]
    decided: list[PassageReasons]
    waits: int
    shown: int
    hidden: int
    articles: int


def reason_list(exercise: Exercise, member: Membership) -> ReasonList:
    """Every standing reason, as `member` who teaches reads it. Three queries."""
    labels = list(labels_by_key(exercise).values())
    places = list(
        ExerciseArticle.objects.filter(exercise=exercise).order_by("position").values_list("article", flat=True)
    )
    found = Reason.objects.standing().filter(exercise=exercise).select_related("label", "member__user", "article")
    rows = sorted(
        found.defer("article__text", "article__search_text"),
        key=lambda each: (places.index(each.article_id), each.start, each.pk),
    )
    waiting = [each for each in rows if each.state == Reason.State.WAITING]
    decided = [each for each in rows if each.state != Reason.State.WAITING]
    return ReasonList(
        waiting=by_passage(waiting, member, labels, exercise.classroom.kind),
        decided=by_passage(decided, member, labels, exercise.classroom.kind),
        waits=len(waiting),
        shown=sum(each.state == Reason.State.SHOWN for each in decided),
        hidden=sum(each.state == Reason.State.HIDDEN for each in decided),
        articles=len(places),
    )


def by_passage(rows: Iterable[Reason], member: Membership, labels: list[LabelPart], kind: str) -> list[PassageReasons]:
    """The rows, which stand in order, sentence by sentence."""
    groups = [list(own) for _place, own in groupby(rows, key=lambda each: (each.article_id, each.start))]
    return [
        PassageReasons(
            article=own[0].article.uuid,
            title=own[0].article.title,
            start=own[0].start,
            quote=shortened(own[0].quote),
            lines=[line_of(each, member, labels, kind) for each in own],
        )
        for own in groups
    ]
