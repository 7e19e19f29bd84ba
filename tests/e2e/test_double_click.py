"""Clicks mean what was under the mouse, whatever the page does in the next moment.

The first click of a double one opens a highlight, and must not move the page; a notice may push the text down.
"""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from annotator.models import User
from tests.e2e.reading_screen import desk

SignIn = Callable[[User], None]
# As a notice does that comes up at the very moment of a click.
PUSHED_DOWN = """() => document.addEventListener("mouseup", () => {
  document.querySelector(".reading-grid").style.setProperty("margin-top", "60px");
}, { once: true })"""


def test_a_double_click_low_in_the_window_takes_the_very_word(page: Page, sign_in: SignIn) -> None:
    page.clock.install(time=0)
    # Each line has words of its own.
    lines = [f"Paragraph {n}: quay{n} has boat{n} in it and not much else." for n in range(30)]
    screen = desk(page, sign_in, text="\n\n".join(lines))
    screen.mark("quay12", "Claim")
    screen.saved(1)
    place = screen.at("quay12")
    page.evaluate("(y) => window.scrollBy({ top: y - innerHeight + 30 })", place["y1"])
    # The second click comes before a card is brought into view, however slow this machine is.
    page.clock.pause_at(600_000)
    page.mouse.move(place["x1"] + 4, 770)
    page.mouse.down()
    page.mouse.up()
    page.clock.run_for(200)
    expect(screen.open_card).to_have_attribute("data-label", "claim")
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    page.clock.run_for(200)
    expect(screen.popover).to_be_visible()
    assert page.evaluate("String(getSelection())") == "quay12"
    # After one click the card comes into view.
    screen.press("Escape")
    page.mouse.click(place["x1"] + 4, 770)
    page.clock.resume()
    expect(screen.open_card).to_be_in_viewport(ratio=1)


def test_a_click_means_the_words_it_was_on_though_the_text_is_pushed_down_right_after(
    page: Page, sign_in: SignIn
) -> None:
    screen = desk(page, sign_in, text="\n\n".join(f"Quay{n} has boat{n} in it." for n in range(6)))
    screen.mark("Quay2 has boat2 in it", "Claim")
    page.evaluate(PUSHED_DOWN)
    screen.click("boat3")
    screen.press("3")
    expect(screen.cards).to_have_count(2)
    screen.saved(2)
    assert screen.quotes() == [("Quay2 has boat2 in it", "claim"), ("Quay3 has boat3 in it.", "opinion")]
    page.evaluate("document.querySelector('.reading-grid').style.removeProperty('margin-top')")
    page.evaluate(PUSHED_DOWN)
    screen.click("boat3")
    expect(screen.open_card).to_have_attribute("data-label", "opinion")
