"""A version of a codebook beside the one before it: what came onto each card, and what went."""

from dataclasses import dataclass

from annotator.domain.quotations import nested
from annotator.domain.word_changes import Words, word_changes
from annotator.models import CodebookVersion, Label
from annotator.reports.reading_parts import LabelPart, label_parts

WORDINGS = ("name", "question", "definition", "student_text", "extent")


@dataclass(frozen=True, slots=True)
class CardChange:
    """One change on a card. `part` is a wording of the label, or "include", "exclude", "example"."""

    part: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A label of the newer version; no changes where it says what it said."""

    label: LabelPart
    is_new: bool
    is_retired: bool
    changes: tuple[CardChange, ...]


def cards_compared(version: CodebookVersion) -> tuple[Card, ...]:
    """Every label of the version beside itself in the parent. Two queries."""
    before = {each.slug: each for each in Label.objects.filter(version=version.parent_id)}
    now = list(Label.objects.filter(version=version).order_by("position"))
    parts = label_parts(now)
    return tuple(card(each, before.get(each.slug), parts[each.pk]) for each in now)


def card(now: Label, before: Label | None, part: LabelPart) -> Card:
    """One card."""
    old = before or Label()
    wordings = [
        CardChange(name, word_changes(getattr(old, name), getattr(now, name)))
        for name in WORDINGS
        if getattr(old, name) != getattr(now, name)
    ]
    lists = [
        CardChange(name, (each,))
        for name in ("include", "exclude")
        for each in items(getattr(old, name), getattr(now, name))
    ]
    shown = items([example(each) for each in old.examples], [example(each) for each in now.examples])
    examples = [CardChange("example", (each,)) for each in shown]
    is_retired = now.is_retired and not old.is_retired
    return Card(part, before is None, is_retired, (*wordings, *lists, *examples))


def items(before: list[str], now: list[str]) -> list[Words]:
    """What came onto a list and what went from it."""
    came = [Words("added", each) for each in now if each not in before]
    return came + [Words("removed", each) for each in before if each not in now]


def example(kept: dict[str, object]) -> str:
    """An example as one line."""
    return f"“{nested(str(kept['text']))}”"
