"""The leaves of an HTML tree: its runs of text in page order, each with its kind, its markup and where it stood."""

import re
from dataclasses import dataclass, field
from html import escape

from lxml.html import HtmlElement

from annotator.importers.html_clean import names

HEADINGS = names("h1 h2 h3 h4 h5 h6")
# The elements that browsers lay out as blocks; text around and between them is a block of its own.
BLOCKS = HEADINGS | names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form header hgroup hr html legend li listing main menu nav ol p pre search section summary table tbody td "
    "tfoot th thead tr ul"
)
LISTED = frozenset({"li", "dd", "dt"})
# Things that stand beside each other on a page although no space parts them in the source.
APART = frozenset({"a", "button", "label", "time"})
SPACES = re.compile(r"[ \t\n\f\r]+")
ON_THIS_PAGE = re.compile(r"\s{0,20}(?:#\w|mailto:|tel:)", re.IGNORECASE)
# A row of a table is one block while its cells are as short as this; longer ones are blocks of their own.
SHORT_CELL = 200


@dataclass(slots=True)
class Leaf:
    """One run of text. `linked` counts its code points in links and buttons; `place` is the nearest block around."""

    kind: str
    text: str
    html: str
    linked: int
    place: HtmlElement


@dataclass(slots=True)
class Run:
    """The text gathered since the last block edge."""

    texts: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)


def leaves_of(root: HtmlElement) -> list[Leaf]:
    """Every run of text below `root`, in page order. Two or more line breaks in a row part a run, as they look."""
    gathering = Gathering(root)
    gathering.children(root, "paragraph")
    gathering.end_run("paragraph", root)
    return gathering.leaves


