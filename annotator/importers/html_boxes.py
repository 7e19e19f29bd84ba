"""Boxes of a page that lead elsewhere: lists of links, teasers of other stories, rows of buttons."""

from lxml.html import HtmlElement

from annotator.importers.html_page import Holds, Page, is_linked
from annotator.importers.html_story import Story
from annotator.importers.html_words import RELATED

# From this share of links on, a box is a list of links.
LINKED = 0.5
LABEL = 60


def boxes(page: Page, story: Story) -> set[HtmlElement]:
    """The elements that lead elsewhere as a whole; never one around the story or its headline."""
    mine = {story.prose, *story.prose.iterancestors()}
    if story.headline is not None:
        place = page.leaves[story.headline].place
        mine |= {place, *place.iterancestors()}
    return {
        element
        for element, holds in page.holds.items()
        if element not in mine and (is_links(holds) or is_teaser(holds) or is_related(page, holds))
    }


def is_links(holds: Holds) -> bool:
    """Two links or more, and hardly anything else."""
    return holds.links > 1 and holds.share() >= LINKED and holds.prose < holds.text * (1 - LINKED)


def is_teaser(holds: Holds) -> bool:
    """A linked heading with the first lines of the story it leads to."""
    return holds.linked_headings > 0 and holds.leaves <= holds.linked_headings * 6


def is_related(page: Page, holds: Holds) -> bool:
    """A label that speaks of other stories, and links under it."""
    label = page.leaves[holds.first]
    if len(label.text) > LABEL or not RELATED.search(label.text):
        return False
    return holds.leaves > 1 and (holds.links - is_linked(label)) * 2 >= holds.leaves - 1
