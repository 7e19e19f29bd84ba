"""Where the story is: its headline, and the part of the page that holds its prose."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from annotator.importers.html_landmarks import common_ancestor
from annotator.importers.html_leaves import Leaf
from annotator.importers.html_page import Holds, Page, is_linked, is_prose, prose_weight

# A part holds the story if it has so much of the prose, or half of it and twice as much as any other.
MOST = 0.75
HALF = 0.5
# Prose that stands directly in a part, and not in parts of it, makes it the story's own from this share.
DIRECT = 0.25
# So much of its prose makes another part of the same tag and class a section of the same story.
LIKE = 0.05
CELLS = frozenset({"td", "th", "tr", "tbody"})
LEAST_BODY = 300
# Headlines of page and data differ by a word, a dash or the name of the paper.
ALIKE = 0.7
LONGEST_HEADLINE = 300
# A headline stands over its story: so many leaves on, there is prose.
NEAR = 15
WORDS = re.compile(r"\w+")
RANKS = {"h1": 3.0, "h2": 2.0, "h3": 1.0}


@dataclass(frozen=True, slots=True)
class Story:
    """`prose` holds the story's paragraphs, `around` them and the headline; the numbers are those of leaves."""

    prose: HtmlElement
    around: HtmlElement
    headline: int | None
    first: int
    last: int


def story_of(page: Page, named: int | None, body: str) -> Story:
    """The story of a page; `named` is the leaf that repeats the page's title, `body` the text that its data give."""
    told = [part for part in (marked_body(page), told_body(page, body)) if part is not None]
    prose = told[0] if told else densest(page)
    holds = page.holds.get(prose, Holds())
    headline = named if named is not None and named <= holds.last else heading_before(page, holds)
    around = common_ancestor([prose, page.leaves[headline].place]) if headline is not None else prose
    first = holds.first if headline is None else min(headline, holds.first)
    return Story(
        prose=prose,
        around=prose if around is None else around,
        headline=headline,
        first=first,
        last=holds.last,
    )


def marked_body(page: Page) -> HtmlElement | None:
    """The part that the page itself marks as the body of its article."""
    marked = [element for element in page.holds if element.get("itemprop") == "articleBody"]
    around = common_ancestor(marked)
    return around if around is not None and page.holds[around].prose >= LEAST_BODY else None


def told_body(page: Page, body: str) -> HtmlElement | None:
    """The smallest part around the paragraphs that the page's data give as the article's text."""
    if len(body) < LEAST_BODY:
        return None
    told = plain(body)
    same = [leaf.place for leaf in page.leaves if is_prose(leaf) and plain(leaf.text)[:60] in told]
    around = common_ancestor(same)
    return around if len(same) > 1 and around is not None and page.holds[around].prose >= LEAST_BODY else None


def densest(page: Page) -> HtmlElement:
    """Go down from the page into the part with most of the prose, as long as there is one."""
    element = main_part(page)
    while element in page.holds:
        inner = next_part(page, element)
        if inner is None:
            break
        element = inner
    return with_its_like(page, element)


def with_its_like(page: Page, element: HtmlElement) -> HtmlElement:
    """The part around an element and others of its tag and class that hold prose too: sections of one story."""
    outer = element.getparent()
    if outer is None or element.tag in CELLS | {"article", "body", "html"}:
        return element
    kind = (element.tag, element.get("class"))
    least = page.holds[element].prose * LIKE if element in page.holds else 0.0
    others = [each for each in outer if each is not element and (each.tag, each.get("class")) == kind]
    return outer if any(each in page.holds and page.holds[each].prose > least for each in others) else element


def main_part(page: Page) -> HtmlElement:
    """Where to begin: the page's main part if it has just one, with half of the prose."""
    whole = page.holds[page.root].prose if page.root in page.holds else 0.0
    for tag in ("main", "article"):
        found = [each for each in page.root.iter(tag) if each in page.holds and page.holds[each].prose > 0]
        if len(found) == 1 and page.holds[found[0]].prose >= whole * HALF:
            return found[0]
    return page.root


