"""A whole lesson in browsers: a teacher, the projector and five pupils, from a pasted text to the archive."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotator.exporters import csv_file
from annotator.models import Exercise, Reading
from tests import factories
from tests.e2e.lesson_screen import (
    SOON,
    Pupil,
    begin,
    begin_by_keys,
    go,
    hand_in,
    hand_in_by_keys,
    join,
    join_by_keys,
    link,
    look,
    returned,
    type_code,
)
from tests.e2e.reading_screen import ReadingScreen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.whole]

PHONE = {"viewport": {"width": 390, "height": 844}}
CODE = re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$")
TEXT = """Storm spares the lantern boats

“We were lucky,” said harbour master Jon Pell. Not one lantern was lost.

Eastquay’s council spent 4,000 crowns on new moorings in May. A bargain, whatever the critics say.

Could you give 3 crowns a month? The Lantern has no other owner than its readers.
"""
APPEAL = "Could you give 3 crowns a month"
BARGAIN = "A bargain, whatever the critics say"
WHY = "It fits under any story."
ANSWER = "How much of it is said by others."

Screens = Callable[..., Page]


def test_a_lesson_from_a_pasted_text_to_the_archive(screen_of: Screens) -> None:
    factories.codebook()
    factories.teacher("marit")
    teacher = screen_of("marit")
    code = started(teacher)
    wall = projected(teacher, screen_of, code)
    pupils = gathered(teacher, screen_of, code)
    expect(wall.get_by_role("status")).to_have_text("4joined", timeout=SOON)
    warmed_up(teacher, wall, pupils[0].page)
    read_alone(teacher, wall, pupils)
    pupils[1] = returned(pupils[1], screen_of(), code)
    expect(pupils[1].screen().cards).to_have_count(1)
    pupils.append(came_late(screen_of(), code))
    handed_in(teacher, wall, pupils)
    closed(teacher, pupils[4])
    looked_together(teacher, wall, pupils)
    wrapped_up(teacher, wall, pupils)
    taken_along(teacher, pupils)
    archived(teacher)


def started(teacher: Page) -> str:
    """Paste a text and press Start; the code that is shown."""
    teacher.goto("/exercises/new/")
    teacher.get_by_role("textbox", name="Text of the article").fill(TEXT)
    teacher.get_by_text("More settings").click()
    teacher.get_by_label("Exit question").fill("What surprised you?")
    look(teacher)
    teacher.get_by_role("button", name="Start", exact=True).click()
    code = teacher.get_by_text(CODE)
    expect(code).to_be_visible()
    return code.inner_text()


def projected(teacher: Page, screen_of: Screens, code: str) -> Page:
    """The projector's address, opened where nobody is signed in."""
    with teacher.context.expect_page() as opened:
        teacher.get_by_role("button", name="Projector").click()
    opened.value.wait_for_load_state()
    wall = screen_of(viewport={"width": 1280, "height": 720})
    wall.goto(opened.value.url)
    expect(wall.get_by_text(code)).to_be_visible()
    opened.value.close()
    return wall


def gathered(teacher: Page, screen_of: Screens, code: str) -> list[Pupil]:
    """One by the code on a phone, three by the link, the third of them by keyboard alone."""
    phone, second, keys, fourth = screen_of(**PHONE), screen_of(), screen_of(), screen_of()
    type_code(phone, code)
    look(phone)
    for page in (second, keys, fourth):
        page.goto(link())
    pupils = [join(phone), join(second), join_by_keys(keys), join(fourth)]
    for pupil in pupils:
        expect(pupil.page.get_by_role("heading", name=f"You are in, {pupil.name}")).to_be_visible()
    expect(teacher.locator("#progress")).to_contain_text(re.compile(r"4\s*joined"), timeout=SOON)
    look(phone)
    look(teacher)
    return pupils


