"""What the export page says before anything leaves: how much there is, and what to look out for.

Three queries, and a fourth where a highlight is so long that its units have to be counted.
"""

from dataclasses import dataclass

from django.db.models import Count, F, Max, Q, QuerySet

from annotator.exporters.csv_file import LONGEST_CELL, guard
from annotator.models import Exercise, Membership, Span
from annotator.reports.export_names import readings_of

# So many code points may be too many for a cell: each can count for two there, and an apostrophe may come in front.
MAYBE_LONG = LONGEST_CELL // 2 - 1


@dataclass(frozen=True, slots=True)
class ExportPage:
    """Counts of what would leave. `has_long_cell`: a spreadsheet would cut a quote."""

    readings: int
    rounds: int
    spans: int
    notes: int
    articles: int
    has_key: bool
    has_long_cell: bool


def export_page(exercise: Exercise, member: Membership | None) -> ExportPage:
    """The page for all readings of the exercise, or for the member's own."""
    readings = readings_of(exercise, member)
    keys = Q(is_key=True)
    counted = readings.aggregate(
        all=Count("pk", filter=~keys), rounds=Count("round", filter=~keys, distinct=True), keys=Count("pk", filter=keys)
    )
    spans = Span.objects.current().filter(reading__in=readings)
    marked = spans.aggregate(all=Count("pk"), notes=Count("pk", filter=~Q(note="")), longest=Max(F("end") - F("start")))
    return ExportPage(
        readings=counted["all"],
        rounds=counted["rounds"],
        spans=marked["all"],
        notes=marked["notes"],
        articles=exercise.articles.count(),
        has_key=counted["keys"] > 0,
        has_long_cell=(marked["longest"] or 0) > MAYBE_LONG and has_long_quote(spans),
    )


def has_long_quote(spans: QuerySet[Span]) -> bool:
    """Whether a cell with a quote is cut by spreadsheets, which count UTF-16 units; other texts are never as long."""
    quotes = spans.filter(end__gt=F("start") + MAYBE_LONG).values_list("quote", flat=True)
    cells = (guard(quote).encode("utf-16-le") for quote in quotes.iterator(chunk_size=10))
    return any(len(cell) // 2 > LONGEST_CELL for cell in cells)
