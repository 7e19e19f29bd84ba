"""Plain text and paste: what is kept, where blocks part, and what the lines around a story say about it."""

from datetime import date

import pytest

from annotator.domain.blocks import assemble
from annotator.domain.errors import RuleError
from annotator.domain.text import fingerprint
from annotator.importers import read_article, read_pasted

STORY = (
    "Ferry bought back\r\n"
    "\r\n"
    "By Ilse Varga\r\n"
    "9 March 2026\r\n"
    "\r\n"
    "  The “last” ferry – 6.5\u00a0m long – is Eastquay’s again.\r\n"
    "It is late. \r\n"
    " \t\r\n"
    "It is late.\r\n"
    "\r\n"
    "Give 3 crowns a month.\r\n"
    "Remind me next month\r\n"
    "© 2026 The Eastquay Lantern, all rights reserved\r\n"
    "https://lantern.example/ferry\r\n"
)


def stored(draft):
    """The text that the kept blocks would be."""
    return assemble([(block.kind, block.text) for block in draft.blocks if block.kept])[0]


def test_blocks_part_at_blank_lines_and_keep_all_but_the_space_around_them():
    draft = read_pasted(STORY)
    assert [(block.kind, block.text) for block in draft.blocks] == [
        ("heading", "Ferry bought back"),
        ("paragraph", "By Ilse Varga\n9 March 2026"),
        ("paragraph", "The “last” ferry – 6.5\u00a0m long – is Eastquay’s again.\nIt is late."),
        ("paragraph", "It is late."),
        (
            "paragraph",
            "Give 3 crowns a month.\nRemind me next month\n"
            "© 2026 The Eastquay Lantern, all rights reserved\nhttps://lantern.example/ferry",
        ),
    ]
    assert all(block.kept and block.group == "story" for block in draft.blocks)
    assert draft.blocks[0].is_title


def test_the_lines_around_the_story_say_what_is_known_about_it():
    draft = read_pasted(STORY)
    assert (draft.title, draft.author, draft.published) == ("Ferry bought back", "Ilse Varga", date(2026, 3, 9))
    assert (draft.publication, draft.address) == ("The Eastquay Lantern", "https://lantern.example/ferry")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_same_text_by_file_and_by_paste_is_the_same_article(encoding):
    by_file, by_paste = read_article("ferry.txt", STORY.encode(encoding)), read_pasted(STORY)
    assert fingerprint(stored(by_file)) == fingerprint(stored(by_paste))
    assert (by_file.title, by_file.author, by_file.warnings) == (by_paste.title, by_paste.author, ())


def test_line_ends_are_counted_in_a_file_but_not_where_a_form_brought_them():
    assert read_article("ferry.txt", STORY.encode()).changes == {"line_break": 14}
    assert read_pasted(STORY).changes == {}
    assert read_pasted("One\rtwo\x00\r\n").changes == {"line_break": 1, "nul": 1}


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\x00\ufeff\x00"])
def test_a_text_without_words_is_refused(text):
    with pytest.raises(RuleError, match="No text was found") as refused:
        read_pasted(text)
    assert refused.value.code == "no_text"


def test_a_text_of_more_than_a_million_characters_is_refused():
    assert len(stored(read_pasted("ab" * 500_000))) == 1_000_000
    with pytest.raises(RuleError, match="at most 1,000,000 characters"):
        read_pasted("ab" * 500_000 + "c")


def test_many_lines_without_a_blank_one_are_pointed_out():
    lines = [f"Line {number} of the poem," for number in range(8)]
    assert "no blank lines" in read_pasted("\n".join(lines)).warnings[0]
    assert read_pasted("\n".join(lines[:4])).warnings == ()
