"""A page as the importer sees it: its leaves in order, and how much text, links and prose every element holds."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from annotator.importers.html_leaves import Leaf
from annotator.importers.html_words import ENDS_A_SENTENCE

# A paragraph counts as prose from this many letters, or from fewer if it ends as a sentence does.
PROSE = 80
SHORT_PROSE = 35
DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
PROSE_KINDS = frozenset({"paragraph", "quotation", "list_item"})


@dataclass(slots=True)
class Holds:
    """What an element holds: code points of text and of links, prose by weight, and its leaves from first to last."""

    text: float = 0
    linked: float = 0
    prose: float = 0
    first: int = 0
    last: int = 0
    leaves: int = 0
    links: int = 0
    linked_headings: int = 0

    def share(self) -> float:
        """The share of links in the text."""
        return self.linked / self.text if self.text else 0.0


@dataclass(slots=True)
class Page:
    """`holds` has every element with text; `elements` keeps them alive, for they are its keys."""

    root: HtmlElement
    leaves: list[Leaf] = field(default_factory=list)
    holds: dict[HtmlElement, Holds] = field(default_factory=dict)
    elements: list[HtmlElement] = field(default_factory=list)


def page_of(root: HtmlElement, leaves: list[Leaf]) -> Page:
    """A tree with its leaves, and what each element holds of them. Prose is weighed later."""
    page = Page(root=root, leaves=leaves, elements=list(root.iter()))
    for number, leaf in enumerate(page.leaves):
        for element in (leaf.place, *leaf.place.iterancestors()):
            count(page.holds.setdefault(element, Holds(first=number)), leaf, number)
    return page


def weigh(page: Page, beside: Container[HtmlElement], start: int) -> None:
    """Weigh the prose from the leaf `start` on; what stands inside the elements `beside` has no weight."""
    for leaf in page.leaves[start:]:
        chain = [leaf.place, *leaf.place.iterancestors()]
        weight = prose_weight(leaf)
        if weight and not any(element in beside for element in chain):
            for element in chain:
                page.holds[element].prose += weight


def count(holds: Holds, leaf: Leaf, number: int) -> None:
    """Add a leaf to what an element holds."""
    is_link = is_linked(leaf)
    holds.text += len(leaf.text)
    holds.linked += leaf.linked
    holds.last = number
    holds.leaves += 1
    holds.links += is_link
    holds.linked_headings += is_link and leaf.kind == "heading"


def is_linked(leaf: Leaf) -> bool:
    """Whether a leaf is a link, give or take a word."""
    return leaf.linked * 10 >= len(leaf.text) * 6


def letters(text: str) -> int:
    """How long a text is in the letters of an alphabet: a Chinese or Japanese sign says as much as three."""
    return len(text) + 2 * len(DENSE.findall(text))


def is_prose(leaf: Leaf) -> bool:
    """Whether a leaf reads like a paragraph and not like a label or a link."""
    return prose_weight(leaf) > 0


def prose_weight(leaf: Leaf) -> float:
    """How much prose a leaf is: its letters outside links, or nothing."""
    if leaf.kind not in PROSE_KINDS or leaf.linked * 2 > len(leaf.text):
        return 0.0
    length = letters(leaf.text)
    if length >= PROSE or (length >= SHORT_PROSE and ENDS_A_SENTENCE.search(leaf.text)):
        return float(length - leaf.linked)
    return 0.0


def chain_of(leaf: Leaf, below: HtmlElement) -> Iterator[HtmlElement]:
    """The elements around a leaf, from its place up to the child of `below`."""
    element: HtmlElement | None = leaf.place
    while element is not None and element is not below:
        yield element
        element = element.getparent()


def is_inside(leaf: Leaf, element: HtmlElement) -> bool:
    """Whether a leaf stands in an element."""
    return leaf.place is element or any(each is element for each in leaf.place.iterancestors())
