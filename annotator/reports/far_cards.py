"""Highlights packed in columns, of which a page's script makes bare cards when it starts.

There are thousands of them, and nobody sees them without a script: as list items they were five times as many bytes.
`js/lib/far.js` reads them.
"""

import base64
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from annotator.models import Reading
from annotator.reports.reading_page import cards, counted_labels, current_spans
from annotator.reports.reading_parts import Card
from annotator.reports.span_details import asked_in

Columns = dict[str, Any]


def far_cards(reading: Reading) -> Columns:
    """Every highlight of a reading as it is now; two queries."""
    spans = list(current_spans(reading))
    labels = counted_labels(reading, spans)
    return packed(cards(spans, labels, [], asked_in(reading)))


def packed(whole: Iterable[Card]) -> Columns:
    """What the script knows each highlight by."""
    rows = list(whole)
    slugs = list(dict.fromkeys(card.label.slug for card in rows))
    return {
        "spans": base64.b64encode(b"".join(card.uuid.bytes for card in rows)).decode(),
        "numbers": steps([card.number for card in rows]),
        "starts": steps([card.start for card in rows]),
        "lengths": [card.end - card.start for card in rows],
        "slugs": slugs,
        "labels": [slugs.index(card.label.slug) for card in rows],
        "versions": [card.version for card in rows],
        "more": {place: found for place, card in enumerate(rows) if (found := more(card))},
    }


def steps(values: list[int]) -> list[int]:
    """The first value, then the way from each to the next."""
    return values[:1] + [after - before for before, after in pairwise(values)]


def more(card: Card) -> dict[str, str]:
    """What few highlights have: the words of their late sign, a note, details by their attributes' names."""
    found = {"late": _("late, does not count") if card.is_late else "", "note": card.note}
    details = card.details
    if details.any:
        found |= {"source-name": details.source_name, "source-kind": details.source_kind}
        found |= {"confidence": str(details.confidence or ""), "reported-by": str(details.reported_by or "")}
    return {name: value for name, value in found.items() if value}
