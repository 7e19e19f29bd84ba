"""Split decisions: the sentences of an article by how far its readers part there, each with its bar and a question."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from annotator.domain.agreement.choices import choices_in, chosen, flattening
from annotator.domain.agreement.documents import IntArray, Spans, merged
from annotator.domain.agreement.passages import most_divided
from annotator.domain.agreement.runs import runs
from annotator.domain.agreement.split import Split
from annotator.models.counted import CountedText
from annotator.reports.agreement_sentences import Sentence
from annotator.reports.passage_shares import percent
from annotator.reports.reading_parts import LabelPart

# How much of a passage is quoted.
QUOTE = 220


@dataclass(frozen=True, slots=True)
class Choice:
    """`count` readers chose this label for a passage, or none; `share` of all in per cent, `x` where a bar goes on."""

    label: LabelPart | None
    count: int
    x: str
    share: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, text[start:end]; `number` counts from the most divided one, 0 where all agree.

    `choices` stand in the codebook's order, "not marked" last; `prompt` fits the way in which it is split.
    `unsure` counts the readers who said so of a highlight here, where who teaches looks and it was asked.
    """

    number: int
    start: int
    end: int
    quote: str
    marked: int
    readers: int
    choices: tuple[Choice, ...]
    prompt: str
    unsure: int = 0

    @property
    def chosen(self) -> list[Choice]:
        """The choices that somebody made."""
        return [each for each in self.choices if each.count]

    @property
    def words(self) -> str:
        """The labels that were chosen, with their numbers."""
        return " · ".join(f"{each.label.name} {each.count}" for each in self.chosen if each.label)

    @property
    def most(self) -> int:
        """How many chose the commonest label."""
        return max((each.count for each in self.choices if each.label), default=0)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What is asked again for every passage: the text's merged spans, the tie rule, and the own reader's place."""

    text: str
    counted: CountedText
    spans: Spans
    labels: tuple[LabelPart, ...]
    order: tuple[int, ...]
    own: int | None

    def chosen(self, start: int, end: int) -> IntArray:
        """(readers,): what each chose for text[start:end], as places in the labels."""
        before = self.counted.before
        edges = int(before[start]), int(before[end])
        return chosen(self.spans, len(self.counted.readers), self.order, *edges)

    def counts(self, sentences: Sequence[Sentence]) -> IntArray:
        """(sentences, labels + 1): how many chose each label, the last number for "not marked"."""
        starts, ends = ([getattr(each, edge) for each in sentences] for edge in ("start", "end"))
        before = self.counted.before
        return choices_in(self.spans, len(self.counted.readers), self.order, before[starts], before[ends])


@dataclass(frozen=True, slots=True)
class Divided:
    """A sentence on which readers differ, as its place among all, and how that splits."""

    place: int
    split: Split


def reading_of(text: str, counted: CountedText, labels: Sequence[LabelPart], member: int) -> Reading:
    """An article's counted readings as passages need them; `member` is whose page it is."""
    own = counted.readers.index(member) if member in counted.readers else None
    order = flattening([each.slug for each in labels])
    return Reading(text, counted, merged(counted.document), tuple(labels), order, own)


def divided(read: Reading, sentences: Sequence[Sentence]) -> list[Divided]:
    """Every sentence on which readers differ, the most divided first; none with fewer than two readers."""
    text = read.counted
    if len(text.readers) < 2 or not sentences:
        return []
    weighed = [int(text.before[each.start]) for each in sentences]
    begins = sorted({0, *weighed} - {text.document.length})
    found = most_divided(runs(text.document, begins), begins, most=len(begins))
    # Of blank sentences before one that begins at the same weight, none is meant.
    return [Divided(max(bisect_right(weighed, begins[each.sentence]) - 1, 0), each.split) for each in found]


def most_united(counts: IntArray) -> int | None:
    """Of `Reading.counts` the sentence for which most readers chose one label, the first of equal ones, by its place.

    None where nobody chose any.
    """
    chosen = counts[:, :-1]
    return int(chosen.max(axis=1).argmax()) if chosen.any() else None


def passage_at(read: Reading, sentences: Sequence[Sentence], split: Sequence[Divided], place: int) -> Passage:
    """The sentence at a place among all, numbered as `divided` has it."""
    number = next((number for number, each in enumerate(split, 1) if each.place == place), 0)
    return passage(read, sentences[place], number, split[number - 1].split if number else None)


def passage(read: Reading, place: Sentence, number: int = 0, split: Split | None = None) -> Passage:
    """One sentence with its bar."""
    made = read.chosen(place.start, place.end)
    readers = len(made)
    counts = [int((made == each).sum()) for each in range(len(read.labels) + 1)]
    own = None if read.own is None else int(made[read.own])
    choices, before = [], 0
    for which, (label, count) in enumerate(zip((*read.labels, None), counts, strict=True)):
        choices.append(Choice(label, count, percent(before, readers), percent(count, readers), which == own))
        before += count
    return Passage(
        number=number,
        start=place.start,
        end=place.end,
        quote=shortened(read.text[place.start : place.end]),
        marked=readers - counts[-1],
        readers=readers,
        choices=tuple(choices),
        prompt=prompt(choices, split),
    )


def shortened(words: str, most: int = QUOTE) -> str:
    """The words on one line, cut between two of them; the dots never stand on a line of their own."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]}\N{NO-BREAK SPACE}…"


def prompt(choices: Sequence[Choice], split: Split | None) -> str:
    """A question to talk about, after the largest part of the split."""
    ranked = sorted((each for each in choices if each.label and each.count), key=lambda each: -each.count)
    names = [each.label.name for each in ranked if each.label]
    if split is None or not names:
        return ""
    if split.label >= max(split.missed, split.boundary) and len(names) > 1:
        return between(ranked, names[0], names[1])
    if split.boundary > split.missed:
        return _("You mark the same thing, but not the same words. Where does it begin, and where does it end?")
    return _("Some marked %(name)s here, some left it blank. What would you need to mark it?") % {"name": names[0]}


def between(ranked: Sequence[Choice], one: str, other: str) -> str:
    """The question between the two commonest labels."""
    names = {"one": one, "other": other}
    if "opinion" in {each.label.slug for each in ranked[:2] if each.label}:
        return _("%(one)s or %(other)s? Could someone check it? If not: whose judgement is it?") % names
    return _("%(one)s or %(other)s? Which words would settle it?") % names
