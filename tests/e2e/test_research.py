"""The researcher's table in a browser: from a cell to the sentences and on to the text, by keys, small, and to take."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page, expect

from annotator.models import Exercise, Phase, User
from tests import factories
from tests.e2e.lesson_screen import look
from tests.reports.agreeing import SUBMITTED

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Ferry\n\n" + "\n\n".join(f"Paragraph {n} says so. And 🏮 more of it." for n in range(1, 7))
LABELS = ("claim", "opinion", "attribution")


@pytest.fixture
def work(sign_in: Callable[[User], None]) -> Exercise:
    """Two articles, six readers who part more and more; their teacher signed in."""
    leader = factories.teacher("rosa")
    room = factories.classroom(leader)
    texts = [factories.article(leader, text=TEXT, title=f"Ferry number {number}") for number in (1, 2)]
    made = factories.exercise(room, texts, phase=Phase.CLOSED)
    people = [factories.reader(room) for _each in range(6)]
    for text in texts:
        for place, member in enumerate(people):
            reading = factories.reading(made, member, text=text, **SUBMITTED)
            for number in range(1, 7):
                start = TEXT.index(f"Paragraph {number} says")
                label = LABELS[0] if number > place else LABELS[place % 3]
                factories.span(reading, start, start + 16 + 3 * (place % 2), label)
    sign_in(leader)
    return made


def codes(work: Exercise) -> list[str]:
    return sorted({each.member.code for each in work.readings.all()})


def opened(page: Page, work: Exercise) -> None:
    page.goto(f"/exercises/{work.uuid}/research/")
    page.wait_for_load_state("load")


def test_a_cell_leads_to_the_sentences_and_a_sentence_to_the_text(page: Page, work: Exercise) -> None:
    first, *_rest, last = codes(work)
    opened(page, work)
    row = page.get_by_role("table").filter(has=page.get_by_role("rowheader", name=first, exact=True)).get_by_role("row")
    row.filter(has=page.get_by_role("rowheader", name=first, exact=True)).get_by_role("cell").last.get_by_role(
        "link"
    ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Where {first} and {last} differ")
    sentence = page.get_by_role("listitem").filter(has=page.get_by_text("of what differs")).first
    expect(sentence.locator("q")).to_have_count(2)
    words = (sentence.locator("q").first.text_content() or "").strip("“”")
    sentence.get_by_role("link", name="Ferry number").click()
    page.wait_for_url("**/reveal/**")
    expect(page.locator("#passage")).to_have_text(words)
    expect(page.locator("#passage")).to_be_in_viewport()


def test_arrow_keys_walk_the_matrix_which_is_one_stop_for_tab(page: Page, work: Exercise) -> None:
    first, second, *_rest = codes(work)
    opened(page, work)
    matrix = page.locator("[data-cells]")
    expect(matrix.locator('a[tabindex="0"]')).to_have_count(1)
    page.locator(f"#reader-{first}").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#reader-{second}")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('td').cellIndex") == 3
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Where {second} and {first} differ")
    page.go_back()
    expect(page.get_by_role("heading", name="Researcher’s table", level=1)).to_be_visible()


def test_choosing_a_reader_or_a_tag_changes_that_part_alone_and_keeps_the_focus(page: Page, work: Exercise) -> None:
    third = codes(work)[2]
    opened(page, work)
    page.evaluate("document.body.dataset.same = 'page'")
    page.locator(f"#reader-{third}").click()
    expect(page.locator("#reader-title")).to_have_text(third)
    expect(page.locator(f"#reader-{third}")).to_be_focused()
    page.get_by_role("list", name="Tag").get_by_role("link", name="Opinion").click()
    expect(page.get_by_role("list", name="Tag").get_by_role("link", name="Opinion")).to_have_attribute(
        "aria-current", "true"
    )
    expect(page.locator("#reader-title")).to_have_text(third)
    assert page.evaluate("document.body.dataset.same") == "page"
    address = page.url
    page.get_by_role("link", name=f"Read {third}’s passages").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Where {third} differs from the others")
    expect(page.get_by_label("Tag")).to_have_value("opinion")
    page.goto(address)
    expect(page.locator("#reader-title")).to_have_text(third)


def test_the_paragraph_is_copied(page: Page, context: BrowserContext, work: Exercise) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, work)
    page.get_by_role("button", name="Copy the paragraph").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("6 readers annotated 2 articles")
    assert "seed 20240" in copied


def test_the_bundle_a_browser_downloads_computes_to_what_the_page_shows(
    page: Page, work: Exercise, tmp_path: Path
) -> None:
    opened(page, work)
    shown = page.locator("#research-alpha tbody .main").first.text_content()
    with page.expect_download() as download:
        page.get_by_role("link", name="bundle.zip").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        archive.extractall(tmp_path)
    out = io.StringIO()
    command = ["agreement", str(tmp_path / "spans.csv"), "--readings", str(tmp_path / "readings.csv"), "--json"]
    call_command(*command, stdout=out)
    assert f"{json.loads(out.getvalue())['alpha']['any']:.3f}" == shown
    with (tmp_path / "measures.csv").open(newline="") as file:
        values = [row["value"] for row in csv.DictReader(file) if row["measure"] == "alpha_any"]
    assert f"{float(values[0]):.3f}" == shown


def test_without_javascript_reader_and_sentences_are_links_all_the_same(
    screen_of: Callable[..., Page], work: Exercise
) -> None:
    page = screen_of("rosa", java_script_enabled=False)
    first, second, *_rest = codes(work)
    page.goto(f"/exercises/{work.uuid}/research/")
    page.get_by_role("link", name=second, exact=True).first.click()
    expect(page.locator("#reader-title")).to_have_text(second)
    page.goto(f"/exercises/{work.uuid}/research/passages/?reader={first}&other={second}")
    page.get_by_label("Beside").select_option("")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Where {first} differs from the others")


@pytest.mark.parametrize("width", [320, 1280])
def test_both_pages_fit_and_axe_finds_nothing(page: Page, work: Exercise, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    first, second, *_rest = codes(work)
    for address in (
        "research/",
        f"research/passages/?reader={first}&other={second}",
        f"research/passages/?reader={first}",
    ):
        page.goto(f"/exercises/{work.uuid}/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        look(page)
