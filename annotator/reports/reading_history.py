"""What was done in one's own reading, in words, newest first: so that it can be looked up, brought back, taken back."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotator.domain.quotations import nested
from annotator.models import Block, Reading, Span, SpanOperation
from annotator.reports.reading_parts import LabelPart, labels_by_key
from annotator.reports.span_details import on_one_line

PAGE = 100
QUOTE = 70
Kind = SpanOperation.Kind
DETAIL_NAMES: dict[str, str | Promise] = {
    "note": gettext_lazy("note"),
    "source_name": gettext_lazy("source"),
    "source_kind": gettext_lazy("kind of source"),
    "confidence": gettext_lazy("how sure"),
    "reported_by": gettext_lazy("who says it"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done. `who` is empty for the person who looks; `place` is where its words begin on the page.

    `number` is the highlight's, 0 once it is deleted; `deleted` the same as long as it can be brought back from here.
    `is_newest`: nothing came after it, so that there is nothing to go back from.
    """

    uuid: UUID
    at: datetime
    words: str
    label: LabelPart
    number: int
    deleted: int
    place: str
    undo: str
    is_newest: bool

    @property
    def restore(self) -> UUID:
        """The operation that brings back what this one deleted, the same however often it is sent."""
        return uuid5(self.uuid, "bring back")


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on one day of the class's calendar."""

    day: date
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class ReadingHistory:
    """One page of `pages`; `total` counts all that was ever done. The last page ends with the beginning."""

    days: list[Day] = field(default_factory=list)
    began_at: datetime | None = None
    total: int = 0
    page: int = 1
    pages: int = 1

    @property
    def is_last(self) -> bool:
        """Whether the beginning is on this page."""
        return self.page == self.pages


def reading_history(reading: Reading, *, viewer: int | None, page: int = 1) -> ReadingHistory:
    """The operations of `reading`, of a key as the member `viewer` is told of them. Five queries, two without any.

    None stands for a reader, whose own doing all of it is: also what was done before two memberships were merged.
    """
    zone = ZoneInfo(reading.exercise.classroom.time_zone)
    rows = SpanOperation.objects.filter(reading=reading)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    shown = rows.select_related("span", "actor__user", "undoes").order_by("-pk")[(page - 1) * PAGE : page * PAGE]
    found = list(shown)
    writer = Writer(reading, viewer, zone, found) if found else None
    entries = [writer.entry(row, is_newest=page == 1 and row is found[0]) for row in found] if writer else []
    days = [Day(day, list(group)) for day, group in groupby(entries, key=lambda entry: entry.at.date())]
    return ReadingHistory(days, reading.started_at.astimezone(zone), total, page, pages)


class Writer:
    """What every entry of a page is written from."""

    def __init__(self, reading: Reading, viewer: int | None, zone: ZoneInfo, rows: Iterable[SpanOperation]) -> None:
        self.viewer, self.zone = viewer, zone
        self.labels = labels_by_key(reading.exercise)
        self.by_slug = {label.slug: label for label in self.labels.values()}
        starts = Block.objects.filter(article=reading.article_id).order_by("number").values_list("start", flat=True)
        self.starts = list(starts)
        self.last_deletions = last_deletions(row.span for row in rows)

    def entry(self, row: SpanOperation, *, is_newest: bool) -> Entry:
        """One operation in words."""
        span = row.span
        is_there = span.deleted_at is None
        is_own = self.viewer is None or row.actor_id == self.viewer
        who = "" if is_own else row.actor.user.get_full_name() or row.actor.user.get_username()
        slug = row.after.get("label")
        return Entry(
            uuid=row.uuid,
            at=row.created_at.astimezone(self.zone),
            words=sentence(row, who, self.tags(row)),
            label=self.by_slug.get(slug) or self.labels[span.label_id],
            number=span.number if is_there else 0,
            deleted=span.number if not is_there and self.last_deletions.get(span.pk) == row.pk else 0,
            place=f"h{span.number}" if is_there else f"b{max(1, bisect_right(self.starts, span.start))}",
            undo=undo_of(row),
            is_newest=is_newest,
        )

    def tags(self, row: SpanOperation) -> tuple[str, str]:
        """The names of the tag before and after."""
        own = self.labels[row.span.label_id].slug
        before, after = row.before.get("label", own), row.after.get("label", own)
        return self.name(before), self.name(after)

    def name(self, slug: str) -> str:
        """A tag's name, or what is left of one that the codebook no longer has."""
        return self.by_slug[slug].name if slug in self.by_slug else slug


def last_deletions(spans: Iterable[Span]) -> dict[int, int]:
    """The operation that deleted each of those that are deleted. One query."""
    gone = {span.pk for span in spans if span.deleted_at is not None}
    rows = SpanOperation.objects.filter(span__in=gone, kind=Kind.DELETE).order_by()
    return dict(rows.values("span").annotate(last=Max("pk")).values_list("span", "last"))


def undo_of(row: SpanOperation) -> str:
    """Whether this took something back, or did again what was taken back."""
    if row.undoes is None:
        return ""
    return _("redo") if row.undoes.undoes_id else _("undo")


def sentence(row: SpanOperation, who: str, tags: tuple[str, str]) -> str:
    """What was done, to what; whose doing it was is said where it was another's."""
    quote = nested(on_one_line(row.span.quote, QUOTE))
    old, new = tags
    values = {"who": who, "quote": quote, "old": old, "tag": new, "details": details_named(row)}
    return (OTHERS if who else OWN)[Kind(row.kind)] % values


def details_named(row: SpanOperation) -> str:
    """The details that were changed."""
    names = [str(name) for field_, name in DETAIL_NAMES.items() if field_ in row.after]
    return ", ".join(names)


OWN: dict[str, str | Promise] = {
    Kind.ADD: gettext_lazy("You tagged “%(quote)s” as %(tag)s."),
    Kind.RELABEL: gettext_lazy("You changed “%(quote)s” from %(old)s to %(tag)s."),
    Kind.MOVE: gettext_lazy("You moved the edges of “%(quote)s”."),
    Kind.DETAIL: gettext_lazy("You wrote about “%(quote)s”: %(details)s."),
    Kind.DELETE: gettext_lazy("You deleted “%(quote)s”."),
    Kind.RESTORE: gettext_lazy("You brought back “%(quote)s”."),
}
OTHERS: dict[str, str | Promise] = {
    Kind.ADD: gettext_lazy("%(who)s tagged “%(quote)s” as %(tag)s."),
    Kind.RELABEL: gettext_lazy("%(who)s changed “%(quote)s” from %(old)s to %(tag)s."),
    Kind.MOVE: gettext_lazy("%(who)s moved the edges of “%(quote)s”."),
    Kind.DETAIL: gettext_lazy("%(who)s wrote about “%(quote)s”: %(details)s."),
    Kind.DELETE: gettext_lazy("%(who)s deleted “%(quote)s”."),
    Kind.RESTORE: gettext_lazy("%(who)s brought back “%(quote)s”."),
}
