"""Which names the style sheets inside a page hide: the plain rules only, for sheets elsewhere are not at hand."""

import re
from collections.abc import Iterator

COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
BRACES = re.compile(r"([{}])")
# One class or one id, with or without the name of an element before it.
NAME = re.compile(r"^[a-z][a-z0-9]*?([.#][\w-]+)$|^([.#][\w-]+)$", re.IGNORECASE)
DISPLAY = re.compile(r"(?:^|[;\s])display\s{0,9}:\s{0,9}([a-z-]+)", re.IGNORECASE)
UNSEEN = re.compile(r"(?:^|[;\s])visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
TOO_LONG = 2_000_000


def hidden_names(sheets: list[str]) -> frozenset[str]:
    """The classes (`.name`) and ids (`#name`) that a rule for them alone hides and no other such rule shows again."""
    hidden: set[str] = set()
    shown: set[str] = set()
    for selector, declarations, is_nested in rules("\n".join(sheets)[:TOO_LONG]):
        display = DISPLAY.findall(declarations)
        hides = (bool(display) and display[-1].lower() == "none") or bool(UNSEEN.search(declarations))
        for name in names_in(selector):
            if hides and not is_nested:
                hidden.add(name)
            elif display and not hides:
                shown.add(name)
    return frozenset(hidden - shown)


def names_in(selector: str) -> Iterator[str]:
    """The plain names among the selectors of a rule."""
    for part in selector.split(","):
        if found := NAME.match(part.strip()):
            yield (found[1] or found[2]).lower()


def rules(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """Selector, declarations, and whether the rule holds under a condition only."""
    open_blocks: list[str] = []
    before = ""
    for piece in BRACES.split(COMMENT.sub(" ", sheet)):
        if piece == "{":
            open_blocks.append(before.rpartition(";")[2].strip())
        elif piece == "}":
            selector = open_blocks.pop() if open_blocks else "@"
            if before.strip() and not selector.startswith("@"):
                yield selector, before, bool(open_blocks)
        before = piece
