"""The printed report and progress in a browser: one page of A4, small screens, light and dark."""

import io
import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from annotator.models import Classroom, Exercise, Label, Phase, User
from annotator.services.rule_books import Rule, rule_write
from annotator.services.samples import samples_add
from tests import factories
from tests.e2e.axe import barriers_in_both
from tests.reports.agreeing import SUBMITTED, codebook

pytestmark = pytest.mark.django_db(transaction=True)
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


def clipped(page: Page) -> list[str]:
    """What of the sheet is cut off, or stands outside the paper."""
    found: list[str] = page.evaluate("""() => {
        const sheet = document.getElementById("report");
        const paper = sheet.getBoundingClientRect();
        const boxes = [sheet, ...sheet.querySelectorAll(".report-end, .report-end > *")];
        const cut = boxes.filter((box) => box.checkVisibility() && box.scrollHeight > box.clientHeight + 2);
        const out = [...sheet.querySelectorAll("*")].filter((each) => each.checkVisibility() &&
            each.getBoundingClientRect().bottom > paper.bottom + 1);
        return [...cut, ...out].map((each) => each.id || each.className || each.tagName);
    }""")
    return found


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


def test_what_the_class_decided_fits_on_the_same_page(
    page: Page, sign_in: Callable[[User], None], work: Exercise
) -> None:
    member = work.classroom.memberships.get(is_teacher=True)
    for number in range(4):
        text = f"Rule {number} " + "says at some length what counts as a claim " * 6
        rule_write(exercise=work, member=member, rule=Rule(uuid.uuid4(), text, ("claim",), ("opinion",)))
    sign_in(teacher_of(work.classroom))
    page.goto(f"/exercises/{work.uuid}/report/")
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    words = "".join(each.extract_text() for each in printed.pages)
    assert len(printed.pages) == 1
    for each in ("Rule 0", "Rule 1", "Rule 2", "and 1 more in the rule book"):
        assert each in words
    page.emulate_media(media="print")
    assert clipped(page) == []


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
        page.goto(address)
        assert page.locator(".whisker").count()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found += barriers_in_both(page)
    assert found == []


def printed(page: Page, work: Exercise) -> PdfReader:
    """The report as a printer gets it."""
    page.goto(f"/exercises/{work.uuid}/report/")
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sample_classs_report_is_one_light_page_of_a4(
    page: Page, sign_in: Callable[[User], None], scheme: str
) -> None:
    teacher = factories.teacher("vera")
    samples_add(teacher=teacher)
    sign_in(teacher)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    work = Exercise.objects.get(phase=Phase.REVEALED)
    [sheet] = printed(page, work).pages
    assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (595, 842)
    assert work.title in sheet.extract_text().replace("\n", " ")
    page.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]
    colours = page.evaluate("[document.body, document.querySelector('main')].map(e => getComputedStyle(e).color)")
    assert all(max(map(int, re.findall(r"\d+", each)[:3])) < 100 for each in colours)


def test_three_articles_with_long_titles_and_nine_tags_are_one_page_too(
    page: Page, sign_in: Callable[[User], None]
) -> None:
    teacher = factories.teacher("rosa")
    long = "The council’s long debate about closing the main street of Harrow Vale to cars for a whole year " * 2
    texts = [
        factories.article(teacher, text=TEXT.strip(), title=f"{number}. {long}".strip(), publication="The Courier")
        for number in (1, 2, 3)
    ]
    work = factories.exercise(factories.classroom(teacher, name="C" * 80), texts, phase=Phase.CLOSED, title=long[:150])
    version = codebook(9)
    Exercise.objects.filter(pk=work.pk).update(codebook_version=version, closed_at=factories.NOON)
    Label.objects.filter(version=version).update(name="A tag with a very long name of its own")
    work.refresh_from_db()
    slugs = list(version.labels.values_list("slug", flat=True))
    for number in range(6):
        member = factories.reader(work.classroom)
        for text in texts:
            reading = factories.reading(work, member, text=text, **SUBMITTED)
            for place in range(9):
                start = TEXT.index(f"Sentence {place:02d}")
                factories.span(reading, start + 9 * (number % 3), start + 130 + 7 * number, slugs[(number + place) % 9])
    sign_in(teacher)
    pages = printed(page, work).pages
    assert len(pages) == 1
    assert "Codebook Of 9, version 1." in pages[0].extract_text()


def test_a_chart_of_progress_has_its_numbers_in_a_table_and_first_rounds_alone(
    page: Page, sign_in: Callable[[User], None], work: Exercise
) -> None:
    sign_in(teacher_of(work.classroom))
    page.goto(f"/classrooms/{work.classroom.uuid}/progress/")
    shown = page.get_by_role("main").inner_text()
    for first in work.readings.filter(is_key=False).order_by("pk"):
        again = factories.reading(work, first.member, round=2, **SUBMITTED)
        factories.span(again, 0, 130, "claim")
    page.reload()
    assert page.get_by_role("main").inner_text() == shown
    rows = page.get_by_role("row").filter(has=page.get_by_role("link", name=work.title))
    expect(rows).to_have_count(1)
    expect(rows.get_by_role("cell").first.locator("b")).to_have_text(re.compile(r"\d"))
    expect(rows.get_by_role("cell").first.locator(".whisker")).to_have_count(1)
