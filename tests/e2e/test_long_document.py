"""A long text with many highlights: unpainted chunks, cards of what is near, keys and anchors that still arrive."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Reading, Span, User
from tests import factories
from tests.e2e.reading_screen import ReadingScreen, until

SignIn = Callable[[User], None]
COUNT = 460
PARAGRAPH = "Paragraph {n} tells of the quay and the wind. It is fine."
# More than 5,000 words, so that the text stands in chunks; more than 400 highlights, so that cards are near or far.
TEXT = "\n\n".join(["A long walk along the quay", *(PARAGRAPH.format(n=n) for n in range(1, COUNT + 1))])


# Of each card: does it stand below the one before it, and no higher than its words? One line of text is lower than a
# card, so that only the first can stand level; the others follow it.
STANDING = """(() => {
  let bottom = -Infinity;
  return [...document.querySelectorAll("#cards > li")].map((card, index) => {
    const { top, bottom: end } = card.getBoundingClientRect();
    const words = document.querySelector(`#text mark[data-h~="${card.dataset.number}"]`).getClientRects()[0].top - 8;
    const found = [top >= bottom, index ? top > words - 1 : Math.abs(top - words) < 1];
    bottom = end;
    return found;
  });
})"""


def long_reading(count: int = COUNT, note: str = "") -> Reading:
    """One highlight in each of so many paragraphs, by turns a claim and an opinion."""
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    work = factories.exercise(room, [factories.article(teacher, text=TEXT, title="A long walk along the quay")])
    found = factories.reading(work, factories.reader(room))
    labels = [work.codebook_version.labels.get(slug=slug) for slug in ("claim", "opinion")]
    rows = []
    for n in range(1, count + 1):
        start = TEXT.index(f"Paragraph {n} tells") + len(f"Paragraph {n} ")
        row = Span(uuid=uuid4(), reading=found, number=n, label=labels[n % 2], start=start, end=start + 17, note=note)
        row.quote = TEXT[row.start : row.end]
        rows.append(row)
    Span.objects.bulk_create(rows)
    Reading.objects.filter(pk=found.pk).update(last_number=count)
    return found


@pytest.fixture
def screen(page: Page, sign_in: SignIn) -> ReadingScreen:
    """A reader in front of it."""
    reading = long_reading()
    sign_in(reading.member.user)
    return ReadingScreen(page, reading).open()


def test_only_what_is_near_is_painted_and_a_choice_may_run_over_two_chunks(screen: ReadingScreen) -> None:
    page = screen.page
    chunks = page.locator("#text > .chunk")
    assert chunks.count() == 47
    # The tenth paragraph begins the second chunk: the heading is the first of ten blocks.
    screen.at("Paragraph 9 tells")
    start = screen.at("Paragraph 9 tells")
    end = page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.getElementById("b11"), NodeFilter.SHOW_TEXT);
          let last; while (walker.nextNode()) last = walker.currentNode;
          const range = document.createRange(); range.setStart(last, last.length - 2); range.setEnd(last, last.length);
          return range.getBoundingClientRect().toJSON();
        }"""
    )
    page.mouse.move(start["x1"], start["y1"])
    page.mouse.down()
    page.mouse.move(end["left"], end["top"] + 8, steps=4)
    page.mouse.move(end["right"] + 1, end["top"] + 8)
    page.mouse.up()
    screen.tag("Attribution")
    screen.saved(COUNT + 1).check_text()
    [quote] = [words for words, label in screen.quotes() if label == "attribution"]
    assert quote.startswith("Paragraph 9 tells")
    assert quote.endswith("It is fine.")
    assert "\n\nParagraph 10" in quote


LEVEL = """(number) => {
  const mark = document.querySelector(`#text mark[data-h~="${number}"]`).getClientRects()[0];
  const card = document.getElementById(`h${number}`).getBoundingClientRect();
  const bars = document.getElementById("legend").getBoundingClientRect().bottom;
  return mark.top > bars && mark.bottom < innerHeight && Math.abs(card.top + 8 - mark.top) < 2;
}"""


@pytest.mark.parametrize("number", [300, 460])
def test_an_address_that_names_a_card_opens_it_level_with_its_words_in_view(screen: ReadingScreen, number: int) -> None:
    screen.page.goto("about:blank")
    screen.page.goto(f"/readings/{screen.reading.uuid}/#h{number}")
    expect(screen.open_card).to_have_attribute("data-number", str(number))
    until(screen.page, f"() => ({LEVEL})({number})")
    # And it stays there.
    screen.page.evaluate("async () => { for (let n = 0; n < 30; n += 1) await new Promise(requestAnimationFrame); }")
    assert screen.page.evaluate(LEVEL, number)


