"""A whole lesson in browsers: a teacher, the projector and five pupils, from a pasted text to the archive."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from annotator.models import Exercise, Membership, Reading, Span
from tests import factories
from tests.e2e.reading_screen import ReadingScreen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PHONE = {"viewport": {"width": 390, "height": 844}}
CODE = re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$")
TEXT = """Storm spares the lantern boats

“We were lucky,” said harbour master Jon Pell. Not one lantern was lost.

Eastquay’s council spent 4,000 crowns on new moorings in May. A bargain, whatever the critics say.

Could you give 3 crowns a month? The Lantern has no other owner than its readers.
"""
APPEAL = "Could you give 3 crowns a month"
BARGAIN = "A bargain, whatever the critics say"


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
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(page, options=AXE).response["violations"]
        assert [(each["id"], each["nodes"][0]["target"]) for each in found] == [], f"{page.url} {scheme}"
    page.emulate_media(color_scheme="light")


def join(page: Page) -> Pupil:
    """Take the first name that is offered, and start."""
    name = str(page.locator("input[name=pick]:checked").get_attribute("value"))
    resume = page.locator(".keep-code output").inner_text()
    page.get_by_role("button", name="Start reading").last.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Pick a name to read under")
    return Pupil(page, name, resume)


def begin(pupil: Pupil) -> ReadingScreen:
    """Press “Start reading” on the lesson's page, and wait for the text."""
    pupil.page.get_by_role("button", name="Start reading").click()
    expect(pupil.page.locator("body.scripted #text")).to_be_visible()
    return pupil.screen()


def hand_in(page: Page) -> None:
    """Ask for it, and say yes."""
    page.get_by_role("link", name="Hand in").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("handed in").first).to_be_visible()


def go(teacher: Page, button: str, then: str) -> None:
    """Press the one button, and wait until the page says where the lesson stands."""
    expect(teacher.locator("#on")).to_have_text(re.compile(button))
    teacher.locator("#on").click()
    expect(teacher.locator(".blind-line")).to_contain_text(then)


def started(teacher: Page) -> str:
    """Paste a text and press Start; the code that is shown."""
    teacher.goto("/exercises/new/")
    teacher.get_by_role("textbox", name="Text of the article").fill(TEXT)
    teacher.get_by_text("More settings").click()
    teacher.get_by_label("Exit question").fill("What surprised you?")
    teacher.get_by_role("button", name="Start", exact=True).click()
    code = teacher.get_by_text(CODE)
    expect(code).to_be_visible()
    return code.inner_text()


def gathered(teacher: Page, screen_of: Callable[..., Page], code: str) -> list[Pupil]:
    """One by the code on a phone, three by the link."""
    phone = screen_of(**PHONE)
    phone.goto("/join/")
    phone.get_by_label("Class code").fill(code.lower().replace("-", " "))
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_role("heading", name="Pick a name")).to_be_visible()
    look(phone)
    pupils = [join(phone)]
    for _ in range(3):
        page = screen_of()
        page.goto(phone_link())
        pupils.append(join(page))
    for pupil in pupils:
        expect(pupil.page.get_by_role("heading", name=f"You are in, {pupil.name}")).to_be_visible()
    expect(teacher.locator("#progress")).to_contain_text(re.compile(r"4\s*joined"), timeout=15_000)
    return pupils


def phone_link() -> str:
    """What the QR code says."""
    return f"/join/{Exercise.objects.get().classroom.door.token}/"


def returned(pupil: Pupil, screen_of: Callable[..., Page], code: str) -> Pupil:
    """Leave the computer, and go on at another one with the resume code."""
    pupil.page.get_by_role("button", name="is this you?").click()
    pupil.page.get_by_role("button", name="Not me").click()
    expect(pupil.page).to_have_url(re.compile("/join/"))
    page = screen_of()
    page.goto("/resume/")
    page.get_by_label("Class code").fill(code)
    page.get_by_label("The name you read under").fill(pupil.name)
    page.get_by_label("Resume code").fill(pupil.resume.lower())
    page.get_by_role("button", name="Come back").click()
    expect(page.get_by_role("link", name="Go on reading")).to_be_visible()
    page.get_by_role("link", name="Go on reading").click()
    expect(page.locator("body.scripted #text")).to_be_visible()
    return Pupil(page, pupil.name, pupil.resume)


def keyed(teacher: Page) -> None:
    """The teacher's key: the appeal, with an explanation."""
    address = teacher.url
    teacher.get_by_role("button", name="Make the key").click()
    expect(teacher.locator("body.scripted #text")).to_be_visible()
    key = ReadingScreen(teacher, Reading.objects.get(is_key=True))
    key.mark(APPEAL, "Boilerplate")
    key.saved(1)
    Span.objects.filter(reading=key.reading).update(note="It fits under any story.")
    teacher.goto(address)


