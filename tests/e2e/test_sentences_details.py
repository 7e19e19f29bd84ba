"""The details of an opened highlight in the list of sentences: each saves itself, and nothing that is typed is lost."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, Request, Route, expect
from pytest_django import Settings

from annotator.models import Exercise, Phase, Reading, Span, User
from annotator.services.lessons import readers_nudge
from annotator.services.span_workbench import Operation
from annotator.services.spans import operations_apply
from tests import factories
from tests.e2e.conftest import Watch
from tests.e2e.reading_screen import LOOK, NO_NOTIFY, ReadingScreen, desk, without_worker
from tests.e2e.sentences_screen import Holder, bars_nobody, ready, settled, tick

SAID, CLAIM = "the council said", "will be held in the market hall"
NOTE = "Who counted them?"


@pytest.fixture
def screen(page: Page, sign_in: Callable[[User], None], screen_of: Callable[..., Page], watch: Watch) -> ReadingScreen:
    """A reader asked for all details, with an attribution and a claim in one sentence; the claim's words are open."""
    page.add_init_script(NO_NOTIFY)
    made = desk(page, sign_in)
    made.set_sentences(2, [28, 115])
    Exercise.objects.update(asks_sources=True, asks_links=True, asks_confidence=True)
    for words, label in [(SAID, "attribution"), (CLAIM, "claim")]:
        factories.mark(made.reading, words, label)
    other = without_worker(made.reading, screen_of, watch)
    other.add_init_script(NO_NOTIFY)
    mine = ready(ReadingScreen(other, made.reading))
    words_of(mine, "Claim").click()
    expect(mine.page.get_by_role("combobox", name="First word")).to_be_focused()
    return mine


def words_of(screen: ReadingScreen, tag: str) -> Locator:
    """The way to a highlight's words."""
    return screen.page.get_by_role("link", name=f"Change which words: {tag}")


def note(screen: ReadingScreen) -> Locator:
    return screen.page.get_by_role("textbox", name="Note")


def stored(screen: ReadingScreen, label: str = "claim") -> Span:
    """The highlight with this tag, as it is saved now."""
    return screen.rows().select_related("reported_by").get(label__slug=label, number__lte=2)


def test_a_note_is_saved_when_another_sentence_is_ticked(screen: ReadingScreen) -> None:
    note(screen).fill(NOTE)
    tick(screen, 3, "Opinion").click()
    settled(screen, 3)
    assert stored(screen).note == NOTE
    screen.said("Opinion added to sentence 3.")
    # What was open stays open.
    expect(note(screen)).to_have_value(NOTE)
    expect(screen.page.locator(".edge.open > .note")).to_be_hidden()
    expect(tick(screen, 3, "Opinion")).to_be_focused()


def test_a_note_is_saved_when_its_highlight_is_closed(screen: ReadingScreen) -> None:
    note(screen).fill(NOTE)
    screen.page.get_by_role("link", name="Done").click()
    expect(note(screen)).to_have_count(0)
    expect(words_of(screen, "Claim")).to_be_focused()
    assert stored(screen).note == NOTE
    expect(screen.page.locator(".edge .note")).to_have_text(NOTE)


def test_a_note_is_saved_when_the_words_of_another_are_opened(screen: ReadingScreen) -> None:
    note(screen).fill(NOTE)
    words_of(screen, "Attribution").click()
    expect(screen.page.get_by_label("Who is speaking?")).to_be_visible()
    expect(note(screen)).to_have_value("")
    assert stored(screen).note == NOTE


def test_a_note_is_saved_when_the_words_are_moved(screen: ReadingScreen) -> None:
    note(screen).fill(NOTE)
    screen.page.get_by_role("button", name="Last word: one earlier").click()
    screen.said("Words saved: will be held in the market")
    settled(screen, 2)
    span = stored(screen)
    assert (span.note, span.quote) == (NOTE, "will be held in the market")
    expect(screen.page.get_by_role("button", name="Last word: one earlier")).to_be_focused()


