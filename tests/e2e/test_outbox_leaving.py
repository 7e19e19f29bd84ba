"""A shared computer: leaving with something unsent, signing in after somebody else, a session that ran out."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect

from annotator.models import Membership, User
from tests import factories
from tests.e2e.axe import barriers_in_both
from tests.e2e.conftest import Watch
from tests.e2e.reading_screen import COPIED, OPERATIONS, WAKE, ReadingScreen, desk, until

pytestmark = pytest.mark.django_db(transaction=True)

SignIn = Callable[[User], None]
NO_DATABASE = "async () => !(await indexedDB.databases()).some(({ name }) => name.startsWith('sourcewise-outbox-'))"
NO_COPY = "async () => (await caches.keys()).length === 0"
GONE = "async () => !(await indexedDB.databases()).some(({ name }) => name === 'sourcewise-outbox-KEY')"
OLD = """([name, days]) => new Promise((done) => {
  const request = indexedDB.open("sourcewise-databases");
  request.onsuccess = () => {
    const used = request.result.transaction("used", "readwrite").objectStore("used");
    used.getAllKeys().onsuccess = ({ target }) => {
      for (const key of target.result) if (key.includes(name)) used.put(Date.now() - days * 86400000, key);
    };
    used.transaction.oncomplete = () => done(request.result.close());
  };
})"""

# A database that is due, by its name the last one looked at: once it is gone, the sweep has been at all others.
LAST = """() => new Promise((done) => {
  const making = indexedDB.open("sourcewise-outbox-zzz");
  making.onsuccess = () => {
    making.result.close();
    const request = indexedDB.open("sourcewise-databases");
    request.onsuccess = () => {
      const writing = request.result.transaction("used", "readwrite");
      writing.objectStore("used").put(0, "sourcewise-outbox-zzz");
      writing.oncomplete = () => done(request.result.close());
    };
  };
})"""


# This browser never tells which copies of pages it keeps, and they are asked for before anything is sent.
STILL = "if (window.caches) caches.keys = () => new Promise(() => {})"
# A database that is there and cannot be opened.
UNREADABLE = """
const { open } = IDBFactory.prototype;
IDBFactory.prototype.open = function (name, version) {
  if (name.startsWith("sourcewise-outbox-")) throw new Error("This database is broken.");
  return open.call(this, name, version);
};
"""


@pytest.fixture
def screen(page: Page, sign_in: SignIn, watch: Watch) -> ReadingScreen:
    """A reader with one highlight that no network takes."""
    watch.allowed += ["ERR_FAILED", "status of 401"]
    made = desk(page, sign_in)
    page.context.route(OPERATIONS, lambda route: route.abort())
    made.mark("Some 900 visitors")
    expect(page.locator("#saved")).to_have_text("1 waiting on this device")
    return made


def leave(page: Page) -> None:
    """Press “Leave this computer”."""
    page.locator(".me").click()
    page.get_by_role("button", name="Leave this computer").click()


def quiet(page: Page) -> None:
    """Let the page be left without a question of the browser's."""
    page.on("dialog", lambda dialog: dialog.accept())


def other_reader(screen: ReadingScreen) -> Membership:
    return factories.reader(screen.reading.exercise.classroom)


def test_leaving_with_something_unsent_asks_and_enter_keeps_trying(screen: ReadingScreen) -> None:
    leave(screen.page)
    question = screen.page.get_by_role("dialog", name="1 change is not sent yet")
    expect(question).to_contain_text(screen.reading.member.user.get_full_name())
    expect(question.get_by_role("button", name="Keep trying")).to_be_focused()
    screen.press("Enter")
    expect(question).to_be_hidden()
    screen.page.context.unroute(OPERATIONS)
    screen.page.evaluate(WAKE)
    screen.saved(1)
    assert screen.quotes() == [("Some 900 visitors", "claim")]


def test_what_is_sent_while_it_is_asked_is_stored_and_then_the_reader_leaves(screen: ReadingScreen) -> None:
    leave(screen.page)
    expect(screen.page.get_by_role("dialog", name="1 change is not sent yet")).to_be_visible()
    screen.page.context.unroute(OPERATIONS)
    screen.page.evaluate(WAKE)
    expect(screen.page.get_by_text("You have left.")).to_be_visible()
    assert screen.quotes() == [("Some 900 visitors", "claim")]
    until(screen.page, NO_DATABASE)


