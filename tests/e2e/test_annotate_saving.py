"""What happens to highlights when the connection, the session or another window gets in the way."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from annotator.models import SpanOperation, User
from tests.e2e.conftest import Watch
from tests.e2e.reading_screen import OPERATIONS, WAKE, ReadingScreen, desk

SignIn = Callable[[User], None]


@pytest.fixture
def screen(page: Page, sign_in: SignIn) -> ReadingScreen:
    """A reader in front of the lantern fair."""
    return desk(page, sign_in)


def test_without_a_connection_highlights_wait_and_are_stored_once_when_it_is_back(
    screen: ReadingScreen, watch: Watch
) -> None:
    watch.allowed.append("ERR_FAILED")
    screen.page.route(OPERATIONS, lambda route: route.abort())
    screen.mark("Some 900 visitors")
    screen.pill("1 waiting on this device")
    screen.mark("best evening", "Opinion")
    screen.pill("2 waiting on this device")
    expect(screen.page.locator("mark")).to_have_count(2)
    assert screen.quotes() == []
    screen.page.get_by_role("button", name="2 waiting").click()
    expect(screen.page.get_by_role("dialog", name="Not connected")).to_be_visible()
    screen.press("Escape")
    screen.page.unroute(OPERATIONS)
    screen.page.evaluate(WAKE)
    screen.saved(2).check_text()
    assert screen.quotes() == [("Some 900 visitors", "claim"), ("best evening", "opinion")]
    assert SpanOperation.objects.count() == 2


def test_an_answer_lost_after_the_commit_leaves_one_row(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("ERR_FAILED")
    lost = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    screen.page.route(OPERATIONS, lose)
    screen.mark("Some 900 visitors")
    screen.pill("1 waiting on this device")
    assert lost == [201]
    assert screen.rows().count() == 1
    screen.page.unroute(OPERATIONS)
    screen.page.evaluate(WAKE)
    screen.saved(1)
    assert screen.rows().count() == 1
    assert SpanOperation.objects.count() == 1


def test_a_click_that_began_before_the_answer_came_opens_the_highlight(screen: ReadingScreen) -> None:
    on_their_way: list[Route] = []
    screen.page.route(OPERATIONS, lambda route: on_their_way.append(route))
    with screen.page.expect_request(OPERATIONS):
        screen.mark("Some 900 visitors")
    place = screen.at("Some 900")
    screen.page.mouse.move(place["x1"] + 2, place["y1"])
    screen.page.mouse.down()
    on_their_way.pop().continue_()
    screen.saved(1)
    screen.page.mouse.up()
    expect(screen.open_card).to_contain_text("Some 900 visitors")
    expect(screen.page.locator("mark.active")).to_have_attribute("data-h", "1")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_in_trouble_is_asked_again_by_itself(screen: ReadingScreen, watch: Watch, status: int) -> None:
    watch.allowed.append(f"status of {status}")
    screen.page.route(OPERATIONS, lambda route: route.fulfill(status=status, body="{}"), times=1)
    screen.mark("Some 900 visitors")
    screen.saved(1)
    assert screen.rows().count() == 1


def test_signed_out_the_page_asks_to_sign_in_and_then_saves(
    screen: ReadingScreen, sign_in: SignIn, watch: Watch
) -> None:
    watch.allowed.append("status of 401")
    Session.objects.all().delete()
    screen.mark("Some 900 visitors")
    screen.mark("best evening", "Opinion")
    screen.pill("Sign in again to save 2 changes.")
    expect(screen.page.get_by_role("link", name="Sign in again")).to_have_attribute("target", "_blank")
    assert screen.quotes() == []
    sign_in(screen.reading.member.user)
    screen.page.evaluate(WAKE)
    screen.saved(2)
    assert len(screen.quotes()) == 2
    expect(screen.page.get_by_role("link", name="Sign in again")).to_be_hidden()


def test_a_token_that_ran_out_is_renewed_without_a_word(
    screen: ReadingScreen, context: BrowserContext, watch: Watch
) -> None:
    watch.allowed.append("status of 403")
    context.clear_cookies(name="csrf")
    screen.mark("Some 900 visitors")
    screen.saved(1)
    assert screen.rows().count() == 1


def test_a_refused_highlight_is_kept_until_its_reader_decides(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("status of 422")
    screen.reading.exercise.codebook_version.labels.filter(slug="opinion").update(is_retired=True)
    screen.mark("Some 900 visitors", "Claim")
    screen.mark("best evening", "Opinion")
    screen.pill("Needs attention")
    assert screen.quotes() == [("Some 900 visitors", "claim")]
    screen.page.get_by_role("button", name="Needs attention").click()
    panel = screen.page.get_by_role("dialog", name="1 change could not be saved")
    expect(panel.get_by_role("listitem")).to_contain_text("best evening")
    expect(panel.get_by_role("listitem")).to_contain_text("This tag is no longer in use.")
    # The second refusal has to be here before the tag is allowed again, or it would be none.
    with screen.page.expect_response(lambda response: response.status == 422):
        panel.get_by_role("button", name="Try again").click()
    expect(panel.get_by_role("listitem")).to_contain_text("best evening")
    screen.reading.exercise.codebook_version.labels.filter(slug="opinion").update(is_retired=False)
    panel.get_by_role("button", name="Try again").click()
    expect(panel).to_be_hidden()
    screen.saved(2)
    assert screen.quotes()[1] == ("best evening", "opinion")


def test_a_refused_highlight_can_be_thrown_away(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("status of 422")
    screen.reading.exercise.codebook_version.labels.filter(slug="opinion").update(is_retired=True)
    screen.mark("best evening", "Opinion")
    screen.page.get_by_role("button", name="Needs attention").click()
    screen.page.get_by_role("button", name="Throw away").click()
    screen.saved(0)
    expect(screen.page.locator("mark")).to_have_count(0)
    expect(screen.page.get_by_role("button", name="Undo", exact=True).first).to_be_disabled()


def refuse_two(screen: ReadingScreen) -> Locator:
    """Two highlights that could not be saved, and the panel that lists them."""
    screen.reading.exercise.codebook_version.labels.filter(slug="opinion").update(is_retired=True)
    screen.mark("Some 900 visitors", "Opinion")
    screen.pill("Needs attention")
    screen.mark("best evening", "Opinion")
    expect(screen.page.locator("#saved")).to_have_attribute("data-number", "2")
    screen.page.get_by_role("button", name="Needs attention").click()
    return screen.page.get_by_role("dialog", name="2 changes could not be saved")


def test_without_a_clipboard_the_words_of_this_very_change_are_chosen(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("status of 422")
    # Over plain HTTP a browser has none.
    screen.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    item = refuse_two(screen).get_by_role("listitem").filter(has_text="best evening")
    item.get_by_role("button", name="Copy the words").click()
    assert screen.chosen() == "best evening"


def test_whoever_throws_one_away_by_key_stays_in_the_panel(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("status of 422")
    panel = refuse_two(screen)
    panel.get_by_role("button", name="Throw away").first.press("Enter")
    panel = screen.page.get_by_role("dialog", name="1 change could not be saved")
    expect(panel.locator(":focus")).to_have_count(1)


def test_the_pill_that_is_no_button_any_more_gives_its_focus_to_the_text(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("ERR_FAILED")
    screen.page.route(OPERATIONS, lambda route: route.abort())
    screen.mark("Some 900 visitors")
    screen.page.get_by_role("button", name="1 waiting").focus()
    screen.page.unroute(OPERATIONS)
    screen.page.evaluate(WAKE)
    screen.saved(1)
    expect(screen.page.locator("#text")).to_be_focused()


def test_a_highlight_deleted_on_another_device_is_not_brought_back_by_a_change(
    screen: ReadingScreen, screen_of: Callable[..., Page], watch: Watch
) -> None:
    watch.allowed.append("status of 410")
    screen.mark("Some 900 visitors")
    screen.mark("best evening", "Opinion")
    screen.saved(2)
    other = ReadingScreen(screen_of(screen.reading.member.user.username), screen.reading).open()
    other.click("900")
    other.open_card.get_by_role("button", name="Delete").click()
    other.saved(1)
    screen.click("900")
    expect(screen.open_card).to_contain_text("900")
    screen.press("2")
    screen.pill("Needs attention")
    expect(screen.page.locator("mark")).to_have_count(1)
    expect(screen.cards).to_have_count(1)
    screen.page.get_by_role("button", name="Needs attention").click()
    expect(screen.page.locator("#attention-list")).to_contain_text("This highlight was deleted.")


def write_note(screen: ReadingScreen, words: str) -> None:
    """Open the highlight of the visitors and write its note."""
    screen.click("900")
    note = screen.open_card.get_by_label("Note")
    note.fill(words)
    note.press("Enter")


@pytest.mark.parametrize(
    ("button", "kept"), [("Use mine", "Who counted them?"), ("Keep what is there", "The fair says so")]
)
def test_a_note_written_on_two_devices_is_shown_in_both_versions_and_its_reader_chooses(
    screen: ReadingScreen, screen_of: Callable[..., Page], watch: Watch, button: str, kept: str
) -> None:
    watch.allowed.append("status of 409")
    screen.mark("Some 900 visitors")
    screen.saved(1)
    other = ReadingScreen(screen_of(screen.reading.member.user.username), screen.reading).open()
    write_note(other, "The fair says so")
    other.saved(1)
    write_note(screen, "Who counted them?")
    screen.pill("Needs attention")
    assert screen.rows().get().note == "The fair says so"
    screen.page.get_by_role("button", name="Needs attention").click()
    item = screen.page.get_by_role("dialog", name="1 change could not be saved").get_by_role("listitem")
    expect(item.get_by_role("definition")).to_have_text(["Who counted them?", "The fair says so"])
    expect(item.get_by_role("term")).to_have_text(["Yours", "There now"])
    expect(item).to_contain_text("This highlight was changed in another window. Both versions are kept: choose one.")
    item.get_by_role("button", name=button).click()
    screen.saved(1)
    expect(screen.page.locator(".card .note")).to_have_text(kept)
    assert screen.rows().get().note == kept


@pytest.mark.parametrize(("button", "kept"), [("Use mine", "Who counted, and how?"), ("Keep what", "The fair says so")])
def test_a_note_rewritten_offline_writes_over_nobody_elses_and_is_offered_once(
    screen: ReadingScreen, screen_of: Callable[..., Page], watch: Watch, button: str, kept: str
) -> None:
    watch.allowed += ["ERR_FAILED", "status of 409"]
    screen.mark("Some 900 visitors")
    screen.saved(1)
    screen.page.route(OPERATIONS, lambda route: route.abort())
    write_note(screen, "Who counted them?")
    screen.pill("1 waiting on this device")
    screen.open_card.get_by_label("Note").fill("Who counted, and how?")
    screen.page.locator("#text").focus()
    screen.pill("2 waiting on this device")
    other = ReadingScreen(screen_of(screen.reading.member.user.username), screen.reading).open()
    write_note(other, "The fair says so")
    other.saved(1)
    screen.page.unroute(OPERATIONS)
    screen.page.evaluate(WAKE)
    screen.pill("Needs attention")
    assert screen.rows().get().note == "The fair says so"
    screen.page.get_by_role("button", name="Needs attention").click()
    item = screen.page.get_by_role("dialog", name="1 change could not be saved").get_by_role("listitem")
    expect(item.get_by_role("definition")).to_have_text(["Who counted, and how?", "The fair says so"])
    item.get_by_role("button", name=button).click()
    screen.saved(1)
    expect(screen.page.locator(".card .note")).to_have_text(kept)
    assert screen.rows().get().note == kept


def test_notes_rewritten_offline_and_changed_by_nobody_else_are_saved_without_a_question(
    screen: ReadingScreen, watch: Watch
) -> None:
    watch.allowed.append("ERR_FAILED")
    screen.page.route(OPERATIONS, lambda route: route.abort())
    screen.mark("Some 900 visitors")
    write_note(screen, "Who counted them?")
    screen.press("3")
    screen.open_card.get_by_label("Note").fill("Who counted, and how?")
    screen.page.locator("#text").focus()
    screen.pill("4 waiting on this device")
    screen.page.unroute(OPERATIONS)
    screen.page.evaluate(WAKE)
    screen.saved(1).check_text()
    span = screen.rows().select_related("label").get()
    assert (span.label.slug, span.note, span.version) == ("opinion", "Who counted, and how?", 4)


def test_two_tabs_of_a_reading_show_each_others_changes_and_take_them_back(
    screen: ReadingScreen, context: BrowserContext
) -> None:
    other = ReadingScreen(context.new_page(), screen.reading).open()
    other.mark("Some 900 visitors")
    screen.saved(1)
    expect(screen.cards).to_have_count(1)
    screen.mark("best evening", "Opinion")
    other.saved(2).undo()
    screen.saved(1)
    expect(screen.page.locator("mark")).to_have_text(["Some 900 visitors"])
    screen.undo()
    other.saved(0)
    assert screen.quotes() == []


def test_handed_in_elsewhere_the_new_highlight_is_not_lost_silently(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("status of 422")
    screen.reading.state = "submitted"
    screen.reading.submitted_at = screen.reading.started_at
    screen.reading.save()
    screen.mark("Some 900 visitors")
    screen.pill("Needs attention")
    assert screen.quotes() == []
    screen.page.get_by_role("button", name="Needs attention").click()
    expect(screen.page.locator("#attention-list")).to_contain_text("Some 900 visitors")


def test_handing_in_waits_until_everything_is_saved(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("ERR_FAILED")
    screen.page.route(OPERATIONS, lambda route: route.abort())
    screen.mark("Some 900 visitors")
    screen.pill("1 waiting on this device")
    screen.page.get_by_role("link", name="Hand in").click()
    screen.page.locator("#hand-in-form").get_by_role("button").click()
    expect(screen.page.get_by_role("dialog", name="Almost handed in")).to_contain_text("1 change is still")
    screen.reading.refresh_from_db()
    assert screen.reading.state == "open"
    screen.page.unroute(OPERATIONS)
    screen.page.evaluate(WAKE)
    expect(screen.page.locator("#state")).to_contain_text("Handed in")
    assert screen.quotes() == [("Some 900 visitors", "claim")]


def test_leaving_with_unsaved_highlights_asks_first(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("ERR_FAILED")
    asked = []
    screen.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    screen.page.route(OPERATIONS, lambda route: route.abort())
    screen.mark("Some 900 visitors")
    screen.pill("1 waiting on this device")
    screen.page.get_by_role("link", name="Class 9B").click()
    expect(screen.page.locator("mark")).to_have_count(1)
    assert asked == ["beforeunload"]
    screen.page.unroute(OPERATIONS)
    screen.page.evaluate(WAKE)
    screen.saved(1)


def test_a_selection_survives_the_answer_of_the_server(screen: ReadingScreen) -> None:
    held: list[Route] = []
    screen.page.route(OPERATIONS, lambda route: held.append(route))
    screen.mark("Eastquay lantern")
    screen.drag("lantern fair will")
    with screen.page.expect_response(OPERATIONS):
        held[0].continue_()
    screen.saved(1)
    assert screen.chosen() == "lantern fair will"
    screen.page.unroute(OPERATIONS)
    screen.tag("Opinion")
    screen.saved(2).check_text()
    assert screen.quotes()[1] == ("lantern fair will", "opinion")
