"""Keeping each article's agreement figures: written when readings are taken in, gone while an exercise is blind."""

from django.db import transaction

from annotator.domain.agreement.pair_rows import pair_bytes
from annotator.domain.agreement.pairs import pair_counts
from annotator.domain.agreement.runs import runs
from annotator.domain.agreement.summary import as_bytes, summary
from annotator.models import AgreementPairs, AgreementRow, Article, Exercise, Reading
from annotator.models.agreement import fingerprint
from annotator.models.counted import CountedText, Place, counted_texts, labels_of, stands


@transaction.atomic
def agreement_refresh(*, exercise: Exercise, article: Article | None = None) -> None:
    """Compute the rows of an exercise anew, or those of one article in it; while it is blind there are none.

    The rows are held first, and what they are computed from is read after that: of two that finish at the same moment
    the later one sees both. Whoever holds an exercise or a reading takes rows last, so nobody waits in a circle.
    """
    rows = AgreementRow.objects.filter(exercise=exercise)
    if exercise.is_blind:
        rows.delete()
        return
    readings = Reading.objects.filter(exercise=exercise, is_key=False)
    if article is not None:
        rows, readings = rows.filter(article=article), readings.filter(article=article)
    for place in sorted(stands(readings)):
        row_made(place)
    held = list(rows.select_for_update().order_by("pk"))
    found = stands(readings)
    labels, _slugs = labels_of(exercise.codebook_version_id)
    texts = {text.place: text for text in counted_texts(readings, labels)}
    for row in held:
        place = (row.exercise_id, row.article_id, row.round)
        if place not in texts:
            row.delete()
            continue
        row_filled(row, texts[place], fingerprint(exercise.codebook_version_id, found[place]))


def row_made(place: Place) -> None:
    """See that there is a row to hold; it is filled by whoever holds it."""
    exercise, article, number = place
    AgreementRow.objects.get_or_create(exercise_id=exercise, article_id=article, round=number)


def row_filled(row: AgreementRow, text: CountedText, source: str) -> None:
    """Write a text's figures, and its pair counts beside them."""
    cut = runs(text.document)
    row.summary = as_bytes(summary(text.document, cut))
    row.readers = list(text.readers)
    row.source = source
    row.save(update_fields=["summary", "readers", "source"])
    counts = pair_bytes(pair_counts(text.document, cut))
    AgreementPairs.objects.update_or_create(row=row, defaults={"counts": counts})
