"""Marking, tagging, changing and handing in, by mouse."""

import itertools
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import User
from tests import factories
from tests.e2e.phone import SELECT
from tests.e2e.reading_screen import NO_NOTIFY, ReadingScreen, desk

SignIn = Callable[[User], None]


@pytest.fixture
def screen(page: Page, sign_in: SignIn) -> ReadingScreen:
    """A reader in front of the lantern fair."""
    return desk(page, sign_in)


def test_words_dragged_over_become_a_highlight(screen: ReadingScreen) -> None:
    screen.mark("will be held in the market", "Claim")
    screen.saved(1).check_text()
    assert screen.quotes() == [("will be held in the market", "claim")]
    expect(screen.cards).to_have_count(1)
    expect(screen.cards.first).to_contain_text("will be held in the market")
    expect(screen.page.locator("mark")).to_have_text("will be held in the market")


def test_a_rough_selection_snaps_to_words(screen: ReadingScreen) -> None:
    screen.mark("ast year.\n"[:8], "Opinion")
    screen.saved(1)
    assert screen.quotes() == [("last year", "opinion")]


def test_a_drag_may_begin_and_end_beside_the_text(screen: ReadingScreen) -> None:
    place = screen.at("It was the best evening")
    screen.page.mouse.move(place["x1"] - 30, place["y1"])
    screen.page.mouse.down()
    screen.page.mouse.move(place["x2"], place["y2"])
    screen.page.mouse.up()
    screen.tag("Opinion")
    place = screen.at("best evening of the winter.")
    screen.page.mouse.move(place["x1"], place["y1"])
    screen.page.mouse.down()
    screen.page.mouse.move(place["x2"], place["y2"])
    screen.page.mouse.move(place["x2"] + 500, place["y2"] + 2)
    screen.page.mouse.up()
    screen.tag("Claim")
    screen.saved(2).check_text()
    assert screen.quotes() == [("It was the best evening", "opinion"), ("best evening of the winter.", "claim")]


def test_alt_keeps_the_exact_letters(screen: ReadingScreen) -> None:
    place = screen.at("visitors")
    screen.page.keyboard.down("Alt")
    screen.page.mouse.move(place["x1"], place["y1"])
    screen.page.mouse.down()
    end = screen.at("visit")
    screen.page.mouse.move(end["x2"], end["y2"])
    screen.page.mouse.up()
    screen.page.keyboard.up("Alt")
    screen.tag("Claim")
    screen.saved(1)
    assert screen.quotes() == [("visit", "claim")]


@pytest.mark.parametrize(
    ("clicks", "quote"),
    [
        (2, "council"),
        (3, "The Eastquay lantern fair will be held in the market hall, the council said on Monday."),
        (
            4,
            "The Eastquay lantern fair will be held in the market hall, the council said on Monday. "
            "Some 900 visitors came last year.",
        ),
    ],
)
def test_two_clicks_choose_a_word_three_a_sentence_four_a_paragraph(
    page: Page, sign_in: SignIn, clicks: int, quote: str
) -> None:
    screen = desk(page, sign_in)
    screen.set_sentences(2, [28, 115])
    screen.open()
    screen.click("council", clicks=clicks)
    screen.tag("Attribution")
    screen.saved(1).check_text()
    assert screen.quotes() == [(quote, "attribution")]


def test_on_a_touchscreen_beside_a_mouse_the_tags_stand_below_what_a_finger_chose(screen: ReadingScreen) -> None:
    """Such a laptop says that it points finely; the system's own menu is above the words, its handles are below."""
    screen.at("best evening")
    for kind in ("pointerdown", "pointerup"):
        screen.page.locator("#b3").dispatch_event(kind, {"pointerType": "touch", "bubbles": True})
    screen.page.evaluate(SELECT, ["b3", 11, 23])
    expect(screen.popover).to_be_visible()
    assert screen.box(screen.popover)["top"] >= screen.at("best evening")["y2"] + 32
    screen.tag("Opinion")
    screen.saved(1).check_text()
    assert screen.quotes() == [("best evening", "opinion")]


