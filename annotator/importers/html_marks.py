"""The first ticks of the preview: for each leaf of a page the part it belongs to, and whether a reader meets it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lxml.html import HtmlElement

from annotator.importers import html_words as words
from annotator.importers.html_boxes import boxes
from annotator.importers.html_leaves import Leaf
from annotator.importers.html_page import Page, is_linked, is_prose, letters
from annotator.importers.html_story import Story, plain

# Labels of buttons are shorter than this; sentences are longer.
LABEL = 40
PHRASE = 20
SENTENCE = 25
APPEAL = 18
# So many leaves after the story a line about its author is about its author.
SOON = 10
# How many leaves after a heading tell whether what it opens is kept.
AFTER = 8
# Of a name such as "Li Na" as much must stand in a line for the line to be about its author.
SHORTEST_NAME = 4
SEEN = 2000
SIDES = frozenset({"menu", "comments"})
# In the story's own prose, text in these is text of the story, however short.
PARAGRAPHS = frozenset({"p", "li", "dd", "dt", "blockquote", "pre"})
# Parts that belong among paragraphs as a whole, whatever their shape inside.
WHOLE = frozenset({"ul", "ol", "dl", "blockquote", "table", "figure", "pre", "p"})


@dataclass(frozen=True, slots=True)
class Mark:
    """What the preview shows first: the group of a block, and whether it is kept."""

    group: str
    kept: bool
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A leaf and where it stands. `zone` is before, head, story or after; `lands` are the landmarks around it;
    `boxed` says that something around it leads elsewhere, `listed` that what is next around it does; `flows` that it
    stands among the story's paragraphs, `near` that the story's own part is around it too, `lone` that its neighbours
    are no links, `last` that it is in the footer, `soon` that the story has only just ended, `signed` that it names
    the author.
    """

    leaf: Leaf
    zone: str
    lands: frozenset[str]
    boxed: bool
    listed: bool
    flows: bool
    near: bool
    lone: bool
    last: bool
    soon: bool
    signed: bool

    @property
    def text(self) -> str:
        """The text of the leaf, as much of it as its kind can be told by."""
        return self.leaf.text[:SEEN].replace("\u00a0", " ")


def marks_of(page: Page, story: Story, named: dict[HtmlElement, str], author: str) -> list[Mark]:
    """A mark for every leaf of the page, in order; `named` are its landmarks, `author` is who wrote it, if known."""
    places = places_of(page, story, named, plain(author))
    kept = [is_kept(place) for place in places]
    for number in range(len(places) - 1, -1, -1):
        if places[number].leaf.kind == "heading" or opens_links(places, number):
            kept[number] = opens_kept(places, kept, number)
    if story.headline is not None:
        kept[story.headline] = True
    for number in range(1, len(places) - 1):
        kept[number] = kept[number] or is_small_print(places[number - 1 : number + 2])
    return [
        Mark(
            group=group_of(place, is_kept=kept[number]),
            kept=kept[number],
            is_title=number == story.headline,
        )
        for number, place in enumerate(places)
    ]


def places_of(page: Page, story: Story, named: dict[HtmlElement, str], author: str) -> list[Place]:
    """Where every leaf stands."""
    elsewhere = boxes(page, story)
    flow = flow_of(page, story)
    prose = first_prose(page, story)
    own = own_part(story, named)
    foot = footer_from(page, story)
    found = []
    for number, leaf in enumerate(page.leaves):
        chain = [leaf.place, *leaf.place.iterancestors()]
        found.append(
            Place(
                leaf=leaf,
                zone=zone_of(number, story, prose),
                lands=frozenset(named[each] for each in chain if each in named and each not in own),
                boxed=any(each in elsewhere for each in chain),
                listed=any(each in elsewhere for each in chain[:2]),
                flows=flows(chain, flow) or (leaf.place.tag in PARAGRAPHS and story.prose in chain),
                near=own[0] in chain,
                lone=is_lone(page.leaves, number),
                last=number >= foot,
                signed=len(author) >= SHORTEST_NAME and author in plain(leaf.text),
                soon=story.last < number <= story.last + SOON,
            )
        )
    return found


def zone_of(number: int, story: Story, prose: int) -> str:
    """The stretch of the page in which a leaf stands."""
    if number < story.first:
        return "before"
    if number < prose:
        return "head"
    return "story" if number <= story.last else "after"


