"""What the export page says before anything leaves: how much there is, and what to look out for. Three queries."""

from dataclasses import dataclass

from django.db.models import Count, F, Max, Q
from django.db.models.functions import Length

from annotator.exporters.csv_file import LONGEST_CELL
from annotator.models import Exercise, Membership, Span
from annotator.reports.export_names import readings_of


@dataclass(frozen=True, slots=True)
class ExportPage:
    """Counts of what would leave. `has_long_cell`: a spreadsheet would cut a quote or a note."""

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
    marked = spans.aggregate(
        all=Count("pk"),
        notes=Count("pk", filter=~Q(note="")),
        longest_quote=Max(F("end") - F("start")),
        longest_note=Max(Length("note")),
    )
    return ExportPage(
        readings=counted["all"],
        rounds=counted["rounds"],
        spans=marked["all"],
        notes=marked["notes"],
        articles=exercise.articles.count(),
        has_key=counted["keys"] > 0,
        has_long_cell=max(marked["longest_quote"] or 0, marked["longest_note"] or 0) > LONGEST_CELL,
    )
