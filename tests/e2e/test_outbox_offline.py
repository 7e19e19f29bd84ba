"""Without a connection: the copy of an opened reading, what it shows, and when it goes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import User
from tests import factories
from tests.e2e.conftest import Watch
from tests.e2e.reading_screen import COPIED, KEPT, ReadingScreen, desk, until

pytestmark = pytest.mark.django_db(transaction=True)

SignIn = Callable[[User], None]
OLDER = """async (days) => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const page = await cache.match(request);
      if (!page.headers.has("X-Kept-At")) continue;
      const headers = new Headers(page.headers);
      headers.set("X-Kept-At", new Date(Date.now() - days * 86400000).toISOString());
      await cache.put(request, new Response(await page.text(), { headers }));
    }
  }
}"""

# How many saved changes lie beside the copies; each is made so many hours older.
SINCE = """async (hours = 0) => {
  const { name } = (await indexedDB.databases()).find(({ name }) => name.startsWith("sourcewise-outbox-"));
  return new Promise((done, fail) => {
    const opening = indexedDB.open(name);
    opening.onerror = fail;
    opening.onsuccess = () => {
      const since = opening.result.transaction("since", "readwrite").objectStore("since");
      since.getAll().onsuccess = ({ target: { result } }) => {
        for (const each of result) since.put({ ...each, savedAt: each.savedAt - hours * 3600000 });
        since.transaction.oncomplete = () => { opening.result.close(); done(result.length); };
      };
    };
  });
}"""


@pytest.fixture
def screen(page: Page, sign_in: SignIn, watch: Watch) -> ReadingScreen:
    """A reader in front of the lantern fair, whose copy is made."""
    watch.allowed += ["ERR_FAILED", "ERR_INTERNET_DISCONNECTED"]
    page.on("dialog", lambda dialog: dialog.accept())
    made = desk(page, sign_in)
    until(page, COPIED)
    return made


def offline(screen: ReadingScreen, *, is_offline: bool = True) -> None:
    screen.page.context.set_offline(is_offline)


def reload_past_the_worker(screen: ReadingScreen) -> None:
    """As Ctrl+Shift+R does."""
    session = screen.page.context.new_cdp_session(screen.page)
    with screen.page.expect_navigation():
        session.send("Page.reload", {"ignoreCache": True})
    expect(screen.page.locator("body.scripted")).to_be_attached()
    assert screen.page.evaluate("navigator.serviceWorker.controller") is None


def test_an_opened_reading_is_reloaded_offline_with_all_that_was_saved_and_all_that_waits(
    screen: ReadingScreen,
) -> None:
    screen.mark("It was the best", "Opinion")
    screen.saved(1)
    screen.page.reload()
    screen.mark("Eastquay lantern")
    screen.saved(2)
    offline(screen)
    screen.mark("Some 900 visitors")
    expect(screen.page.locator("#saved")).to_have_text("1 waiting on this device")
    screen.page.reload()
    expect(screen.page.locator("#copy")).to_contain_text("You are offline: showing your copy from")
    expect(screen.page.locator("#copy")).to_contain_text("1 change waits here")
    expect(screen.cards).to_have_count(3)
    for words in ("It was the best", "Eastquay lantern", "Some 900 visitors"):
        expect(screen.page.locator("mark", has_text=words)).to_have_count(1)
    screen.mark("best evening", "Opinion")
    expect(screen.page.locator("#copy")).to_contain_text("2 changes wait here")
    offline(screen, is_offline=False)
    screen.saved(4).check_text()
    expect(screen.page.locator("#copy")).to_be_hidden()
    assert len(screen.quotes()) == 4


def test_what_was_saved_before_and_after_a_forced_reload_lies_over_the_older_copy(screen: ReadingScreen) -> None:
    screen.mark("It was the best", "Opinion")
    screen.saved(1)
    reload_past_the_worker(screen)
    screen.saved(1)
    screen.mark("Eastquay lantern")
    screen.saved(2)
    offline(screen)
    screen.page.reload()
    expect(screen.page.locator("#copy")).to_be_visible()
    expect(screen.cards).to_have_count(2)
    for words in ("It was the best", "Eastquay lantern"):
        expect(screen.page.locator("mark", has_text=words)).to_have_count(1)


def test_what_a_newer_copy_has_no_longer_lies_beside_it(screen: ReadingScreen) -> None:
    screen.mark("It was the best", "Opinion")
    screen.saved(1)
    until(screen.page, f"async () => (await ({SINCE})()) === 1")
    assert screen.page.evaluate(SINCE, 1) == 1
    screen.page.reload()
    until(screen.page, f"async () => (await ({SINCE})()) === 0")


def test_nothing_is_kept_but_opened_readings_and_our_own_files(screen: ReadingScreen) -> None:
    for address in ("/", "/me/", f"/readings/{screen.reading.uuid}/sentences/"):
        screen.page.goto(address)
        expect(screen.page.get_by_role("heading", level=1).first).to_be_visible()
    kept = screen.page.evaluate(KEPT)
    pages = [path for path in kept if not path.startswith("/static/")]
    assert pages == [f"/readings/{screen.reading.uuid}/"]
    offline(screen)
    with pytest.raises(Exception, match="ERR_"):
        screen.page.goto("/me/")


def test_a_copy_of_seven_days_is_shown_no_more(screen: ReadingScreen) -> None:
    screen.page.evaluate(OLDER, 6.9)
    offline(screen)
    screen.page.reload()
    expect(screen.page.locator("#copy")).to_be_visible()
    screen.page.evaluate(OLDER, 7.1)
    with pytest.raises(Exception, match="ERR_"):
        screen.page.reload()


def test_a_reading_that_may_be_seen_no_more_loses_its_copy(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("status of 404")
    screen.reading.member.removed_at = factories.NOON
    screen.reading.member.save()
    screen.page.reload()
    until(screen.page, f"async () => (await ({KEPT})()).length === 0")


def test_the_next_reader_on_the_machine_finds_no_copy(screen: ReadingScreen, sign_in: SignIn) -> None:
    other = factories.reader(screen.reading.exercise.classroom)
    sign_in(other.user)
    screen.page.goto("/me/")
    until(screen.page, f"async () => (await ({KEPT})()).length === 0")
    offline(screen)
    with pytest.raises(Exception, match="ERR_"):
        screen.page.goto(f"/readings/{screen.reading.uuid}/")
