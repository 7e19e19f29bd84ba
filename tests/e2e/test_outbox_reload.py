"""The outbox beyond one page: reloading, closing, and coming back on this page or any other."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from annotator.models import SpanOperation, User
from tests import factories
from tests.e2e.conftest import Watch
from tests.e2e.reading_screen import OPERATIONS, WAKE, ReadingScreen, desk, without_worker

pytestmark = pytest.mark.django_db(transaction=True)

SignIn = Callable[[User], None]
CANNOT = "Object.defineProperty(window, 'indexedDB', { value: undefined })"
# The device takes its time to open the database with the changes: until `letGo()`.
SLOW = """
const { open } = IDBFactory.prototype;
const mayOpen = new Promise((go) => { window.letGo = go; });
IDBFactory.prototype.open = function (name, version) {
  if (!name.startsWith("sourcewise-outbox-")) return open.call(this, name, version);
  const late = {};
  mayOpen.then(() => {
    const request = open.call(this, name, version);
    for (const way of ["onsuccess", "onerror"]) {
      request[way] = () => {
        late.result = request.result;
        late[way]();
      };
    }
  });
  return late;
};
"""
HIDDEN = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
DATABASES = (
    "async () => (await indexedDB.databases()).map(({ name }) => name).filter((name) => name.includes('outbox')).length"
)


@pytest.fixture
def screen(page: Page, sign_in: SignIn, watch: Watch) -> ReadingScreen:
    """A reader in front of the lantern fair."""
    # The browser asks nobody who has touched nothing yet whether the page may go.
    watch.allowed += ["ERR_FAILED", "ERR_INTERNET_DISCONNECTED", "Blocked attempt to show a 'beforeunload'"]
    return desk(page, sign_in)


def cut(screen: ReadingScreen) -> None:
    """Let no save through, and say nothing when the page is left."""
    screen.page.on("dialog", lambda dialog: dialog.accept())
    screen.page.context.route(OPERATIONS, lambda route: route.abort())


def age(page: Page) -> None:
    """As if the next page had been asked for just before the last save was heard of."""
    page.evaluate("sessionStorage['sourcewise-saved'] = Number(sessionStorage['sourcewise-saved']) + 60_000")


def test_what_waits_is_painted_after_a_reload_and_undone_and_redone_before_it_was_ever_sent(
    screen: ReadingScreen,
) -> None:
    screen.mark("It was the best", "Opinion")
    screen.saved(1)
    cut(screen)
    screen.mark("Some 900 visitors")
    screen.mark("best evening", "Opinion")
    screen.pill("2 waiting on this device")
    screen.page.reload()
    screen.pill("2 waiting on this device")
    expect(screen.page.locator("mark", has_text="Some 900 visitors")).to_have_count(1)
    expect(screen.cards).to_have_count(3)
    screen.undo()
    screen.undo()
    expect(screen.cards).to_have_count(1)
    screen.page.reload()
    screen.pill("4 waiting on this device")
    expect(screen.cards).to_have_count(1)
    screen.redo()
    screen.pill("5 waiting on this device")
    screen.page.context.unroute(OPERATIONS)
    screen.page.reload()
    screen.saved(2).check_text()
    assert screen.quotes() == [("Some 900 visitors", "claim"), ("It was the best", "opinion")]
    screen.undo()
    screen.saved(1)
    screen.undo()
    screen.saved(0)


def test_a_page_made_before_the_last_save_was_there_shows_it_all_the_same(
    screen: ReadingScreen, screen_of: Callable[..., Page], watch: Watch
) -> None:
    reader = ReadingScreen(without_worker(screen.reading, screen_of, watch), screen.reading).open()
    page = reader.page
    before = page.request.get(page.url).text()
    reader.mark("Some 900 visitors")
    reader.saved(1)
    age(page)
    page.route(page.url, lambda route: route.fulfill(body=before, content_type="text/html"), times=1)
    page.reload()
    expect(page.locator("body.scripted")).to_be_attached()
    expect(reader.cards).to_have_count(1)
    reader.saved(1).check_text()


def test_a_page_asked_for_again_is_not_shown_over_what_was_saved_meanwhile(
    screen: ReadingScreen, screen_of: Callable[..., Page], watch: Watch
) -> None:
    reader = ReadingScreen(without_worker(screen.reading, screen_of, watch), screen.reading).open()
    page, held = reader.page, []

    def is_again(request: Request) -> bool:
        return request.url == f"{page.url}?whole=1"

    def hold_first(route: Route) -> None:
        if not held:
            held.append((route, route.fetch()))
        else:
            route.fallback()

    reader.mark("Some 900 visitors")
    reader.saved(1)
    age(page)
    page.route(f"{page.url}?whole=1", hold_first)
    with page.expect_request(is_again):
        page.reload()
    reader.mark("best evening", "Opinion")
    reader.saved(2)
    [(asked, without)] = held
    with page.expect_request(is_again):
        asked.fulfill(response=without)
    expect(reader.cards).to_have_count(2)
    reader.undo()
    reader.saved(1).check_text()
    assert reader.quotes() == [("Some 900 visitors", "claim")]


@pytest.mark.parametrize("place", ["/", "/me/", "reading"])
def test_a_tab_closed_offline_sends_from_whatever_page_is_opened_next(
    screen: ReadingScreen, context: BrowserContext, place: str
) -> None:
    cut(screen)
    screen.mark("Some 900 visitors")
    screen.mark("best evening", "Opinion")
    screen.pill("2 waiting on this device")
    screen.page.close()
    assert screen.quotes() == []
    context.unroute(OPERATIONS)
    later = context.new_page()
    with later.expect_response(OPERATIONS):
        later.goto(f"/readings/{screen.reading.uuid}/" if place == "reading" else place)
    ReadingScreen(later, screen.reading).open().saved(2).check_text()
    assert screen.quotes() == [("Some 900 visitors", "claim"), ("best evening", "opinion")]
    assert SpanOperation.objects.count() == 2


def test_nothing_is_handed_in_before_what_is_kept_was_read(screen: ReadingScreen) -> None:
    cut(screen)
    screen.mark("Some 900 visitors")
    screen.pill("1 waiting on this device")
    screen.page.add_init_script(SLOW)
    screen.page.goto(f"/readings/{screen.reading.uuid}/?hand-in=1")
    expect(screen.page.locator("body.scripted")).to_be_attached()
    screen.page.locator("#hand-in-form").get_by_role("button").click()
    expect(screen.page.locator("#hand-in-dialog")).to_be_hidden()
    screen.page.evaluate("letGo()")
    expect(screen.page.get_by_role("dialog", name="Almost handed in")).to_contain_text("1 change is still")
    screen.reading.refresh_from_db()
    assert screen.reading.state == "open"
    screen.page.context.unroute(OPERATIONS)
    screen.page.evaluate(WAKE)
    expect(screen.page.locator("#state")).to_contain_text("Handed in")
    assert screen.quotes() == [("Some 900 visitors", "claim")]


def typing(screen: ReadingScreen) -> list[str]:
    """Be in the middle of a note; what the browser asks is said yes to, and collected."""
    asked: list[str] = []
    screen.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    screen.mark("Some 900 visitors")
    screen.saved(1)
    screen.click("900")
    screen.open_card.get_by_label("Note").press_sequentially("Who counted?")
    return asked


def noted(screen: ReadingScreen) -> None:
    """The note is on its card and on the server."""
    expect(screen.cards.locator(".note")).to_have_text("Who counted?")
    screen.saved(1)
    assert screen.rows().get().note == "Who counted?"


def test_a_note_being_typed_is_asked_about_and_kept_when_its_page_is_loaded_again(screen: ReadingScreen) -> None:
    asked = typing(screen)
    screen.page.reload()
    noted(screen)
    assert asked == ["beforeunload"]


def test_a_note_being_typed_is_kept_when_its_tab_is_closed(screen: ReadingScreen, context: BrowserContext) -> None:
    typing(screen)
    screen.page.close()
    later = ReadingScreen(context.new_page(), screen.reading).open()
    noted(later)


def test_a_note_being_typed_is_saved_when_another_app_comes_to_the_front(screen: ReadingScreen) -> None:
    typing(screen)
    note = screen.open_card.get_by_label("Note")
    with screen.page.expect_response(OPERATIONS):
        screen.page.evaluate(HIDDEN)
    expect(note).to_be_focused()
    expect(note).to_have_value("Who counted?")
    note.press_sequentially(" The city?")
    note.press("Enter")
    expect(screen.cards.locator(".note")).to_have_text("Who counted? The city?")
    screen.saved(1)
    assert screen.rows().get().note == "Who counted? The city?"


def test_a_refused_change_is_still_listed_after_a_reload(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("status of 422")
    screen.page.on("dialog", lambda dialog: dialog.accept())
    labels = screen.reading.exercise.codebook_version.labels.filter(slug="opinion")
    labels.update(is_retired=True)
    screen.mark("best evening", "Opinion")
    screen.pill("Needs attention")
    screen.page.reload()
    screen.page.get_by_role("button", name="Needs attention").click()
    panel = screen.page.get_by_role("dialog", name="1 change could not be saved")
    expect(panel.get_by_role("listitem")).to_contain_text("best evening")
    expect(screen.page.locator("mark")).to_have_count(0)
    labels.update(is_retired=False)
    panel.get_by_role("button", name="Try again").click()
    screen.saved(1)
    assert screen.quotes() == [("best evening", "opinion")]


def test_a_browser_that_keeps_nothing_says_so_and_saves_all_the_same(page: Page, sign_in: SignIn) -> None:
    page.add_init_script(CANNOT)
    screen = desk(page, sign_in)
    expect(page.get_by_role("alert")).to_contain_text("This device cannot keep changes: stay online")
    screen.mark("Some 900 visitors")
    screen.saved(1)
    assert screen.quotes() == [("Some 900 visitors", "claim")]


def test_whoever_has_opened_no_reading_here_has_no_database(page: Page, sign_in: SignIn) -> None:
    sign_in(factories.reader(factories.classroom(factories.teacher())).user)
    for address in ("/me/", "/"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(DATABASES) == 0


def test_the_state_is_spoken_when_it_changes_and_not_with_every_change(screen: ReadingScreen) -> None:
    spoken = "window.spoken = []; document.ariaNotify = (message) => window.spoken.push(message); null"
    screen.page.evaluate(spoken)
    cut(screen)
    for words in ("Some 900 visitors", "best evening", "Eastquay lantern"):
        screen.mark(words)
    screen.pill("3 waiting on this device")
    screen.page.context.unroute(OPERATIONS)
    screen.page.evaluate(WAKE)
    screen.saved(3)
    told = [each for each in screen.page.evaluate("window.spoken") if "added" not in each]
    assert told == ["1 change is waiting on this device.", "All saved again."]
