"""What a reader of a page would not see is taken out of its tree, with everything in it."""

import re

from lxml.html import HtmlElement

from annotator.importers.html_clean import names

# Their content is no text of the page: code, a fallback for what cannot be shown, or choices of a control.
UNSEEN = names(
    "annotation annotation-xml applet audio canvas datalist embed frameset head iframe input link meta noembed "
    "noframes noscript object optgroup option param picture rp script select style svg template textarea title video"
)
BUTTONS = frozenset({"submit", "button", "reset"})
# Words that style sheets everywhere use for text that is there for screen readers only.
UNSEEN_CLASSES = names(
    "a11y-hidden assistive-text cdk-visually-hidden element-invisible is-visually-hidden is-vishidden off-screen "
    "offscreen screen-reader screen-reader-only screen-reader-text screenreader screenreader-only show-for-sr sr-only "
    "sronly u-visually-hidden ui-helper-hidden-accessible usa-sr-only visually-hidden visuallyhidden"
)
# Words for what is not there at all, or not until something has happened.
HIDING_CLASSES = names(
    "d-none display-none element-hidden hidden hide invisible is-hidden js-hidden u-hidden ui-helper-hidden uk-hidden"
)
# Beside these a hiding class holds for some widths of the window only.
SHOWN_AGAIN = re.compile(r"(?:sm|md|lg|xl|xxl|2xl|d|mobile|tablet|desktop|print)[:-]", re.IGNORECASE)
HIDING_STYLES = (
    {"display": re.compile("none")},
    {"visibility": re.compile("hidden|collapse")},
    {"content-visibility": re.compile("hidden")},
    {"text-indent": re.compile(r"-\d{3,}")},
    {"font-size": re.compile(r"0(?:px|em|rem|%)?$")},
    {"clip": re.compile(r"rect\([01](?:px)?[\s,]+[01](?:px)?[\s,]")},
    {"clip-path": re.compile(r"inset\((?:50|100)%")},
    {"overflow": re.compile("hidden"), "height": re.compile(r"[01](?:px)?$")},
    {"overflow": re.compile("hidden"), "max-height": re.compile(r"0(?:px)?$")},
    *(
        {"position": re.compile("absolute|fixed"), side: re.compile(r"-\d{3,}")}
        for side in ("left", "top", "right", "bottom", "margin-left")
    ),
)


def drop_unseen(root: HtmlElement, hidden: frozenset[str] = frozenset()) -> None:
    """Take out hidden nodes and those without text of their own; a button's value becomes its text.

    `hidden` are classes and ids that the page's own style sheets hide, as `.name` and `#name`. A name that hides is
    believed only where it does not hide the greater part of the page, for some pages hide themselves until a script
    has run.
    """
    show_buttons(root)
    whole = amount(root)
    for element in list(root.iter()):
        if element is root or element.tag == "body":
            continue
        if is_unseen(element) or (has_hiding_name(element, hidden) and amount(element) * 2 < whole):
            drop(element)


def show_buttons(root: HtmlElement) -> None:
    """The words on buttons made of `<input>` are text to a reader."""
    for element in root.iter("input"):
        if element.get("type", "").lower() in BUTTONS and element.get("value"):
            element.tag = "button"
            element.text = element.get("value")


def is_unseen(element: HtmlElement) -> bool:
    """Whether no browser shows the text of this node."""
    if not isinstance(element.tag, str) or element.tag in UNSEEN:
        return True
    if element.get("hidden") is not None or element.get("popover") is not None:
        return True
    if element.tag == "dialog" and element.get("open") is None:
        return True
    if not UNSEEN_CLASSES.isdisjoint(element.get("class", "").lower().split()):
        return True
    return element.get("layout") == "nodisplay" or has_hiding_style(element.get("style", ""))


def has_hiding_style(style: str) -> bool:
    """Whether an inline style takes the text out of sight."""
    if ":" not in style:
        return False
    rules = (rule.partition(":") for rule in style.lower().split(";"))
    values = {name.strip(): value.strip().removesuffix("!important").strip() for name, _, value in rules}
    return any(all(test.match(values.get(name, "")) for name, test in tests.items()) for tests in HIDING_STYLES)


def has_hiding_name(element: HtmlElement, hidden: frozenset[str]) -> bool:
    """Whether a class or the id says that the node is hidden, at every width."""
    classes = element.get("class", "").lower().split()
    if hidden and any(
        name in hidden for name in ("#" + element.get("id", "").lower(), *("." + each for each in classes))
    ):
        return True
    return not HIDING_CLASSES.isdisjoint(classes) and not any(SHOWN_AGAIN.match(each) for each in classes)


def amount(element: HtmlElement) -> int:
    """How much text stands in a node."""
    return sum(len(text.strip()) for text in element.itertext())


def drop(element: HtmlElement) -> None:
    """Take a node out with its content, not with the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
