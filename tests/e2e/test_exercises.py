"""Exercises in a browser: a team's whole way without scripts, articles chosen by keyboard, and every screen's looks."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotator.models import Classroom, Exercise, Membership, Phase, Reading, User
from annotator.services.samples import samples_add
from tests import factories
from tests.e2e.axe import barriers_in_both

pytestmark = pytest.mark.django_db(transaction=True)

DONE = {"state": "submitted", "submitted_at": factories.NOON}


@pytest.fixture
def marit() -> User:
    """A teacher with three articles."""
    factories.codebook()
    teacher = factories.teacher("marit")
    for title in ("Bakery strike", "Ferry in winter", "Lantern fair"):
        factories.article(teacher, title=title)
    return teacher


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer, context: BrowserContext) -> Page:
    """A page without scripts, in which whoever has signed in before has signed in too."""
    made = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    made.add_cookies(context.cookies())  # type: ignore[arg-type]
    made.set_default_timeout(10_000)
    return made.new_page()


@pytest.fixture
def signed_in(sign_in: Callable[[User], None], marit: User) -> User:
    """Marit at her browser."""
    sign_in(marit)
    return marit


def test_a_team_reads_closes_and_opens_again_without_a_script(signed_in: User, plain: Page) -> None:
    plain.goto("/")
    plain.get_by_role("link", name="New exercise").first.click()
    plain.get_by_text("Choose from your library").click()
    plain.get_by_role("button", name="Add Ferry in winter").click()
    plain.get_by_role("button", name="Add Bakery strike").click()
    plain.get_by_role("button", name="Earlier: Bakery strike").click()
    plain.get_by_label("A new team").check()
    plain.get_by_label("Name of the class or team").fill("Checking desk")
    plain.get_by_role("button", name="Start", exact=True).click()
    expect(plain.get_by_role("heading", name="Bakery strike", level=1)).to_be_visible()
    exercise = Exercise.objects.get()
    assert [place.article.title for place in exercise.places.all()] == ["Bakery strike", "Ferry in winter"]
    plain.get_by_role("button", name=re.compile("Start reading.*Bakery strike")).click()
    plain.get_by_role("link", name="Hand in").click()
    plain.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    plain.goto(reverse("exercise", args=[exercise.uuid]))
    plain.get_by_role("button", name=re.compile("Start reading.*Ferry in winter")).click()
    plain.goto(reverse("exercise", args=[exercise.uuid]))
    expect(plain.get_by_text("Takes in 1 unfinished.")).to_be_visible()
    plain.get_by_role("button", name="Next: close the reading").click()
    expect(plain.get_by_role("status")).to_contain_text("The reading is closed.")
    assert list(Reading.objects.order_by("pk").values_list("state", flat=True)) == ["submitted", "collected"]
    plain.get_by_role("button", name="Open it again").click()
    expect(plain.get_by_role("status")).to_contain_text("The blind reading is open.")
    assert list(Reading.objects.order_by("pk").values_list("state", flat=True)) == ["submitted", "open"]
    plain.context.close()


def test_articles_are_put_in_order_by_keyboard_and_the_focus_goes_along(signed_in: User, page: Page) -> None:
    page.goto("/exercises/new/")
    page.get_by_text("Choose from your library").press("Enter")
    search = page.get_by_label("Search your library")
    for title in ("Lantern fair", "Ferry in winter", "Bakery strike"):
        page.get_by_role("button", name=f"Add {title}").press("Enter")
        expect(page.get_by_role("button", name=f"Take out: {title}")).to_be_visible()
        expect(search).to_be_focused()
    up = page.get_by_role("button", name="Earlier: Bakery strike")
    up.press("Enter")
    expect(page.locator("#chosen ol b")).to_have_text(["Lantern fair", "Bakery strike", "Ferry in winter"])
    expect(up).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#chosen ol b")).to_have_text(["Bakery strike", "Lantern fair", "Ferry in winter"])
    expect(page.get_by_role("button", name="Later: Bakery strike")).to_be_focused()


def test_a_press_on_an_article_keeps_what_was_typed_elsewhere(signed_in: User, page: Page) -> None:
    page.goto("/exercises/new/")
    page.get_by_role("textbox", name="Title").fill("Week 6")
    page.get_by_label("A new class").check()
    page.get_by_label("Name of the class or team").fill("Class 9B")
    page.get_by_text("Choose from your library").click()
    page.get_by_role("button", name="Add Ferry in winter").click()
    expect(page.get_by_role("button", name="Take out: Ferry in winter")).to_be_visible()
    expect(page.get_by_role("textbox", name="Title")).to_have_value("Week 6")
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_role("heading", name="Week 6", level=1)).to_be_visible()
    assert (Exercise.objects.get().phase, Classroom.objects.get().name) == ("draft", "Class 9B")


def test_typing_finds_articles_without_losing_the_place(signed_in: User, page: Page) -> None:
    page.goto("/exercises/new/")
    page.get_by_text("Choose from your library").click()
    page.get_by_label("Search your library").press_sequentially("ferry")
    expect(page.locator("#found b")).to_have_text(["Ferry in winter"])
    expect(page.get_by_label("Search your library")).to_be_focused()
    expect(page.get_by_label("Search your library")).to_have_value("ferry")


def test_the_name_of_a_new_class_is_asked_for_only_when_one_is_wanted(signed_in: User, page: Page) -> None:
    factories.classroom(signed_in, name="Class 9B")
    page.goto("/exercises/new/")
    name = page.get_by_label("Name of the class or team")
    expect(name).to_be_hidden()
    page.get_by_label("A new team").check()
    expect(name).to_be_visible()


def test_a_new_class_begins_in_the_time_zone_of_the_computer(
    browser: Browser, live_server: LiveServer, context: BrowserContext, signed_in: User
) -> None:
    there = browser.new_context(base_url=live_server.url, timezone_id="Asia/Tokyo")
    there.add_cookies(context.cookies())  # type: ignore[arg-type]
    page = there.new_page()
    page.goto("/exercises/new/")
    page.get_by_label("A new class").check()
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
    there.close()


def test_an_invitation_is_copied_with_one_press(signed_in: User, page: Page) -> None:
    team = factories.classroom(signed_in, name="Desk", kind=Classroom.Kind.TEAM)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(reverse("classroom", args=[team.uuid]))
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_role("textbox", name="A link for one teammate").input_value()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link
    assert "/invitations/" in link


@pytest.fixture
def screens(signed_in: User) -> dict[str, str]:
    """An address for each screen, with something on it."""
    samples_add(teacher=signed_in)
    room = factories.classroom(signed_in, name="Media Literacy 9B")
    articles = list(signed_in.articles.filter(is_sample=False).order_by("pk"))
    team = factories.classroom(signed_in, name="Checking desk", kind=Classroom.Kind.TEAM)
    Membership.objects.filter(classroom=team).update(is_reader=True, code_number=900)
    found = {"home": "/", "new": f"/exercises/new/?article={articles[0].uuid}&article={articles[1].uuid}"}
    for phase in Phase.values:
        work = factories.exercise(room, articles[:1], phase=phase, title=f"Week {phase}")
        factories.reading(work, factories.reader(room))
        factories.reading(work, factories.reader(room), **DONE)
        found[phase] = reverse("exercise", args=[work.uuid])
    many = factories.exercise(team, articles, title="Calibration")
    factories.reading(many, Membership.objects.get(classroom=team), text=articles[1], **DONE)
    found["several articles"] = reverse("exercise", args=[many.uuid])
    found["archive?"] = found[Phase.WRAPPED_UP] + "?step=archived"
    found["team"] = reverse("classroom", args=[team.uuid])
    found["class"] = reverse("classroom", args=[room.uuid])
    found["remove sample"] = reverse("samples-remove")
    return found


def test_axe_finds_nothing_on_any_screen(screens: dict[str, str], page: Page) -> None:
    found = {}
    for name, address in screens.items():
        page.goto(address)
        if problems := barriers_in_both(page):
            found[name] = problems
    assert found == {}


@pytest.mark.parametrize("width", [320, 390, 1024, 1280])
def test_no_screen_scrolls_sideways(screens: dict[str, str], page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    wide = []
    for name, address in screens.items():
        page.goto(address)
        for each in page.locator("summary").all():
            each.click()
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(name)
    assert wide == []


def test_a_readers_screens_are_as_clean(screens: dict[str, str], page: Page, sign_in: Callable[[User], None]) -> None:
    reader = Exercise.objects.get(title="Week open").readings.first().member.user
    page.context.clear_cookies()
    sign_in(reader)
    for address in ("/", screens[Phase.OPEN]):
        page.goto(address)
        assert barriers_in_both(page) == []
        assert page.get_by_role("link", name="Go on reading").count() == 1


def test_a_first_visit_is_clean_and_leads_to_a_class(page: Page, sign_in: Callable[[User], None], marit: User) -> None:
    sign_in(factories.teacher("bo"))
    page.goto("/")
    assert barriers_in_both(page) == []
    page.get_by_label("Text of the article").fill("Harbour news\n\nThe ferry carried 4,100 people.")
    page.get_by_role("button", name="Start a class with it").click()
    expect(page.get_by_role("textbox", name="Text of the article")).to_have_value(re.compile("4,100 people"))
    expect(page.get_by_label("A new class")).to_be_checked()