def test_the_tags_stand_above_the_words_and_below_them_under_the_bars(screen: ReadingScreen) -> None:
    screen.drag("best evening")
    assert screen.box(screen.popover)["bottom"] <= screen.at("best evening")["y1"]
    screen.press("Escape")
    expect(screen.popover).to_be_hidden()
    screen.page.set_viewport_size({"width": 1280, "height": 420})
    bars = screen.box(screen.page.locator("#legend"))["bottom"]
    screen.page.evaluate("(by) => window.scrollBy(0, by)", screen.at("council")["y1"] - bars - 24)
    line = bars + 24
    screen.page.mouse.click(screen.box(screen.page.locator("#b2"))["left"] + 60, line, click_count=2)
    expect(screen.popover).to_be_visible()
    assert screen.box(screen.popover)["top"] > line


def test_a_click_on_marked_words_opens_the_shortest_and_more_clicks_cycle(screen: ReadingScreen) -> None:
    screen.mark("held in the market hall", "Claim")
    screen.mark("the market", "Opinion")
    screen.saved(2)
    screen.click("market")
    expect(screen.open_card).to_contain_text("Opinion")
    screen.click("market")
    expect(screen.open_card).to_contain_text("Claim")
    screen.click("market")
    expect(screen.open_card).to_contain_text("Opinion")
    expect(screen.page.locator("mark.active")).to_have_count(1)
    screen.press("Escape")
    expect(screen.open_card).to_have_count(0)


def test_overlapping_highlights_are_painted_flat_as_the_server_paints_them(screen: ReadingScreen) -> None:
    screen.mark("lantern fair will be held", "Claim")
    screen.mark("will be held in the market", "Opinion")
    screen.mark("be held in", "Attribution")
    screen.saved(3).check_text()
    painted = screen.painted()
    assert "two many" in painted
    expect(screen.page.locator("mark mark")).to_have_count(0)
    expect(screen.page.locator(".gutter .count")).to_have_text(["3"])
    screen.open()
    assert screen.painted() == painted


def test_changing_the_tag_from_the_card(screen: ReadingScreen) -> None:
    screen.mark("Some 900 visitors", "Opinion")
    screen.saved(1)
    screen.click("900")
    card = screen.open_card
    card.get_by_role("button", name="Retag").click()
    card.get_by_role("button", name="Claim").click()
    expect(card.locator("b").first).to_have_text("Claim")
    screen.saved(1)
    expect(screen.page.locator("mark.tint-1")).to_have_text("Some 900 visitors")
    assert screen.quotes() == [("Some 900 visitors", "claim")]


def test_deleting_from_the_card_offers_undo(screen: ReadingScreen) -> None:
    screen.mark("Some 900 visitors")
    screen.saved(1)
    screen.click("900")
    screen.open_card.get_by_role("button", name="Delete").click()
    expect(screen.cards).to_have_count(0)
    expect(screen.page.get_by_role("heading", name="Nothing marked yet")).to_be_visible()
    screen.saved(0)
    assert screen.quotes() == []
    screen.page.locator("#toast").get_by_role("button", name="Undo").click()
    screen.saved(1)
    assert screen.quotes() == [("Some 900 visitors", "claim")]
    expect(screen.page.locator("mark")).to_have_text("Some 900 visitors")


def test_a_note_is_saved_on_leaving_its_field_and_with_enter(screen: ReadingScreen) -> None:
    screen.mark("Some 900 visitors")
    screen.saved(1)
    screen.click("900")
    note = screen.open_card.get_by_label("Note")
    note.fill("Who counted?")
    screen.click("best evening")
    expect(screen.page.locator(".card .note")).to_have_text("Who counted?")
    screen.saved(1)
    assert screen.rows().get().note == "Who counted?"
    screen.click("900")
    note.fill("Nobody knows")
    note.press("Enter")
    expect(screen.page.locator(".card .note")).to_have_text("Nobody knows")
    screen.saved(1)
    screen.undo()
    expect(screen.page.locator(".card .note")).to_have_text("Who counted?")
    screen.saved(1)
    assert screen.rows().get().note == "Who counted?"


