"""A saved page goes through the limited child like any other file."""

from annotator.importers import read_article

PAGE = """<html><head><title>Ferry runs hourly</title></head><body><nav><a href="/">Home</a></nav>
<article><h1>Ferry runs hourly</h1><p>It left at six, and it was full when it left.</p></article></body></html>"""


def test_a_saved_page_is_read_by_a_child_that_may_open_nothing_any_more():
    draft = read_article("ferry.html", PAGE.encode())
    assert [block.text for block in draft.blocks if block.kept] == [
        "Ferry runs hourly",
        "It left at six, and it was full when it left.",
    ]
