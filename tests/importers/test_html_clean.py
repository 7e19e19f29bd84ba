"""The sanitiser: nothing off its list comes through, no link breaks the rule, and bleach is met in one module."""

import re
from html.parser import HTMLParser
from pathlib import Path

import nh3
import pytest

from annotator.importers.html_clean import ATTRIBUTES, PROTOCOLS, TAGS, clean_html, is_safe_link

ALLOWED = {"a": {"href", "title"}, "abbr": {"title"}, "time": {"datetime"}, "ol": {"start"}}
ALLOWED |= {cell: {"colspan", "rowspan", "scope"} for cell in ("td", "th")}

# Our own vectors: each tries to bring in a tag, an attribute or an address that is not on the list.
HOSTILE = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT/x>alert(1)</SCRIPT/x>",
    "<script\x00>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x:alert(1) onerror=eval(src)",
    "<svg/onload=alert(1)>",
    "<svg><script xlink:href=data:,alert(1) /></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<math></p><style><!--</style><img src/onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<p onclick='alert(1)' style='x:expression(alert(1))' class=a id=b name=c>text</p>",
    "<p hx-get='/sign-out' hx-trigger=load data-block=3>text</p>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='javascript:123'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='//evil.example/'>x</a>",
    "<a href='/relative'>x</a>",
    "<a href='https:\\\\evil.example'>x</a>",
    "<a href='https://a.example\\@evil.example'>x</a>",
    "<a href='https://a.example/ b'>x</a>",
    "<a href='https://a.example/\u202eb'>x</a>",
    "<a href='https://'>x</a>",
    "<a href='mailto:'>x</a>",
    "<a href='http:evil.example'>x</a>",
    "<a href='https://a.example' target=_blank rel=opener ping=//b.example>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe><p>a</iframe>",
    "<object data='data:text/html,x'></object><embed src=x>",
    "<form action=/x><input autofocus onfocus=alert(1)><button formaction=javascript:alert(1)>b</button></form>",
    "<base href=//evil.example><link rel=stylesheet href=//evil.example><meta http-equiv=refresh content=0>",
    "<template><script>alert(1)</script></template>",
    "<select><option><script>alert(1)</script></select>",
    "<textarea></textarea><script>alert(1)</script></textarea>",
    "<title><img src=x onerror=alert(1)></title>",
    "<!--><script>alert(1)</script>-->",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<table background='javascript:alert(1)'><td background=x colspan=2 onload=y>c</td></table>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<body onload=alert(1)><p>x",
    "<time datetime=2026-03-06 onclick=x>6 March</time><ol start=3 onclick=x><li value=9>x</ol>",
    "<abbr title='\"><script>alert(1)</script>'>x</abbr>",
    "<x-card onclick=alert(1)>x</x-card>",
    "<a<b onclick=alert(1)>x",
    '"><img src=x onerror=alert(1)>',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "`\"'><img src='#' onerror=alert(1)>\\x3e",
]


# Content of these is text to one sanitiser and gone with the other; the importer drops it before either could see it.
LEFT_AS_TEXT = re.compile("script>|style>|CDATA")
# Where the two sanitisers read the markup differently, and why no reader is worse off: such nodes are dropped with
# their content, or never closed, before anything is cleaned.
READ_DIFFERENTLY = {
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",  # nh3 drops math with its content
    "<iframe><p>a</iframe>",  # bleach reads a tag in it, nh3 text
    "<img src=x:alert(1) onerror=eval(src)",  # a tag cut off by the end is text to bleach, nothing to nh3
    "<title><img src=x onerror=alert(1)></title>",  # nh3 shows a title's text
}
# What a plain reader of markup finds harmless although some browser or filter once did not.
HARMLESS_TO_A_PLAIN_READER = {
    "<script\x00>alert(1)</script>",
    "<img src=x:alert(1) onerror=eval(src)",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<abbr title='\"><script>alert(1)</script>'>x</abbr>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
}


