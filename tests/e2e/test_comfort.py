"""Reading comfort: showing one tag or none, the minimap, going to a paragraph, text size and lines, light and dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from annotator.models import SpanOperation, User
from tests.e2e.reading_screen import ReadingScreen, desk, until

SignIn = Callable[[User], None]
PARAGRAPHS = [
    "Ferry to sail twice a day",
    *(
        f"Paragraph {n} tells of the quay. The harbour office said so. It is a fine place to wait."
        for n in range(1, 25)
    ),
]


@pytest.fixture
def screen(page: Page, sign_in: SignIn) -> ReadingScreen:
    """A reader with three highlights, two of them over each other, in a text of twenty-four paragraphs."""
    screen = desk(page, sign_in, text="\n\n".join(PARAGRAPHS), title="Ferry to sail twice a day")
    screen.mark("tells of the quay", "Claim")
    screen.mark("of the", "Opinion")
    screen.mark("The harbour office said so.", "Attribution", nth=2)
    screen.saved(3).page.evaluate("window.scrollTo(0, 0)")
    return screen


def view(screen: ReadingScreen) -> Locator:
    """The panel, opened."""
    panel = screen.page.get_by_role("group", name="View", exact=True)
    if not panel.is_visible():
        screen.page.get_by_role("button", name="View", exact=True).click()
    return panel


def show(screen: ReadingScreen, name: str) -> None:
    """Choose what is shown, and put the panel away."""
    panel = view(screen)
    panel.get_by_role("radio", name=name).check()
    screen.press("Escape")
    expect(panel).to_be_hidden()


def line(screen: ReadingScreen) -> Locator:
    """What is shown, at the foot."""
    return screen.page.get_by_role("region", name="Shown highlights")


def painted(screen: ReadingScreen) -> list[str]:
    """The words of the segments that are painted in a tag's colour."""
    script = """() => [...document.querySelectorAll("#text mark")]
      .filter((mark) => getComputedStyle(mark).backgroundImage.split("gradient").length > 2)
      .map((mark) => mark.textContent)"""
    found: list[str] = screen.page.evaluate(script)
    return found


def test_only_one_tag_is_shown_in_text_cards_and_map(screen: ReadingScreen) -> None:
    before = screen.painted()
    show(screen, "Only Opinion")
    expect(line(screen)).to_contain_text("Only Opinion: 1 highlight")
    assert painted(screen) == ["of the"]
    expect(screen.cards.filter(visible=True)).to_have_count(1)
    expect(screen.page.locator("#map path")).to_have_count(1)
    expect(screen.page.locator("mark.only")).to_have_class("two upper-tint-1 upper-line-solid lower-tint-3 "
        "lower-line-double only tint-3 line-double")  # fmt: skip
    line(screen).get_by_role("button", name="Show all").click()
    expect(line(screen)).to_be_hidden()
    expect(screen.cards.filter(visible=True)).to_have_count(3)
    assert screen.painted() == before
    screen.check_text()


def test_a_filter_saves_nothing_and_changes_nothing(screen: ReadingScreen) -> None:
    stored = SpanOperation.objects.count()
    rows = list(screen.rows().order_by("number").values())
    for name in ("Only Claim", "No highlights", "All highlights"):
        show(screen, name)
    screen.open()
    assert SpanOperation.objects.count() == stored
    assert list(screen.rows().order_by("number").values()) == rows


def test_no_highlights_leave_the_bare_text(screen: ReadingScreen) -> None:
    show(screen, "No highlights")
    expect(line(screen)).to_have_text("Highlights are hidden.Show all")
    assert painted(screen) == []
    expect(screen.cards.filter(visible=True)).to_have_count(0)
    screen.click("harbour office", nth=2)
    expect(screen.open_card).to_have_count(0)


def test_what_is_tagged_otherwise_while_one_tag_is_shown_ends_the_filter(screen: ReadingScreen) -> None:
    show(screen, "Only Claim")
    screen.mark("a fine place", "Opinion")
    screen.saved(4)
    expect(line(screen)).to_be_hidden()
    expect(screen.cards.filter(visible=True)).to_have_count(4)


def test_what_is_tagged_alike_keeps_the_filter(screen: ReadingScreen) -> None:
    show(screen, "Only Claim")
    screen.mark("a fine place", "Claim")
    screen.saved(4)
    expect(line(screen)).to_contain_text("Only Claim")
    assert sorted(painted(screen)) == sorted(["tells ", "of the", " quay", "a fine place"])


def test_pressing_a_tag_in_the_legend_tags_and_never_filters(screen: ReadingScreen) -> None:
    screen.page.locator("#legend").get_by_role("button", name="Claim").click()
    expect(line(screen)).to_be_hidden()
    assert len(painted(screen)) == 4


