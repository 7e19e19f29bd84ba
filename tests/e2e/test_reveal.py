"""The reveal in a browser: the text to the letter, arrow keys, tabs that swap one part, the sheet on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Exercise, Phase, ReadingState, User
from tests import factories
from tests.e2e.reading_screen import BLOCKS

pytestmark = pytest.mark.django_db(transaction=True)

SUBMITTED = {"state": ReadingState.SUBMITTED, "submitted_at": factories.NOON}
TEXT = "Lantern fair\n\n" + "\n\n".join(f"Paragraph {n} says “🏮 so” and then some more of it." for n in range(1, 16))


@pytest.fixture
def work(sign_in: Callable[[User], None]) -> Exercise:
    """Six readers who part over three paragraphs; one of them signed in."""
    leader = factories.teacher()
    room = factories.classroom(leader)
    made = factories.exercise(room, [factories.article(leader, text=TEXT, title="Fair")], phase=Phase.REVEALED)
    for reader in range(6):
        reading = factories.reading(made, factories.reader(room, pseudonym=f"Reader {reader}"), **SUBMITTED)
        for number in (2, 8, 14)[: 1 + reader // 2]:
            start = TEXT.index(f"Paragraph {number} says")
            factories.span(reading, start, start + 20, "claim" if reader % 2 else "opinion")
    sign_in(reading.member.user)
    return made


def opened(page: Page, work: Exercise) -> None:
    page.goto(f"/exercises/{work.uuid}/reveal/")
    page.wait_for_load_state("load")


def test_the_text_is_the_stored_one_and_arrow_keys_step_through_what_splits_it(page: Page, work: Exercise) -> None:
    opened(page, work)
    stored = [[block.start, TEXT[block.start : block.end]] for block in work.articles.get().blocks.order_by("number")]
    assert page.evaluate(BLOCKS) == stored
    where = page.locator(".reveal-steps .muted")
    expect(where).to_have_text("1 of 3")
    page.keyboard.press("ArrowRight")
    expect(where).to_have_text("2 of 3")
    expect(page.locator("#passage")).to_be_in_viewport()
    page.keyboard.press("ArrowLeft")
    expect(where).to_have_text("1 of 3")


def test_a_tab_keeps_the_passage_and_the_focus(page: Page, work: Exercise) -> None:
    opened(page, work)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".reveal-steps .muted")).to_have_text("2 of 3")
    page.locator("#tab-disagreement").click()
    expect(page.locator("#tab-disagreement")).to_have_attribute("aria-current", "true")
    expect(page.locator(".reveal-steps .muted")).to_have_text("2 of 3")
    expect(page.locator("#tab-disagreement")).to_be_focused()


def test_the_focus_stays_where_somebody_pressed_and_back_goes_back(page: Page, work: Exercise) -> None:
    opened(page, work)
    sentence = page.get_by_role("article").get_by_role("link", name="Paragraph 8 says")
    sentence.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#passage")).to_be_focused()
    expect(page.locator("#passage")).to_contain_text("Paragraph 8 says")
    expect(page.get_by_role("status").filter(has_text="Paragraph 8 says")).to_have_count(1)
    page.get_by_role("link", name="Next").press("Enter")
    expect(page.locator(".reveal-steps .muted")).to_have_text("2 of 3")
    page.get_by_role("link", name="Before").press("Enter")
    # The first has nothing before it: the focus goes to the step that is left.
    expect(page.locator(".reveal-steps .muted")).to_have_text("1 of 3")
    expect(page.get_by_role("link", name="Next")).to_be_focused()
    page.go_back()
    expect(page.locator(".reveal-steps .muted")).to_have_text("2 of 3")
    expect(page.locator("#passage")).not_to_contain_text("Paragraph 8 says")


def test_a_click_on_any_word_of_a_sentence_opens_it_whole(page: Page, work: Exercise) -> None:
    opened(page, work)
    sentence = page.get_by_role("article").get_by_role("link", name="Paragraph 14 says")
    sentence.scroll_into_view_if_needed()
    box = sentence.bounding_box()
    assert box is not None
    # Its last words, which nobody marked.
    page.mouse.click(box["x"] + box["width"] - 6, box["y"] + box["height"] / 2)
    expect(page.locator("#passage")).to_have_text("Paragraph 14 says “🏮 so” and then some more of it.")


def test_on_a_phone_the_tabs_stay_in_sight(page: Page, work: Exercise) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    opened(page, work)
    page.get_by_text("Paragraph 12 says").scroll_into_view_if_needed()
    page.mouse.wheel(0, 600)
    expect(page.locator("#tab-opinion")).to_be_in_viewport(ratio=0.9)
    expect(page.locator(".reveal-legend")).to_be_in_viewport(ratio=0.9)


def test_on_a_phone_a_passage_is_a_sheet_that_closes(page: Page, work: Exercise) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    opened(page, work)
    expect(page.locator(".is-asked")).to_have_count(0)
    page.locator(".passage").first.click()
    expect(page.locator(".is-asked")).to_be_in_viewport(ratio=0.9)
    page.locator(".reveal-close").click()
    expect(page.locator(".is-asked")).to_have_count(0)
