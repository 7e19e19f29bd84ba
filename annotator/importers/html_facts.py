"""What a page says of itself: title, publication, author, date, address and language, from its data and its head."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from annotator.importers.html_dates import date_of
from annotator.importers.html_json_ld import Node, articles, first_string, names_of, strings

TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "sailthru.title", "parsely-title", "headline")
PUBLICATIONS = (
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "citation_journal_title",
    "copyright-holder",
)
AUTHORS = (
    "author", "article:author", "article:author_name", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "byl", "citation_author", "og:article:author",
)  # fmt: skip
DATES = (
    "article:published_time", "article:published", "og:article:published_time", "datepublished", "dc.date.issued",
    "dcterms.created", "dcterms.date", "dc.date", "date", "pubdate", "publishdate", "publish-date", "publish_date",
    "parsely-pub-date", "sailthru.date", "citation_publication_date", "originalpublicationdate", "article.published",
)  # fmt: skip
BY = re.compile(
    r"^\W*(?:by|von|par|por|di|door|av|af|written by|author|autor|作者|文|记者|記者|بقلم)(?:\s*[:：|︱/]\s*|\s+)", re.I
)
LANGUAGE = re.compile(r"^([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{2,8}){0,3})$")
# Shorter parts of a `<title>` are the names of papers and sections.
SHORTEST_TITLE = 12
BARS = re.compile(r"\s{1,20}[|–—\-·•»:]{1,20}\s{1,20}|\s{0,20}[|»_]\s{0,20}")


@dataclass(frozen=True, slots=True)
class Facts:
    """`titles` are all the titles found, the most telling first; `body` is the article's text in the page's data."""

    titles: tuple[str, ...] = ()
    publication: str = ""
    author: str = ""
    published: date | None = None
    address: str = ""
    language: str = ""
    body: str = ""


def facts_of(root: HtmlElement, scripts: list[str], saved_from: str) -> Facts:
    """Everything a page says of itself in its head, its JSON-LD and its microdata."""
    nodes, by_id = articles(scripts)
    node = nodes[0] if nodes else {}
    told = metas(root)
    address = address_of(root, node, told, saved_from)
    titles = titles_of(root, node, told)
    return Facts(
        titles=titles,
        publication=publication_of(root, node, by_id, told) or name_in_title(root, titles) or host(address),
        author=", ".join(authors_of(root, node, by_id, told)),
        published=published_of(root, node, told),
        address=address,
        language=language_of(root, node, told),
        body=first_string(node, "articleBody"),
    )


def metas(root: HtmlElement) -> dict[str, list[str]]:
    """The `<meta>` elements by the name or property they give, in small letters."""
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for key in ("property", "name", "itemprop", "http-equiv"):
            if content and element.get(key):
                found.setdefault(element.get(key).strip().lower(), []).append(content)
    return found


def first_of(told: dict[str, list[str]], keys: tuple[str, ...]) -> Iterator[str]:
    """The values of these names, in the order of the names."""
    for key in keys:
        yield from told.get(key, ())


def titles_of(root: HtmlElement, node: Node, told: dict[str, list[str]]) -> tuple[str, ...]:
    """Every title of the page, and each part of a `<title>` that names the paper as well."""
    found = [first_string(node, "headline"), *first_of(told, TITLES), *marked(root, "headline")]
    for element in root.iter("title"):
        whole = words_of(element)
        parts = [part for part in BARS.split(whole) if len(part) >= SHORTEST_TITLE]
        found += [whole, *parts[:1], *sorted(parts, key=len)[-1:]]
        break
    return tuple(dict.fromkeys(" ".join(title.split()) for title in found if title.strip()))


def publication_of(root: HtmlElement, node: Node, by_id: dict[str, Node], told: dict[str, list[str]]) -> str:
    """Who published the page."""
    found = [
        *names_of(node.get("publisher"), by_id),
        *first_of(told, PUBLICATIONS),
        *names_of(node.get("isPartOf"), by_id),
        *first_of(told, ("application-name", "apple-mobile-web-app-title")),
    ]
    return next((name for name in found if not name.startswith(("http:", "https:", "@"))), "")


def name_in_title(root: HtmlElement, titles: tuple[str, ...]) -> str:
    """The paper's name at the end of `<title>`, after the headline and a bar."""
    for element in root.iter("title"):
        parts = [part for part in BARS.split(words_of(element)) if part.strip()]
        if len(parts) > 1 and any(title.startswith(parts[0]) for title in titles) and len(parts[-1]) < 40:
            return parts[-1].strip()
    return ""


