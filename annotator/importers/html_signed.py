"""What the lines around a headline add to the facts of a page: the headline itself, its author and its day."""

import re
from collections.abc import Sequence
from dataclasses import replace

from annotator.importers.html_dates import date_of
from annotator.importers.html_facts import BY, Facts, first_time
from annotator.importers.html_leaves import Leaf
from annotator.importers.html_marks import Mark
from annotator.importers.html_story import Story

# A byline ends where the date, another bar or a sentence begins.
ENDS = re.compile(r"\s*(?:[|•·\n(<]|\s[-–—]\s|,?\s\d|\b(?:updated|published|posted|for)\b)", re.IGNORECASE)
LONGEST = 80
# How many kept lines around the headline may hold its author and its day.
AROUND = 8


def signed(facts: Facts, leaves: Sequence[Leaf], marks: Sequence[Mark], story: Story) -> Facts:
    """The facts with the headline as the page shows it, and an author and a day if the page's data have none."""
    title = " ".join(leaves[story.headline].text.split()) if story.headline is not None else ""
    lines = head_lines(leaves, marks, story)
    return replace(
        facts,
        titles=(title, *facts.titles) if title else facts.titles,
        author=facts.author or next((name for leaf in lines if (name := author_in(leaf.text))), ""),
        published=facts.published
        or next((day for leaf in lines if (day := first_time(leaf.place) or date_of(leaf.text))), None),
    )


def head_lines(leaves: Sequence[Leaf], marks: Sequence[Mark], story: Story) -> list[Leaf]:
    """The short kept lines before and after the headline."""
    start = story.headline if story.headline is not None else story.first
    numbers = [*range(start, min(start + AROUND, len(leaves))), *range(max(start - AROUND, 0), start)]
    return [leaves[number] for number in numbers if marks[number].kept and len(leaves[number].text) < 200]


def author_in(text: str) -> str:
    """The name in a line that begins as a byline does."""
    found = BY.match(text)
    if not found:
        return ""
    name = ENDS.split(text[found.end() :], maxsplit=1)[0].strip(" ,.;:")
    return name if 1 < len(name) <= LONGEST and not name[0].islower() else ""
