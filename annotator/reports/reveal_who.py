"""Who marked what in a passage: names for those who teach; for readers letters, dealt anew for each passage."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from annotator.models import Membership
from annotator.reports.reading_parts import LabelPart
from annotator.reports.reveal_passages import Passage, Reading, shortened

QUOTE = 120
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Who:
    """One reader's choice and the words it covers; `name` is a letter where readers look."""

    name: str
    label: LabelPart | None
    quote: str
    is_own: bool


def who_marked(read: Reading, passage: Passage, *, is_teacher: bool) -> list[Who]:
    """Every counted reader, by label and by the words marked. One query for the teacher, none for readers.

    The order is by what was marked and by nothing else, and letters follow it: they say nothing about a person. Of
    those who marked alike one's own line is the first: anywhere else it would tell how many of them joined before.
    """
    made = read.chosen(passage.start, passage.end).tolist()
    words_of = covered(read, passage)
    marked = [(label, words_of.get((reader, label), ()), reader) for reader, label in enumerate(made)]
    rows = sorted(marked) if is_teacher else sorted(marked, key=lambda row: (*row[:2], row[2] != read.own))
    names = names_of(read) if is_teacher else {}
    return [
        Who(
            name=names.get(read.counted.readers[reader], letter(place)),
            label=read.labels[label] if label < len(read.labels) else None,
            quote=shortened(read.text[words[0] : words[1]], QUOTE) if words else "",
            is_own=reader == read.own,
        )
        for place, (label, words, reader) in enumerate(rows)
    ]


def covered(read: Reading, passage: Passage) -> dict[tuple[int, int], tuple[int, int]]:
    """By reader and label, from where to where, in code points inside the passage, highlights reach."""
    before = read.counted.before
    start, end = int(before[passage.start]), int(before[passage.end])
    here = read.spans.taken((read.spans.start < end) & (read.spans.end > start))
    starts = np.searchsorted(before, np.maximum(here.start, start), side="right") - 1
    ends = np.searchsorted(before, np.minimum(here.end, end), side="left")
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for *whose, first, last in zip(*(each.tolist() for each in (here.reader, here.label, starts, ends)), strict=True):
        begin, stop = found.get((whose[0], whose[1]), (first, last))
        found[whose[0], whose[1]] = min(begin, first), max(stop, last)
    return found


def names_of(read: Reading) -> Mapping[int, str]:
    """By membership, what the teacher calls a reader. One query."""
    rows = Membership.objects.filter(pk__in=read.counted.readers)
    named = rows.values_list("pk", "pseudonym", "user__name", "user__username")
    return {pk: pseudonym or name or username for pk, pseudonym, name, username in named}


def letter(place: int) -> str:
    """A to Z, then AA to AZ and so on."""
    more, one = divmod(place, len(LETTERS))
    return (LETTERS[(more - 1) % len(LETTERS)] if more else "") + LETTERS[one]
