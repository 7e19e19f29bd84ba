"""The numbers of a Word document's lists, as words: Word counts them on screen, and the converter drops them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
# Levels of a list, and parents of a style, before something is wrong.
LEVELS = 9
ANCESTORS = 20

Element = Any


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how its numbers are written, and the words around them (“%1.%2”)."""

    start: int
    form: str
    words: str


def number_paragraphs(document: Element, numbering: Element | None, styles: Element | None) -> None:
    """Put its number before the words of each numbered paragraph of `document`; bullets stay as they are."""
    if numbering is None:
        return
    lists = Lists(numbering)
    inherited = dict(style_numbers(styles)) if styles is not None else {}
    for paragraph in document.iter("{*}p"):
        place = own_number(paragraph) or inherited.get(value(paragraph, "pPr/pStyle"))
        if place and (label := lists.next_label(*place)):
            put_before(paragraph, f"{label} ")


class Lists:
    """The lists of a document while they are counted through."""

    def __init__(self, numbering: Element) -> None:
        levels = {named(each, "abstractNumId"): dict(levels_of(each)) for each in children(numbering, "abstractNum")}
        self.levels: dict[str, tuple[str, dict[int, Level]]] = {}
        self.restarts: dict[str, dict[int, int]] = {}
        for each in children(numbering, "num"):
            number, abstract = named(each, "numId"), value(each, "abstractNumId")
            own = {int(named(over, "ilvl") or 0): over for over in children(each, "lvlOverride")}
            changed = {level: found for over in own.values() for level, found in levels_of(over)}
            self.levels[number] = (abstract, levels.get(abstract, {}) | changed)
            starts = {level: value(over, "startOverride") for level, over in own.items()}
            self.restarts[number] = {level: int(start) for level, start in starts.items() if start.isdecimal()}
        self.counts: dict[str, dict[int, int]] = {}

    def next_label(self, number: str, level: int) -> str:
        """The label of the next paragraph on `level` of list `number`; empty for bullets and unknown lists."""
        abstract, levels = self.levels.get(number, ("", {}))
        if level not in levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        start = self.restarts[number].pop(level, None)
        first = start if start is not None else levels[level].start
        counts[level] = first if start is not None or level not in counts else counts[level] + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return label(levels, counts, level)


def label(levels: dict[int, Level], counts: dict[int, int], level: int) -> str:
    """“2.1” from “%1.%2” and the counts; levels not yet counted stand at their start."""
    if levels[level].form in {"bullet", "none"}:
        return ""
    words = levels[level].words
    for each in range(LEVELS):
        if f"%{each + 1}" in words and each in levels:
            words = words.replace(f"%{each + 1}", written(counts.get(each, levels[each].start), levels[each].form))
    return words.strip()


def written(number: int, form: str) -> str:
    """A number as Word would write it; forms we do not know are figures."""
    if form in {"lowerLetter", "upperLetter"} and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 10 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        letters = roman(number)
        return letters if form == "lowerRoman" else letters.upper()
    return f"{number:02d}" if form == "decimalZero" else str(number)


def roman(number: int) -> str:
    """Small Roman figures."""
    letters = ""
    for worth, sign in ROMAN:
        letters += sign * (number // worth)
        number %= worth
    return letters


def levels_of(holder: Element) -> Iterator[tuple[int, Level]]:
    """The levels described inside an abstractNum or an override."""
    for each in children(holder, "lvl"):
        level, start = named(each, "ilvl"), value(each, "start")
        if level.isdecimal() and int(level) < LEVELS:
            yield (
                int(level),
                Level(
                    int(start) if start.isdecimal() else 0, value(each, "numFmt") or "decimal", value(each, "lvlText")
                ),
            )


def own_number(holder: Element) -> tuple[str, int] | None:
    """(list, level) of a paragraph or a style, None where it names none; list “0” means none at all."""
    number, level = value(holder, "pPr/numPr/numId"), value(holder, "pPr/numPr/ilvl")
    return (number, int(level) if level.isdecimal() else 0) if number else None


def style_numbers(styles: Element) -> Iterator[tuple[str, tuple[str, int]]]:
    """The lists that styles belong to, by their own word or a parent's."""
    by_id = {named(style, "styleId"): style for style in children(styles, "style")}
    for name, style in by_id.items():
        current = style
        for _ in range(ANCESTORS):
            if found := own_number(current):
                yield name, found
                break
            parent = by_id.get(value(current, "basedOn"))
            if parent is None:
                break
            current = parent


def put_before(paragraph: Element, words: str) -> None:
    """A run with these words as the first of the paragraph."""
    space = etree.QName(paragraph).namespace
    run = etree.Element(f"{{{space}}}r")
    text = etree.SubElement(run, f"{{{space}}}t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    properties = paragraph.find("{*}pPr")
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, run)


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of that name, whichever of Word's two namespaces they are in."""
    found: Iterator[Element] = element.iterchildren(f"{{*}}{name}")
    return found


def value(element: Element, path: str) -> str:
    """The `val` of the first element at the path, empty where there is none."""
    found = element.find("/".join(f"{{*}}{name}" for name in path.split("/")))
    return "" if found is None else named(found, "val")


def named(element: Element, name: str) -> str:
    """An attribute by its name alone."""
    return next((str(given) for key, given in element.attrib.items() if etree.QName(key).localname == name), "")
