"""What the lines around a headline add to the facts of a page: the headline itself, its author and its day."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from annotator.importers.html_dates import date_of
from annotator.importers.html_facts import BY, Facts
from annotator.importers.html_leaves import Leaf
from annotator.importers.html_marks import Mark
from annotator.importers.html_page import is_prose
from annotator.importers.html_story import Story
from annotator.importers.html_words import MONTHS

# A byline ends where the date, another bar or a sentence begins.
ENDS = re.compile(
    rf"\s{{0,20}}(?:[|•·\n(<@]|\s[-–—]\s|,?\s?\d|\b(?:updated|published|posted|follow|for|on|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    rf"|(?:{MONTHS})[^\W\d_]{{0,7}}\.?\s\d{{1,2}})\b)",
    re.IGNORECASE,
)
LONGEST = 80
LONGEST_LINE = 200
FIRST_YEAR = 1990
# As the leaves write a start tag.
TIME = re.compile(r'<time\b[^<>]{0,500}?\bdatetime="([^"]{4,60})"')
DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)[/_-]")
# How many kept lines around the headline may hold its author and its day.
AROUND = 8


def signed(facts: Facts, leaves: Sequence[Leaf], marks: Sequence[Mark], story: Story) -> Facts:
    """The facts with the headline as the page shows it, and a day if the page's data have none."""
    title = " ".join(leaves[story.headline].text.split()) if story.headline is not None else ""
    dates = (date_in(leaf) for leaf in head_lines(leaves, marks, story))
    return replace(
        facts,
        titles=(title, *facts.titles) if title else facts.titles,
        published=facts.published or next(filter(None, dates), None) or day_in_address(facts.address),
    )


def day_in_address(address: str) -> date | None:
    """The day that many papers write into their addresses, as /2026/03/06/."""
    found = DAY.search(address)
    return date_of("-".join(found.groups())) if found else None


def author_near(leaves: Sequence[Leaf], headline: int | None) -> str:
    """The name in the first byline under a headline."""
    lines = leaves[headline : headline + 5 * AROUND] if headline is not None else ()
    return next((name for leaf in lines if len(leaf.text) < LONGEST_LINE and (name := author_in(leaf.text))), "")


def head_lines(leaves: Sequence[Leaf], marks: Sequence[Mark], story: Story) -> list[Leaf]:
    """The short kept lines before and after the headline."""
    start = story.headline if story.headline is not None else story.first
    numbers = [*range(start, min(start + AROUND, len(leaves))), *range(max(start - AROUND, 0), start)]
    lines = [leaves[number] for number in numbers if marks[number].kept]
    return [leaf for leaf in lines if len(leaf.text) < LONGEST_LINE and not is_prose(leaf)]


def date_in(leaf: Leaf) -> date | None:
    """The day that a line gives, by its `<time>` or in its words, if the web was there to be written for."""
    found = next(filter(None, map(date_of, TIME.findall(leaf.html))), None) or date_of(leaf.text)
    return found if found and found.year >= FIRST_YEAR else None


def author_in(text: str) -> str:
    """The name in a line that begins as a byline does."""
    found = BY.match(text)
    if not found:
        return ""
    name = ENDS.split(text[found.end() :], maxsplit=1)[0].strip(" ,.;:")
    return name if 1 < len(name) <= LONGEST and not name[0].islower() else ""
