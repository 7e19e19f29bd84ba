"""A reading on paper and in hard places: print, 320 px (400 %), forced colours, contrast, no motion, back, two tabs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import User
from tests import factories
from tests.e2e.reading_screen import ReadingScreen

SignIn = Callable[[User], None]
WIDTHS = [320, 390, 1024, 1280]


@pytest.fixture
def screen(page: Page, sign_in: SignIn) -> ReadingScreen:
    """A reader with three highlights, two over each other, one with a note."""
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    member = factories.reader(room)
    work = factories.exercise(room, [factories.article(teacher)])
    reading = factories.reading(work, member)
    for words, label in [("will be held in the market", "claim"), ("the market hall", "opinion"), ("900", "claim")]:
        factories.mark(reading, words, label, note="Counted by whom?" if words == "900" else "")
    sign_in(member.user)
    return ReadingScreen(page, reading).open()


def test_the_panel_leads_to_a_sheet_with_the_same_words_in_numbered_lines(screen: ReadingScreen) -> None:
    page = screen.page
    page.get_by_role("button", name="View", exact=True).click()
    page.get_by_role("link", name="Print with line numbers").click()
    expect(page.get_by_role("heading", name="On paper", level=1)).to_be_visible()
    screen.check_text()
    lines = page.locator(".line").count()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
        assert page.locator(".line").count() == lines
    expect(page.get_by_text("Counted by whom?")).to_be_visible()


def test_on_paper_there_are_no_colours_to_tell_tags_by_and_no_buttons(screen: ReadingScreen) -> None:
    page = screen.page
    page.goto(f"/readings/{screen.reading.uuid}/print/")
    page.emulate_media(media="print")
    for hidden in [page.get_by_role("button", name="Print"), page.locator(".bar")]:
        expect(hidden).to_be_hidden()
    images = page.locator(".line > mark").evaluate_all("(all) => all.map((m) => getComputedStyle(m).backgroundImage)")
    # Each label's own line, in black, over no tint.
    assert all("rgb(0, 0, 0)" in image for image in images)
    assert all("rgba(0, 0, 0, 0)" in image for image in images)
    assert len({image.split("rgba(0, 0, 0, 0)")[0] for image in images}) >= 2
    sheet = page.pdf(prefer_css_page_size=True)
    assert sheet.startswith(b"%PDF")


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_scrolls_sideways_with_panel_and_filter_open(screen: ReadingScreen, width: int) -> None:
    page = screen.page
    page.set_viewport_size({"width": width, "height": 560})
    screen.open()
    page.get_by_role("button", name="View", exact=True).click()
    panel = page.get_by_role("group", name="View", exact=True)
    panel.get_by_role("radio", name="Largest").check()
    panel.get_by_role("radio", name="Only Claim").check()
    box = panel.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 560
    screen.press("Escape")
    line = page.get_by_role("region", name="Shown highlights").bounding_box()
    assert line is not None
    assert line["x"] >= 0
    assert line["x"] + line["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_forced_colours_keep_lines_and_lose_those_of_hidden_highlights(screen: ReadingScreen) -> None:
    page = screen.page
    page.emulate_media(forced_colors="active")
    mark = page.locator("mark").filter(has_text="900")
    expect(mark).to_have_css("text-decoration-line", "underline")
    page.locator("#text").focus()
    for _ in range(3):
        screen.press("f")
    expect(page.get_by_role("region", name="Shown highlights")).to_contain_text("Only Opinion")
    expect(mark).to_have_css("text-decoration-line", "none")


def test_more_contrast_makes_muted_words_and_hairlines_strong(screen: ReadingScreen) -> None:
    page = screen.page
    strong = page.locator("#text").evaluate("(text) => getComputedStyle(text).color")
    page.emulate_media(contrast="more")
    expect(page.locator("#place")).to_have_css("color", strong)


def test_without_motion_nothing_moves_by_itself(screen: ReadingScreen) -> None:
    page = screen.page
    page.emulate_media(reduced_motion="reduce")
    slow = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((each) => {
          const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(each);
          const long = (times) => times.split(",").some((time) => parseFloat(time) > 0.001);
          return long(transitionDuration) || long(animationDuration) || scrollBehavior === "smooth";
        }).length"""
    )
    assert slow == 0


def test_back_shows_what_was_marked_and_goes_on_saving(screen: ReadingScreen) -> None:
    page = screen.page
    screen.mark("best evening", "Opinion")
    screen.saved(4)
    page.goto(f"/readings/{screen.reading.uuid}/print/")
    page.go_back()
    expect(screen.cards).to_have_count(4)
    screen.mark("Keep the Lantern free", "Boilerplate")
    screen.saved(5).check_text()


def test_a_second_tab_shows_what_the_first_did_when_it_is_opened_anew(screen: ReadingScreen) -> None:
    other = ReadingScreen(screen.page.context.new_page(), screen.reading).open()
    screen.mark("best evening", "Opinion")
    screen.saved(4)
    other.open()
    expect(other.cards).to_have_count(4)
    other.mark("Keep the Lantern free", "Boilerplate")
    other.saved(5)
    assert len(screen.quotes()) == 5
