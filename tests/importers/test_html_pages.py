"""Whole pages: what a reader meets is ticked at first, menus and other stories are not, and nothing is lost."""

import re

import pytest

from annotator.importers.html import read_html
from tests.importers.pages import KEEP, LEAVE, PAGES

each_page = pytest.mark.parametrize("name", PAGES)


HIDDEN = re.compile(
    r"(?s)<title.*?</title>|<style.*?</style>|<amp-sidebar.*?</amp-sidebar>|<p (?:hidden|class=closed).*?</p>"
)


def pieces(name: str) -> list[str]:
    """The words after every sign of a page, up to the next tag, in page order, without what the page hides."""
    shown = HIDDEN.sub("", PAGES[name])
    return [" ".join(found.split()) for found in re.findall(f"[{KEEP}{LEAVE}][^<]*", shown)]


@each_page
def test_what_a_reader_meets_is_ticked_and_nothing_else(name: str) -> None:
    blocks = read_html(PAGES[name].encode()).blocks
    wrong = [block.text for block in blocks if (KEEP if block.kept else LEAVE) not in block.text]
    assert wrong == []


@each_page
def test_nothing_is_lost_and_all_is_in_page_order(name: str) -> None:
    text = " ".join(" ".join(block.text.split()) for block in read_html(PAGES[name].encode()).blocks)
    place = 0
    for piece in pieces(name):
        assert piece in text[place:]
        place = text.index(piece, place)


@each_page
def test_nothing_hidden_comes_in(name: str) -> None:
    assert not any("nothing" in block.text for block in read_html(PAGES[name].encode()).blocks)


@each_page
def test_the_headline_is_the_title(name: str) -> None:
    draft = read_html(PAGES[name].encode())
    titles = [block.text for block in draft.blocks if block.is_title]
    assert titles == [draft.title]
    assert titles[0].startswith(KEEP)
    assert next(block.text for block in draft.blocks if block.kept) == titles[0]


@each_page
def test_no_page_warns_of_lost_text(name: str) -> None:
    assert read_html(PAGES[name].encode()).warnings == ()


def test_blocks_stand_in_the_parts_of_the_page() -> None:
    groups = {block.text[1:]: block.group for block in read_html(PAGES["a weblog with comments"].encode()).blocks}
    assert groups["Council"] == "header"
    assert groups["What comes next"] == "story"
    assert groups["Choir seeks tenors for the spring"] == "aside"
    assert groups["© 2026 The Eastquay Lantern. All rights reserved."] == "footer"


def test_blocks_have_their_kinds() -> None:
    kinds = {block.text[1:]: block.kind for block in read_html(PAGES["a weblog with comments"].encode()).blocks}
    assert kinds["The ferry at dawn"] == "caption"
    assert kinds["A winter without the ferry would be a poorer winter."] == "quotation"
    assert kinds["What comes next"] == "heading"
    assert kinds["a quieter boat"] == "list_item"
    assert kinds["Posted on 6 March 2026 by Ilse Varga"] == "paragraph"