def warmed_up(teacher: Page, wall: Page, pupil: Page) -> None:
    """A wrong tap, then the right one."""
    go(teacher, "warm up", "Warm-up")
    pupil.get_by_role("button", name="Opinion").click(timeout=SOON)
    expect(pupil.get_by_role("heading", name="Look again")).to_be_visible()
    look(pupil)
    pupil.get_by_role("button", name="Claim").click()
    expect(pupil.get_by_role("heading", name="Yes, claim")).to_be_visible()
    expect(wall.get_by_role("status")).to_contain_text("of 4 has voted", timeout=SOON)
    look(wall)
    teacher.locator("#skip").click()
    expect(teacher.locator(".blind-line")).to_contain_text("Blind reading")


def read_alone(teacher: Page, wall: Page, pupils: list[Pupil]) -> None:
    """Marks by mouse and by key; a clock, more time for one, a word to all."""
    for pupil in (pupils[0], pupils[1], pupils[3]):
        begin(pupil)
    by_keys = begin_by_keys(pupils[2])
    by_keys.page.locator("#text").focus()
    by_keys.press("PageDown", "Shift+End", "2")
    by_keys.saved(1)
    pupils[1].screen().mark(APPEAL, "Boilerplate")
    pupils[1].screen().saved(1)
    teacher.get_by_text(re.compile("Set a time|Change the time")).click()
    teacher.get_by_label("Minutes from now").fill("10")
    teacher.get_by_role("button", name="Set", exact=True).click()
    expect(teacher.get_by_role("timer")).to_contain_text(re.compile(r"(9|10):\d\d"))
    teacher.get_by_role("button", name=f"+2 min for {pupils[1].name}").click()
    expect(pupils[1].page.get_by_role("timer")).to_contain_text(re.compile(r"1[12]:\d\d"), timeout=SOON)
    expect(pupils[0].page.get_by_role("timer")).to_contain_text(re.compile(r"(9|10):\d\d"), timeout=SOON)
    # Times are kept in whole seconds, and whoever did something in the second of the nudge need not be asked.
    expect(pupils[1].page.get_by_role("timer")).to_contain_text(re.compile(r"11:([0-4]\d|5[0-7])"))
    teacher.get_by_role("button", name="Nudge all").click()
    for pupil in pupils[:2]:
        expect(pupil.page.get_by_text("are you still there?")).to_be_visible(timeout=SOON)
        look(pupil.page)
    pupils[0].page.get_by_role("button", name="I am here").click()
    expect(pupils[0].page.get_by_text("are you still there?")).to_have_count(0)


def came_late(page: Page, code: str) -> Pupil:
    """Somebody joins when the others are reading, and will not hand in."""
    type_code(page, code)
    pupil = join(page)
    screen = begin(pupil)
    screen.mark(APPEAL, "Claim")
    screen.saved(1)
    return pupil


def handed_in(teacher: Page, wall: Page, pupils: list[Pupil]) -> None:
    """Four of five, one of them by keyboard; one of them with nothing marked."""
    hand_in_by_keys(pupils[2].page)
    for pupil in (pupils[0], pupils[1], pupils[3]):
        hand_in(pupil.page)
    look(pupils[0].page)
    expect(teacher.locator("#progress")).to_contain_text(re.compile(r"4\s*handed in"), timeout=SOON)
    expect(wall.locator(".wall-key")).to_contain_text(re.compile(r"4\s*handed in"), timeout=SOON)
    for words in [APPEAL, BARGAIN, *(pupil.name for pupil in pupils)]:
        assert words not in wall.content()
        assert words not in teacher.content() or words in {pupil.name for pupil in pupils}
    look(teacher)
    look(wall)


def closed(teacher: Page, unfinished: Pupil) -> None:
    """The cut-off is two minutes later: what is marked then is kept as late."""
    keyed(teacher)
    go(teacher, "close the reading", "Closed")
    Exercise.objects.update(closed_at=Exercise.objects.get().closed_at - timedelta(minutes=3))
    screen = unfinished.screen()
    screen.mark(BARGAIN, "Opinion")
    expect(unfinished.page.get_by_text("It is kept, but does not count.").first).to_be_visible()
    look(unfinished.page)
    assert dict(screen.rows().values_list("quote", "is_late")) == {APPEAL: False, BARGAIN: True}


