"""Cleaned HTML becomes blocks: their kinds, their white space, and where one ends and the next begins."""

import pytest

from annotator.importers.html_blocks import blocks_of

VECTORS = [
    ("", []),
    (" \n ", []),
    ("loose", [("paragraph", "loose")]),
    ("<h1>Title</h1><h6>Small</h6>", [("heading", "Title"), ("heading", "Small")]),
    ("<p>a\n  b\t<b>c</b></p>", [("paragraph", "a b c")]),
    ("<p>a&nbsp;b\u2009c</p>", [("paragraph", "a\u00a0b\u2009c")]),
    ("<p>&nbsp;</p><p>a</p>", [("paragraph", "a")]),
    ("<p>a<br>b <br> c</p>", [("paragraph", "a\nb\nc")]),
    ("<p>a<br><br>b<br> <br/><br>c<br></p>", [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]),
    ("<p><br>a</p>", [("paragraph", "a")]),
    ("<p>un<b>belie</b>vable</p>", [("paragraph", "unbelievable")]),
    ("<div>before<p>inside</p>after</div>", [("paragraph", "before"), ("paragraph", "inside"), ("paragraph", "after")]),
    ("<span>a<div>b</div>c</span>", [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]),
    ("<ul><li>a</li><li><p>b</p></li></ul>", [("list_item", "a"), ("list_item", "b")]),
    ("<ol><li>a<ul><li>b</li></ul>c</li></ol>", [("list_item", "a"), ("list_item", "b"), ("list_item", "c")]),
    ("<ul><li><h3>a</h3><p>b</p></li></ul>", [("heading", "a"), ("paragraph", "b")]),
    ("<dl><dt>a</dt><dd>b</dd></dl>", [("list_item", "a"), ("list_item", "b")]),
    ("<blockquote>a<p>b</p></blockquote>", [("quotation", "a"), ("quotation", "b")]),
    ("<blockquote><ul><li>a</li></ul></blockquote>", [("list_item", "a")]),
    ("<figure><figcaption><p>a</p></figcaption></figure>", [("caption", "a")]),
    ("<figure><blockquote>a</blockquote><figcaption>b</figcaption></figure>", [("quotation", "a"), ("caption", "b")]),
    ("<pre>a\n b\n\nc</pre>", [("paragraph", "a\nb"), ("paragraph", "c")]),
    ("<p>5 &lt; 6 &amp; 7</p>", [("paragraph", "5 < 6 & 7")]),
    ("<p>a</p>\n<hr>\n<p>b</p>", [("paragraph", "a"), ("paragraph", "b")]),
    ("<p><time>6 March</time><a>Ilse</a></p>", [("paragraph", "6 March Ilse")]),
    ("<p><span>T</span><span>he</span></p>", [("paragraph", "The")]),
]
TABLES = [
    ("<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>", ["a b", "c d"]),
    ("<tr><td><p>a</p></td><td> b<br>c</td></tr>", ["a b\nc"]),
    ("<tr><td></td><td>a</td></tr>", ["a"]),
    ("<tr>a<td>b</td>c<td>d</td></tr>", ["a", "b", "c", "d"]),
    ("<tr><td>a</td><td><p>b</p><p>c</p></td></tr>", ["a", "b", "c"]),
    (f"<tr><td>a</td><td>{'b' * 201}</td></tr>", ["a", "b" * 201]),
    ("<tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr></table></td></tr>", ["a b c"]),
]


@pytest.mark.parametrize(("html", "expected"), VECTORS)
def test_html_becomes_blocks(html: str, expected: list[tuple[str, str]]) -> None:
    assert [(block.kind, block.text) for block in blocks_of(html)] == expected


@pytest.mark.parametrize(("rows", "expected"), TABLES)
def test_a_table_is_read_row_by_row(rows: str, expected: list[str]) -> None:
    assert [block.text for block in blocks_of(f"<table>{rows}</table>")] == expected


def test_a_caption_of_a_table_is_a_caption() -> None:
    html = "<table><caption>Trips</caption><tr><th>May</th><td>40</td></tr></table>"
    assert [(block.kind, block.text) for block in blocks_of(html)] == [
        ("caption", "Trips"),
        ("paragraph", "May 40"),
    ]


def test_every_block_is_kept_and_in_the_story() -> None:
    blocks = blocks_of("<h1>a</h1><p>b</p>")
    assert {(block.kept, block.group, block.is_title) for block in blocks} == {(True, "story", False)}