def test_a_lesson_from_a_pasted_text_to_the_archive(screen_of: Callable[..., Page]) -> None:
    factories.codebook()
    factories.teacher("marit")
    teacher, wall = screen_of("marit"), screen_of(viewport={"width": 1280, "height": 720})
    code = started(teacher)
    pupils = gathered(teacher, screen_of, code)
    with teacher.context.expect_page() as opened:
        teacher.get_by_role("button", name="Projector").click()
    opened.value.wait_for_load_state()
    wall.goto(opened.value.url)
    expect(wall.get_by_text(code)).to_be_visible()
    read_alone(teacher, wall, pupils, screen_of, code)
    looked_together(teacher, wall, pupils)
    wrapped_up(teacher, wall, pupils)


def read_alone(
    teacher: Page, wall: Page, pupils: list[Pupil], screen_of: Callable[..., Page], code: str
) -> None:  # fmt: skip
    """The warm-up, the blind reading, and what comes late."""
    go(teacher, "warm up", "Warm-up")
    first = pupils[0].page
    first.get_by_role("button", name="Opinion").click()
    expect(first.get_by_role("heading", name="Look again")).to_be_visible()
    first.get_by_role("button", name="Claim").click()
    expect(first.get_by_role("heading", name="Yes, claim")).to_be_visible()
    teacher.locator("#skip").click()
    expect(teacher.locator(".blind-line")).to_contain_text("Blind reading")
    screens = [begin(pupil) for pupil in pupils]
    screens[1].mark(APPEAL, "Boilerplate")
    screens[1].saved(1)
    look(pupils[1].page)
    teacher.get_by_role("button", name="Nudge all").click()
    expect(pupils[1].page.get_by_text("are you still there?")).to_be_visible(timeout=15_000)
    pupils[1] = returned(pupils[1], screen_of, code)
    expect(pupils[1].screen().cards).to_have_count(1)
    late = screen_of()
    late.goto(phone_link())
    pupils.append(join(late))
    begin(pupils[4]).mark(APPEAL, "Claim")
    for pupil in pupils[:4]:
        hand_in(pupil.page)
    expect(teacher.locator("#progress")).to_contain_text(re.compile(r"4\s*handed in"), timeout=15_000)
    expect(wall.locator(".wall-key")).to_contain_text(re.compile(r"4\s*handed in"), timeout=15_000)
    look(teacher)
    look(wall)
    keyed(teacher)
    go(teacher, "close the reading", "Closed")
    Exercise.objects.update(closed_at=Exercise.objects.get().closed_at - timedelta(minutes=3))
    screen = pupils[4].screen()
    screen.mark(BARGAIN, "Opinion")
    expect(pupils[4].page.get_by_text("It is kept, but does not count.").first).to_be_visible()
    assert dict(screen.rows().values_list("quote", "is_late")) == {APPEAL: False, BARGAIN: True}


def looked_together(teacher: Page, wall: Page, pupils: list[Pupil]) -> None:
    """The reveal, passage by passage, and the second round of one who changes a mark."""
    go(teacher, "show the class", "Discussion")
    expect(wall.locator("mark, .heat").first).to_be_visible(timeout=15_000)
    for pupil in pupils[:4]:
        assert pupil.name not in wall.content()
    second = pupils[1]
    second.page.goto(f"/exercises/{Exercise.objects.get().uuid}/")
    expect(second.page.get_by_role("heading", name="Now we look together")).to_be_visible()
    go(teacher, "passage by passage", "Passage by passage")
    go(teacher, "revise", "Second round")
    second.page.get_by_role("button", name="Look again").click(timeout=15_000)
    expect(second.page.locator("body.scripted #text")).to_be_visible()
    again = second.screen(2)
    again.mark(BARGAIN, "Opinion")
    again.saved(2)
    hand_in(second.page)
    assert second.screen().quotes() == [(APPEAL, "boilerplate")]


def wrapped_up(teacher: Page, wall: Page, pupils: list[Pupil]) -> None:
    """The result with the teacher's words, the exit question, the archive."""
    address = teacher.url
    go(teacher, "wrap up", "Wrapped up")
    page = pupils[1].page
    page.goto(f"/readings/{pupils[1].screen(2).reading.uuid}/result/")
    expect(page.get_by_role("heading", name="You changed 1 highlight")).to_be_visible()
    expect(page.get_by_text("It fits under any story.").first).to_be_visible()
    look(page)
    go(teacher, "exit question", "Exit question")
    page.goto(f"/exercises/{Exercise.objects.get().uuid}/")
    page.get_by_role("textbox", name="What surprised you?").fill("How much of it is said by others.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("button", name="Send the new answer")).to_be_visible()
    teacher.goto(f"/exercises/{Exercise.objects.get().uuid}/exit/")
    expect(teacher.get_by_text("How much of it is said by others.")).to_be_visible()
    teacher.goto(address)
    teacher.get_by_role("link", name="Put it into the archive").click()
    teacher.get_by_role("button", name="Put it into the archive").click()
    expect(teacher.locator(".blind-line")).to_contain_text("In the archive")
    states = Reading.objects.filter(is_key=False).order_by("round", "member_id").values_list("round", "state")
    assert list(states) == [*[(1, "submitted")] * 4, (1, "collected"), (2, "submitted")]
