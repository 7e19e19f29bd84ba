"""A teacher's path from the end of the blind phase to an exported key, and what a reader then meets of it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotator.exporters import csv_file
from annotator.models import Decision, Exercise, Phase, Reading
from annotator.services.accounts import teacher_add
from tests import factories
from tests.e2e.lesson_screen import go, look
from tests.reports.agreeing import SUBMITTED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.whole]

PASSWORD = "a lantern in the harbour"
BRIDGE, SAYS, SHAME, GIVE = "The bridge reopened in May", "Mayor Ilse Varga said", "a shame", "Give 3 crowns a month."
TEXT = f"Bridge\n\n{BRIDGE} 🏮. {SAYS} it is safe.\n\nIt is {SHAME} that nobody asked Riverline.\n\n{GIVE}"
WHY = "One loaded word is enough: mark just that word."


@pytest.fixture
def work() -> Exercise:
    """An open exercise of a class of six, who have all handed in."""
    leader = teacher_add(username="vera", password=PASSWORD, name="Vera Osk")
    room = factories.classroom(leader)
    made = factories.exercise(room, [factories.article(leader, text=TEXT, title="Bridge")], phase=Phase.OPEN)
    for place in range(6):
        reading = factories.reading(made, factories.reader(room, pseudonym=f"Reader {place}"), **SUBMITTED)
        marks = [(BRIDGE, "claim"), (SAYS if place < 4 else SAYS[6:], "attribution"), (GIVE, "boilerplate")]
        if place:
            marks.append((SHAME if place < 4 else f"It is {SHAME}", "opinion" if place % 2 else "claim"))
        for words, label in marks:
            factories.mark(reading, words, label)
    return made


def signed_in(page: Page, work: Exercise) -> None:
    """By the door."""
    page.goto(f"/exercises/{work.uuid}/")
    page.get_by_label("User name").fill("vera")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name=work.title)).to_be_visible()


def walked(page: Page, work: Exercise) -> None:
    """What splits the class, by the arrow keys."""
    page.goto(f"/exercises/{work.uuid}/reveal/")
    page.wait_for_load_state("load")
    where = page.locator(".reveal-steps .muted")
    expect(where).to_have_text(re.compile(r"1 of \d"))
    expect(page.locator("#passage")).to_contain_text(SHAME)
    page.keyboard.press("ArrowRight")
    expect(where).to_have_text(re.compile(r"2 of \d"))
    expect(page.locator("#passage")).to_contain_text("Ilse Varga")
    page.keyboard.press("ArrowLeft")
    expect(where).to_have_text(re.compile(r"1 of \d"))


def figured(page: Page) -> None:
    """The figures, by the bar that leads from page to page."""
    page.get_by_role("navigation", name="What the class found").get_by_role("link", name="Figures").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("6 readers").first).to_be_visible()


def at(page: Page, number: int, of: int) -> None:
    expect(page.locator("#steps")).to_contain_text(f"Proposal {number} of {of}")
    expect(page.locator("#panel")).to_be_focused()


def adjudicated(page: Page) -> None:
    """Accept one, give one other edges, leave one out, say why, take one back, all by keys."""
    page.get_by_role("navigation", name="What the class found").get_by_role("link", name="Key").press("Enter")
    expect(page.get_by_role("heading", name="Make the key")).to_be_visible()
    page.locator("#panel").focus()
    at(page, 1, 4)
    page.keyboard.press("a")
    at(page, 2, 4)
    page.keyboard.press("e")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#decision .primary")).to_contain_text("edges edited")
    expect(page.locator("#panel")).to_be_focused()
    page.keyboard.press("Enter")
    at(page, 3, 4)
    page.locator("#panel textarea").press_sequentially(WHY)
    page.keyboard.press("Escape")
    page.locator("#panel").focus()
    page.keyboard.press("a")
    at(page, 4, 4)
    page.keyboard.press("a")
    expect(page.locator("#panel")).to_contain_text("Every proposal is decided")
    page.keyboard.press("Control+z")
    at(page, 4, 4)
    page.keyboard.press("r")
    expect(page.locator("#panel")).to_contain_text("Every proposal is decided")
    expect(page.locator("#panel")).to_be_focused()


def exported(page: Page) -> list[dict[str, str]]:
    """The rows of the key in spans.csv."""
    page.get_by_role("link", name="Export", exact=True).press("Enter")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download", exact=True).press("Enter")
    rows = csv_file.decode(Path(download.value.path()).read_bytes())
    assert len([row for row in rows if row["is_key"] == "0"]) == 23
    return [row for row in rows if row["is_key"] == "1"]


def test_from_closing_the_reading_to_an_exported_key(page: Page, work: Exercise) -> None:
    signed_in(page, work)
    go(page, "close the reading", "Closed")
    go(page, "show the class", "Discussion")
    walked(page, work)
    figured(page)
    adjudicated(page)
    look(page)
    rows = exported(page)
    assert [(row["label"], row["text"], row["note"]) for row in rows] == [
        ("claim", BRIDGE, ""),
        ("attribution", SAYS[6:], ""),
        ("opinion", SHAME, WHY),
    ]
    for row in rows:
        assert row["text"] == TEXT[int(row["start"]) : int(row["end"])]
        assert (row["annotator"], row["round"]) == ("key", "0")
    standing = Decision.objects.standing().order_by("start")
    assert [(each.kind, each.label.slug) for each in standing] == [
        ("accepted", "claim"), ("edited", "attribution"), ("accepted", "opinion"), ("rejected", "boilerplate"),
    ]  # fmt: skip
    made = {str(each.span.uuid) for each in standing if each.span}
    assert {row["span_id"] for row in rows} == made


def test_a_reader_meets_the_key_and_its_reasons_in_the_wrap_up_and_not_before(
    page: Page, work: Exercise, screen_of: Callable[..., Page]
) -> None:
    signed_in(page, work)
    go(page, "close the reading", "Closed")
    go(page, "show the class", "Discussion")
    page.goto(f"/exercises/{work.uuid}/reveal/")
    adjudicated(page)
    reading = Reading.objects.filter(exercise=work, is_key=False).order_by("pk")[1]
    pupil = screen_of(reading.member.user.username)
    pupil.goto(f"/readings/{reading.uuid}/result/")
    expect(pupil.get_by_role("heading", name="Your reading, next to the class")).to_be_visible()
    assert WHY not in pupil.content()
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.WRAPPED_UP)
    pupil.goto(f"/readings/{reading.uuid}/result/")
    expect(pupil.get_by_role("heading", name="Your reading, next to the key and the class")).to_be_visible()
    expect(pupil.get_by_text(WHY).first).to_be_visible()
    look(pupil)
