"""The printed report and progress in a browser: one page of A4, small screens, light and dark."""

import io
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pypdf import PdfReader

from annotator.models import Classroom, Exercise, Phase, User
from tests import factories
from tests.reports.agreeing import SUBMITTED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
LABELS = ("claim", "attribution", "opinion", "boilerplate")
# Sentences longer than the page quotes, so that all three fill their place.
TEXT = "\n\n".join(f"Sentence {number:02d} " + "goes on and on about the same long story " * 6 for number in range(9))


@pytest.fixture
def work() -> Exercise:
    """Eight readers who used every tag in every sentence."""
    teacher = factories.teacher("rosa")
    title = "Council votes to close the main street to cars for a year after a long debate"
    text = factories.article(teacher, text=TEXT.strip(), title=title, publication="The Harrow Vale Courier")
    made = factories.exercise(factories.classroom(teacher), [text], phase=Phase.WRAPPED_UP)
    Exercise.objects.filter(pk=made.pk).update(shows_score=True, closed_at=factories.NOON)
    for number in range(8):
        reading = factories.reading(made, factories.reader(made.classroom), **SUBMITTED)
        for place in range(9):
            start = TEXT.index(f"Sentence {place:02d}")
            factories.span(reading, start + 9 * (number % 3), start + 130 + 7 * number, LABELS[number % 4])
    key = factories.reading(made, made.classroom.memberships.get(is_teacher=True), round=0, is_key=True, **SUBMITTED)
    factories.span(key, 0, 90, "claim")
    return made


def teacher_of(room: Classroom) -> User:
    return room.memberships.get(is_teacher=True).user


def test_the_report_prints_on_one_page_with_all_that_is_on_it(
    page: Page, sign_in: Callable[[User], None], work: Exercise
) -> None:
    sign_in(teacher_of(work.classroom))
    page.goto(f"/exercises/{work.uuid}/report/")
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == 1
    words = printed.pages[0].extract_text()
    assert "seed 20240" in words
    assert "One page of A4" not in words


@pytest.mark.parametrize("width", [320, 1280])
def test_all_three_pages_fit_and_axe_finds_nothing(
    page: Page, sign_in: Callable[[User], None], work: Exercise, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    found = []
    reader = work.readings.filter(is_key=False).first().member.user
    addresses = [
        (teacher_of(work.classroom), f"/exercises/{work.uuid}/report/"),
        (teacher_of(work.classroom), f"/classrooms/{work.classroom.uuid}/progress/"),
        (reader, "/me/progress/"),
    ]
    for user, address in addresses:
        sign_in(user)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(address)
            assert page.locator(".whisker").count()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            found += [each["id"] for each in Axe().run(page, options=AXE).response["violations"]]
    assert found == []