def test_a_note_is_taken_back_by_undo_and_comes_again(screen: ReadingScreen) -> None:
    tick(screen, 3, "Opinion").click()
    settled(screen, 3)
    note(screen).fill(NOTE)
    screen.page.get_by_role("button", name="Undo").click()
    screen.said("Undone.")
    settled(screen, 3)
    expect(note(screen)).to_have_value("")
    assert stored(screen).note == ""
    screen.page.get_by_role("button", name="Redo").click()
    screen.said("Redone.")
    settled(screen, 3)
    expect(note(screen)).to_have_value(NOTE)
    assert stored(screen).note == NOTE


def test_every_detail_saves_itself_and_says_so(screen: ReadingScreen) -> None:
    words_of(screen, "Attribution").click()
    name = screen.page.get_by_label("Who is speaking?")
    name.fill("The council")
    screen.press("Tab")
    screen.said("Saved.")
    kind = screen.page.get_by_label("What kind of source?")
    expect(kind).to_be_focused()
    kind.select_option(label="Organisation")
    screen.page.get_by_role("radio", name="Fairly sure").check(force=True)
    settled(screen, 2)
    expect(screen.page.get_by_role("radio", name="Fairly sure")).to_be_focused()
    span = stored(screen, "attribution")
    assert (span.source_name, span.source_kind, span.confidence) == ("The council", "organisation", 2)
    name.fill("The town council")
    screen.press("Enter")
    settled(screen, 2)
    expect(name).to_be_focused()
    assert stored(screen, "attribution").source_name == "The town council"


def test_the_proposed_link_is_made_and_the_focus_is_where_it_shows(screen: ReadingScreen) -> None:
    screen.page.get_by_role("button", name="Link to").click()
    screen.said("Saved.")
    settled(screen, 2)
    assert stored(screen).reported_by == stored(screen, "attribution")
    expect(screen.page.get_by_role("button", name="Link to")).to_have_count(0)
    choice = screen.page.get_by_label("Who says this?")
    expect(choice).to_be_focused()
    expect(choice).to_have_value(str(stored(screen, "attribution").uuid))


def test_enter_in_a_field_links_to_nobody(screen: ReadingScreen) -> None:
    screen.page.get_by_role("radio", name="Fairly sure").check(force=True)
    settled(screen, 2)
    with screen.page.expect_response(lambda response: response.request.method == "POST"):
        screen.press("Enter")
    settled(screen, 2)
    expect(screen.page.get_by_role("radio", name="Fairly sure")).to_be_focused()
    span = stored(screen)
    assert (span.reported_by, span.confidence) == (None, 2)


def test_what_is_being_typed_outlives_the_answer_to_a_tick(screen: ReadingScreen) -> None:
    holder = Holder(screen.page)
    with screen.page.expect_request(lambda request: request.method == "POST"):
        tick(screen, 3, "Opinion").click()
    note(screen).click()
    screen.page.keyboard.type("Who counted")
    holder.let_go()
    settled(screen, 3)
    expect(note(screen)).to_be_focused()
    screen.page.keyboard.type(" them?")
    expect(note(screen)).to_have_value(NOTE)
    assert stored(screen).note == ""
    screen.press("Tab")
    screen.said("Saved.")
    settled(screen, 3)
    assert stored(screen).note == NOTE


def test_a_note_changed_while_it_is_on_its_way_goes_again(screen: ReadingScreen) -> None:
    holder = Holder(screen.page)
    note(screen).fill("Who")
    with screen.page.expect_request(lambda request: request.method == "POST"):
        screen.press("Tab")
    note(screen).fill(NOTE)
    screen.page.get_by_role("radio", name="Fairly sure").check(force=True)
    screen.page.get_by_role("button", name="Link to").click()
    holder.let_go()
    settled(screen, 2)
    span = stored(screen)
    assert (span.note, span.confidence, span.reported_by) == (NOTE, 2, stored(screen, "attribution"))