def first_prose(page: Page, story: Story) -> int:
    """The leaf with which the story's paragraphs begin."""
    start = page.holds[story.prose].first if story.prose in page.holds else 0
    after = range(max(start, story.first), story.last + 1)
    return next((number for number in after if is_prose(page.leaves[number])), max(start, story.first))


def own_part(story: Story, named: dict[HtmlElement, str]) -> list[HtmlElement]:
    """The story's own part of the page, then everything around it.

    That is the article or main part around its prose, else what holds prose and headline, unless that is the page.
    """
    chain = [story.prose, *story.prose.iterancestors()]
    marked = [each for each in chain if each.tag in {"article", "main"}]
    part = marked[0] if marked else story.around
    if part.tag in {"body", "html"} or any(each in named for each in part.iterdescendants() if each.tag == "nav"):
        part = story.prose
    return chain[chain.index(part) :] if part in chain else [story.prose]


def flow_of(page: Page, story: Story) -> set[HtmlElement]:
    """The elements in which the story's paragraphs stand directly, at least two of them."""
    counts: dict[HtmlElement, int] = {}
    for leaf in page.leaves[story.first : story.last + 1]:
        if is_prose(leaf):
            for element in (leaf.place, leaf.place.getparent()):
                if element is not None:
                    counts[element] = counts.get(element, 0) + 1
    return {element for element, count in counts.items() if count > 1} | {story.prose}


def flows(chain: Sequence[HtmlElement], flow: set[HtmlElement]) -> bool:
    """Whether a leaf is a paragraph, or part of a list, a quotation or a table, among the story's paragraphs."""
    if chain[0] in flow:
        return True
    part = next((each for each, outer in pairwise(chain) if outer in flow), None)
    return part is not None and (part is chain[0] or part.tag in WHOLE)


def is_lone(leaves: Sequence[Leaf], number: int) -> bool:
    """Whether no link stands before or after this leaf."""
    around = [*leaves[max(number - 1, 0) : number], *leaves[number + 1 : number + 2]]
    return not any(is_linked(leaf) for leaf in around)


def is_kept(place: Place) -> bool:
    """Whether a leaf is ticked at first, headings aside."""
    text = place.text
    if place.lands & SIDES or words.AD_LABEL.search(text):
        return False
    if is_rights_line(place) and place.zone != "before":
        return True
    if is_button(place.leaf):
        return False
    return RULES[place.zone](place)


def is_rights_line(place: Place) -> bool:
    """Whether a line says whose the page is: in a list of links only in the footer, as a link only with a name."""
    leaf = place.leaf
    if not words.COPYRIGHT.search(place.text) or (place.boxed and not place.last):
        return False
    return not is_linked(leaf) or letters(place.text) >= PHRASE


def is_small_print(three: Sequence[Place]) -> bool:
    """Whether the middle of three lines stands between copyright lines and is one of them."""
    before, line, after = three
    return line.last and is_prose(line.leaf) and all(words.COPYRIGHT.search(each.text) for each in (before, after))


def is_button(leaf: Leaf) -> bool:
    """Whether a leaf is a sign, a number or a short label for sharing."""
    if not any(character.isalpha() for character in leaf.text):
        return not words.DATED.search(leaf.text[:SEEN])
    if words.TAGGED.search(leaf.text):
        return True
    return (
        len(leaf.text) < LABEL
        and bool(words.SHARING.search(leaf.text))
        and (is_linked(leaf) or leaf.kind == "list_item")
    )


def kept_before(place: Place) -> bool:
    """Before the headline: its date, its author, a caption of the picture above it, all in the story's own part."""
    if not place.near or place.boxed or is_linked(place.leaf) or "header" in place.lands:
        return False
    text = place.text
    return place.leaf.kind == "caption" or place.signed or bool(words.DATED.search(text) or words.BYLINE.search(text))


def kept_in_head(place: Place) -> bool:
    """Between headline and story: author, date, lines of introduction, captions and credits."""
    text = place.text
    if place.signed and len(text) < 3 * LABEL:
        return True
    if place.boxed:
        return False
    if place.leaf.kind == "caption":
        return True
    if is_linked(place.leaf):
        return bool(words.BYLINE.search(text))
    signed = words.BYLINE.search(text) or words.DATED.search(text) or words.CREDIT.search(text)
    return bool(signed) or is_prose(place.leaf) or len(text) >= PHRASE or "<time" in place.leaf.html


