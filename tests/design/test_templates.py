"""Templates and style sheets keep what the content security policy demands, and ask no other host for anything."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html")) + sorted((ROOT / "templates").rglob("*.svg"))
SHEETS = sorted((ROOT / "static").rglob("*.css"))
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


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_keeps_the_policy(path: Path) -> None:
    assert found(path.read_text()) == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_calls_text_safe(path: Path) -> None:
    assert re.findall(r"\bmark_safe\b|\bSafeString\(|\bsafe_join\b|__html__", path.read_text()) == []


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_a_sheet_fetches_only_our_own_files(path: Path) -> None:
    text = path.read_text()
    assert "@import" not in text
    addresses = [address.strip("\"'") for address in re.findall(r"url\(([^)]*)\)", text)]
    assert [each for each in addresses if not (path.parent / each).is_file()] == []


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_a_sheet_says_what_it_holds_and_in_which_layer(path: Path) -> None:
    text = path.read_text()
    assert text.startswith("/*")
    assert re.search(r"@layer (reset|tokens|base|layout|parts|marks|heat|util)\b", text)


@pytest.mark.parametrize("path", DRAWINGS, ids=name)
def test_a_drawing_carries_no_script_and_no_address(path: Path) -> None:
    text = path.read_text().replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert re.findall(r"<script|<style|\bon[a-z]+=|https?:|href=", text) == []
