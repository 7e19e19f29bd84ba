"""The details of a highlight in a browser: named, linked, taken back; by keyboard, on a phone and without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Exercise, Span, User
from tests import factories
from tests.e2e.axe import barriers_in_both
from tests.e2e.lesson_screen import tab_to
from tests.e2e.phone import PHONE
from tests.e2e.reading_screen import ReadingScreen, desk

SAID, CLAIM = "the council said", "will be held in the market hall"


@pytest.fixture
def screen(page: Page, sign_in: Callable[[User], None]) -> ReadingScreen:
    """A reader who is asked for all details, with an attribution and a claim in one sentence."""
    found = desk(page, sign_in)
    Exercise.objects.update(asks_sources=True, asks_links=True, asks_confidence=True)
    for words, label in [(SAID, "attribution"), (CLAIM, "claim")]:
        factories.mark(found.reading, words, label)
    return found.open()


def stored(screen: ReadingScreen, label: str) -> Span:
    """The highlight with this tag, as it is saved now."""
    return screen.rows().select_related("reported_by").get(label__slug=label)


def test_a_source_is_named_offered_again_and_taken_back(screen: ReadingScreen) -> None:
    screen.click(SAID)
    card, listed = screen.open_card, screen.page.locator('#cards > [data-label="attribution"]')
    card.get_by_label("Who is speaking?").fill("The council")
    card.get_by_label("What kind of source?").select_option(label="Organisation")
    card.get_by_role("radio", name="Fairly sure").check(force=True)
    screen.press("Escape")
    expect(listed).to_contain_text("The council")
    screen.saved(2)
    expect(screen.page.locator("#source-names option")).to_have_attribute("value", "The council")
    span = stored(screen, "attribution")
    assert (span.source_name, span.source_kind, span.confidence) == ("The council", "organisation", 2)
    screen.open()
    expect(listed).to_contain_text("Organisation")
    # Three details, three steps back, after a reload as before.
    for _ in range(3):
        screen.undo()
    screen.saved(2)
    expect(listed).not_to_contain_text("The council")
    span = stored(screen, "attribution")
    assert (span.source_name, span.source_kind, span.confidence) == ("", "", None)
    screen.check_text()


def test_a_source_being_named_is_kept_when_the_page_is_loaded_again(screen: ReadingScreen) -> None:
    screen.page.on("dialog", lambda dialog: dialog.accept())
    screen.click(SAID)
    screen.open_card.get_by_label("Who is speaking?").press_sequentially("The council")
    screen.page.reload()
    expect(screen.page.locator('#cards > [data-label="attribution"]')).to_contain_text("The council")
    screen.saved(2)
    assert stored(screen, "attribution").source_name == "The council"


def test_whoever_leaves_while_at_the_proposal_has_not_taken_it(screen: ReadingScreen) -> None:
    screen.click(CLAIM)
    screen.open_card.get_by_role("button", name="Link to").focus()
    screen.page.reload()
    screen.click(CLAIM)
    expect(screen.open_card.get_by_role("button", name="Link to")).to_be_visible()
    screen.saved(2)
    assert stored(screen, "claim").reported_by is None


def test_a_claim_is_linked_by_the_proposal_and_both_are_outlined(screen: ReadingScreen) -> None:
    screen.click(CLAIM)
    screen.open_card.get_by_role("button", name="Link to").click()
    expect(screen.open_card.get_by_role("button", name="Link to")).to_be_hidden()
    expect(screen.page.locator("mark.linked")).to_have_text(SAID)
    screen.saved(2)
    assert stored(screen, "claim").reported_by == stored(screen, "attribution")
    # From the attribution the claim is shown, and the chip leads from one to the other.
    screen.click(SAID)
    expect(screen.page.locator("mark.linked")).to_have_text(CLAIM)
    screen.cards.nth(0).get_by_role("link", name=SAID).click()
    expect(screen.open_card).to_have_attribute("data-label", "attribution")


def test_enter_in_a_field_links_to_nobody(screen: ReadingScreen) -> None:
    screen.click(CLAIM)
    card = screen.open_card
    card.get_by_role("radio", name="Fairly sure").check(force=True)
    screen.saved(2)
    screen.press("Enter")
    # The next change is saved after whatever Enter did.
    card.get_by_label("Note").fill("Nobody said so.")
    screen.press("Enter")
    expect(screen.page.locator('#cards > [data-label="claim"]')).to_contain_text("Nobody said so.")
    screen.saved(2)
    span = stored(screen, "claim")
    assert (span.reported_by, span.confidence, span.note) == (None, 2, "Nobody said so.")
    expect(card.get_by_role("button", name="Link to")).to_be_attached()


def test_without_its_attribution_a_claim_is_linked_to_nobody_until_that_comes_back(screen: ReadingScreen) -> None:
    claim, said = stored(screen, "claim"), stored(screen, "attribution")
    claim.reported_by = said
    claim.save()
    screen.open()
    card = screen.page.locator('#cards > [data-label="claim"]')
    expect(card.get_by_role("link", name=SAID).last).to_be_visible()
    screen.click(SAID)
    screen.open_card.get_by_role("button", name="Delete").click()
    expect(card.locator("[data-reporter]")).to_have_count(0)
    screen.saved(1)
    screen.open().undo()
    expect(card.locator("[data-reporter]")).to_be_visible()
    screen.saved(2)


def test_an_open_claim_offers_the_attributions_as_they_come_and_go(screen: ReadingScreen) -> None:
    stored(screen, "attribution").delete()
    screen.open().click(CLAIM)
    card = screen.open_card
    field, none = card.get_by_label("Who says this?"), card.get_by_text("Tag who says it first.")
    link = card.get_by_role("button", name="Link to")
    expect(none).to_be_visible()
    screen.mark(SAID, "Attribution")
    expect(field.get_by_role("option")).to_have_text(["not linked", SAID])
    expect(none).to_be_hidden()
    expect(link).to_contain_text(SAID)
    field.select_option(label=SAID)
    screen.saved(2)
    # What is chosen stays when another comes; what has not changed is not made anew.
    screen.mark("Some 900 visitors", "Attribution")
    expect(field.get_by_role("option")).to_have_text(["not linked", SAID, "Some 900 visitors"])
    expect(field.locator("option:checked")).to_have_text(SAID)
    again = field.get_by_role("option").last.element_handle()
    card.get_by_label("Note").fill("By whom?")
    screen.press("Escape")
    screen.saved(3)
    assert again
    assert again.evaluate("(option) => option.isConnected")
    field.focus()
    undo = screen.page.get_by_role("button", name="Undo", exact=True).first
    for _ in range(4):
        undo.evaluate("(button) => button.click()")
    expect(field).to_be_focused()
    expect(field.get_by_role("option")).to_have_text(["not linked"])
    expect(none).to_be_visible()
    expect(link).to_be_hidden()
    screen.saved(1)


def test_who_says_it_is_shown_even_where_only_claims_are(screen: ReadingScreen) -> None:
    screen.click(CLAIM)
    screen.open_card.get_by_role("button", name="Link to").click()
    screen.saved(2)
    screen.press("Escape")
    screen.page.get_by_role("button", name="View", exact=True).click()
    screen.page.get_by_role("radio", name="Only Claim").check()
    screen.press("Escape")
    screen.page.locator('#cards > [data-label="claim"]').get_by_role("link", name=SAID).click()
    expect(screen.open_card).to_have_attribute("data-label", "attribution")
    expect(screen.open_card).to_be_visible()
    expect(screen.page.get_by_role("region", name="Shown highlights")).to_be_hidden()


def test_by_keyboard_alone(screen: ReadingScreen) -> None:
    screen.page.locator("#text").focus()
    screen.press("n", "Tab")
    field = screen.open_card.get_by_label("Who says this?")
    tab_to(screen.page, field)
    screen.press("ArrowDown", "Tab")
    # Past the note nothing is lost; the choice was saved when it was made.
    screen.saved(2)
    assert stored(screen, "claim").reported_by == stored(screen, "attribution")


def test_a_retagged_highlight_is_asked_what_fits_its_new_tag(screen: ReadingScreen) -> None:
    screen.click(CLAIM)
    expect(screen.open_card.get_by_label("Who says this?")).to_be_visible()
    screen.open_card.get_by_role("button", name="Retag").click()
    screen.open_card.get_by_role("button", name="Attribution").click()
    expect(screen.open_card.get_by_label("Who is speaking?")).to_be_visible()
    expect(screen.open_card.get_by_label("Who says this?")).to_be_hidden()


def test_nothing_bars_the_way_to_an_open_card(screen: ReadingScreen) -> None:
    screen.click(CLAIM)
    expect(screen.open_card.get_by_label("Who says this?")).to_be_visible()
    assert barriers_in_both(screen.page) == []


def test_on_a_phone_the_sheet_leads_to_the_details(screen: ReadingScreen, screen_of: Callable[..., Page]) -> None:
    phone = screen_of(screen.reading.member.user.username, **PHONE)
    small = ReadingScreen(phone, screen.reading).open()
    place = small.at(CLAIM)
    phone.touchscreen.tap(place["x1"] + 3, place["y1"])
    phone.get_by_role("button", name="Details").tap()
    field = small.open_card.get_by_label("Who says this?")
    expect(field).to_be_visible()
    box = small.box(field)
    assert box["width"] <= 390
    assert box["height"] >= 44
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("way", ["", "sentences/"])
def test_without_a_script_enter_in_a_field_links_to_nobody(
    screen: ReadingScreen, screen_of: Callable[..., Page], way: str
) -> None:
    plain = screen_of(screen.reading.member.user.username, java_script_enabled=False)
    plain.goto(f"/readings/{screen.reading.uuid}/{way}?open={stored(screen, 'claim').number}")
    plain.get_by_role("radio", name="Fairly sure").check(force=True)
    with plain.expect_navigation():
        plain.keyboard.press("Enter")
    span = stored(screen, "claim")
    assert (span.reported_by, span.confidence) == (None, 2)


def test_without_a_script_the_card_and_the_list_are_forms(
    screen: ReadingScreen, screen_of: Callable[..., Page]
) -> None:
    plain = screen_of(screen.reading.member.user.username, java_script_enabled=False)
    claim, said = stored(screen, "claim"), stored(screen, "attribution")
    plain.goto(f"/readings/{screen.reading.uuid}/?open={claim.number}")
    plain.get_by_role("button", name="Link to").click()
    expect(plain.locator(f"#h{claim.number}").get_by_role("link", name="Said by:")).to_be_visible()
    plain.goto(f"/readings/{screen.reading.uuid}/sentences/?open={said.number}")
    plain.get_by_label("Who is speaking?").fill("The council")
    plain.get_by_role("button", name="Save details").click()
    expect(plain.get_by_text("The council", exact=True)).to_be_visible()
    assert stored(screen, "claim").reported_by == said
