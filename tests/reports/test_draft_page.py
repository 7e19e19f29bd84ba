"""The preview of a draft: groups, folds, counts, places to split, and articles with the same text."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotator import access
from annotator.domain.draft_blocks import Step
from annotator.importers import DraftArticle, SourceBlock
from annotator.models import Article
from annotator.reports.draft_page import LISTED_BY_SENTENCE, LISTED_BY_WORD, draft_page
from annotator.services.drafts import draft_add
from tests import factories

pytestmark = pytest.mark.django_db
MENU = [SourceBlock("list_item", name, group="header", kept=False) for name in ("Home", "Sport", "Tides", "Sign in")]
STORY = [
    SourceBlock("heading", "Ferry runs hourly", is_title=True),
    SourceBlock("caption", "The ferry at dawn."),
    SourceBlock("paragraph", "Dr. Varga left at six. It was full! “Very,” she said."),
]


@pytest.fixture
def marit():
    return factories.teacher("marit")


def page_of(user, *blocks, opened=None, **fields):
    draft = draft_add(owner=user, source=DraftArticle(blocks=blocks, **fields))
    return draft_page(draft, access.articles_of(user), opened)


def test_blocks_stand_in_their_groups_in_page_order_with_their_kinds(marit):
    page = page_of(marit, MENU[0], *STORY, SourceBlock("paragraph", "© 2026", group="footer"))
    assert [(group.number, group.title, group.icon) for group in page.groups] == [
        (0, "Header and menu", "part-header"), (1, "Story", "story"), (2, "Footer", "part-footer"),
    ]  # fmt: skip
    blocks = [(block.kind_name, block.text) for run in page.groups[1].runs for block in run.blocks]
    assert blocks == [
        ("Title", "Ferry runs hourly"), ("Caption", "The ferry at dawn."), ("Paragraph", STORY[2].text),
    ]  # fmt: skip


def test_a_part_of_the_page_that_has_no_name_here_gets_its_own(marit):
    [group] = page_of(marit, SourceBlock("paragraph", "Words.", group="reader_letters")).groups
    assert (group.title, group.icon) == ("Reader letters", "part-side")


@pytest.mark.parametrize(
    ("ticks", "state", "count"),
    [
        ([True, True], "keep", "all 2 blocks kept"),
        ([True, False], "mixed", "1 of 2 blocks kept"),
        ([False, False], "leave", "2 blocks left out"),
        ([True], "keep", "1 block kept"),
        ([False], "leave", "1 block left out"),
    ],
)
def test_a_group_says_how_much_of_it_is_kept(marit, ticks, state, count):
    blocks = [SourceBlock("paragraph", f"Block {number}.", kept=kept) for number, kept in enumerate(ticks)]
    [group] = page_of(marit, *blocks).groups
    assert (group.state, group.count, group.has_kept) == (state, count, any(ticks))


def test_the_numbers_are_those_of_what_is_kept(marit):
    words = SourceBlock("paragraph", "word " * 300)
    page = page_of(marit, *MENU, *STORY[:2], words)
    assert (page.words, page.kept, page.minutes, page.minutes_marking) == (307, 3, 2, 9)
    empty = page_of(marit, *MENU)
    assert (empty.words, empty.kept, empty.twins) == (0, 0, [])


def test_four_left_out_in_a_row_are_folded_to_a_line_and_three_are_not(marit):
    [menu] = page_of(marit, *MENU).groups
    assert [(run.summary, run.is_open, len(run.blocks)) for run in menu.runs] == [
        ("Home · Sport · Tides · Sign in", False, 4)
    ]
    [short] = page_of(marit, *MENU[:3]).groups
    assert [(run.summary, len(run.blocks)) for run in short.runs] == [("", 3)]


def test_a_fold_opens_where_one_of_its_blocks_is_wanted(marit):
    assert page_of(marit, *MENU, opened=2).groups[0].runs[0].is_open
    draft = draft_add(owner=marit, source=DraftArticle(blocks=tuple(MENU)))
    draft.content["blocks"][1]["kept"] = True
    assert draft_page(draft, access.articles_of(marit)).groups[0].runs[0].is_open


def test_what_is_left_out_by_hand_stays_in_sight(marit):
    draft = draft_add(owner=marit, source=DraftArticle(blocks=tuple(STORY * 2)))
    for block in draft.content["blocks"]:
        block["kept"] = False
    [group] = draft_page(draft, access.articles_of(marit)).groups
    assert [(run.summary, len(run.blocks)) for run in group.runs] == [("", 6)]


def test_folds_and_open_blocks_alternate_in_page_order(marit):
    story = [SourceBlock(block.kind, block.text, group="header") for block in STORY]
    [group] = page_of(marit, *story[:1], *MENU[:2], story[1], *MENU, story[2]).groups
    assert [(bool(run.summary), len(run.blocks)) for run in group.runs] == [(False, 4), (True, 4), (False, 1)]


def test_a_long_summary_is_cut_and_its_lines_are_one(marit):
    menu = [SourceBlock("list_item", f"Entry\n{number} " + "x" * 50, group="header", kept=False) for number in range(9)]
    summary = page_of(marit, *menu).groups[0].runs[0].summary
    assert len(summary) <= 160
    assert summary.startswith("Entry 0 xxx")


def test_only_the_last_block_of_a_group_has_none_to_join(marit):
    page = page_of(marit, STORY[0], MENU[0], STORY[1], MENU[1])
    assert [[block.has_next for run in group.runs for block in run.blocks] for group in page.groups] == [
        [True, False], [True, False],
    ]  # fmt: skip


def test_an_opened_block_shows_its_sentences_and_every_word_but_the_first(marit):
    [group] = page_of(marit, *STORY, opened=2).groups
    shown = [block.opened for run in group.runs for block in run.blocks]
    assert shown[:2] == [None, None]
    text = STORY[2].text
    assert [(cut.place, cut.words) for cut in shown[2].sentences] == [
        (0, "Dr. Varga left at six."), (23, "It was full!"), (36, "“Very,” she said."),
    ]  # fmt: skip
    assert [text[cut.place :].split()[0] for cut in shown[2].cuts] == [
        "Varga", "left", "at", "six.", "It", "was", "full!", "Very,”", "she", "said.",
    ]  # fmt: skip


def test_a_very_long_block_lists_its_sentences_and_a_longer_one_neither(marit):
    assert (LISTED_BY_WORD, LISTED_BY_SENTENCE) == (4_000, 40_000)
    sentence = "It was full. "
    for length, has_words, has_sentences in [(4_000, True, True), (4_001, False, True), (40_001, False, False)]:
        text = (sentence * 4_000)[: length - 1] + "x"
        [group] = page_of(marit, SourceBlock("paragraph", text), opened=0).groups
        [block] = group.runs[0].blocks
        assert (bool(block.opened.cuts), bool(block.opened.sentences)) == (has_words, has_sentences)


def test_a_press_belongs_to_the_group_it_was_made_in(marit):
    header, story = page_of(marit, MENU[0], *STORY).groups
    for step, holder in [
        (Step(do="keep", group=0), header), (Step(do="tick", group=1), story), (Step(do="open", block=0), header),
        (Step(do="split", block=2), story), (Step(do="facts"), None), (Step(do="join", block=99), None),
    ]:  # fmt: skip
        assert [group for group in (header, story) if group.holds(step)] == ([holder] if holder else [])


def test_articles_with_the_same_text_are_named_newest_first(marit):
    whole = "Ferry runs hourly\n\nThe ferry at dawn."
    for title in ["First", "Second", "Third", "Fourth"]:
        factories.article(marit, text=whole, title=title)
    factories.article(marit, text=whole + "!", title="Other")
    factories.article(factories.teacher(), text=whole, title="A stranger's")
    Article.objects.filter(title="First").update(created_at=factories.NOON)
    twins = [twin.title for twin in page_of(marit, *STORY[:2]).twins]
    assert twins == ["Fourth", "Third", "Second"]


def test_the_preview_costs_one_query_however_many_blocks(marit):
    draft = draft_add(owner=marit, source=DraftArticle(blocks=tuple(STORY * 50)))
    with CaptureQueriesContext(connection) as queries:
        draft_page(draft, access.articles_of(marit), 7)
    assert len(queries) == 1


def test_warnings_are_passed_on(marit):
    page = page_of(marit, *STORY, warnings=("One table was left out.",))
    assert page.notices == ["One table was left out."]
