"""The sanitiser: untrusted HTML in, HTML of a short list of tags out; the one module that imports bleach."""

from collections.abc import Callable, Mapping

from bleach.sanitizer import Cleaner


def names(line: str) -> frozenset[str]:
    """The words of a line: tags or attributes, more easily read than a quoted list of them."""
    return frozenset(line.split())


TAGS = names(
    "p br hr h1 h2 h3 h4 h5 h6 blockquote q cite ul ol li dl dt dd a em strong b i u s sub sup small mark code pre "
    "figure figcaption table caption thead tbody tfoot tr th td abbr time div span"
)
PROTOCOLS = ("http", "https", "mailto")
LINK_STARTS = ("http://", "https://", "mailto:")
CELL = ("colspan", "rowspan", "scope")

Attributes = Mapping[str, tuple[str, ...] | Callable[[str, str, str], bool]]


def link_attribute(tag: str, name: str, value: str) -> bool:
    """Whether an attribute of a link may stay: its title, and an address that is plainly one."""
    return name == "title" or (name == "href" and is_safe_link(value))


def is_safe_link(address: str) -> bool:
    """The link rule: a full http, https or mailto address of printable characters, no space and no backslash.

    It is stricter than bleach, which lets digit-only forms such as `javascript:123` pass as host and port.
    """
    start = next((start for start in LINK_STARTS if address[: len(start)].lower() == start), None)
    if start is None or len(address) == len(start):
        return False
    return address.isprintable() and "\\" not in address and not any(character.isspace() for character in address)


ATTRIBUTES: Attributes = {
    "a": link_attribute,
    "abbr": ("title",),
    "th": CELL,
    "td": CELL,
    "time": ("datetime",),
    "ol": ("start",),
}


def cleaner() -> Cleaner:
    """What cleans, with the tags, attributes and links that may stay."""
    return Cleaner(tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True, strip_comments=True)


# bleach loads part of its parser on first use: too late in the child, which by then may not read our libraries.
cleaner()


def clean_html(html: str) -> str:
    """HTML with the listed tags and attributes only; of everything else the text stays.

    Drop script, style and hidden nodes with their content first: here their content would stay as text. The time is
    quadratic in the depth of nesting. Never edit or clean the result again.
    """
    return str(cleaner().clean(html))