class Faults(HTMLParser):
    """Everything in HTML that is off the list, in the order found."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(tag)
        for name, value in attrs:
            if name not in ALLOWED.get(tag, set()) or (name == "href" and not is_plain_address(value or "")):
                self.found.append(f"{tag}[{name}]")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.found.append(decl)

    def handle_pi(self, data: str) -> None:
        self.found.append(data)


def is_plain_address(value: str) -> bool:
    """The link rule in other words than the code's, so that one can catch the other."""
    lower = value.lower()
    rest = next((value[len(start) :] for start in ("http://", "https://", "mailto:") if lower.startswith(start)), "")
    return rest != "" and all(each.isprintable() and each not in " \\" for each in value)


@pytest.mark.proves("S25")
@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_off_the_list_comes_through(html: str) -> None:
    assert Faults(clean_html(html)).found == []


@pytest.mark.proves("S25")
@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_comes_through_inside_the_places_that_parsers_disagree_about(html: str) -> None:
    around = [
        "<div>{}</div>",
        "<table><tr><td>{}",
        "<p title='{}'>x</p>",
        "<a href='{}'>x</a>",
        "<pre>{}",
        "<ul><li>{}",
    ]
    assert [Faults(clean_html(each.format(html))).found for each in around] == [[]] * len(around)


def test_the_uncleaned_vectors_do_hold_what_is_forbidden() -> None:
    harmless = {html for html in HOSTILE if not Faults(html).found}
    assert harmless == HARMLESS_TO_A_PLAIN_READER


@pytest.mark.parametrize(
    "address", ["https://a.example", "http://a.example/b?c=d&e=f#g", "HTTPS://A.EXAMPLE", "mailto:ilse@lantern.example"]
)
def test_a_plain_address_stays(address: str) -> None:
    assert is_safe_link(address)
    assert 'href="' in clean_html(f'<a href="{address}">x</a>')


def test_the_listed_tags_and_attributes_stay() -> None:
    html = (
        '<h1>a</h1><p>b <em>c</em><br><abbr title="d">e</abbr> <time datetime="2026-03-06">f</time></p>'
        '<ol start="3"><li>g</li></ol><table><tbody><tr><td colspan="2">h</td></tr></tbody></table>'
    )
    assert clean_html(html) == html


@pytest.mark.parametrize(
    "html",
    [
        *(html for html in HOSTILE if not LEFT_AS_TEXT.search(html) and html not in READ_DIFFERENTLY),
        "<p>a <b>b</b> c</p><div>d<p>e</p></div>",
        "<ul><li>a<li>b<ul><li>c</ul></ul>",
        "5 < 6 &amp;&amp; 7 > 6 &copy; &nbsp;x",
        "<table><tr><td>a<td>b<tr><td>c</table>",
    ],
)
def test_another_sanitiser_keeps_the_same_text_and_links(html: str) -> None:
    attributes = {tag: set(names) for tag, names in ALLOWED.items()}
    other = nh3.clean(
        html,
        tags=set(TAGS),
        attributes=attributes,
        url_schemes=set(PROTOCOLS),
        link_rel=None,
        clean_content_tags=set(),
        attribute_filter=lambda tag, name, value: value if name != "href" or is_safe_link(value) else None,
    )
    assert seen(clean_html(html)) == seen(other)


def seen(html: str) -> tuple[str, list[str]]:
    """The words and the addresses of HTML."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return "".join("".join(reader.words).split()), reader.links


class Reader(HTMLParser):
    """Collects words and links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links.extend(value for name, value in attrs if name == "href" and value)


def test_one_module_alone_imports_bleach() -> None:
    rooms = Path(__file__).resolve().parents[2] / "annotator"
    found = [path.name for path in rooms.rglob("*.py") if "bleach" in imports(path)]
    assert found == ["html_clean.py"]


def imports(path: Path) -> set[str]:
    """The packages that a module's import lines name."""
    lines = [line.split() for line in path.read_text().split("\n") if line.startswith(("import ", "from "))]
    return {line[1].split(".")[0] for line in lines}


def test_the_tags_of_each_attribute_are_on_the_list() -> None:
    assert set(ATTRIBUTES) <= TAGS
