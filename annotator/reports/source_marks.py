"""The attributions, claims and boilerplate that a ledger counts: the key's, or what most counted readings marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from annotator.domain.agreement.runs import runs
from annotator.domain.consensus import proposals
from annotator.domain.details import ATTRIBUTION, CLAIM
from annotator.domain.spans import BOILERPLATE, Span
from annotator.models import Article, Exercise
from annotator.models import Span as SpanRow
from annotator.models.counted import CountedText, labels_of
from annotator.reports.agreement_rows import key_readings, readings_in, texts_in

WANTED = (ATTRIBUTION, CLAIM, BOILERPLATE)
# A name or kind that readers gave counts from so many of them on: one reader's own words stay one's own.
NAMING_READERS = 2
# An article's key is one reading, whichever.
KEY = 0


@dataclass(frozen=True, slots=True)
class Named:
    """What one reading, or the key's (KEY), says of the source of text[start:end]; empty where nothing was said."""

    reading: int
    start: int
    end: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Attributed:
    """An attribution that counts, with all that was said of its source and how many must say so."""

    start: int
    end: int
    named: tuple[Named, ...]
    needed: int


@dataclass(frozen=True, slots=True)
class Marks:
    """What counts, in text order; `readers` are the counted readings behind it, 0 for the key's."""

    readers: int
    attributions: tuple[Attributed, ...]
    others: tuple[Span, ...]

    def of(self, label: str) -> list[Span]:
        """Those of another label than attribution."""
        return [span for span in self.others if span.label == label]


def key_marks(exercise: Exercise, article: Article) -> Marks:
    """The key's own. RuleError "blind". One query."""
    spans = SpanRow.objects.current().filter(reading__in=key_readings(exercise, article), label__slug__in=WANTED)
    rows = list(spans.order_by("start", "end").values_list("label__slug", "start", "end", "source_name", "source_kind"))
    return Marks(
        0,
        tuple(
            Attributed(start, end, (Named(KEY, start, end, name, kind),), 1)
            for label, start, end, name, kind in rows
            if label == ATTRIBUTION
        ),
        tuple(Span(start, end, label) for label, start, end, _name, _kind in rows if label != ATTRIBUTION),
    )


def majority_marks(exercise: Exercise, article: Article) -> Marks:
    """What more than half of the counted readings of the first round marked. RuleError "blind". Six queries."""
    texts = texts_in([exercise], 1, article)
    if not texts:
        return Marks(0, (), ())
    [text] = texts
    _labels, slugs = labels_of(exercise.codebook_version_id)
    agreed = agreed_spans(text, slugs)
    said = names_given(exercise, article)
    return Marks(
        len(text.readers),
        tuple(
            Attributed(span.start, span.end, tuple(meeting(span, said)), NAMING_READERS)
            for span in agreed
            if span.label == ATTRIBUTION
        ),
        tuple(span for span in agreed if span.label != ATTRIBUTION),
    )


def agreed_spans(text: CountedText, slugs: Sequence[str]) -> list[Span]:
    """The proposals of the consensus at more than half, in code points and text order; the same one once."""
    readers = len(text.readers)
    share = Fraction(readers // 2 + 1, readers)
    found, characters = runs(text.document), np.flatnonzero(np.diff(text.before))
    agreed = {
        Span(int(characters[each.start]), int(characters[each.end - 1]) + 1, slug)
        for place, slug in enumerate(slugs)
        if slug in WANTED
        for each in proposals(text.document, found, place, share=share)
    }
    return sorted(agreed, key=lambda span: (span.start, span.end, span.label))


def names_given(exercise: Exercise, article: Article) -> list[Named]:
    """What counted readings say of the sources of their attributions. One query."""
    counted = readings_in([exercise], 1, article).counted()
    spans = SpanRow.objects.current().filter(
        is_late=False, label__slug=ATTRIBUTION, reading__in=counted.order_by().values("pk")
    )
    rows = spans.exclude(source_name="", source_kind="").order_by("start", "pk")
    fields = rows.values_list("reading_id", "start", "end", "source_name", "source_kind")
    return [Named(*each) for each in fields]


def meeting(span: Span, said: Iterable[Named]) -> list[Named]:
    """For each reading what it says of this attribution, once: of several the one that covers most of it."""
    best: dict[int, tuple[int, Named]] = {}
    for named in said:
        shared = min(span.end, named.end) - max(span.start, named.start)
        if shared > 0 and shared > best.get(named.reading, (0, named))[0]:
            best[named.reading] = (shared, named)
    return [named for _shared, named in best.values()]
