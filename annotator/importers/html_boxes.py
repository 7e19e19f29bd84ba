"""Boxes of a page that lead elsewhere: lists of links, teasers of other stories, rows of buttons."""

from lxml.html import HtmlElement

from annotator.importers.html_page import Holds, Page, is_linked, prose_weight
from annotator.importers.html_story import Story
from annotator.importers.html_words import RELATED

# From this share of links on, a box is a list of links.
LINKED = 0.5
LABEL = 60
# So many parts alike make a row; each has at most so many leaves.
ROW = 3
# With this share of the story's prose, what looks like teasers in it is the story.
OWN = 0.4
PART = 8


def boxes(page: Page, story: Story) -> set[HtmlElement]:
    """The elements that lead elsewhere as a whole; never one around the story or its headline."""
    mine = {story.prose, *story.prose.iterancestors()}
    if story.headline is not None:
        place = page.leaves[story.headline].place
        mine |= {place, *place.iterancestors()}
    others = {element: holds for element, holds in page.holds.items() if element not in mine}
    lists = {element for element, holds in others.items() if is_links(holds)}
    told = {
        element
        for element, holds in others.items()
        if is_teaser(holds) or is_related(page, holds) or is_row(page, element)
    }
    return lists | (told - own_entries(page, story, told))


def own_entries(page: Page, story: Story, told: set[HtmlElement]) -> set[HtmlElement]:
    """Parts that look like teasers but hold much of the story: the entries of a live report, the steps of a recipe."""
    inside = {element for element in told if story.prose in element.iterancestors()}
    weight = sum(
        prose_weight(leaf)
        for leaf in page.leaves[story.first : story.last + 1]
        if any(element in inside for element in (leaf.place, *leaf.place.iterancestors()))
    )
    whole = page.holds[story.prose].prose if story.prose in page.holds else 0.0
    return inside if weight >= whole * OWN else set()


def is_links(holds: Holds) -> bool:
    """Two links or more, and hardly anything else."""
    return holds.links > 1 and holds.share() >= LINKED and holds.prose < holds.text * (1 - LINKED)


def is_teaser(holds: Holds) -> bool:
    """A linked heading with the first lines of the story it leads to."""
    return holds.linked_headings > 0 and holds.leaves <= holds.linked_headings * 6


def is_row(page: Page, element: HtmlElement) -> bool:
    """A row of parts alike, each with a line that is a link and some words about it."""
    parts = [page.holds[child] for child in element if child in page.holds]
    led = [part for part in parts if part.links and 1 < part.leaves <= PART]
    return len(led) >= ROW and len(led) * 2 > len(parts)


def is_related(page: Page, holds: Holds) -> bool:
    """A label that speaks of other stories, and links under it."""
    label = page.leaves[holds.first]
    if len(label.text) > LABEL or not RELATED.search(label.text):
        return False
    return holds.leaves > 1 and (holds.links - is_linked(label)) * 2 >= holds.leaves - 1
