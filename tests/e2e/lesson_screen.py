"""A lesson as its people go through it: the teacher's one button, a pupil's way in, by pointer and by key, and out."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from annotator.models import Exercise, Membership, Reading
from tests.e2e.axe import barriers_in_both
from tests.e2e.reading_screen import ReadingScreen

# Pages ask every few seconds, and the machine may be busy.
SOON = 15_000


@dataclass
class Pupil:
    """A browser, the name picked in it and the code that was shown."""

    page: Page
    name: str
    resume: str

    @property
    def member(self) -> Membership:
        """Whoever reads under that name."""
        return Membership.objects.get(pseudonym=self.name)

    def screen(self, number: int = 1) -> ReadingScreen:
        """The reading of a round, open in this browser."""
        return ReadingScreen(self.page, Reading.objects.get(member=self.member, round=number))


def look(page: Page) -> None:
    """Axe finds nothing, in the light and in the dark."""
    # What has scrolled half under a bar that stays is no target too small.
    page.evaluate("scrollTo(0, 0)")
    found = barriers_in_both(page)
    assert found == [], "\n".join(found)


def link() -> str:
    """What the QR code says."""
    return f"/join/{Exercise.objects.get().classroom.door.token}/"


def type_code(page: Page, code: str) -> None:
    """Type the code in small letters with a space, as one does."""
    page.goto("/join/")
    page.get_by_label("Class code").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Pick a name")).to_be_visible()


def offered(page: Page) -> Pupil:
    """The name that is chosen and the code that is shown, before one starts."""
    name = str(page.locator("input[name=pick]:checked").get_attribute("value"))
    return Pupil(page, name, page.locator(".keep-code output").inner_text())


def join(page: Page) -> Pupil:
    """Take the first name that is offered, and start."""
    pupil = offered(page)
    page.get_by_role("button", name="Start reading").last.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Pick a name to read under")
    return pupil


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab, or another key, until the target has the focus, as somebody without a mouse does."""
    for _ in range(60):
        if target.evaluate("(target) => target === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {target}")


def join_by_keys(page: Page) -> Pupil:
    """Tab to the names, one down, Enter."""
    names = page.get_by_role("radio")
    tab_to(page, names.first)
    page.keyboard.press("ArrowDown")
    expect(names.nth(1)).to_be_checked()
    pupil = offered(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Pick a name to read under")
    return pupil


def begin(pupil: Pupil) -> ReadingScreen:
    """Press “Start reading” on the lesson's page, and wait for the text."""
    pupil.page.get_by_role("button", name="Start reading").click()
    expect(pupil.page.locator("body.scripted #text")).to_be_visible()
    return pupil.screen()


def begin_by_keys(pupil: Pupil) -> ReadingScreen:
    """The same without a mouse."""
    tab_to(pupil.page, pupil.page.get_by_role("button", name="Start reading"))
    pupil.page.keyboard.press("Enter")
    expect(pupil.page.locator("body.scripted #text")).to_be_visible()
    return pupil.screen()


def hand_in(page: Page) -> None:
    """Ask for it, and say yes."""
    page.get_by_role("link", name="Hand in").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("handed in").first).to_be_visible()


def hand_in_by_keys(page: Page) -> None:
    """The same without a mouse; the dialog is shown over everything, so Tab stays in it."""
    page.keyboard.press("Escape")
    tab_to(page, page.get_by_role("link", name="Hand in").first)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("dialog").get_by_role("button", name="Hand in"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("handed in").first).to_be_visible()


def go(teacher: Page, button: str, then: str) -> None:
    """Press the one button, and wait until the page says where the lesson stands."""
    expect(teacher.locator("#on")).to_have_text(re.compile(button))
    teacher.locator("#on").click()
    expect(teacher.locator(".blind-line")).to_contain_text(then)


def returned(pupil: Pupil, page: Page, code: str) -> Pupil:
    """Leave the computer, and go on at another one with the resume code."""
    pupil.page.get_by_role("button", name="is this you?").click()
    pupil.page.get_by_role("button", name="Not me").click()
    expect(pupil.page).to_have_url(re.compile("/join/"))
    page.goto("/resume/")
    page.get_by_label("Class code").fill(code)
    page.get_by_label("The name you read under").fill(pupil.name)
    page.get_by_label("Resume code").fill(pupil.resume.lower())
    page.get_by_role("button", name="Come back").click()
    page.get_by_role("link", name="Go on reading").click()
    expect(page.locator("body.scripted #text")).to_be_visible()
    return Pupil(page, pupil.name, pupil.resume)
