"""What a page says of itself: title, publication, author, date, address and language."""

import json
from datetime import date

import pytest

from annotator.importers.draft import DraftArticle
from annotator.importers.html import read_html
from annotator.importers.html_dates import date_of

HEADLINE = "Harbour ferry to run hourly"
STORY = "<p>The ferry will run every hour until the end of March, the operator said on Monday.</p>" * 3
ARTICLE = {
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "datePublished": "2026-03-06T08:15:00+01:00",
    "author": {"@type": "Person", "name": "Ilse Varga"},
    "publisher": {"@type": "Organization", "name": "The Eastquay Lantern"},
    "url": "https://lantern.example/ferry",
    "inLanguage": "en-GB",
}
GRAPH = {
    "@graph": [
        {"@type": "WebSite", "@id": "#site", "name": "The Eastquay Lantern", "inLanguage": "en-GB"},
        {"@type": "Person", "@id": "#ilse", "name": "Ilse Varga"},
        {**ARTICLE, "author": {"@id": "#ilse"}, "publisher": {"@id": "#site"}},
    ]
}
DAY = date(2026, 3, 6)
KNOWN = ("The Eastquay Lantern", "Ilse Varga", DAY, "https://lantern.example/ferry", "en-GB")


def page(head: str = "", body: str = "") -> DraftArticle:
    """The draft of a page with this head, and this between headline and story."""
    return read_html(f"<html><head>{head}</head><body><h1>{HEADLINE}</h1>{body}{STORY}".encode())


def script(data: object) -> str:
    """A script element with JSON-LD."""
    text = data if isinstance(data, str) else json.dumps(data)
    return f'<script type="application/ld+json">{text}</script>'


def facts(draft: DraftArticle) -> tuple[object, ...]:
    """Publication, author, day, address, language."""
    return (draft.publication, draft.author, draft.published, draft.address, draft.language)


@pytest.mark.parametrize(
    "head",
    [
        script(ARTICLE),
        script([{"@type": "BreadcrumbList"}, ARTICLE]),
        script(GRAPH),
        script({**ARTICLE, "@type": ["Thing", "ReportageNewsArticle"], "author": "Ilse Varga"}),
        script({**ARTICLE, "author": [{"name": "By Ilse Varga"}], "url": None, "mainEntityOfPage": ARTICLE["url"]}),
        script({**ARTICLE, "url": None, "mainEntityOfPage": {"@id": ARTICLE["url"]}}),
        script("//<![CDATA[\n" + json.dumps(ARTICLE) + "\n//]]>"),
        script("{ broken") + script(ARTICLE),
        script("[" * 50_000) + script(ARTICLE),
        script({"@type": "WebPage", "mainEntity": ARTICLE}),
    ],
)
def test_facts_are_read_from_json_ld(head: str) -> None:
    assert facts(page(head)) == KNOWN


def test_json_ld_is_never_text_of_the_article() -> None:
    assert "datePublished" not in "".join(block.text for block in page(script(ARTICLE)).blocks)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:site_name" content="The Eastquay Lantern"><meta name="author" content="Ilse Varga">'
        '<meta property="article:published_time" content="2026-03-06T08:15:00Z">'
        '<meta property="og:locale" content="en_GB">'
        '<link rel="canonical" href="https://lantern.example/ferry">',
        '<meta name="DC.publisher" content="The Eastquay Lantern"><meta name="DC.creator" content="Ilse Varga">'
        '<meta name="DC.date.issued" content="2026-03-06"><meta http-equiv="content-language" content="en-GB">'
        '<meta property="og:url" content="https://lantern.example/ferry">',
        '<meta name="application-name" content="The Eastquay Lantern"><meta name="parsely-author" content="Ilse Varga">'
        '<meta name="parsely-pub-date" content="2026-03-06T08:15:00Z"><meta name="language" content="en-gb">'
        '<base href="https://lantern.example/news/"><link rel="canonical" href="/ferry">',
    ],
)
def test_facts_are_read_from_the_head(head: str) -> None:
    assert facts(page(head)) == KNOWN