def test_the_keys_go_through_the_ways_of_showing_and_say_so(screen: ReadingScreen) -> None:
    heard = listen(screen)
    screen.page.locator("#text").focus()
    for said in [
        "Only Claim: 1 highlight", "Only Attribution: 1 highlight", "Only Opinion: 1 highlight",
        "Only Boilerplate: 0 highlights", "Highlights are hidden.", "All highlights are shown.",
    ]:  # fmt: skip
        screen.press("f")
        assert heard()[-1] == said


@pytest.mark.parametrize(("button", "inside"), [("View", "All highlights"), ("is this you?", "Yes")])
def test_escape_closes_a_menu_and_nothing_else(screen: ReadingScreen, button: str, inside: str) -> None:
    screen.click("of the")
    expect(screen.open_card).to_be_visible()
    opener = screen.page.get_by_role("button", name=button)
    first = screen.page.get_by_role("radio", name=inside).or_(screen.page.get_by_role("button", name=inside))
    opener.press("Enter")
    first.focus()
    screen.press("Escape")
    expect(first).to_be_hidden()
    expect(opener).to_be_focused()
    expect(screen.open_card).to_be_visible()


def test_next_and_previous_stay_with_the_shown_tag(screen: ReadingScreen) -> None:
    screen.mark("It is a fine place", "Claim", nth=10)
    screen.saved(4)
    screen.press("Escape")
    show(screen, "Only Claim")
    following, previous = (line(screen).get_by_role("button", name=f"{way} highlight") for way in ("Next", "Previous"))
    screen.page.evaluate("window.scrollTo(0, 0)")
    following.click()
    expect(screen.open_card).to_contain_text("tells of the quay")
    expect(line(screen)).to_contain_text("Only Claim: 1 of 2")
    following.click()
    expect(screen.open_card).to_contain_text("It is a fine place")
    expect(screen.page.locator("mark.active")).to_be_in_viewport()
    previous.click()
    expect(screen.open_card).to_contain_text("tells of the quay")


def test_one_opened_from_the_list_of_those_here_ends_a_filter_that_hides_it(screen: ReadingScreen) -> None:
    show(screen, "Only Opinion")
    screen.cards.filter(has_text="Opinion").get_by_role("link", name="Change Opinion").click()
    heard = listen(screen)
    screen.open_card.get_by_role("button", name="tells of the quay").click()
    expect(screen.open_card).to_have_attribute("data-label", "claim")
    expect(screen.open_card).to_be_visible()
    expect(line(screen)).to_be_hidden()
    assert heard() == ["All highlights are shown.", "Claim: “tells of the quay”, paragraph 1. 2 highlights here."]


def test_the_open_highlight_closes_when_it_is_not_shown(screen: ReadingScreen) -> None:
    screen.click("harbour office", nth=2)
    expect(screen.open_card).to_have_count(1)
    show(screen, "Only Claim")
    expect(screen.open_card).to_have_count(0)


