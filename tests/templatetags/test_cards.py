"""Cards out of reach are packed as the page's script unpacks them."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from django.template import Context, Template

from annotator.reports.reading_parts import Card, LabelPart
from annotator.reports.span_details import Details
from annotator.templatetags.cards import far_cards

# The script's side of it: tests/js/far.test.js.
CASES = json.loads((Path(__file__).resolve().parents[1] / "js" / "far_cards.json").read_text())


def card(told: dict[str, Any]) -> Card:
    """The card of one of the cases."""
    label = LabelPart(told["label"], told["label"].title(), "X", 1, "solid", "", 1)
    more = told["more"]
    details = Details(
        source_name=more.get("source-name", ""),
        source_kind=more.get("source-kind", ""),
        confidence=int(more["confidence"]) if "confidence" in more else None,
        reported_by=UUID(more["reported-by"]) if "reported-by" in more else None,
    )
    return Card(
        number=told["number"], uuid=UUID(told["uuid"]), label=label, start=told["start"], end=told["end"],
        version=told["version"], quote="", note=more.get("note", ""), paragraph=1, block="b1",
        is_late="late" in more, details=details,
    )  # fmt: skip


def test_columns_hold_what_the_script_makes_cards_of() -> None:
    assert json.loads(far_cards([card(told) for told in CASES["cards"]])) == CASES["packed"]


def test_no_cards_are_empty_columns() -> None:
    columns = json.loads(far_cards([]))
    assert set(columns) == set(CASES["packed"])
    assert not any(columns.values())


def test_a_note_cannot_end_the_attribute() -> None:
    template = Template('{% load cards %}<ol data-far="{% far_cards cards %}">')
    html = template.render(Context({"cards": [card(told) for told in CASES["cards"]]}))
    assert "<b>" not in html
    assert html.count('"') == 2