def next_part(page: Page, element: HtmlElement) -> HtmlElement | None:
    """The child that holds the story, or nothing where the element itself does."""
    prose = page.holds[element].prose
    direct = [prose_weight(leaf) for leaf in direct_leaves(page, element)]
    if not prose or (len(direct) > 1 and sum(direct) >= prose * DIRECT):
        return None
    parts = sorted((page.holds[child].prose for child in element if child in page.holds), reverse=True)
    if not parts or not is_clear(parts, prose):
        return None
    best = next(child for child in element if child in page.holds and page.holds[child].prose == parts[0])
    return best if page.holds[best].leaves > 1 else None


def is_clear(parts: list[float], prose: float) -> bool:
    """Whether the first of the parts has the story to itself."""
    second = parts[1] if len(parts) > 1 else 0.0
    return parts[0] >= prose * MOST or (parts[0] >= prose * HALF and parts[0] >= second * 2)


def direct_leaves(page: Page, element: HtmlElement) -> list[Leaf]:
    """The prose that stands in an element without a part of its own around it."""
    holds = page.holds[element]
    leaves = page.leaves[holds.first : holds.last + 1]
    return [leaf for leaf in leaves if is_prose(leaf) and element in (leaf.place, outer_of(leaf.place))]


def outer_of(place: HtmlElement) -> HtmlElement | None:
    """The element in which a paragraph stands; a cell of a table is no paragraph, but a place of its own."""
    return None if place.tag in CELLS else place.getparent()


def headline_named(leaves: Sequence[Leaf], titles: Sequence[str]) -> int | None:
    """The leaf that says what the page is called; of several, the highest heading, and the nearest to the prose."""
    wanted = [plain(title) for title in titles if title]
    best: tuple[float, int] | None = None
    for number, leaf in enumerate(leaves):
        if len(leaf.text) > LONGEST_HEADLINE:
            continue
        likeness = max((alike(plain(leaf.text), title) for title in wanted), default=0.0)
        if likeness >= ALIKE:
            score = likeness * 4 + RANKS.get(heading_tag(leaf), 0.0) - 4 * is_linked(leaf)
            score += 3 * any(is_prose(after) for after in leaves[number + 1 : number + NEAR])
            if best is None or score > best[0]:
                best = (score, number)
    return best[1] if best else None


def heading_before(page: Page, holds: Holds) -> int | None:
    """Without a title to go by: the last heading of the first rank before the prose, or the first heading near it."""
    prose = [number for number in range(holds.first, holds.last + 1) if is_prose(page.leaves[number])]
    start = prose[0] if prose else holds.last
    headings = [
        number
        for number in range(start + 1)
        if page.leaves[number].kind == "heading" and not is_linked(page.leaves[number])
    ]
    first_rank = [number for number in headings if heading_tag(page.leaves[number]) == "h1"]
    near = [number for number in headings if number >= holds.first or start - number < 6]
    return first_rank[-1] if first_rank else near[0] if near else None


def heading_tag(leaf: Leaf) -> str:
    """The heading a leaf stands in, if any."""
    return str(next((each.tag for each in (leaf.place, *leaf.place.iterancestors()) if each.tag in RANKS), ""))


def plain(text: str) -> str:
    """The words of a text, in small letters with single spaces."""
    return " ".join(WORDS.findall(text.casefold()))


def alike(text: str, title: str) -> float:
    """How alike two headlines are, from 0 to 1: the same, one within the other, or many shared words."""
    if not text or not title:
        return 0.0
    if text == title:
        return 1.0
    shorter, longer = sorted((text, title), key=len)
    if shorter in longer and len(shorter) * 2 > len(longer):
        return 0.8
    ours, theirs = set(text.split()), set(title.split())
    if min(len(ours), len(theirs)) < 3:
        return 0.0
    return 0.95 * 2 * len(ours & theirs) / (len(ours) + len(theirs))