class Gathering:
    """One walk over a tree; `inline` are the elements open around the present place, outermost first."""

    def __init__(self, root: HtmlElement) -> None:
        self.leaves: list[Leaf] = []
        self.inline: list[HtmlElement] = []
        self.place = root
        self.kind = "paragraph"
        self.run = Run()

    def children(self, element: HtmlElement, kind: str) -> None:
        """The content of an element: its text, and each child with the text after it."""
        outer = self.place, self.kind
        if is_block(element):
            self.place, self.kind = element, kind
        self.add_text(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self.child(child)
            self.add_text(child.tail)
        if is_block(element):
            self.end_run(kind, element)
            self.place, self.kind = outer

    def child(self, element: HtmlElement) -> None:
        """One element inside another."""
        if element.tag == "br":
            self.add_break()
        elif element.tag == "tr" and not has_stray_text(element):
            self.add_row(element)
        elif is_block(element):
            self.end_run(self.kind, self.place)
            self.children(element, kind_of(element, self.kind))
        else:
            self.add_inline(element)

    def add_inline(self, element: HtmlElement) -> None:
        """An element within a run; where blocks stand inside it, it is closed and opened around each."""
        if stands_apart(element, "".join(self.run.texts[-1:])):
            self.add_text(" ")
        self.inline.append(element)
        self.run.markup.append(start_tag(element))
        self.children(element, self.kind)
        self.inline.pop()
        self.run.markup.append(f"</{element.tag}>")

    def add_text(self, text: str | None) -> None:
        """Text of the source: its white space is one space, but its lines stay lines where they were set so."""
        if not text:
            return
        if "pre" in (self.place.tag, *(each.tag for each in self.inline)):
            for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
                if number:
                    self.add_break()
                self.add_words(line)
        else:
            self.add_words(text)

    def add_words(self, text: str) -> None:
        """Text within a line."""
        self.run.texts.append(SPACES.sub(" ", text))
        self.run.markup.append(escape(text, quote=False))
        if any(is_link(each) for each in self.inline):
            self.run.linked.append(text)

    def add_break(self) -> None:
        """A line break; a second one in a row ends the run."""
        if "".join(self.run.texts[-8:]).rstrip(" ").endswith("\n"):
            self.end_run(self.kind, self.place)
            return
        self.run.texts.append("\n")
        self.run.markup.append("<br>")

    def add_row(self, row: HtmlElement) -> None:
        """A row of a table: one block if its cells are short, else each cell with the blocks in it."""
        self.end_run(self.kind, self.place)
        cells = [leaves_of(cell) for cell in row if isinstance(cell.tag, str)]
        filled = [cell for cell in cells if cell]
        if len(filled) > 1 and all(is_short(cell) for cell in filled):
            parts = [leaf for cell in filled for leaf in cell]
            self.leaves.append(
                Leaf(
                    kind="paragraph",
                    text=" ".join(leaf.text for leaf in parts),
                    html=" ".join(leaf.html for leaf in parts),
                    linked=sum(leaf.linked for leaf in parts),
                    place=row,
                )
            )
        else:
            self.leaves.extend(leaf for cell in filled for leaf in cell)

    def end_run(self, kind: str, place: HtmlElement) -> None:
        """What was gathered becomes a leaf, unless it is white space."""
        run, self.run = self.run, Run(markup=[start_tag(each) for each in self.inline])
        text = tidy("".join(run.texts))
        if text.strip():
            markup = "".join(run.markup) + "".join(f"</{each.tag}>" for each in reversed(self.inline))
            linked = len(tidy("".join(run.linked)))
            self.leaves.append(Leaf(kind=kind, text=text, html=markup, linked=min(linked, len(text)), place=place))


def has_stray_text(row: HtmlElement) -> bool:
    """Whether text stands between the cells of a row, where no page should have it."""
    return any((text or "").strip() for text in (row.text, *(cell.tail for cell in row)))


def is_short(cell: list[Leaf]) -> bool:
    """Whether a cell is a short line of text and nothing more."""
    return len(cell) == 1 and cell[0].kind == "paragraph" and len(cell[0].text) <= SHORT_CELL


def is_block(element: HtmlElement) -> bool:
    """Whether browsers give the element lines of its own."""
    return element.tag in BLOCKS


def kind_of(element: HtmlElement, around: str) -> str:
    """The kind of block that text directly in this element is, inside a block of kind `around`."""
    if around == "caption" or element.tag in {"figcaption", "caption"}:
        return "caption"
    if element.tag in HEADINGS or (element.get("role") == "heading" and len(element) < 3):
        return "heading"
    if element.tag == "blockquote":
        return "quotation"
    if element.tag in LISTED:
        return "paragraph" if holds_story(element) else "list_item"
    return around if around in {"list_item", "quotation"} else "paragraph"


def is_link(element: HtmlElement) -> bool:
    """Whether an element leads elsewhere or does something; a place on the same page or a mailbox is not elsewhere."""
    if element.tag == "button":
        return True
    return element.tag == "a" and not ON_THIS_PAGE.match(element.get("href", ""))


def holds_story(item: HtmlElement) -> bool:
    """Whether an item of a list is a piece of its own, with a heading or several paragraphs, and no list item."""
    paragraphs = 0
    for element in item.iter():
        if element.tag in HEADINGS or element.tag == "article":
            return True
        paragraphs += element.tag == "p"
    return paragraphs > 2


def stands_apart(element: HtmlElement, before: str) -> bool:
    """Whether an inline element follows another with nothing between them, and yet does not go on with its word.

    That is so for links, buttons and dates, and where a capital or a number comes after a small letter.
    """
    other = element.getprevious()
    if other is None or other.tail or not isinstance(other.tag, str) or is_block(other):
        return False
    if {element.tag, other.tag} & APART:
        return True
    first = next((text.strip()[0] for text in element.itertext() if text.strip()), "")
    return before[-1:].islower() and (first.isupper() or first.isdigit())


def start_tag(element: HtmlElement) -> str:
    """The start tag of an element as it was, every attribute included."""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.attrib.items())
    return f"<{element.tag}{attributes}>"


def tidy(text: str) -> str:
    """A run of text with single spaces, none beside a line break, and no white space of the source at its ends."""
    lines = (SPACES.sub(" ", line).strip(" ") for line in text.split("\n"))
    return "\n".join(lines).strip("\n")
