"""The tags as their codebook explains them to a reader in doubt: question, rule, examples, the order of asking."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.domain.warm_up import sentences_for
from annotator.models import Classroom, Label, Reading, Span, User
from annotator.reports.reading_parts import LabelPart, label_parts

# Of very many the newest, those that a class wrote into its rule book last.
MOST_EXAMPLES = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an example, in or out of what the tag marks."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Example:
    """An example with what the tag marks in it; nothing where the tag does not belong, which `rule` explains."""

    parts: list[Part]
    rule: str
    is_in: bool


@dataclass(frozen=True, slots=True)
class Definition:
    """One tag. `text` is in pupils' words for a class, the codebook's definition for a team."""

    label: LabelPart
    text: str
    include: list[str]
    exclude: list[str]
    extent: str
    examples: list[Example]


@dataclass(frozen=True, slots=True)
class Definitions:
    """All tags in the codebook's order, and the questions to ask one after the other.

    `has_practice`: who reads outside a class may practise on the warm-up's sentences; in one it is the class's to do.
    """

    tags: list[Definition]
    order: list[str]
    has_practice: bool


def definitions(reading: Reading) -> Definitions:
    """What the exercise's version of the codebook says; retired tags are left out. One query."""
    version = reading.exercise.codebook_version
    rows = list(Label.objects.filter(version=version, is_retired=False).order_by("position"))
    parts = label_parts(rows)
    is_class = reading.exercise.classroom.kind == Classroom.Kind.CLASS
    return Definitions(
        tags=[definition(row, parts[row.pk], is_class=is_class) for row in rows],
        order=version.decision_order,
        has_practice=not is_class and bool(sentences_for([row.slug for row in rows])),
    )


def definition(row: Label, label: LabelPart, *, is_class: bool) -> Definition:
    """One tag's card."""
    text = row.student_text or row.definition if is_class else row.definition or row.student_text
    examples = [example(each) for each in row.examples[-MOST_EXAMPLES:]]
    return Definition(label, text, row.include, row.exclude, row.extent, examples)


def example(stored: Mapping[str, Any]) -> Example:
    """An example as the codebook keeps it, cut at the words that are marked."""
    marks = stored.get("marks", [])
    return Example(list(cut(stored["text"], marks)), stored.get("rule", ""), is_in=bool(marks))


def cut(text: str, marks: Iterable[str]) -> Iterable[Part]:
    """`text` in order, each of `marks` where it comes next; one that is not there is passed over."""
    place = 0
    for words in marks:
        start = text.find(words, place) if words else -1
        if start < 0:
            continue
        if start > place:
            yield Part(text[place:start], is_marked=False)
        yield Part(words, is_marked=True)
        place = start + len(words)
    if place < len(text):
        yield Part(text[place:], is_marked=False)


def has_marked_before(user: User) -> bool:
    """Whether the person has ever made a highlight, and so needs no first steps. One query."""
    return Span.objects.filter(reading__member__user=user).exists()
