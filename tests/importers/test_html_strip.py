"""Scripts, styles and comments leave the markup as browsers read them; data about the article is kept aside."""

import pytest

from annotator.importers.html_strip import stripped
from annotator.importers.html_stylesheet import hidden_names


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<script>b</script>c", "ac"),
        ("a<SCRIPT src='x>y' async>b</ScRiPt >c", "ac"),
        ("a<script>if (1 < 2) { s = '</div>' }</script>c", "ac"),
        ("a<script>never closed <p>b", "a"),
        ("a<style>p > b {}</style>c", "ac"),
        ("a<scripts>b</scripts>c", "a<scripts>b</scripts>c"),
        ("a<!-- b <script> -->c", "ac"),
        ("a<!-->b-->c", "ab-->c"),
        ("a<!--->b", "ab"),
        ("a<!-- b --!>c", "ac"),
        ("a<!-- never closed <p>b", "a"),
        ("<p title='a > <script>'>b</p>", "<p title='a > <script>'>b</p>"),
        ('<p title="<!--">b</p>', '<p title="<!--">b</p>'),
        ("<p title=it's>b</p><script>c</script>", "<p title=it's>b</p>"),
        ("<p a='never closed>b<script>c</script>", "<p a='never closed>b<script>c</script>"),
        ("<title>a <script> b</title>c", "<title>a <script> b</title>c"),
        ("<textarea><!-- a</textarea>b<!-- c -->", "<textarea><!-- a</textarea>b"),
        ("5 < 6 <3 a", "5 < 6 <3 a"),
        ("", ""),
    ],
)
def test_code_and_comments_go(html: str, expected: str) -> None:
    assert stripped(html).html == expected


def test_data_about_the_article_is_kept_aside() -> None:
    html = "<script type='application/ld+json'>1</script><script>no</script><script type=application/ld+json>2</script>"
    assert stripped(html).json_ld == ["1", "2"]


def test_the_note_on_where_a_page_was_saved_from_is_found() -> None:
    html = "<!DOCTYPE html>\n<!-- saved from url=(0031)https://lantern.example/ferry-2 -->\n<html>"
    assert stripped(html).saved_from == "https://lantern.example/ferry-2"


@pytest.mark.parametrize(
    "html", ["<script>", "<!--", "<a href='", "<a ", "<", "<style>x</styl", "<title>", "<!-- -", "<p a=\"b' c='", "</"]
)
def test_a_million_openings_take_linear_time(html: str) -> None:
    assert len(stripped(html * (1_000_000 // len(html))).html) <= 1_000_000


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (".a{display:none}", {".a"}),
        (".a, p.b , #c { color: red; DISPLAY : None !important }", {".a", ".b", "#c"}),
        (".a{visibility:hidden}", {".a"}),
        ("/* .a{display:none} */.b{display:none}", {".b"}),
        ("@media print{.a{display:none}}", set()),
        ("@media (max-width: 9em){.a{display:block}}.a{display:none}", set()),
        (".a{display:none}.a{display:flex}", set()),
        (".js .a{display:none}.a .b{display:none}.a:hover{display:none}p{display:none}", set()),
        ("@charset 'utf-8';.a{display:none}", {".a"}),
        (".a{display:inline}}}.b{display:none", set()),
        ("/* never closed .a{display:none}", set()),
        ("{" * 5000, set()),
    ],
)
def test_plain_rules_tell_what_is_hidden(sheet: str, expected: set[str]) -> None:
    assert hidden_names([sheet]) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<style>.a{}</style>", [".a{}"]),
        ("<style media=screen>.a{}</style>", [".a{}"]),
        ("<style media='print'>.a{}</style>", []),
        ("<style media='(max-width: 30em)'>.a{}</style>", []),
        ("<noscript><style>.a{}</style></noscript><style>.b{}</style>", [".b{}"]),
    ],
)
def test_sheets_for_other_media_or_without_scripts_say_nothing(html: str, expected: list[str]) -> None:
    assert stripped(html).sheets == expected