def test_the_place_in_the_text_is_said_and_leads_to_any_paragraph(screen: ReadingScreen) -> None:
    place = screen.page.locator("#place")
    expect(place).to_have_text("paragraph 1 of 24")
    place.click()
    dialog = screen.page.get_by_role("dialog", name="Go to a paragraph")
    dialog.get_by_role("spinbutton").fill("17")
    dialog.get_by_role("button", name="Go", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(place).to_have_text("paragraph 17 of 24")
    expect(screen.page.get_by_text("Paragraph 17 tells")).to_be_in_viewport()
    expect(screen.page.locator("#text")).to_be_focused()
    screen.press("1")
    screen.saved(4)
    assert any(quote.startswith("Paragraph 17") for quote, _label in screen.quotes())


def test_g_asks_for_a_paragraph_and_refuses_a_number_that_is_none(screen: ReadingScreen) -> None:
    screen.page.locator("#text").focus()
    screen.press("g")
    dialog = screen.page.get_by_role("dialog", name="Go to a paragraph")
    expect(dialog.get_by_role("spinbutton")).to_be_focused()
    dialog.get_by_role("spinbutton").fill("99")
    screen.press("Enter")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Stay here").click()
    expect(dialog).to_be_hidden()
    expect(screen.page.locator("#place")).to_have_text("paragraph 1 of 24")


def test_the_minimap_is_a_slider_for_keys_and_mouse(screen: ReadingScreen) -> None:
    slider = screen.page.get_by_role("slider", name="Place in the text")
    slider.focus()
    screen.press("PageDown")
    expect(slider).to_have_attribute("aria-valuenow", "11")
    screen.press("ArrowUp")
    expect(slider).to_have_attribute("aria-valuetext", "Paragraph 10 of 24")
    screen.press("End")
    expect(screen.page.get_by_text("Paragraph 24 tells")).to_be_in_viewport()
    screen.press("Home")
    expect(slider).to_have_attribute("aria-valuenow", "1")
    expect(slider).to_be_focused()
    box = slider.bounding_box()
    assert box is not None
    assert box["width"] >= 24
    slider.click(position={"x": 12, "y": box["height"] / 2})
    expect(screen.page.locator("#place")).to_have_text("paragraph 12 of 24")


def test_the_minimap_is_dragged_by_mouse_and_chooses_no_words(screen: ReadingScreen) -> None:
    slider = screen.page.get_by_role("slider", name="Place in the text")
    box = screen.box(slider)
    screen.page.mouse.move(box["x"] + 12, box["y"] + 20)
    screen.page.mouse.down()
    screen.page.mouse.move(box["x"] + 12, box["y"] + box["height"] * 0.8, steps=5)
    screen.page.mouse.up()
    expect(slider).to_be_focused()
    expect(slider).not_to_have_attribute("aria-valuenow", "1")
    # What was pressed is read a moment after it is let go, and before the next key at the latest.
    screen.press("Shift")
    assert screen.page.evaluate("getSelection().isCollapsed")
    expect(screen.popover).to_be_hidden()


def test_text_size_and_lines_are_remembered_and_painted_by_the_server(screen: ReadingScreen) -> None:
    panel = view(screen)
    panel.get_by_role("radio", name="Largest").check()
    panel.get_by_role("radio", name="Wide").check()
    block = screen.page.locator("#text .block").nth(1)
    expect(block).to_have_css("font-size", "26px")
    expect(block).to_have_css("line-height", "57.2px")
    answer = screen.page.request.get(f"/readings/{screen.reading.uuid}/").text()
    assert 'class="annotate has-sheet text-largest more-space"' in answer
    panel = view(screen.open())
    expect(panel.get_by_role("radio", name="Largest")).to_be_checked()
    panel.get_by_role("group", name="Text size").get_by_role("radio", name="Normal").check()
    panel.get_by_role("group", name="Lines").get_by_role("radio", name="Normal").check()
    screen.open()
    expect(screen.page.locator("#text .block").nth(1)).to_have_css("font-size", "18.176px")


def test_the_colours_of_both_menus_are_one_choice(screen: ReadingScreen) -> None:
    view(screen).get_by_role("radio", name="Dark").check()
    expect(screen.page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(screen.page.locator('#is-this-you input[value="dark"]')).to_be_checked()


def listen(screen: ReadingScreen) -> Callable[[], list[str]]:
    """What a screen reader was told since, by whichever of the two ways this browser has."""
    screen.page.evaluate("""() => {
      window.heard = [];
      document.ariaNotify = (words) => window.heard.push(words);
    }""")
    return lambda: list(screen.page.evaluate("window.heard"))


def test_in_a_window_made_narrow_the_cards_stand_close_below_each_other(screen: ReadingScreen) -> None:
    screen.mark("It is a fine place", "Claim", nth=10)
    screen.saved(4)
    gaps = """(() => {
      const boxes = [...document.querySelectorAll("#cards > li")].map((card) => card.getBoundingClientRect());
      return boxes.slice(1).map(({ top }, index) => top - boxes[index].bottom);
    })()"""
    until(screen.page, f"() => {gaps}.some((gap) => gap > 20)")
    screen.page.set_viewport_size({"width": 700, "height": 800})
    until(screen.page, f"() => {gaps}.every((gap) => 0 < gap && gap < 20)")


def test_a_card_that_grows_moves_the_next_no_further_than_it_must(screen: ReadingScreen) -> None:
    screen.mark("It is a fine place", "Claim", nth=10)
    screen.saved(4)
    screen.click("of the")
    note = screen.open_card.get_by_role("textbox", name="Note")
    expect(note).to_be_visible()
    opened, following = screen.box(screen.open_card), screen.box(screen.cards.nth(3))
    assert following["top"] - opened["bottom"] > 60
    note.evaluate("(field) => { field.style.height = `${field.offsetHeight + 40}px`; }")
    top = "document.querySelectorAll('#cards > li')[3].getBoundingClientRect().top"
    until(screen.page, f"() => Math.abs({top} - {following['top']}) < 1")
    assert screen.box(screen.open_card)["bottom"] == pytest.approx(opened["bottom"] + 40, abs=1)
