"""A pupil who has no mouse: from the class's code to handed in, by keys alone; in the text, and by sentence."""

import pytest
from playwright.sync_api import Locator, Page, expect

from annotator.domain.codes import code_shown
from annotator.models import Block, Classroom, Door, Reading
from annotator.services.classrooms import classroom_add
from tests import factories
from tests.e2e.lesson_screen import tab_to

pytestmark = pytest.mark.whole

# Whatever a hand on a mouse, a pen or a screen would cause.
WATCH = """() => {
  window.byHand = [];
  for (const name of ["pointerdown", "mousedown", "mousemove", "touchstart", "wheel"]) {
    window.addEventListener(name, (event) => window.byHand.push(event.type), true);
  }
}"""


@pytest.fixture
def room() -> Classroom:
    """A class with an open exercise on one article of five sentences."""
    teacher = factories.teacher("marit")
    made = classroom_add(teacher=teacher, name="Class 9B")
    text = factories.article(teacher)
    Block.objects.filter(article=text, number=2).update(sentences=[28, 115])
    factories.exercise(made, [text])
    return made


class Keys:
    """Hands on a keyboard: what has the focus is all one can reach."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(f"({WATCH})()")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def to(self, part: Locator, key: str = "Tab") -> None:
        """Press Tab until a part of the page has the focus, as everybody must be able to."""
        expect(part).to_be_visible()
        tab_to(self.page, part, key)

    def button(self, name: str, role: str = "button") -> None:
        """Go to a button, or to a link, and press it."""
        self.to(self.page.get_by_role(role, name=name, exact=True).last)  # type: ignore[arg-type]
        self.press("Enter")

    def check(self) -> None:
        """No hand has touched a mouse on this page."""
        assert self.page.evaluate("window.byHand") == []


@pytest.fixture
def keys(page: Page, room: Classroom) -> Keys:
    """A pupil in front of the article, who came in with the class's code."""
    hands = Keys(page)
    page.goto("/join/")
    hands.to(page.get_by_label("Class code"))
    page.keyboard.type(code_shown(Door.objects.get(classroom=room).code))
    hands.press("Enter")
    expect(page.get_by_role("heading", name="Pick a name to read under")).to_be_visible()
    hands.button("Start reading")
    page.wait_for_url("**/exercises/**")
    return hands


def begun(keys: Keys) -> Reading:
    """Begin the reading of the exercise's article."""
    page = keys.page
    start = page.get_by_role("button", name="Start").or_(page.get_by_role("button", name="Read")).first
    keys.to(start)
    keys.press("Enter")
    page.wait_for_url("**/readings/**")
    expect(page.locator("body.scripted")).to_be_attached()
    return Reading.objects.get()


def marks(reading: Reading) -> list[tuple[str, str]]:
    rows = reading.spans.current().in_reading_order().select_related("label")
    return [(span.quote, span.label.slug) for span in rows]


def test_in_the_text_from_the_code_to_handed_in(keys: Keys) -> None:
    reading = begun(keys)
    page = keys.page
    keys.to(page.locator("#text"))
    keys.press("PageDown", "ArrowDown", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "1")
    keys.press("PageDown", "2", "Enter", "[", "ArrowRight", "ArrowRight", "Enter", "3")
    keys.press("PageDown", "4", "Delete", "P", "Delete", "Control+z")
    expect(page.locator("#saved")).to_have_text("All 3 highlights saved")
    keys.press("N", "N", "Tab")
    expect(page.locator(".card.active").get_by_role("button", name="Retag")).to_be_focused()
    keys.to(page.locator(".card.active").get_by_label("Note"))
    page.keyboard.type("Ask the reader for money")
    keys.press("Enter")
    expect(page.locator(".card .note")).to_have_text("Ask the reader for money")
    hand_in(keys, reading)
    assert len(marks(reading)) == 3
    keys.check()


def test_by_sentence_from_the_code_to_handed_in(keys: Keys) -> None:
    reading = begun(keys)
    page = keys.page
    keys.button("Tag by sentence", "link")
    page.wait_for_url("**/sentences/**")
    expect(page.locator("body.scripted")).to_be_attached()
    keys.to(page.get_by_role("group", name="Tags for sentence 2").get_by_role("checkbox", name="Claim"))
    keys.press("Space")
    expect(page.locator("#sentence-counts b")).to_have_text("1")
    keys.press("ArrowDown", "3")
    expect(page.locator("#sentence-counts b")).to_have_text("2")
    keys.press("Enter")
    expect(page.get_by_role("combobox", name="First word")).to_be_focused()
    keys.press("ArrowDown")
    expect(page.locator(".edge.open q")).to_have_text("900 visitors came last year.")
    hand_in(keys, reading)
    assert [label for _, label in marks(reading)] == ["claim", "opinion"]
    assert marks(reading)[1][0] == "900 visitors came last year."
    keys.check()


def hand_in(keys: Keys, reading: Reading) -> None:
    """Go back up to the button, and say yes."""
    page = keys.page
    keys.to(page.get_by_role("link", name="Hand in").first, "Shift+Tab")
    keys.press("Enter")
    yes = page.get_by_role("dialog").get_by_role("button", name="Hand in")
    keys.to(yes)
    keys.press("Enter")
    expect(page.locator("#state")).to_contain_text("Handed in")
    reading.refresh_from_db()
    assert reading.state == "submitted"
