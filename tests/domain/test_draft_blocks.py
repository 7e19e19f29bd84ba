"""What a person may do to the blocks of a draft, and that nothing but that changes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.draft_blocks import (
    DraftBlock,
    Screen,
    Step,
    blocks_read,
    blocks_written,
    group_names,
    kept_blocks,
    kept_text,
    shown,
    stepped,
)
from annotator.domain.errors import RuleError

MENU = DraftBlock(id=0, kind="list_item", text="Home", group="header", kept=False, folded=True)
TITLE = DraftBlock(id=1, kind="heading", text="Ferry runs hourly", group="story", kept=True, is_title=True)
ASIDE = DraftBlock(id=2, kind="paragraph", text="Read more about ferries.", group="aside", kept=False)
FIRST = DraftBlock(id=3, kind="paragraph", text="It left at six. It was full.", group="story", kept=True)
LAST = DraftBlock(id=4, kind="paragraph", text="© The Eastquay Lantern", group="story", kept=True)
BLOCKS = [MENU, TITLE, ASIDE, FIRST, LAST]


def texts(blocks):
    return [block.text for block in blocks]


def refusal(blocks, step):
    with pytest.raises(RuleError) as caught:
        stepped(blocks, step)
    return caught.value.code


def test_blocks_survive_being_written_as_json():
    assert blocks_read({"blocks": blocks_written(BLOCKS)}) == BLOCKS


def test_blocks_written_before_ids_and_groups_existed_are_numbered_and_belong_to_the_story():
    old = {"kind": "paragraph", "text": "Words.", "kept": True}
    assert blocks_read({"blocks": [old, old]}) == [
        DraftBlock(id=number, kind="paragraph", text="Words.", group="story", kept=True) for number in (0, 1)
    ]
    assert blocks_read({}) == []


def test_what_is_kept_is_the_text_in_page_order():
    assert kept_blocks(BLOCKS) == [("heading", TITLE.text), ("paragraph", FIRST.text), ("paragraph", LAST.text)]
    assert kept_text(BLOCKS) == "Ferry runs hourly\n\nIt left at six. It was full.\n\n© The Eastquay Lantern"
    assert kept_text([MENU]) == ""


def test_groups_stand_in_page_order():
    assert group_names(BLOCKS) == ["header", "story", "aside"]


def test_a_group_is_kept_or_left_out_whole_and_no_other_changes():
    left = stepped(BLOCKS, Step(do="leave", group=1))
    assert [block.kept for block in left] == [False] * 5
    assert [replace(block, kept=True) for block in left if block.group == "story"] == [TITLE, FIRST, LAST]
    kept = stepped(BLOCKS, Step(do="keep", group=2))
    assert kept == [MENU, TITLE, replace(ASIDE, kept=True), FIRST, LAST]


def test_a_group_that_is_not_there_is_refused():
    assert refusal(BLOCKS, Step(do="keep", group=3)) == "no_block"


@pytest.mark.parametrize("do", ["tick", "facts", "open", "close"])
def test_other_presses_change_no_block(do):
    assert stepped(BLOCKS, Step(do=do, block=3)) == BLOCKS


def test_a_split_cuts_before_the_word_and_gives_the_second_part_a_new_id():
    split = stepped(BLOCKS, Step(do="split", block=3, place=16))
    assert texts(split)[3:5] == ["It left at six.", "It was full."]
    assert [block.id for block in split] == [0, 1, 2, 3, 5, 4]
    assert split[4] == replace(FIRST, id=5, text="It was full.")


def test_only_the_first_part_of_a_title_stays_the_title():
    split = stepped(BLOCKS, Step(do="split", block=1, place=6))
    assert [(block.text, block.is_title) for block in split[1:3]] == [("Ferry", True), ("runs hourly", False)]


@pytest.mark.parametrize("place", [-1, 0, 28, 29, 10**9])
def test_a_split_at_or_past_an_edge_is_refused(place):
    assert refusal(BLOCKS, Step(do="split", block=3, place=place)) == "no_place"


def test_a_split_that_leaves_only_white_space_is_refused():
    spaced = [replace(FIRST, text="Word \n")]
    assert refusal(spaced, Step(do="split", block=3, place=5)) == "no_place"


@pytest.mark.parametrize("do", ["split", "join"])
def test_a_block_that_is_not_there_any_more_is_refused(do):
    assert refusal(BLOCKS, Step(do=do, block=9, place=3)) == "no_block"


def test_joining_takes_the_next_of_the_group_and_leaves_what_stands_between():
    joined = stepped(BLOCKS, Step(do="join", block=1))
    assert texts(joined) == ["Home", "Ferry runs hourly It left at six. It was full.", ASIDE.text, LAST.text]
    assert joined[1] == replace(TITLE, text=joined[1].text)


def test_the_last_block_of_a_group_has_none_to_join():
    assert refusal(BLOCKS, Step(do="join", block=4)) == "no_next"


def test_splitting_and_joining_gives_the_block_back():
    split = stepped(BLOCKS, Step(do="split", block=3, place=16))
    assert stepped(split, Step(do="join", block=3)) == BLOCKS


def test_the_screens_ticks_are_taken_over_where_it_speaks_of_them():
    assert shown(BLOCKS, Screen(version=1)) == BLOCKS
    ticked = shown(BLOCKS, Screen(version=1, kept=frozenset({2, 99})))
    assert [block.id for block in ticked if block.kept] == [2]


def test_words_typed_into_a_block_replace_its_own():
    changed = shown(BLOCKS, Screen(version=1, words={3: "It left at seven.\r\n"}))
    assert changed == [MENU, TITLE, ASIDE, replace(FIRST, text="It left at seven."), LAST]


def test_a_blank_line_among_typed_words_begins_a_new_block():
    changed = shown(BLOCKS, Screen(version=1, words={1: "Ferry\n \t\nruns\nhourly\n\n\nnow"}))
    assert [(block.id, block.text, block.is_title) for block in changed[1:4]] == [
        (1, "Ferry", True),
        (5, "runs\nhourly", False),
        (6, "now", False),
    ]
    assert changed[2].kind == "heading"


def test_words_that_only_came_back_from_the_text_box_change_nothing():
    for text in ("One line\nand another\u2028with\u00a0care", "A line\n\nthe page broke twice"):
        lines = [replace(FIRST, text=text)]
        assert shown(lines, Screen(version=1, words={3: text.replace("\n", "\r\n")})) == lines


def test_a_block_cannot_be_left_without_words():
    with pytest.raises(RuleError) as caught:
        shown(BLOCKS, Screen(version=1, words={3: " \u00a0\n\0"}))
    assert caught.value.code == "no_words"


WORDS = st.text(alphabet="ab é\u00a0\u2028👩\u0301.", min_size=1, max_size=12).filter(lambda text: text.strip())
STEPS = st.builds(
    Step,
    do=st.sampled_from(["keep", "leave", "split", "join"]),
    block=st.integers(0, 6),
    group=st.integers(0, 2),
    place=st.integers(0, 12),
)


@given(
    st.lists(st.tuples(WORDS.map(str.strip), st.sampled_from(["story", "aside"])), min_size=1, max_size=5),
    st.lists(STEPS, max_size=8),
)
def test_no_press_loses_a_letter_or_gives_two_blocks_one_id(given_blocks, steps):
    blocks = [
        DraftBlock(id=number, kind="paragraph", text=text, group=group, kept=True)
        for number, (text, group) in enumerate(given_blocks)
    ]
    letters = {group: "".join(b.text for b in blocks if b.group == group).split() for group in group_names(blocks)}
    for step in steps:
        try:
            blocks = stepped(blocks, step)
        except RuleError:
            continue
    assert len({block.id for block in blocks}) == len(blocks)
    assert all(block.text and block.text == block.text.strip() for block in blocks)
    for group, before in letters.items():
        after = "".join(block.text for block in blocks if block.group == group).split()
        assert "".join(after) == "".join(before)