def test_words_moved_twice_while_the_first_step_is_on_its_way_are_moved_twice(screen: ReadingScreen) -> None:
    holder = Holder(screen.page)
    earlier = screen.page.get_by_role("button", name="Last word: one earlier")
    with screen.page.expect_request(lambda request: request.method == "POST"):
        earlier.click()
    earlier.click()
    holder.let_go()
    settled(screen, 2)
    assert stored(screen).quote == "will be held in the"


def test_a_note_whose_answer_is_lost_is_followed_by_what_was_typed_since(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("ERR_FAILED")

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    screen.page.route("**/readings/**", lose, times=1)
    note(screen).fill("Who")
    screen.press("Tab")
    screen.said("Not saved. Check the connection, then try again.")
    assert stored(screen).note == "Who"
    note(screen).fill(NOTE)
    screen.press("Tab")
    settled(screen, 2)
    assert stored(screen).note == NOTE


def test_without_a_connection_the_note_stays_open_till_it_is_saved(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("ERR_FAILED")
    screen.page.route("**/readings/**", lambda route: route.abort())
    note(screen).fill(NOTE)
    screen.page.get_by_role("link", name="Done").click()
    screen.said("Not saved. Check the connection, then try again.")
    expect(note(screen)).to_have_value(NOTE)
    screen.page.unroute("**/readings/**")
    screen.page.get_by_role("button", name="Not saved. Try again").click()
    settled(screen, 2)
    assert stored(screen).note == NOTE


def test_a_press_that_leaves_the_page_waits_for_the_note(screen: ReadingScreen) -> None:
    holder = Holder(screen.page)
    note(screen).fill(NOTE)
    with screen.page.expect_request(lambda request: request.method == "POST"):
        screen.page.get_by_role("link", name="Hand in").first.click()
    expect(screen.page.locator("#saved")).to_have_text("Saving…")
    holder.let_go()
    expect(screen.page.get_by_role("dialog")).to_be_visible()
    assert stored(screen).note == NOTE


def test_news_of_the_lesson_saves_what_is_being_typed(screen: ReadingScreen) -> None:
    note(screen).fill(NOTE)
    readers_nudge(exercise=screen.reading.exercise, members=[screen.reading.member])
    screen.page.evaluate(LOOK)
    expect(screen.page.locator("#lesson")).to_contain_text("are you still there?")
    screen.said("Saved.")
    expect(note(screen)).to_be_focused()
    expect(note(screen)).to_have_value(NOTE)
    assert stored(screen).note == NOTE


def test_a_note_that_comes_too_late_is_refused_and_kept(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("status of 422")
    Reading.objects.update(state="submitted", submitted_at=factories.NOON)
    note(screen).fill(NOTE)
    screen.page.get_by_role("link", name="Done").click()
    refusal = screen.page.locator("#n28 > .notice.bad")
    expect(refusal).to_contain_text("You have handed this reading in")
    expect(refusal).to_be_in_viewport()
    expect(note(screen)).to_have_value(NOTE)
    expect(screen.page.get_by_role("button", name="Not saved. Try again")).to_be_visible()
    assert stored(screen).note == ""


def test_a_note_is_handed_in_with_the_reading_that_was_just_closed(screen: ReadingScreen) -> None:
    note(screen).fill(NOTE)
    screen.moved_on(Phase.CLOSED)
    screen.page.locator("#lesson").get_by_role("button", name="Hand in").click()
    expect(screen.page.locator("#state")).to_contain_text("Handed in at")
    assert stored(screen).note == NOTE


def change_elsewhere(screen: ReadingScreen) -> None:
    """Another window of the same reader changes the claim's note."""
    theirs = Operation(uuid=uuid4(), kind="detail", span=stored(screen).uuid, details={"note": "From elsewhere."})
    operations_apply(reading=screen.reading, operations=[theirs])


def refuse_note(screen: ReadingScreen, watch: Watch) -> None:
    """A note is refused while a tick beside it is saved."""
    watch.allowed.append("status of 422")
    change_elsewhere(screen)
    note(screen).fill(NOTE)
    tick(screen, 3, "Opinion").click()
    screen.said("Opinion added to sentence 3.")


def test_a_refused_note_keeps_nobody_from_handing_in(screen: ReadingScreen, watch: Watch) -> None:
    watch.allowed.append("status of 422")
    change_elsewhere(screen)
    note(screen).fill(NOTE)
    way = screen.page.get_by_role("link", name="Hand in").first
    way.click()
    refusal = screen.page.locator("#n28 > .notice.bad")
    expect(refusal).to_contain_text("This highlight was changed in another window.")
    expect(note(screen)).to_have_value(NOTE)
    # Pressed again, the browser asks whether to leave the note behind.
    with screen.page.expect_event("dialog") as asked:
        screen.page.once("dialog", lambda dialog: dialog.accept())
        way.click()
    assert asked.value.type == "beforeunload"
    expect(screen.page.get_by_role("dialog")).to_be_visible()


def test_a_note_changed_in_another_window_is_told_of_and_can_be_saved(screen: ReadingScreen, watch: Watch) -> None:
    refuse_note(screen, watch)
    refusal = screen.page.locator("#n28 > .notice.bad")
    expect(refusal).to_contain_text("This highlight was changed in another window.")
    expect(note(screen)).to_have_value(NOTE)
    assert stored(screen).note == "From elsewhere."
    # Both are there to choose from.
    expect(screen.page.locator(".edge.open > .note")).to_have_text("From elsewhere.")
    expect(screen.page.locator(".edge.open > .note")).to_be_visible()
    screen.page.get_by_role("button", name="Not saved. Try again").click()
    settled(screen, 3)
    expect(refusal).to_have_count(0)
    assert stored(screen).note == NOTE


def test_to_try_again_while_something_else_is_on_its_way_does_so(screen: ReadingScreen, watch: Watch) -> None:
    refuse_note(screen, watch)
    holder = Holder(screen.page)
    with screen.page.expect_request(lambda request: request.method == "POST"):
        tick(screen, 4, "Opinion").click()
    screen.page.get_by_role("button", name="Not saved. Try again").click()
    holder.let_go()
    settled(screen, 4)
    assert stored(screen).note == NOTE


def is_led_on_from_a_save(request: Request) -> bool:
    """Whether this is where a form was led on to, as to the door."""
    earlier = request.redirected_from
    return earlier is not None and earlier.method == "POST"


def test_a_session_that_ended_keeps_the_note_till_one_is_signed_in_again(
    screen: ReadingScreen, settings: Settings
) -> None:
    Session.objects.all().delete()
    note(screen).fill(NOTE)
    screen.page.get_by_role("link", name="Done").click()
    screen.said("Your session has ended. Sign in again to save your highlights.")
    expect(screen.page.locator("#n28").get_by_role("link", name="Sign in again")).to_be_in_viewport()
    expect(note(screen)).to_have_value(NOTE)
    again = screen.page.get_by_role("button", name="Not saved. Try again")
    with screen.page.expect_response(lambda answer: is_led_on_from_a_save(answer.request)):
        again.click()
    expect(screen.page.locator("#n28").get_by_role("link", name="Sign in again")).to_have_count(1)
    # Signing in gives the forms' protection a new key.
    screen.page.context.clear_cookies()
    key = factories.session_of(screen.reading.member.user)
    screen.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": screen.page.url}])
    again.click()
    settled(screen, 2)
    assert stored(screen).note == NOTE
    expect(screen.page.locator(".notice.bad")).to_have_count(0)


def test_nothing_bars_the_way_to_the_details(screen: ReadingScreen) -> None:
    expect(screen.page.get_by_role("button", name="Link to")).to_be_visible()
    bars_nobody(screen)
