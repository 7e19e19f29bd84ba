"""Taking a reader's own words out of a reading: tags and edges stay, notes and sources go, wherever they are kept."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from annotator.models import CodebookVersion, Participation, Reading, Reason, Snapshot, Span, SpanOperation

# Typed by readers. A source's kind is chosen from the codebook's list: what is not on it may be somebody's words.
WORDS = ("note", "source_name")
KIND = "source_kind"
BATCH = 500


def words_remove(readings: QuerySet[Reading]) -> int:
    """Blank notes and sources in highlights, history and snapshots; how many highlights had any."""
    held = [reading.pk for reading in readings.select_for_update().order_by("pk")]
    known = known_kinds(readings)
    strange = Q(source_kind="") | Q(source_kind__in=known)
    spans = Span.objects.filter(reading__in=held).exclude(strange, note="", source_name="")
    found = spans.count()
    Span.objects.filter(reading__in=held).exclude(strange).update(source_kind="")
    Span.objects.filter(reading__in=held).exclude(note="", source_name="").update(note="", source_name="")
    history_clean(held, known)
    snapshots_clean(held, known)
    return found


def known_kinds(readings: QuerySet[Reading]) -> set[str]:
    """The kinds of source that the codebooks of these readings offer."""
    versions = CodebookVersion.objects.filter(exercises__readings__in=readings).distinct()
    lists = [each for version in versions for each in version.attributes if each.get("id") == KIND]
    return {value for each in lists for value in each.get("values", ())}


def history_clean(readings: list[int], known: set[str]) -> None:
    """The same in the history: that something was changed stays, what it said does not."""
    changed = []
    rows = SpanOperation.objects.filter(reading__in=readings, kind=SpanOperation.Kind.DETAIL).select_for_update()
    for row in rows.order_by("pk"):
        before, after = without_words(row.before, known), without_words(row.after, known)
        if (before, after) != (row.before, row.after):
            row.before, row.after = before, after
            changed.append(row)
    SpanOperation.objects.bulk_update(changed, ["before", "after"], batch_size=BATCH)


def snapshots_clean(readings: list[int], known: set[str]) -> None:
    """The same in the snapshots."""
    changed = []
    for row in Snapshot.objects.filter(reading__in=readings).select_for_update().order_by("pk"):
        spans = [without_words(span, known) for span in row.spans]
        if spans != row.spans:
            row.spans = spans
            changed.append(row)
    Snapshot.objects.bulk_update(changed, ["spans"], batch_size=BATCH)


def without_words(fields: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
    """A highlight's fields with no word of its reader's."""
    blank = {name: "" for name in WORDS if name in fields}
    if fields.get(KIND, "") not in {"", *known}:
        blank[KIND] = ""
    return {**fields, **blank}


def answers_remove(members: list[int]) -> int:
    """Blank the answers to exit questions; how many there were."""
    return Participation.objects.filter(member__in=members).exclude(exit_answer="").update(exit_answer="")


def reasons_remove(reasons: QuerySet[Reason]) -> int:
    """Delete reasons: words are all they are, so nothing of them could stay. How many there were."""
    return reasons.delete()[0]