def kept_in_story(place: Place) -> bool:
    """Within the story: its paragraphs, lists, captions and boxes; not lists of links, not buttons."""
    text = place.text
    if place.boxed:
        return False
    if place.leaf.kind == "caption":
        return True
    if is_linked(place.leaf):
        return place.flows and place.lone and len(text) >= SENTENCE
    if place.flows or is_prose(place.leaf) or place.signed:
        return True
    return is_appeal(text) or bool(words.CREDIT.search(text) or words.CORRECTION.search(text))


def kept_after(place: Place) -> bool:
    """After the story: who wrote it, corrections and appeals; prose only where the story's own part still goes on."""
    text = place.text
    if place.signed and place.near:
        return True
    about = words.CORRECTION.search(text) or words.ABOUT_AUTHOR.search(text)
    if is_linked(place.leaf):
        return False
    if is_appeal(text) and not place.listed and place.leaf.kind != "list_item":
        return True
    if place.boxed:
        return False
    if place.near and "aside" not in place.lands and place.leaf.kind != "list_item":
        return is_prose(place.leaf) or bool(about)
    return is_prose(place.leaf) and (bool(about) or place.signed) and (place.soon or place.signed)


RULES = {"before": kept_before, "head": kept_in_head, "story": kept_in_story, "after": kept_after}


def is_appeal(text: str) -> bool:
    """Whether a line asks the reader for money, an address or a subscription."""
    return len(text) >= APPEAL and bool(words.APPEAL.search(text) or words.COOKIES.search(text))


def is_sentence(text: str) -> bool:
    """Whether a line is a sentence rather than a label."""
    return len(text) >= SENTENCE and bool(words.ENDS_A_SENTENCE.search(text))


def opens_links(places: Sequence[Place], number: int) -> bool:
    """Whether a line that is no heading stands over links to other stories as one would."""
    text = places[number].text
    is_label = len(text) < LABEL and bool(words.RELATED.search(text) or text.endswith((":", "：")))
    return is_label and number + 1 < len(places) and is_linked(places[number + 1].leaf)


def opens_kept(places: Sequence[Place], kept: Sequence[bool], number: int) -> bool:
    """Whether a heading is ticked: as what it opens is, up to the next heading."""
    place = places[number]
    if place.lands & SIDES or place.boxed or place.zone == "before":
        return False
    if words.SHARE_HEADING.search(place.text) and len(place.text) < LABEL:
        return False
    if place.zone == "head" and len(place.text) >= LABEL:
        return True
    if place.zone == "after" and is_linked(place.leaf):
        return False
    for after in range(number + 1, min(number + AFTER, len(places))):
        if kept[after] or ends_heading(places[after]):
            return kept[after]
    return False


def ends_heading(place: Place) -> bool:
    """Whether a leaf that is left out shows that the heading before it belongs to what is left out."""
    if place.zone == "after" or place.boxed:
        return True
    return is_linked(place.leaf) and not words.AD_LABEL.search(place.text)


def footer_from(page: Page, story: Story) -> int:
    """The leaf with which the page's footer begins: what stands around its last copyright line, up to other stories."""
    rights = [
        number
        for number, leaf in enumerate(page.leaves)
        if number > story.last and words.COPYRIGHT.search(leaf.text[:SEEN])
    ]
    if not rights:
        return len(page.leaves)
    place = page.leaves[rights[-1]].place
    start = page.holds[place].first
    for outer in place.iterancestors():
        before = page.leaves[page.holds[outer].first : start]
        if page.holds[outer].first <= story.last or any(is_other_matter(leaf) for leaf in before):
            break
        start = page.holds[outer].first
    return start


def is_other_matter(leaf: Leaf) -> bool:
    """Whether a leaf is none of a footer: prose, an advertisement, or a label over other stories."""
    label = len(leaf.text) < LABEL and (leaf.kind == "heading" or not is_linked(leaf))
    return is_prose(leaf) or bool(label and (words.RELATED.search(leaf.text) or words.AD_LABEL.search(leaf.text)))


def group_of(place: Place, *, is_kept: bool) -> str:
    """The part of the page under which the preview shows a leaf."""
    if place.last or "footer" in place.lands:
        return "footer"
    if place.zone == "before":
        return "story" if is_kept else "header"
    if place.boxed or "aside" in place.lands or place.lands & SIDES:
        return "aside"
    if place.zone != "after":
        return "story"
    if is_kept and (place.near or place.soon):
        return "story"
    return "footer" if is_kept and words.COPYRIGHT.search(place.text) else "aside"
