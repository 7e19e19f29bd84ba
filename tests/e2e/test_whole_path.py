"""The whole path as a stranger walks it: sign in, upload, check, tag, undo, reload, hand in, close, export."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotator.exporters import csv_file
from annotator.models import Reading
from annotator.services.accounts import teacher_add
from tests.e2e.axe import barriers_in_both
from tests.e2e.reading_screen import ReadingScreen

pytestmark = pytest.mark.whole

PASSWORD = "a lantern in the harbour"
TWIN = "Not one lantern was lost."
ARTICLE = f"""Storm spares the lantern boats

“We were lucky,” said harbour master Jon Pell. {TWIN} The storm reached 92\u00a0km/h at midnight.

Eastquay’s council spent 4,000 crowns on new moorings in May 🏮. A bargain, whatever the mayor’s critics say.

{TWIN} Riverline, which owns two of the boats, did not reply to our questions.

Could you give 3 crowns a month? The Lantern has no other owner than its readers.

Remind me in December

© 2026 The Eastquay Lantern. All rights reserved.
"""
BY_MOUSE = [
    ("We were lucky", 0, "Opinion"),
    ("said harbour master Jon Pell", 0, "Attribution"),
    (TWIN, 0, "Claim"),
    (TWIN, 1, "Claim"),
    ("Remind me in December", 0, "Boilerplate"),
]


@pytest.fixture
def screens(page: Page) -> Callable[[], None]:
    """Has axe look at the page that is open, in both colour schemes."""

    def look() -> None:
        assert barriers_in_both(page) == []

    return look


def test_from_a_file_to_a_csv(page: Page, screens: Callable[[], None], tmp_path: Path) -> None:
    teacher_add(username="vera", password=PASSWORD, name="Vera Osk")
    signed_in(page, screens)
    uploaded(page, screens, tmp_path)
    screen = begun(page, screens)
    tagged(screen, screens)
    handed_in(screen, screens)
    rows = exported(screen, screens)
    stored = screen.reading.article.text
    assert len(rows) == 10
    for row in rows:
        assert row["text"] == stored[int(row["start"]) : int(row["end"])]
    twins = [int(row["start"]) for row in rows if row["text"] == TWIN]
    assert twins == [stored.index(TWIN), stored.rindex(TWIN)]


def signed_in(page: Page, screens: Callable[[], None]) -> None:
    """By the door, from an address that needs a person."""
    page.goto("/articles/")
    expect(page).to_have_url(re.compile(r"/sign-in/\?next="))
    screens()
    page.get_by_label("User name").fill("Vera")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Library")).to_be_visible()
    screens()


def uploaded(page: Page, screens: Callable[[], None], folder: Path) -> None:
    """A file, its preview, and the library."""
    file = folder / "storm.txt"
    file.write_text(ARTICLE, encoding="utf-8", newline="\r\n")
    page.get_by_role("link", name="Add your first article").click()
    screens()
    page.get_by_label("Choose a file").first.set_input_files(file)
    page.get_by_role("button", name="Continue to preview").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("Storm spares the lantern boats")
    screens()
    page.get_by_role("button", name="Save to library").click()
    expect(page.get_by_role("button", name="Read it now")).to_be_visible()
    screens()


def begun(page: Page, screens: Callable[[], None]) -> ReadingScreen:
    """The annotate screen."""
    page.get_by_role("button", name="Read it now").click()
    expect(page.locator("body.scripted")).to_be_attached()
    reading = Reading.objects.select_related("article").get()
    assert reading.article.text == ARTICLE.strip()
    return ReadingScreen(page, reading)


def tagged(screen: ReadingScreen, screens: Callable[[], None]) -> None:
    """Five by mouse, five by keyboard; the last one undone, done again after a reload."""
    for words, nth, label in BY_MOUSE:
        screen.mark(words, label, nth)
    screen.saved(5).check_text()
    screen.press("Escape")
    screen.page.locator("#text").focus()
    # The caret begins at the headline: a sentence of it, then four more further down, each with a digit.
    screen.press(*["PageUp"] * 8, "1")
    screen.saved(6)
    screen.press("PageDown", "PageDown", "Shift+End", "1")
    screen.press("PageDown", "PageDown", "4", "PageDown", "PageDown", "4")
    screen.saved(9)
    screen.press("PageUp", "PageUp", "PageUp", "ArrowDown", "Shift+ArrowRight", "2")
    screen.saved(10)
    screen.undo()
    screen.saved(9)
    screen.page.reload()
    expect(screen.page.locator("body.scripted")).to_be_attached()
    screen.saved(9)
    expect(screen.cards).to_have_count(9)
    screen.redo()
    screen.saved(10).check_text()
    screens()


def handed_in(screen: ReadingScreen, screens: Callable[[], None]) -> None:
    """Done, after one question."""
    screen.page.get_by_role("link", name="Hand in").click()
    screens()
    screen.page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
    expect(screen.page.get_by_text("You have handed this reading in").first).to_be_visible()
    screens()


def exported(screen: ReadingScreen, screens: Callable[[], None]) -> list[dict[str, str]]:
    """Close the exercise and read the rows of its spans.csv."""
    page = screen.page
    page.get_by_label("Where you are").get_by_role("link").first.click()
    screens()
    page.get_by_role("button", name="Next: close the reading").click()
    page.get_by_role("link", name="Export", exact=True).click()
    screens()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    return csv_file.decode(Path(download.value.path()).read_bytes())