def test_edges_move_by_the_cards_buttons(screen: ReadingScreen) -> None:
    screen.mark("900 visitors")
    screen.saved(1)
    screen.click("900")
    card = screen.open_card
    card.get_by_role("link", name="Move edges").click()
    card.get_by_role("button", name="Start one word earlier").click()
    card.get_by_role("button", name="End one word later").click()
    expect(screen.page.locator("mark")).to_have_text("Some 900 visitors came")
    screen.saved(1)
    assert screen.quotes() == [("Some 900 visitors came", "claim")]
    screen.undo()
    screen.saved(1)
    assert screen.quotes() == [("Some 900 visitors", "claim")]


def test_undo_and_redo_of_every_change_also_after_a_reload(screen: ReadingScreen) -> None:
    screen.mark("Some 900 visitors", "Opinion")
    screen.mark("best evening", "Opinion")
    screen.saved(2)
    screen.click("900")
    expect(screen.open_card).to_contain_text("900")
    screen.press("1")
    screen.saved(2)
    screen.click("evening")
    expect(screen.open_card).to_contain_text("evening")
    screen.press("Delete")
    screen.saved(1)
    screen.open()
    both = [("Some 900 visitors", "claim"), ("best evening", "opinion")]
    for expected in [both, [("Some 900 visitors", "opinion"), both[1]], [("Some 900 visitors", "opinion")], []]:
        screen.undo()
        screen.saved(len(expected)).check_text()
        assert screen.quotes() == expected
    expect(screen.page.get_by_role("button", name="Undo", exact=True).first).to_be_disabled()
    for total in [1, 2, 2, 1]:
        screen.redo()
        screen.saved(total).check_text()
    assert screen.quotes() == both[:1]
    expect(screen.page.get_by_role("button", name="Redo")).to_be_disabled()


def test_the_numbers_on_the_page_follow(screen: ReadingScreen) -> None:
    legend = screen.page.locator("#legend")
    screen.mark("Some 900 visitors", "Claim")
    screen.mark("best evening", "Opinion")
    expect(legend.locator('[data-count="claim"]')).to_have_text("1")
    expect(legend.locator('[data-count="opinion"]')).to_have_text("1")
    expect(legend).to_contain_text("2 highlights")
    expect(screen.page.locator("#map path")).to_have_count(2)
    screen.saved(2)


def test_a_legend_button_tags_what_is_chosen_and_else_says_what_it_asks(screen: ReadingScreen) -> None:
    button = screen.page.locator("#legend").get_by_role("button", name="Boilerplate")
    screen.drag("Keep the Lantern free")
    button.click()
    screen.saved(1)
    assert screen.quotes() == [("Keep the Lantern free", "boilerplate")]
    button.click()
    expect(screen.page.locator("#toast")).to_contain_text("Boilerplate")
    assert len(screen.quotes()) == 1


def test_the_same_words_twice_are_two_places(page: Page, sign_in: SignIn) -> None:
    line = "It was the best evening."
    screen = desk(page, sign_in, text=f"Fair\n\n{line}\n\nIn between.\n\n{line}")
    screen.mark(line, "Opinion", nth=1)
    screen.mark(line, "Claim", nth=0)
    screen.saved(2).check_text()
    assert [(span.start, span.label.slug) for span in screen.rows().in_reading_order()] == [
        (screen.stored.index(line), "claim"),
        (screen.stored.rindex(line), "opinion"),
    ]


def test_the_same_words_with_the_same_tag_are_marked_once(screen: ReadingScreen) -> None:
    screen.mark("best evening", "Opinion")
    screen.mark("best evening", "Opinion")
    expect(screen.page.locator("#toast")).to_have_text("These words already have this tag.Undo")
    screen.saved(1)
    assert screen.rows().count() == 1


def test_words_across_paragraphs_are_one_highlight(screen: ReadingScreen) -> None:
    start, end = screen.at("came last year."), screen.at("It was the best")
    start = screen.at("came last year.")
    end = screen.page.evaluate("() => document.getElementById('b3').getBoundingClientRect().toJSON()")
    screen.page.mouse.move(start["x1"], start["y1"])
    screen.page.mouse.down()
    screen.page.mouse.move(end["x"] + 30, end["y"] + 10)
    screen.page.mouse.move(end["x"] + 56, end["y"] + 18)
    screen.page.mouse.up()
    screen.tag("Claim")
    screen.saved(1).check_text()
    quote = screen.rows().get().quote
    assert quote.startswith("came last year.\n\nIt was")
    assert screen.page.locator("mark").count() == 2


