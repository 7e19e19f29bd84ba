"""Joining a class in a browser: on a phone and at a desk, by keyboard and without scripts; leaving no trace behind."""

from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotator.domain.codes import code_shown
from annotator.domain.roster import RosterRow
from annotator.models import Classroom, Door, Membership, User
from annotator.services.classrooms import classroom_add
from annotator.services.roster import roster_add
from tests import factories
from tests.e2e.axe import barriers_in_both
from tests.e2e.conftest import Watch, followed
from tests.e2e.phone import PHONE
from tests.e2e.reading_screen import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.whole]


@pytest.fixture
def room() -> Classroom:
    """A class with an open exercise and one name on its list."""
    teacher = factories.teacher("marit")
    made = classroom_add(teacher=teacher, name="Class 9B")
    factories.exercise(made, [factories.article(teacher)])
    roster_add(classroom=made, rows=[RosterRow("Noor Salim")])
    return made


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer, watch: Watch) -> Iterator[BrowserContext]:
    """A small phone."""
    small = PHONE | {"viewport": {"width": 360, "height": 740}}
    made = followed(browser.new_context(base_url=live_server.url, **small), watch)  # type: ignore[arg-type]
    yield made
    made.close()


def code_of(room: Classroom) -> str:
    """What stands on the board."""
    return code_shown(Door.objects.get(classroom=room).code)


def link_of(room: Classroom) -> str:
    """The address of the class's link."""
    return reverse("join-link", args=[Door.objects.get(classroom=room).token])


def is_too_wide(page: Page) -> bool:
    """Whether one has to scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def start(page: Page) -> None:
    """Press the button and arrive at the exercise."""
    page.get_by_role("button", name="Start reading").last.click()
    page.wait_for_url("**/exercises/**")


def test_a_phone_joins_by_a_code_mistyped_once(phone: BrowserContext, room: Classroom, watch: object) -> None:
    watch.allowed.append("422")  # type: ignore[attr-defined]
    page = phone.new_page()
    page.goto("/join/")
    page.get_by_label("Class code").fill("K7MQ-4XD2")
    page.get_by_role("button", name="Go on").tap()
    expect(page.get_by_role("alert")).to_contain_text("This code does not open a class.")
    expect(page.get_by_label("Class code")).to_have_value("K7MQ-4XD2")
    assert barriers_in_both(page) == []
    page.get_by_label("Class code").fill(code_of(room).lower().replace("-", " "))
    page.get_by_role("button", name="Go on").tap()
    expect(page.get_by_role("heading", name="Pick a name to read under")).to_be_visible()
    assert not is_too_wide(page)
    assert barriers_in_both(page) == []
    page.get_by_text("My name on the class list").tap()
    page.get_by_label("Your name", exact=True).select_option(label="Noor Salim")
    start(page)
    expect(page.get_by_role("button", name="Noor Salim")).to_be_visible()
    assert Membership.objects.readers().get(classroom=room).pseudonym == "Noor Salim"


def test_the_keyboard_alone_picks_another_name_and_starts(page: Page, room: Classroom) -> None:
    page.goto("/join/")
    expect(page.get_by_label("Class code")).to_be_focused()
    page.keyboard.type(code_of(room))
    page.keyboard.press("Enter")
    page.wait_for_url("**/join/**/")
    names = page.get_by_role("radio")
    second = names.nth(1).get_attribute("value")
    names.first.focus()
    page.keyboard.press("ArrowDown")
    expect(names.nth(1)).to_be_checked()
    page.keyboard.press("Enter")
    page.wait_for_url("**/exercises/**")
    assert Membership.objects.readers().get(classroom=room).pseudonym == second


def test_three_other_names_keep_the_code_and_the_code_brings_one_back(
    page: Page, room: Classroom, browser: Browser, live_server: LiveServer
) -> None:
    page.goto(link_of(room))
    code = page.locator("output").inner_text()
    page.get_by_role("button", name="Three other names").click()
    page.wait_for_load_state()
    expect(page.locator("output")).to_have_text(code)
    name = str(page.get_by_role("radio").first.get_attribute("value"))
    start(page)
    elsewhere = browser.new_context(base_url=live_server.url).new_page()
    elsewhere.goto("/resume/")
    elsewhere.get_by_label("Class code").fill(code_of(room))
    elsewhere.get_by_label("The name you read under").fill(name)
    elsewhere.get_by_label("Resume code").fill(code.lower())
    elsewhere.get_by_role("button", name="Come back").click()
    elsewhere.wait_for_url("**/exercises/**")
    expect(elsewhere.get_by_role("button", name=name)).to_be_visible()
    assert Membership.objects.readers().filter(classroom=room).count() == 1
    elsewhere.context.close()


def test_joining_and_leaving_need_no_scripts(browser: Browser, live_server: LiveServer, room: Classroom) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(link_of(room))
    page.get_by_text("A name of my own").click()
    page.get_by_label("Your name, not more").fill("Amber Otter")
    start(page)
    page.get_by_role("button", name="Amber Otter").click()
    expect(page.get_by_role("heading", name="Is this you?")).to_be_visible()
    page.get_by_role("button", name="Not me").click()
    expect(page.get_by_text("You have left.")).to_be_visible()
    context.close()


def test_the_next_at_a_shared_computer_finds_nothing_of_the_one_before(page: Page, room: Classroom) -> None:
    page.goto(link_of(room))
    page.get_by_text("A name of my own").click()
    page.get_by_label("Your name, not more").fill("Amber Otter")
    start(page)
    page.evaluate("localStorage.setItem('kept', 'Amber Otter'); sessionStorage.setItem('kept', 'x')")
    page.get_by_role("button", name="Amber Otter").click()
    assert barriers_in_both(page) == []
    page.get_by_role("button", name="Not me").click()
    expect(page.get_by_text("You have left.")).to_be_visible()
    until(
        page,
        "async () => localStorage.length === 0 && sessionStorage.length === 0"
        " && !(await indexedDB.databases()).some(({name}) => name.startsWith('sourcewise-outbox-'))",
    )
    for _step in range(3):
        page.go_back()
        assert "Amber Otter" not in page.content()
    page.goto(link_of(room))
    page.get_by_text("A name of my own").click()
    page.get_by_label("Your name, not more").fill("Quiet Heron")
    start(page)
    assert "Amber Otter" not in page.content()


def test_a_teacher_looks_at_a_list_before_it_is_stored_and_prints_cards(
    page: Page, room: Classroom, sign_in: Callable[[User], None]
) -> None:
    sign_in(room.memberships.get(is_teacher=True).user)
    page.goto(reverse("classroom", args=[room.uuid]))
    assert barriers_in_both(page) == []
    page.get_by_role("link", name="Add names").click()
    page.get_by_label("Names, one a line").fill("Sam\nSam")
    page.get_by_role("button", name="Look at the names").click()
    expect(page.get_by_role("rowheader", name="Sam (2)")).to_be_visible()
    assert barriers_in_both(page) == []
    page.get_by_role("button", name="Put them on the list").click()
    expect(page.get_by_role("status")).to_contain_text("2 names are on the class list now.")
    page.get_by_role("link", name="Join cards").click()
    expect(page.locator(".join-cards > li")).to_have_count(3)
    assert barriers_in_both(page) == []
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_text("Sam (2)")).to_be_visible()
