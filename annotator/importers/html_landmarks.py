"""The landmarks of a page: menus, page header and footer, comments, and what else stands beside the story."""

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from annotator.importers.html_clean import names
from annotator.importers.html_page import Page
from annotator.importers.html_words import COMMENTS, REPLY

MENU_ROLES = names("navigation menu menubar search toolbar tablist banner")
FOOTER_ROLES = frozenset({"contentinfo"})
# The plain word for comments as a name, or with a word for the part that holds them; not a count, a link or a state.
COMMENT_NAME = re.compile(
    r"(?:^|[-_])(?:comments?|comentarios?|commentaires?|kommentare?|disqus)"
    r"(?:$|[-_](?:list|forms?|threads?|sections?|area|container|wrap|wrapper|box|block|feed|stream)(?:$|[-_]))|^respond$"
)
FOOTER_NAMES = names("footer site-footer page-footer main-footer global-footer footer-wrapper colophon")
SECTIONING = names("article main section")
# So many answers to answer make a discussion.
REPLIES = 3
SHORT_HEADING = 60


def landmarks(page: Page) -> dict[HtmlElement, str]:
    """Each element that is a landmark, and which: menu, header, footer, aside or comments.

    Nothing around the page's first heading of the first rank is comments, whatever it is called.
    """
    found: dict[HtmlElement, str] = {}
    for element in page.holds:
        name = landmark(element)
        if name:
            found[element] = name
    titled = {each for heading in page.root.iter("h1") for each in heading.iterancestors()}
    for element in page.holds:
        if element not in titled and element not in found and not FOOTER_NAMES.isdisjoint(called(element)):
            found[element] = "foot" if is_inner(element) else "footer"
    for element in comment_threads(page):
        if element not in titled and element in page.holds:
            found[element] = "comments"
    return found


def landmark(element: HtmlElement) -> str:
    """What the element says of itself in HTML, if it is a landmark."""
    role = element.get("role", "").lower()
    if element.tag in {"nav", "menu", "search"} or role in MENU_ROLES:
        return "menu"
    if element.tag == "footer" or role in FOOTER_ROLES:
        return "foot" if is_inner(element) else "footer"
    if element.tag == "header" and not is_inner(element):
        return "header"
    return "aside" if element.tag == "aside" or role == "complementary" else ""


def is_inner(element: HtmlElement) -> bool:
    """Whether the element belongs to an article or a section and not to the page as a whole."""
    return any(each.tag in SECTIONING for each in element.iterancestors())


def called(element: HtmlElement) -> set[str]:
    """The id and the classes of an element, in small letters."""
    return {element.get("id", "").lower(), *element.get("class", "").lower().split()}


def comment_threads(page: Page) -> Iterator[HtmlElement]:
    """Elements that hold readers' comments: by schema, by the plain word as a name, by heading, by many replies."""
    for element in page.holds:
        kind = element.get("itemtype", "").lower()
        if kind.endswith(("/comment", "/usercomments")) or any(COMMENT_NAME.search(name) for name in called(element)):
            yield element
    yield from commented_sections(page)
    yield from discussions(page)


def commented_sections(page: Page) -> Iterator[HtmlElement]:
    """The parts of a page whose first words are a heading about comments."""
    for leaf in page.leaves:
        if leaf.kind != "heading" or len(leaf.text) > SHORT_HEADING or not COMMENTS.search(leaf.text):
            continue
        around = leaf.place.getparent()
        while around is not None and page.leaves[page.holds[around].first] is leaf and around.tag != "body":
            yield around
            around = around.getparent()


def discussions(page: Page) -> Iterator[HtmlElement]:
    """The smallest elements around many buttons to reply."""
    replies = [leaf.place for leaf in page.leaves if len(leaf.text) < SHORT_HEADING and REPLY.search(leaf.text)]
    if len(replies) >= REPLIES:
        around = common_ancestor(replies)
        if around is not None and around.tag not in {"body", "html"}:
            yield around


def common_ancestor(elements: Iterable[HtmlElement]) -> HtmlElement | None:
    """The smallest element around all of these."""
    shared: list[HtmlElement] | None = None
    for element in elements:
        chain = [element, *element.iterancestors()]
        shared = chain if shared is None else [each for each in shared if each in set(chain)]
    return shared[0] if shared else None
