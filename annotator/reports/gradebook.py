"""The grade book of exercises that are closed: who handed in what, how it matches the key, and the points for it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from annotator.domain.errors import NotEnoughData
from annotator.domain.grading import COLLECTED, NOT_STARTED, OPEN, SUBMITTED, as_written, points, status_of_all
from annotator.domain.offsets import nonspace_offsets
from annotator.domain.scoring import key_f1, weighed
from annotator.domain.spans import Span as Extent
from annotator.exporters.gradebook_csv import GradeRow
from annotator.models import (
    Article,
    Assignment,
    Distribution,
    Exercise,
    Label,
    Membership,
    Reading,
    RosterEntry,
    Span,
)
from annotator.reports.agreement_rows import check_open
from annotator.reports.export_names import public_id
from annotator.reports.snapshot import snapshot

# By article and round.
Rounds = dict[tuple[int, int], Reading]


@dataclass(frozen=True, slots=True)
class Grades:
    """Rows by exercise and reader code; `labels` in the order of their codebooks, each once.

    `places` gives each row its place on the class list, for who copies a column: None for who is not on it.
    """

    rows: list[GradeRow]
    labels: tuple[str, ...]
    places: Mapping[str, int]

    def in_list_order(self) -> list[GradeRow]:
        """As on the class list; who is not on it comes last, by name."""
        last = len(self.places) + 1
        return sorted(self.rows, key=lambda row: (self.places.get(row.annotator, last), row.name.casefold()))


@dataclass(slots=True)
class Marks:
    """What readings and keys of one exercise hold, by reading and by article; offsets leave white space out."""

    spans: dict[int, list[Extent]] = field(default_factory=dict)
    keys: dict[int, list[Extent]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dealt:
    """All articles of an exercise, and those of each reader where not everybody reads all."""

    articles: set[int]
    by_member: dict[int, set[int]] | None

    def __call__(self, member: int) -> set[int]:
        """A reader's articles."""
        return self.articles if self.by_member is None else self.by_member.get(member, set())


def grades_of(exercises: Sequence[Exercise]) -> Grades:
    """The grade book; RuleError while one of the exercises is blind. Eight queries for each exercise, two in all."""
    check_open(exercises)
    with snapshot():
        ordered = sorted(exercises, key=public_id)
        entries = roster_of(ordered)
        labels: dict[str, None] = {}
        rows: list[GradeRow] = []
        for exercise in ordered:
            own = Label.objects.filter(version=exercise.codebook_version_id).order_by("position")
            labels |= dict.fromkeys(own.values_list("slug", flat=True))
            rows += rows_of(exercise, entries)
    return Grades(
        rows, tuple(labels), {entry.member.code: entry.position for entry in entries.values() if entry.member}
    )


def roster_of(exercises: Iterable[Exercise]) -> dict[int, RosterEntry]:
    """The class lists' picked names by membership."""
    rooms = {exercise.classroom_id for exercise in exercises}
    found = RosterEntry.objects.filter(classroom__in=rooms, member__isnull=False).select_related("member")
    return {entry.member_id: entry for entry in found if entry.member_id}


def rows_of(exercise: Exercise, entries: Mapping[int, RosterEntry]) -> list[GradeRow]:
    """One exercise's rows by reader code."""
    readings = list(Reading.objects.filter(exercise=exercise, is_key=False).select_related("member__user"))
    by_member: dict[int, Rounds] = {}
    for reading in readings:
        by_member.setdefault(reading.member_id, {})[reading.article_id, reading.round] = reading
    marks = marks_of(exercise, readings)
    dealt = dealt_of(exercise)
    last = max((reading.round for reading in readings), default=1)
    rows = [
        row_of(exercise, member, by_member.get(member.pk, {}), marks, dealt(member.pk), last, entries.get(member.pk))
        for member in students_of(exercise, set(by_member))
    ]
    return sorted(rows, key=lambda row: row.annotator)


def students_of(exercise: Exercise, readers: set[int]) -> list[Membership]:
    """Who was asked to read, and who did; whoever teaches a class is no student of it."""
    asked = Membership.objects.awaited().filter(classroom=exercise.classroom_id)
    if exercise.closed_at is not None:
        asked = asked.filter(joined_at__lte=exercise.closed_at)
    keys = set(asked.values_list("pk", flat=True)) | readers
    found = Membership.objects.filter(pk__in=keys).select_related("user", "classroom")
    return [each for each in found if exercise.classroom.kind == "team" or not each.is_teacher]


def dealt_of(exercise: Exercise) -> Dealt:
    """Which articles each reader is to read."""
    articles = set(exercise.articles.values_list("pk", flat=True))
    if exercise.distribution == Distribution.ALL:
        return Dealt(articles, None)
    dealt: dict[int, set[int]] = {}
    for member, article in Assignment.objects.filter(exercise=exercise).values_list("member", "article"):
        dealt.setdefault(member, set()).add(article)
    return Dealt(articles, dealt)


