"""What a class decided in an exercise: the rules it wrote into its rule book, as its printed report repeats them."""

from dataclasses import dataclass

from annotator.models import Exercise, RuleEntry
from annotator.reports.reading_parts import LabelPart
from annotator.reports.reveal_passages import shortened

# So many rules fit on the page, each with so much of its text: a line.
MOST, LENGTH = 3, 80


@dataclass(frozen=True, slots=True)
class DecidedRule:
    """One rule with the cards it stands on."""

    text: str
    ins: tuple[LabelPart, ...]
    outs: tuple[LabelPart, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """The first rules that stand, and how many `more` there are."""

    rules: tuple[DecidedRule, ...] = ()
    more: int = 0


def decided_in(exercise: Exercise, labels: dict[str, LabelPart]) -> Decided:
    """The rules of an exercise by its own labels. One query."""
    rows = list(RuleEntry.objects.standing().filter(exercise=exercise).order_by("pk"))
    return Decided(tuple(rule(each, labels) for each in rows[:MOST]), max(0, len(rows) - MOST))


def rule(entry: RuleEntry, labels: dict[str, LabelPart]) -> DecidedRule:
    """One of them, a long one cut between two words."""
    ins, outs = (tuple(labels[slug] for slug in side if slug in labels) for side in (entry.includes, entry.excludes))
    return DecidedRule(shortened(entry.text, LENGTH), ins, outs)
