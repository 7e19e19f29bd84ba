"""What a reader changed from the first round to the second, told to that reader alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.changes import Change, Changed, changes
from annotator.domain.offsets import nonspace_offsets
from annotator.domain.scoring import weighed
from annotator.domain.spans import Span as Extent
from annotator.models import Reading, Span
from annotator.reports.reading_parts import LabelPart, shortened


@dataclass(frozen=True, slots=True)
class ChangedSpan:
    """One change: the label before and after, None where there was none, and the words, shortened."""

    kind: Change
    label_before: LabelPart | None
    label_after: LabelPart | None
    quote_before: str
    quote_after: str
    nearer: int | None

    @property
    def label(self) -> LabelPart | None:
        """What its card is painted with."""
        return self.label_after or self.label_before


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes of a reader, in text order; `has_key` says whether they have a direction."""

    spans: tuple[ChangedSpan, ...]
    has_key: bool

    @property
    def towards(self) -> int:
        """How many came nearer to the key."""
        return sum(each.nearer == 1 for each in self.spans)

    @property
    def away(self) -> int:
        """How many went away from it."""
        return sum(each.nearer == -1 for each in self.spans)

    @property
    def neither(self) -> int:
        """How many are as far from it as before."""
        return sum(each.nearer == 0 for each in self.spans)


def changes_of(
    rounds: Sequence[Reading], labels: Mapping[int, LabelPart], text: str, key: Sequence[Span] | None
) -> Changes | None:
    """From round 1 to round 2, None without both. One query; `key` as its reader may see it."""
    by_round = {each.round: each for each in rounds}
    if not {1, 2} <= by_round.keys():
        return None
    pair = [by_round[1].pk, by_round[2].pk]
    spans = list(Span.objects.current().filter(reading__in=pair, is_late=False).in_reading_order())
    before, slugs = nonspace_offsets(text), {pk: label.slug for pk, label in labels.items()}
    stored = {span.pk: span for span in spans}
    first = {span.pk: extent(span, slugs, before) for span in spans if span.reading_id == pair[0]}
    second = [
        (extent(span, slugs, before), first.get(span.copied_from_id or 0))
        for span in spans
        if span.reading_id == pair[1]
    ]
    target = None if key is None else [extent(span, slugs, before) for span in key]
    found = changes(list(first.values()), second, target)
    return Changes(tuple(told(each, stored, labels) for each in found), has_key=key is not None)


def extent(span: Span, slugs: Mapping[int, str], before: Sequence[int]) -> Extent:
    """A stored highlight in weighted coordinates, under its primary key."""
    return weighed(Extent(span.start, span.end, slugs[span.label_id], span.pk), before)


def told(change: Changed, stored: Mapping[int, Span], labels: Mapping[int, LabelPart]) -> ChangedSpan:
    """One change in the words of the text."""
    before, after = (stored[each.number] if each else None for each in (change.before, change.after))
    return ChangedSpan(
        kind=change.kind,
        label_before=labels[before.label_id] if before else None,
        label_after=labels[after.label_id] if after else None,
        quote_before=shortened(before.quote) if before else "",
        quote_after=shortened(after.quote) if after else "",
        nearer=change.nearer,
    )
