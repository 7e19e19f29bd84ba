"""Blocks: how they join into a text, split and join again."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.blocks import BlockRange, assemble, join, split_at

WORDS = st.text(alphabet="ab \n\t\xa0é😀", max_size=12)


def test_blocks_stand_a_blank_line_apart_with_none_around():
    text, ranges = assemble([("heading", "Ferry late"), ("paragraph", "It came.\nAt last."), ("list_item", "😀 one")])
    assert text == "Ferry late\n\nIt came.\nAt last.\n\n😀 one"
    assert ranges == [BlockRange("heading", 0, 10), BlockRange("paragraph", 12, 29), BlockRange("list_item", 31, 36)]


def test_a_block_of_white_space_is_none_and_edges_are_trimmed():
    assert assemble([("paragraph", " \n\xa0"), ("paragraph", " one "), ("paragraph", "")]) == (
        "one",
        [BlockRange("paragraph", 0, 3)],
    )
    assert assemble([]) == ("", [])


@given(st.lists(st.tuples(st.sampled_from(["heading", "paragraph"]), WORDS), max_size=6))
def test_each_range_holds_its_blocks_words(blocks):
    text, ranges = assemble(blocks)
    assert [(each.kind, text[each.start : each.end]) for each in ranges] == [
        (kind, words.strip()) for kind, words in blocks if words.strip()
    ]
    assert text == text.strip()


def test_splitting_drops_the_white_space_at_the_cut():
    assert split_at("It came.  At last.", 10) == ("It came.", "At last.")
    assert split_at("It came.\nAt last.", 8) == ("It came.", "At last.")
    assert split_at("It came.", 8) == ("It came.", "")


def test_joining_puts_one_space():
    assert join("It came.", "At last.") == "It came. At last."
    assert join("It came. ", "\nAt last.") == "It came. At last."


@given(WORDS, st.integers(0, 12))
def test_splitting_and_joining_keeps_every_visible_character(words, place):
    assert "".join(join(*split_at(words, place)).split()) == "".join(words.split())