def test_handing_in_asks_shows_the_numbers_and_leaves_a_page_to_read(screen: ReadingScreen) -> None:
    screen.mark("Some 900 visitors")
    screen.page.get_by_role("link", name="Hand in").click()
    dialog = screen.page.get_by_role("dialog", name="Hand in your reading?")
    expect(dialog.locator('[data-count="claim"]')).to_have_text("1")
    dialog.get_by_role("link", name="Keep reading").click()
    expect(dialog).to_be_hidden()
    screen.page.get_by_role("link", name="Hand in").click()
    dialog.get_by_role("button", name="Hand in").click()
    expect(screen.page.locator("#state")).to_contain_text("Handed in")
    screen.reading.refresh_from_db()
    assert screen.reading.state == "submitted"
    expect(screen.page.get_by_role("link", name="Hand in")).to_have_count(0)
    screen.click("900")
    expect(screen.open_card).to_contain_text("Some 900 visitors")
    expect(screen.page.get_by_role("button", name="Delete")).to_have_count(0)
    screen.click("best", clicks=2)
    expect(screen.page.locator("#popover")).to_have_count(0)
    assert len(screen.quotes()) == 1


def test_a_team_reader_opens_an_own_reading_again_and_goes_on(page: Page, sign_in: SignIn) -> None:
    screen = desk(page, sign_in, kind="team")
    screen.mark("Some 900 visitors")
    screen.saved(1)
    page.get_by_role("link", name="Hand in").click()
    page.locator("#hand-in-form").get_by_role("button").click()
    page.get_by_role("button", name="Reopen").click()
    expect(page.locator("body.scripted")).to_be_attached()
    screen.mark("best evening", "Opinion")
    screen.saved(2)
    screen.undo()
    screen.undo()
    screen.saved(0).check_text()
    assert screen.quotes() == []


def test_a_blank_reading_can_be_handed_in(screen: ReadingScreen) -> None:
    screen.page.get_by_role("link", name="Hand in").click()
    expect(screen.page.get_by_role("dialog").get_by_text("Hand in anyway?")).to_be_visible()
    screen.page.locator("#hand-in-form").get_by_role("button").click()
    expect(screen.page.locator("#state")).to_contain_text("Handed in")


def test_the_hint_leaves_after_the_first_tag_and_stays_away(screen: ReadingScreen) -> None:
    hint = screen.page.locator("#hint")
    expect(hint).to_be_visible()
    screen.mark("best evening")
    expect(hint).to_be_hidden()
    screen.saved(1).open()
    expect(hint).to_be_hidden()


def test_cards_stand_level_with_their_words_and_never_overlap(page: Page, sign_in: SignIn) -> None:
    screen = desk(page, sign_in, text="\n\n".join(["Fair", *["Nothing to see on this line."] * 9, factories.TEXT]))
    for words in ("The Eastquay lantern", "fair will", "be held in", "market hall", "council said", "900 visitors"):
        screen.mark(words)
    screen.saved(6)
    screen.click("council")
    expect(screen.open_card).to_have_count(1)
    # All at one moment, and after the frame in which the margin is laid out.
    level = screen.at("council said")["y1"]
    boxes = screen.cards.evaluate_all("(cards) => cards.map((card) => card.getBoundingClientRect().toJSON())")
    for above, below in itertools.pairwise(boxes):
        assert above["bottom"] < below["top"]
    active = screen.box(screen.open_card)
    assert active["top"] < level < active["bottom"]
    assert [card["data-label"] for card in screen.attributes()] == ["claim"] * 6


def test_what_is_said_to_a_screen_reader(page: Page, sign_in: SignIn) -> None:
    page.add_init_script(NO_NOTIFY)
    screen = desk(page, sign_in)
    screen.mark("market hall", "Claim")
    expect(page.locator("#status")).to_have_text("Claim added, 2 words. Undo with Control Z.")
    screen.saved(1)
    screen.undo()
    expect(page.locator("#status")).to_have_text("Undone.")
    screen.saved(0)