def test_discarding_leaves_nothing_behind_in_any_tab(screen: ReadingScreen, context: BrowserContext) -> None:
    other = context.new_page()
    quiet(other)
    ReadingScreen(other, screen.reading).open()
    expect(other.locator("#saved")).to_have_text("1 waiting on this device")
    leave(screen.page)
    screen.page.get_by_role("button", name="Discard and leave").click()
    expect(screen.page.get_by_text("You have left.")).to_be_visible()
    expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
    until(screen.page, NO_DATABASE)
    until(screen.page, NO_COPY)
    assert screen.quotes() == []


def elsewhere(screen: ReadingScreen, script: str) -> Page:
    """Another page of the same reader, whose browser has something about it."""
    quiet(screen.page)
    screen.page.add_init_script(script)
    screen.page.goto("/me/")
    return screen.page


def test_whoever_leaves_a_page_that_has_not_read_yet_what_is_kept_is_asked(screen: ReadingScreen) -> None:
    page = elsewhere(screen, STILL)
    leave(page)
    expect(page.get_by_role("dialog", name="1 change is not sent yet")).to_be_visible()
    page.context.unroute(OPERATIONS)
    page.evaluate(WAKE)
    expect(page.get_by_text("You have left.")).to_be_visible()
    assert screen.quotes() == [("Some 900 visitors", "claim")]


def test_whoever_leaves_where_nobody_can_tell_what_is_kept_is_asked(screen: ReadingScreen) -> None:
    page = elsewhere(screen, UNREADABLE)
    leave(page)
    question = page.get_by_role("dialog", name="We cannot tell whether all is sent")
    expect(question.get_by_text("It often takes")).to_be_hidden()
    assert barriers_in_both(page) == []
    question.get_by_role("button", name="Stay here").click()
    expect(question).to_be_hidden()
    leave(page)
    question.get_by_role("button", name="Discard and leave").click()
    expect(page.get_by_text("You have left.")).to_be_visible()


def test_whoever_has_nothing_here_leaves_without_a_question(page: Page, sign_in: SignIn) -> None:
    teacher = factories.teacher()
    sign_in(factories.reader(factories.classroom(teacher)).user)
    page.goto("/me/")
    leave(page)
    expect(page.get_by_text("You have left.")).to_be_visible()


def handed_in_elsewhere(screen: ReadingScreen) -> Page:
    """The same reading was handed in on a phone; the reader opens another page here, which sends what waits."""
    screen.reading.state = "submitted"
    screen.reading.submitted_at = screen.reading.started_at
    screen.reading.save()
    quiet(screen.page)
    screen.page.context.unroute(OPERATIONS)
    with screen.page.expect_response(OPERATIONS):
        screen.page.goto("/me/")
    return screen.page