def marks_of(exercise: Exercise, readings: Sequence[Reading]) -> Marks:
    """The spans that are there and in time; those of keys only where the exercise has one with something in it."""
    keys = list(Reading.objects.filter(exercise=exercise, is_key=True)) if exercise.has_key else []
    places = {reading.pk: reading for reading in [*readings, *keys]}
    texts = Article.objects.filter(pk__in={reading.article_id for reading in places.values()})
    before = {pk: nonspace_offsets(text) for pk, text in texts.values_list("pk", "text")}
    marks = Marks(spans={reading.pk: [] for reading in readings})
    spans = Span.objects.current().filter(reading__in=list(places), is_late=False)
    for pk, slug, start, end, number in spans.values_list("reading", "label__slug", "start", "end", "number"):
        reading = places[pk]
        extent = weighed(Extent(start, end, slug, number), before[reading.article_id])
        if reading.is_key:
            marks.keys.setdefault(reading.article_id, []).append(extent)
        else:
            marks.spans[pk].append(extent)
    return marks


def row_of(
    exercise: Exercise, member: Membership, readings: Rounds, marks: Marks, articles: set[int], last: int,
    entry: RosterEntry | None,
) -> GradeRow:  # fmt: skip
    """One student's row."""
    begun = {article for article, _round in readings}
    rounds = [articles | begun, articles | begun if last > 1 else set()]
    f1 = (match(readings, marks, rounds[0], 1), match(readings, marks, rounds[0], 2))
    first = [readings.get((article, 1)) for article in rounds[0]]
    return GradeRow(
        annotator=member.code,
        name=entry.name if entry else member.shown_name,
        student_ref=entry.student_ref if entry else "",
        section=entry.section if entry else "",
        exercise=public_id(exercise),
        joined_at=member.joined_at,
        status=(status(readings, rounds[0], 1), status(readings, rounds[1], 2)),
        submitted_at=(handed_in_at(readings, rounds[0], 1), handed_in_at(readings, rounds[1], 2)),
        active_seconds=sum(reading.active_seconds for reading in readings.values()),
        marks=latest_marks(readings, marks),
        key_f1=f1,
        points=points(
            most=exercise.points,
            for_key=exercise.key_points,
            handed_in=sum(reading is not None and reading.state == SUBMITTED for reading in first),
            assigned=len(first),
            key_f1=f1[0] if f1[1] is None else f1[1],
            has_key=bool(rounds[0] & marks.keys.keys()),
        ),
        points_max=exercise.points,
    )


def status(readings: Rounds, articles: set[int], number: int) -> str:
    """One word for a round; empty for a round that nobody began."""
    if not articles:
        return ""
    return status_of_all(str(each.state) if each else NOT_STARTED for each in of_round(readings, articles, number))


def of_round(readings: Rounds, articles: set[int], number: int) -> list[Reading | None]:
    """A round's reading of each article, None where it was not begun."""
    return [readings.get((article, number)) for article in articles]


def handed_in_at(readings: Rounds, articles: set[int], number: int) -> datetime | None:
    """When the last article was handed in or taken in; None while one is open, or before any was begun."""
    found = [each for each in of_round(readings, articles, number) if each is not None]
    if any(each.state == OPEN for each in found):
        return None
    return max((each.submitted_at for each in found if each.submitted_at), default=None)


def latest_marks(readings: Rounds, marks: Marks) -> Counter[str]:
    """Highlights by label in the latest round of each article."""
    latest = {article: reading for (article, _number), reading in sorted(readings.items(), key=lambda each: each[0])}
    return Counter(span.label for reading in latest.values() for span in marks.spans[reading.pk])


def is_counted(reading: Reading | None, marks: Marks) -> bool:
    """Handed in, or taken in with something marked."""
    if reading is None:
        return False
    return reading.state == SUBMITTED or (reading.state == COLLECTED and bool(marks.spans[reading.pk]))


def match(readings: Rounds, marks: Marks, articles: set[int], number: int) -> float | None:
    """The match with the key over a reader's articles that have one; an article left out counts as nothing marked.

    What was not revised stands in the second round as it was. None where no reading of the round counts.
    """
    if not any(is_counted(readings.get((article, number)), marks) for article in articles):
        return None
    with_key = articles & marks.keys.keys()
    texts = [(standing(readings, marks, article, number), marks.keys[article]) for article in with_key]
    try:
        return key_f1(texts)
    except NotEnoughData:
        return None


def standing(readings: Rounds, marks: Marks, article: int, number: int) -> list[Extent]:
    """What stands in an article after a round."""
    for each in range(number, 0, -1):
        reading = readings.get((article, each))
        if reading is not None and is_counted(reading, marks):
            return marks.spans[reading.pk]
    return []


def feedback(row: GradeRow) -> str:
    """One sentence for a learning platform."""
    said = {
        SUBMITTED: _("Handed in."),
        COLLECTED: _("Collected at the end, not handed in."),
        OPEN: _("Still reading."),
        NOT_STARTED: _("Not started."),
    }[row.status[0]]
    found = row.key_f1[0] if row.key_f1[1] is None else row.key_f1[1]
    if found is None:
        return said
    return said + " " + _("Match with the key: %(share)s of 1.") % {"share": as_written(found)}