def authors_of(root: HtmlElement, node: Node, by_id: dict[str, Node], told: dict[str, list[str]]) -> list[str]:
    """Who wrote the article: from the data, the head, and elements that are marked as its author."""
    sources = (
        names_of(node.get("author"), by_id) or names_of(node.get("creator"), by_id),
        list(first_of(told, AUTHORS)),
        marked(root, "author"),
        [words_of(element) for element in root.iter("a") if "author" in element.get("rel", "").split()],
    )
    for source in sources:
        names = [BY.sub("", name).strip() for name in source if not name.startswith(("http:", "https:", "@", "/"))]
        good = [name for name in dict.fromkeys(names) if 1 < len(name) < 120]
        if good:
            return good[:6]
    return []


def marked(root: HtmlElement, name: str) -> list[str]:
    """The words of the elements that microdata mark so; of a person, the name."""
    found = []
    for element in root.iter():
        if isinstance(element.tag, str) and name in element.get("itemprop", "").split() and element.tag != "meta":
            inner = next((each for each in element.iter() if "name" in (each.get("itemprop") or "").split()), element)
            found.append(inner.get("content") or words_of(inner))
    return [each for each in found if each]


def published_of(root: HtmlElement, node: Node, told: dict[str, list[str]]) -> date | None:
    """The day of publication: from the data, the head, microdata, and a `<time>` element that says so."""
    sources = [first_string(node, "datePublished", "dateCreated"), *first_of(told, DATES)]
    for element in root.iter():
        if isinstance(element.tag, str) and "datePublished" in element.get("itemprop", "").split():
            sources.append(element.get("datetime") or element.get("content") or words_of(element))
    times = [element for element in root.iter("time") if element.get("datetime")]
    sources += [element.get("datetime") for element in times if element.get("pubdate") is not None]
    return next((found for source in sources if (found := date_of(source))), None)


def address_of(root: HtmlElement, node: Node, told: dict[str, list[str]], saved_from: str) -> str:
    """Where the page was published: its canonical link, or the best that else is known."""
    base = next((each.get("href") for each in root.iter("base") if each.get("href")), "") or saved_from
    links = [each for each in root.iter("link") if "canonical" in (each.get("rel") or "").lower().split()]
    sources = [
        *(each.get("href") or "" for each in links),
        *first_of(told, ("og:url",)),
        first_string(node, "url", "mainEntityOfPage", "@id"),
        *first_of(told, ("twitter:url", "al:web:url", "parsely-link", "dc.identifier")),
        saved_from,
    ]
    found = (urljoin(base, source.strip()) for source in sources if source.strip())
    return next((each for each in found if host(each)), "")


def host(address: str) -> str:
    """The host of a web address without its `www.`; nothing for any other address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    good = parts.scheme in {"http", "https"} and parts.hostname and "." in parts.hostname
    return str(parts.hostname).removeprefix("www.") if good else ""


def language_of(root: HtmlElement, node: Node, told: dict[str, list[str]]) -> str:
    """The language the page names, as `fr` or `fr-CA`."""
    html = root if root.tag == "html" else next(iter(root.iterancestors("html")), root)
    sources = [
        html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang") or html.get("xml:lang") or "",
        *strings(node.get("inLanguage")),
        first_string(node, "inLanguage"),
        *first_of(told, ("content-language", "language", "dc.language", "og:locale")),
        *(each.get("lang", "") for each in root.iter("body", "article", "main")),
    ]
    return next((tag for source in sources if (tag := language_tag(source))), "")


def language_tag(source: str) -> str:
    """A language tag in its usual letters, or nothing."""
    found = LANGUAGE.match(source.split(",")[0].strip())
    if not found:
        return ""
    rest = [
        part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part
        for part in re.split("[-_]", found[2])
    ]
    return "-".join([found[1].lower(), *filter(None, rest)])


def words_of(element: HtmlElement) -> str:
    """The text of an element with single spaces."""
    return " ".join("".join(text for text in element.itertext()).split())