def test_what_was_refused_on_another_page_is_told_with_the_reason(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("status of 422")
    page = handed_in_elsewhere(screen)
    line = page.get_by_role("alert")
    expect(line).to_contain_text("1 change could not be saved")
    leave(page)
    question = page.get_by_role("dialog", name="1 change could not be saved")
    item = question.get_by_role("listitem")
    expect(item).to_contain_text("Some 900 visitors")
    expect(item).to_contain_text("You have handed this reading in, so it cannot change.")
    expect(item.get_by_role("link", name="Open the reading")).to_be_visible()
    expect(question.get_by_text("It often takes")).to_be_hidden()
    expect(question.get_by_role("button", name="Stay here")).to_be_focused()
    assert barriers_in_both(page) == []
    screen.press("Enter")
    expect(question).to_be_hidden()
    assert barriers_in_both(page) == []
    line.get_by_role("link", name="Look").click()
    page.get_by_role("button", name="Needs attention").click()
    page.get_by_role("dialog").get_by_role("button", name="Throw away").click()
    screen.page.goto("/me/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(line).to_be_hidden()
    leave(page)
    expect(page.get_by_text("You have left.")).to_be_visible()


def test_what_waits_and_what_was_refused_are_told_apart(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("status of 422")
    page = screen.page
    screen.reading.exercise.codebook_version.labels.filter(slug="claim").update(is_retired=True)
    page.context.unroute(OPERATIONS)
    with page.expect_response(OPERATIONS):
        page.evaluate(WAKE)
    expect(page.locator("#saved")).to_have_text("Needs attention")
    page.context.route(OPERATIONS, lambda route: route.abort())
    with page.expect_request(OPERATIONS):
        screen.mark("best evening", "Opinion")
    leave(page)
    question = page.get_by_role("dialog", name="1 change is not sent yet")
    expect(question).to_contain_text("1 change could not be saved")
    expect(question.get_by_role("listitem")).to_contain_text("Some 900 visitors")
    # Here its own page is.
    expect(question.get_by_role("link")).to_have_count(0)
    expect(question.get_by_role("button", name="Keep trying")).to_be_visible()
    page.context.unroute(OPERATIONS)
    page.evaluate(WAKE)
    question = page.get_by_role("dialog", name="1 change could not be saved")
    question.get_by_role("button", name="Discard and leave").click()
    expect(page.get_by_text("You have left.")).to_be_visible()
    assert screen.quotes() == [("best evening", "opinion")]


def test_a_teacher_who_signs_out_is_asked_too(
    page: Page, sign_in: SignIn, watch: Watch, context: BrowserContext
) -> None:
    watch.allowed.append("ERR_FAILED")
    made = desk(page, sign_in)
    # A request on its way with the session from before the password would end the new one in this browser.
    until(page, COPIED)
    page.goto("about:blank")
    made.reading.member.user.set_password("the ferry was late")
    made.reading.member.user.save()
    sign_in(made.reading.member.user)
    made.open()
    context.route(OPERATIONS, lambda route: route.abort())
    made.mark("Some 900 visitors")
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Discard and leave").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    until(page, NO_DATABASE)


def test_the_next_reader_neither_sends_nor_sees_it_and_the_first_still_has_it(
    screen: ReadingScreen, sign_in: SignIn, context: BrowserContext
) -> None:
    quiet(screen.page)
    screen.page.close()
    context.unroute(OPERATIONS)
    second = other_reader(screen)
    theirs = factories.reading(screen.reading.exercise, second)
    sign_in(second.user)
    later = ReadingScreen(context.new_page(), theirs).open()
    later.mark("best evening", "Opinion")
    later.saved(1)
    expect(later.page.locator("mark", has_text="900 visitors")).to_have_count(0)
    assert (later.quotes(), screen.quotes()) == ([("best evening", "opinion")], [])
    sign_in(screen.reading.member.user)
    ReadingScreen(later.page, screen.reading).open().saved(1)
    assert screen.quotes() == [("Some 900 visitors", "claim")]
    assert later.quotes() == [("best evening", "opinion")]


def test_a_session_that_ended_pauses_and_only_the_same_reader_resumes(
    screen: ReadingScreen, sign_in: SignIn, context: BrowserContext
) -> None:
    Session.objects.all().delete()
    context.unroute(OPERATIONS)
    screen.page.evaluate(WAKE)
    expect(screen.page.locator("#saved")).to_have_text("Sign in again to save 1 change.")
    sign_in(other_reader(screen).user)
    with screen.page.expect_response(OPERATIONS) as answered:
        screen.page.evaluate(WAKE)
    assert answered.value.status in {401, 403}
    expect(screen.page.locator("#saved")).to_have_text("Sign in again to save 1 change.")
    assert screen.quotes() == []
    sign_in(screen.reading.member.user)
    screen.page.evaluate(WAKE)
    screen.saved(1)
    assert screen.quotes() == [("Some 900 visitors", "claim")]


def test_what_others_left_here_goes_unread_after_seven_days(
    screen: ReadingScreen, sign_in: SignIn, context: BrowserContext
) -> None:
    quiet(screen.page)
    key = screen.page.locator("body").get_attribute("data-member-key")
    screen.page.close()
    sign_in(other_reader(screen).user)
    later = context.new_page()
    later.goto("/me/")
    later.evaluate(OLD, [key, 6.9])
    later.evaluate(LAST)
    later.reload()
    until(later, GONE.replace("KEY", "zzz"))
    assert later.evaluate(GONE.replace("KEY", key)) is False
    later.evaluate(OLD, [key, 7.1])
    later.reload()
    until(later, GONE.replace("KEY", key))
