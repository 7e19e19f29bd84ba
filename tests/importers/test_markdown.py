"""Markdown: its structure becomes blocks, its numbers stay, tags in it are words."""

from datetime import date

from annotator.importers import read_article

SOURCE = """---
title: "Ferry bought back"
author: Ilse Varga
date: 2026-03-09
url: https://lantern.example/ferry
---
# Ferry bought back

The ferry is *back* &
on time. <script>alert(1)</script>

3. one
4. two
   - below

> Too much.

| Boat | Price |
|------|-------|
| Gull | 3     |

Setext\u00a0heading
-------
"""


def test_structure_becomes_blocks_and_tags_are_words():
    draft = read_article("ferry.md", SOURCE.encode())
    assert [(block.kind, block.text) for block in draft.blocks] == [
        ("heading", "Ferry bought back"),
        ("paragraph", "The ferry is back & on time. <script>alert(1)</script>"),
        ("list_item", "3. one"),
        ("list_item", "4. two"),
        ("list_item", "below"),
        ("quotation", "Too much."),
        ("paragraph", "Boat Price"),
        ("paragraph", "Gull 3"),
        ("heading", "Setext\u00a0heading"),
    ]


def test_front_matter_says_what_is_known():
    draft = read_article("ferry.markdown", SOURCE.replace("\n", "\r\n").encode())
    assert (draft.title, draft.author, draft.published) == ("Ferry bought back", "Ilse Varga", date(2026, 3, 9))
    assert draft.address == "https://lantern.example/ferry"
    assert draft.blocks[0].is_title


def test_without_front_matter_the_first_heading_is_the_title():
    draft = read_article("ferry.md", b"Eastquay\n\n## Ferry back\n\nIt is late.\n")
    assert [block.is_title for block in draft.blocks] == [False, True, False]
    assert draft.title == "Ferry back"