def keyed(teacher: Page) -> None:
    """The teacher's key: the appeal, with an explanation."""
    address = teacher.url
    teacher.get_by_role("button", name="Make the key").click()
    expect(teacher.locator("body.scripted #text")).to_be_visible()
    key = ReadingScreen(teacher, Reading.objects.get(is_key=True))
    key.mark(APPEAL, "Boilerplate")
    key.saved(1)
    key.click(APPEAL)
    note = key.open_card.get_by_label("Explanation for readers")
    note.fill(WHY)
    note.press("Enter")
    expect(teacher.locator(".card .note")).to_have_text(WHY)
    key.saved(1)
    look(teacher)
    teacher.goto(address)


def looked_together(teacher: Page, wall: Page, pupils: list[Pupil]) -> None:
    """The reveal, passage by passage, and the second round of one who changes a mark."""
    go(teacher, "show the class", "Discussion")
    expect(wall.locator("mark").first).to_be_visible(timeout=SOON)
    look(wall)
    second = pupils[1].page
    second.goto(f"/exercises/{Exercise.objects.get().uuid}/")
    expect(second.get_by_role("heading", name="Now we look together")).to_be_visible()
    look(second)
    go(teacher, "passage by passage", "Passage by passage")
    look(teacher)
    go(teacher, "revise", "Second round")
    second.get_by_role("button", name="Look again").click(timeout=SOON)
    expect(second.locator("body.scripted #text")).to_be_visible()
    again = pupils[1].screen(2)
    again.mark(BARGAIN, "Opinion")
    again.saved(2)
    hand_in(second)
    assert pupils[1].screen().quotes() == [(APPEAL, "boilerplate")]


def wrapped_up(teacher: Page, wall: Page, pupils: list[Pupil]) -> None:
    """The result with the teacher's words, not before; then the exit question."""
    page, result = pupils[1].page, f"/readings/{pupils[1].screen(2).reading.uuid}/result/"
    go(teacher, "wrap up", "Wrapped up")
    page.goto(result)
    expect(page.get_by_role("heading", name="You changed 1 highlight")).to_be_visible()
    expect(page.get_by_text(WHY).first).to_be_visible()
    look(page)
    go(teacher, "exit question", "Exit question")
    page.goto(f"/exercises/{Exercise.objects.get().uuid}/")
    look(page)
    page.get_by_role("textbox", name="What surprised you?").fill(ANSWER)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("button", name="Send the new answer")).to_be_visible()
    expect(wall.get_by_role("heading", name="What surprised you?")).to_be_visible(timeout=SOON)
    for words in [ANSWER, *(pupil.name for pupil in pupils)]:
        assert words not in wall.content()
    teacher.get_by_role("link", name="Read the answers").click()
    expect(teacher.get_by_text(ANSWER)).to_be_visible()
    look(teacher)
    teacher.go_back()


def taken_along(teacher: Page, pupils: list[Pupil]) -> None:
    """The grade book has everybody, the highlights say which came late."""
    address = teacher.url
    teacher.get_by_role("link", name="Grades").click()
    look(teacher)
    teacher.get_by_label("Include names").check()
    grades = downloaded(teacher, "Download gradebook.csv")
    assert {row["name"] for row in grades} == {pupil.name for pupil in pupils}
    assert sorted(row["status_r1"] for row in grades) == ["collected", *["submitted"] * 4]
    teacher.goto(f"{address}export/")
    spans = downloaded(teacher, "Download")
    late = [row["text"] for row in spans if row["status"] == "late"]
    assert late == [BARGAIN]
    assert sorted(row["round"] for row in spans) == ["0", *["1"] * 4, "2", "2"]
    teacher.goto(address)


def downloaded(page: Page, button: str) -> list[dict[str, str]]:
    """The rows of a file."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    return csv_file.decode(Path(download.value.path()).read_bytes())


def archived(teacher: Page) -> None:
    """Put away, after one question."""
    teacher.get_by_role("link", name="Put it into the archive").click()
    look(teacher)
    teacher.get_by_role("button", name="Put it into the archive").click()
    expect(teacher.locator(".blind-line")).to_contain_text("In the archive")
    states = Reading.objects.filter(is_key=False).order_by("round", "member_id").values_list("round", "state")
    assert list(states) == [*[(1, "submitted")] * 4, (1, "collected"), (2, "submitted")]