def test_facts_are_read_from_microdata() -> None:
    body = (
        '<div itemscope><span itemprop="author" itemscope>By <b itemprop="name">Ilse Varga</b></span>'
        '<time itemprop="datePublished" datetime="2026-03-06">Friday</time></div>'
    )
    draft = page(body=body)
    assert (draft.author, draft.published) == ("Ilse Varga", DAY)


@pytest.mark.parametrize(
    ("body", "author", "published"),
    [
        ("<p>By Ilse Varga</p><p>6 March 2026</p>", "Ilse Varga", DAY),
        ("<div>By Ilse Varga | 6 March 2026</div>", "Ilse Varga", DAY),
        ("<p>Von Ilse Varga, 6. März 2026, 12:46 Uhr</p>", "Ilse Varga", DAY),
        ("<p>Par Ilse Varga - Publié le 6 mars 2026</p>", "Ilse Varga", DAY),
        ("<p>By Ilse Varga March 6, 2026 at 3:57 PM</p>", "Ilse Varga", DAY),
        ("<a rel='author' href='/i'>Ilse Varga</a><p><time datetime='2026-03-06'>today</time>", "Ilse Varga", DAY),
        ("<p>2026年3月6日 10:01</p><p>作者：李娜</p>", "李娜", DAY),
        ("<p>By the sea, things are slow.</p>", "", None),
    ],
)  # fmt: skip
def test_author_and_day_are_read_from_the_lines_under_the_headline(
    body: str, author: str, published: date | None
) -> None:
    draft = page(body=body)
    assert (draft.author, draft.published) == (author, published)


def test_the_day_in_an_address_is_used_when_there_is_no_other() -> None:
    draft = page('<link rel="canonical" href="https://lantern.example/2026/03/06/ferry.html">')
    assert draft.published == DAY


@pytest.mark.parametrize(
    ("title", "publication"),
    [
        (f"{HEADLINE} | The Eastquay Lantern", "The Eastquay Lantern"),
        (f"{HEADLINE} - Harbour - Eastquay Echo", "Eastquay Echo"),
        (HEADLINE, ""),
    ],
)
def test_the_publication_is_read_from_the_end_of_the_page_s_title(title: str, publication: str) -> None:
    assert page(f"<title>{title}</title>").publication == publication


def test_the_host_stands_for_a_publication_that_is_not_named() -> None:
    assert page('<link rel="canonical" href="https://www.lantern.example/ferry">').publication == "lantern.example"


def test_the_title_is_the_headline_as_the_page_shows_it() -> None:
    head = '<title>Ferry hourly | Lantern</title><meta property="og:title" content="You will not believe this ferry">'
    draft = page(head)
    assert draft.title == HEADLINE
    assert [block.text for block in draft.blocks if block.is_title] == [HEADLINE]


def test_a_page_without_a_headline_takes_its_title_from_the_head() -> None:
    draft = read_html(f"<title>Ferry news</title><body>{STORY}".encode())
    assert draft.title == "Ferry news"
    assert not any(block.is_title for block in draft.blocks)


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ("<html lang='fr'>", "fr"),
        ("<html lang='zh_hans_cn'>", "zh-Hans-CN"),
        ("<html xml:lang='de'>", "de"),
        ("<html lang='javascript:x'>", ""),
        ("<html><body><article lang='he'>", "he"),
    ],
)
def test_the_language_is_a_plain_tag_or_nothing(html: str, language: str) -> None:
    assert read_html(f"{html}{STORY}".encode()).language == language


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "/ferry", "//", "http://[", "ftp://lantern.example/", "https://localhost/x"]
)
def test_an_address_that_is_none_is_left_out(address: str) -> None:
    assert page(f'<link rel="canonical" href="{address}">').address == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-06T23:30:00-05:00", DAY),
        ("20260306", DAY),
        ("2026/3/6", DAY),
        ("6.3.2026", DAY),
        ("Fri, 06 Mar 2026 08:15:00 GMT", DAY),
        ("March 6th, 2026", DAY),
        ("el 6 de marzo de 2026", DAY),
        ("6 mars 2026 à 13h36", DAY),
        ("٦ مارس 2026".replace("٦", "6"), DAY),
        ("1772784900", DAY),
        ("1772784900000", DAY),
        ("3/6/2026", None),
        ("2026-02-30", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_as_pages_write_them(text: str, expected: date | None) -> None:
    assert date_of(text) == expected