def test_cards_that_came_near_stand_in_order_none_over_another_and_none_above_its_words(screen: ReadingScreen) -> None:
    screen.at("Paragraph 200 tells")
    expect(screen.page.locator("#h200")).to_be_visible()
    until(screen.page, f"() => {STANDING}().length > 3 && {STANDING}().flat().every(Boolean)")


def test_hundreds_of_cards_are_drawn_near_the_window_alone_and_stand_in_order(page: Page, sign_in: SignIn) -> None:
    # With a note a card is higher than those out of view are taken for.
    reading = long_reading(200, note="Who was there to see it? " * 6)
    sign_in(reading.member.user)
    screen = ReadingScreen(page, reading).open()
    expect(screen.cards).to_have_count(200)
    drawn = "(card) => card.firstElementChild.checkVisibility({ contentVisibilityAuto: true })"
    assert page.locator("#h2").evaluate(drawn)
    assert not page.locator("#h200").evaluate(drawn)
    for number in (200, 60, 1):
        page.locator(f"#h{number}").evaluate("(card) => card.scrollIntoView({ block: 'center' })")
        until(page, f"() => ({drawn})(document.getElementById('h{number}'))")
        until(page, f"() => {STANDING}().flat().every(Boolean)")


def test_words_lead_to_their_cards_once_these_came_near(screen: ReadingScreen) -> None:
    words = screen.page.locator('#text mark[data-h="200"]')
    expect(words).not_to_have_attribute("aria-details", "h200")
    screen.at("Paragraph 200 tells")
    expect(words).to_have_attribute("aria-details", "h200")
    expect(screen.page.locator("#h200")).to_contain_text("tells of the quay")


def test_a_filter_holds_for_cards_that_come_near_later(screen: ReadingScreen) -> None:
    screen.page.locator("#text").focus()
    screen.press("f")
    screen.at("Paragraph 400 tells")
    expect(screen.page.locator("#h400")).to_be_visible()
    expect(screen.page.locator("#h401")).to_be_attached()
    expect(screen.page.locator("#h401")).to_be_hidden()


def test_without_scripts_the_cards_come_by_the_hundred(screen: ReadingScreen, screen_of: Callable[..., Page]) -> None:
    page = screen_of(screen.reading.member.user.username, java_script_enabled=False)
    page.goto(f"/readings/{screen.reading.uuid}/")
    expect(page.locator("#cards > li:visible")).to_have_count(100)
    page.get_by_role("navigation", name="Pages of highlights").get_by_role("link", name="Later highlights").click()
    expect(page.locator("#in-view")).to_have_text(f"101 to 200 of {COUNT}")
    expect(page.locator("#cards > li").first).to_have_attribute("data-number", "101")
    boxes = page.locator("#cards > li").evaluate_all("(all) => all.map((li) => li.getBoundingClientRect().top)")
    assert boxes == sorted(set(boxes))


FOUND = """(words) => {
  getSelection().removeAllRanges();
  const found = window.find(words);
  const range = found ? getSelection().getRangeAt(0) : null;
  return [found, String(getSelection()), range?.startContainer.parentElement.closest(".block").id];
}"""


def test_the_browsers_own_search_finds_words_that_were_never_painted(screen: ReadingScreen) -> None:
    page = screen.page
    kinds = "(all) => [...new Set(all.map((each) => getComputedStyle(each).%s))]"
    chunks, blocks = page.locator("#text > .chunk"), page.locator("#text .block")
    assert chunks.evaluate_all(kinds % "contentVisibility") == ["auto"]
    assert "none" not in blocks.evaluate_all(kinds % "display") + chunks.evaluate_all(kinds % "display")
    last = page.locator(f"#b{COUNT + 1}")
    assert last.evaluate("(block) => block.checkVisibility({ contentVisibilityAuto: true })") is False
    assert page.evaluate(FOUND, f"Paragraph {COUNT} tells") == [True, f"Paragraph {COUNT} tells", f"b{COUNT + 1}"]
    assert page.evaluate(FOUND, "Paragraph nought tells")[0] is False
