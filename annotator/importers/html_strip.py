"""One pass over the characters of a page that drops script, style and comments, in time linear in its length."""

import re
from dataclasses import dataclass, field

OPENING = re.compile(r"<(?:!--|(script|style|title|textarea)(?=[\s/>])|[a-z/!?])", re.I)
EDGE = re.compile(r"[>\"']")
NOSCRIPT = re.compile(r"<(/?)noscript(?=[\s/>])", re.I)
TYPE = re.compile(r"\btype\s{0,9}=\s{0,9}[\"']?\s{0,9}application/ld\+json", re.I)
OTHER_MEDIA = re.compile(r"\bmedia\s{0,9}=\s{0,9}[\"']?\s{0,9}(?!all\b|screen\s{0,9}[\"'>])[\w(]", re.I)
LONGEST_TAG = 2000
SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://\S+)")
DROPPED = frozenset({"script", "style"})
# Written out, for a lazy search in a regular expression would not be linear over many openings without an end.
ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.I) for name in ("script", "style", "title", "textarea")}


@dataclass(slots=True)
class Stripped:
    """The markup without scripts, styles and comments; `json_ld` are the scripts with data about the article.

    `sheets` are the style sheets for screens with scripts, `saved_from` is the address that browsers write into the
    first comment of a page they save.
    """

    html: str
    json_ld: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    saved_from: str = ""


def stripped(html: str) -> Stripped:
    """Drop every script, style and comment, read as browsers read them: an unclosed one reaches to the end."""
    found = Stripped("")
    kept: list[str] = []
    done = place = 0
    is_fallback = False
    while opening := OPENING.search(html, place):
        start = opening.start()
        if opening[0] == "<!--":
            place = end_of_comment(html, start)
            kept.append(html[done:start])
            done = place
            found.saved_from = found.saved_from or saved_from(html[start:place])
            continue
        inside = end_of_tag(html, start)
        place = inside
        if fallback := NOSCRIPT.match(html, start):
            is_fallback = not fallback[1]
        if opening[1]:
            name = opening[1].lower()
            content, place = end_of_element(html, inside, name)
            if name in DROPPED:
                kept.append(html[done:start])
                done = place
                if not is_fallback:
                    keep_data(found, html[start:inside][:LONGEST_TAG], html[inside:content])
    found.html = "".join([*kept, html[done:]])
    return found


def keep_data(found: Stripped, tag: str, content: str) -> None:
    """Keep the content of a script that is data about the article, or of a sheet that says what is hidden."""
    if TYPE.search(tag):
        found.json_ld.append(content)
    elif tag[:6].lower() == "<style" and not OTHER_MEDIA.search(tag):
        found.sheets.append(content)


def end_of_comment(html: str, start: int) -> int:
    """Where a comment ends that begins at `start`."""
    if html.startswith(("<!-->", "<!--->"), start):
        return html.index(">", start) + 1
    closed = html.find("-->", start + 4)
    other = html.find("--!>", start + 4, closed if closed >= 0 else len(html))
    if other >= 0:
        return other + 4
    return closed + 3 if closed >= 0 else len(html)


def end_of_tag(html: str, start: int) -> int:
    """Where a tag ends that begins at `start`; a `>` in a quoted value does not end it."""
    place = start + 1
    while edge := EDGE.search(html, place):
        place = edge.end()
        if edge[0] == ">":
            return place
        if follows_equals(html, edge.start()):
            closed = html.find(edge[0], place)
            if closed < 0:
                break
            place = closed + 1
    return len(html)


def follows_equals(html: str, place: int) -> bool:
    """Whether a quote opens a value; elsewhere in a tag it is a character like any other."""
    while html[place - 1].isspace():
        place -= 1
    return html[place - 1] == "="


def end_of_element(html: str, start: int, name: str) -> tuple[int, int]:
    """Where the raw text of an element ends that begins at `start`, and where its end tag does."""
    closing = ENDS[name].search(html, start)
    if not closing:
        return len(html), len(html)
    return closing.start(), end_of_tag(html, closing.start())


def saved_from(comment: str) -> str:
    """The address in a browser's note on where a page was saved from."""
    found = SAVED_FROM.search(comment[:2500])
    return found[1] if found else ""
