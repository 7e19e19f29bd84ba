"""What a class chose for a passage, as a bar that counts each reader once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.utils.translation import gettext

from annotator.domain.agreement.choices import choices, flattening
from annotator.domain.agreement.documents import IntArray, Spans, merged
from annotator.models import Article, Exercise
from annotator.models.counted import CountedText
from annotator.reports.agreement_rows import texts_in
from annotator.reports.reading_parts import LabelPart


@dataclass(frozen=True, slots=True)
class BarPart:
    """One stretch of the bar: `count` readers with a label, or with none; `x` and `width` in per cent."""

    label: LabelPart | None
    count: int
    x: str
    width: str

    @property
    def words(self) -> str:
        """What the stretch says aloud."""
        name = self.label.name if self.label else gettext("not marked")
        return gettext("%(name)s %(count)d") % {"name": name, "count": self.count}


@dataclass(frozen=True, slots=True)
class Share:
    """How `readers` counted readings chose: `chosen` of them the label that is asked about. No parts: hidden."""

    chosen: int
    readers: int
    parts: tuple[BarPart, ...]

    @property
    def words(self) -> str:
        """The whole bar in words."""
        return ", ".join(part.words for part in self.parts)


@dataclass(frozen=True, slots=True, eq=False)
class ClassReading:
    """The counted readings of one article in one round; `spans` are merged, in weighted coordinates."""

    readers: int
    spans: Spans | None
    before: IntArray
    labels: tuple[LabelPart, ...]
    is_shown: bool = True

    def hidden(self) -> "ClassReading":
        """The same, for eyes that may not see how few chose."""
        return replace(self, spans=None, is_shown=False)

    def share(self, start: int, end: int, label: LabelPart) -> Share:
        """The bar for text[start:end], in code points: the label asked about first, then by number, blank last."""
        if not self.is_shown or self.spans is None:
            return Share(0, self.readers, ())
        order = flattening([each.slug for each in self.labels])
        found = choices(self.spans, self.readers, order, int(self.before[start]), int(self.before[end])).tolist()
        place = self.labels.index(label)
        others = sorted((each for each in range(len(self.labels)) if each != place), key=lambda each: -found[each])
        rows = [(self.labels[each], found[each]) for each in (place, *others)] + [(None, found[-1])]
        return Share(found[place], self.readers, bar([row for row in rows if row[1]], self.readers))


def bar(rows: Sequence[tuple[LabelPart | None, int]], readers: int) -> tuple[BarPart, ...]:
    """Stretches that fill the bar from left to right."""
    parts, before = [], 0
    for label, count in rows:
        parts.append(BarPart(label, count, percent(before, readers), percent(count, readers)))
        before += count
    return tuple(parts)


def percent(part: int, whole: int) -> str:
    """A length in an SVG attribute."""
    return f"{100 * part / whole:.2f}%"


def class_reading(exercise: Exercise, article: Article, number: int, labels: Sequence[LabelPart]) -> ClassReading:
    """The class's counted readings of one round. RuleError "blind" until the exercise is closed. Four queries."""
    texts: list[CountedText] = texts_in([exercise], number, article)
    if not texts:
        return ClassReading(0, None, np.zeros(0, dtype=np.int64), tuple(labels), is_shown=False)
    [text] = texts
    return ClassReading(len(text.readers), merged(text.document), text.before, tuple(labels))
