"""Templates and style sheets keep what the content security policy demands, and ask no other host for anything."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html")) + sorted((ROOT / "templates").rglob("*.svg"))
# A screen's sheet names those that it is made of and says nothing itself; collectstatic makes it one file.
SCREENS = sorted((ROOT / "static").rglob("*_page.css"))
SHEETS = sorted({*(ROOT / "static").rglob("*.css")} - {*SCREENS})
MODULES = sorted((ROOT / "annotator").rglob("*.py"))
DRAWINGS = sorted((ROOT / "static").rglob("*.svg"))

FORBIDDEN = {
    "a style attribute": re.compile(r"[\s\"']style\s*=", re.IGNORECASE),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "an event attribute": re.compile(r"[\s\"']on[a-z]+\s*=", re.IGNORECASE),
    "hx-on": re.compile(r"\bhx-on\b", re.IGNORECASE),
    "evaluated values": re.compile(r"\b(?:js|javascript):", re.IGNORECASE),
    "a trigger filter": re.compile(r"hx-trigger=(?:\"[^\"]*\[|'[^']*\[)", re.IGNORECASE),
    "idiomorph's object form": re.compile(r"morph:\{"),
    "unescaped text": re.compile(r"\|\s*safe\b|\|\s*safeseq\b|\{%\s*autoescape\s+off"),
    # `templatetags/figures.py` writes it, as the language does; a size in an attribute ends at its quote or its tag.
    "a per cent sign of its own": re.compile(r"\d\s%(?!\})|\}\}(?:</\w+>)?\s*%(?![\"'}])"),
    "another host": re.compile(r"(?:src|href|action|hx-[a-z]+)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
}
VIOLATIONS = {
    "a style attribute": '<p style="color: red">',
    "an inline style sheet": "<style>p{}</style>",
    "an inline script": "<script>alert(1)</script>",
    "an event attribute": '<a onclick="go()">',
    "hx-on": '<a hx-on:click="go()">',
    "evaluated values": "<a hx-vals='js:{a: 1}'>",
    "a trigger filter": '<a hx-trigger="click[ctrlKey]">',
    "idiomorph's object form": '<a hx-swap="morph:{ignoreActive:true}">',
    "unescaped text": "{{ text|safe }}",
    "a per cent sign of its own": "{{ share }}% of the readers",
    "another host": '<link href="//fonts.example.org/x.css">',
}


def name(path: Path) -> str:
    """A file's path inside the project."""
    return str(path.relative_to(ROOT))


def found(text: str) -> list[str]:
    """What a template must not contain, and does; template comments do not reach the page."""
    page = re.sub(r"\{#.*?#\}", "", text)
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(page)]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_each_rule_sees_its_violation(what: str) -> None:
    assert what in found(VIOLATIONS[what])


def test_ordinary_markup_breaks_no_rule() -> None:
    markup = """<script src="{% static 'a.js' %}" defer></script><p data-button="x" hx-post="{% url 'home' %}">"""
    assert found(markup) == []


def breaking(paths: list[Path], broken: Callable[[Path], object]) -> dict[str, object]:
    """The files that break a rule, and what of it; there is always something to look at."""
    assert paths
    return {name(path): what for path in paths if (what := broken(path))}


def test_templates_keep_the_policy() -> None:
    assert breaking(TEMPLATES, lambda path: found(path.read_text())) == {}


def test_no_module_calls_text_safe() -> None:
    safe = re.compile(r"\bmark_safe\b|\bSafeString\(|\bsafe_join\b|__html__")
    assert breaking(MODULES, lambda path: safe.findall(path.read_text())) == {}


def test_no_sentence_writes_per_cent_with_a_space() -> None:
    assert breaking(MODULES, lambda path: re.findall(r"\d %%", path.read_text())) == {}


def missing(path: Path) -> list[str]:
    """What a sheet fetches that is not a file of ours."""
    addresses = [address.strip("\"'") for address in re.findall(r"url\(([^)]*)\)", path.read_text())]
    return [each for each in addresses if not (path.parent / each).is_file()]


def test_sheets_fetch_only_our_own_files() -> None:
    assert breaking(SHEETS, lambda path: missing(path) or "@import" in path.read_text()) == {}


def more(path: Path) -> object:
    """What a screen's sheet holds beside a comment and the names of sheets that are there."""
    comment, *names = path.read_text().splitlines()
    sheets = [re.fullmatch(r'@import "(\w+\.css)";', line) for line in names]
    is_good = comment.startswith("/*") and names and all(each and path.parent / each[1] in SHEETS for each in sheets)
    return None if is_good else names


def test_a_screens_sheet_is_a_list_of_our_own_sheets() -> None:
    assert breaking(SCREENS, more) == {}


def test_a_sheet_says_what_it_holds_and_in_which_layer() -> None:
    layered = re.compile(r"\A/\*.*@layer (reset|tokens|base|layout|parts|marks|heat|util)\b", re.DOTALL)
    assert breaking(SHEETS, lambda path: not layered.search(path.read_text())) == {}


def test_no_sheet_asks_for_a_weight_that_our_fonts_lack() -> None:
    faces = (ROOT / "static/annotator/css/tokens.css").read_text()
    assert set(re.findall(r"font-weight: (\d+ \d+);", faces)) == {"400 700"}
    asked = re.compile(r"font(?:-weight)?: (?:italic )?(\d{3})\b(?! \d{3};)")
    weights = {path.name: {int(each) for each in asked.findall(path.read_text())} for path in SHEETS}
    assert 600 in weights["controls.css"]
    assert {name: found for name, found in weights.items() if any(not 400 <= each <= 700 for each in found)} == {}


def linked(path: Path) -> list[str]:
    """What would make a drawing more than a drawing."""
    text = path.read_text().replace('xmlns="http://www.w3.org/2000/svg"', "")
    return re.findall(r"<script|<style|\bon[a-z]+=|https?:|href=", text)


def test_a_drawing_carries_no_script_and_no_address() -> None:
    assert breaking(DRAWINGS, linked) == {}


def twice_marked(path: Path) -> list[str]:
    """Quotes between quotation marks, just as they are: their own marks would stand beside ours."""
    quoted = r"(?:“|<q\b[^>]*>)\{\{ [\w.]+\.(?:quote|text)(?:\|truncatechars:\d+)? \}\}"
    return re.findall(quoted, path.read_text())


def test_what_stands_between_quotation_marks_has_no_second_pair_beside_them() -> None:
    # On these two screens a script writes the same quotes anew, as they are.
    anew = {"annotate/_details.html", "annotate/_detail_form.html", "sentences/_edge.html"}
    paths = [path for path in TEMPLATES if "/".join(path.parts[-2:]) not in anew]
    assert breaking(paths, twice_marked) == {}
