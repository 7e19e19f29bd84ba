"""The source ledger and its X-ray in a browser, as the teacher and as a pupil, by keys, and small."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Exercise, Phase, User
from tests import factories
from tests.e2e.lesson_screen import look
from tests.reports.agreeing import SUBMITTED

pytestmark = pytest.mark.django_db(transaction=True)

SAYS, SAFE, SHUT = "Mayor Ilse Varga said", "the bridge is safe", "It was shut for a year"
TEXT = f"Bridge\n\n{SAYS} {SAFE}.\n\n" + f"{SHUT}.\n\n" + "Nobody asked the boatmen.\n\n" * 14 + "That was the year."


@pytest.fixture
def work() -> Exercise:
    """Six readers who agree on one source, on a claim of hers, and on one that nobody stands behind."""
    leader = factories.teacher("rosa")
    room = factories.classroom(leader)
    made = factories.exercise(room, [factories.article(leader, text=TEXT, title="Bridge")], phase=Phase.REVEALED)
    for _each in range(6):
        reading = factories.reading(made, factories.reader(room), **SUBMITTED)
        for words, label in ((SAYS, "attribution"), (SAFE, "claim"), (SHUT, "claim")):
            fields = {"source_name": "Ilse Varga", "source_kind": "official"} if label == "attribution" else {}
            factories.mark(reading, words, label, **fields)
    return made


def people(work: Exercise) -> list[User]:
    """The teacher and a pupil."""
    pupil = work.readings.filter(is_key=False).first()
    assert pupil is not None
    return [work.created_by, pupil.member.user]


def paint(page: Page, words: str) -> tuple[str, str]:
    """The colours of the words and of the page around them."""
    found = page.locator("#voices").get_by_text(words, exact=False).first
    return found.evaluate("e => [getComputedStyle(e).color, getComputedStyle(document.body).color]")


@pytest.mark.parametrize("who", [0, 1])
def test_the_x_ray_fades_what_others_say_and_is_switched_by_keys(
    page: Page, sign_in: Callable[[User], None], work: Exercise, who: int
) -> None:
    sign_in(people(work)[who])
    page.goto(f"/exercises/{work.uuid}/sources/")
    faded, text = paint(page, "the bridge is safe")
    own, _text = paint(page, SHUT)
    assert faded != text
    assert own == text
    views = page.get_by_role("navigation", name="How the text is drawn")
    expect(views.get_by_role("link", name="X-ray")).to_have_attribute("aria-current", "true")
    views.get_by_role("link", name="X-ray").focus()
    page.keyboard.press("Tab")
    expect(views.get_by_role("link", name="As written")).to_be_focused()
    page.keyboard.press("Enter")
    expect(views.get_by_role("link", name="As written")).to_have_attribute("aria-current", "true")
    written, text = paint(page, "the bridge is safe")
    assert written == text
    views.get_by_role("link", name="Only sources").press("Enter")
    expect(page.get_by_label("What belongs to a source")).to_be_visible()


def test_a_claim_without_a_source_opens_in_the_text_and_a_source_in_its_first_words(
    page: Page, sign_in: Callable[[User], None], work: Exercise
) -> None:
    sign_in(people(work)[1])
    page.set_viewport_size({"width": 390, "height": 500})
    page.goto(f"/exercises/{work.uuid}/sources/")
    claims = page.get_by_role("region", name="The sources and their share")
    expect(claims.get_by_text("1 of 2 claims stand in sentences that name no source.")).to_be_visible()
    claims.get_by_role("link", name=SHUT).press("Enter")
    start = TEXT.index(SHUT)
    expect(page.locator(f"#s{start}")).to_be_in_viewport()
    assert page.locator(f"#s{start}").evaluate("e => e.matches(':target')")
    page.get_by_role("row", name="Ilse Varga").get_by_role("link").press("Enter")
    expect(page.locator(f"#s{TEXT.index(SAYS)}")).to_be_in_viewport()


def test_the_bar_has_its_numbers_in_the_table(page: Page, sign_in: Callable[[User], None], work: Exercise) -> None:
    sign_in(people(work)[0])
    page.goto(f"/exercises/{work.uuid}/sources/")
    table = page.get_by_role("table", name="Sources in this article, the longest first")
    # The heading is not counted; the one sentence with a source is hers.
    words = len([word for block in TEXT.split("\n\n")[1:] for word in block.split()])
    spoken = len(f"{SAYS} {SAFE}.".split())
    expect(table.get_by_role("columnheader", name=f"Share of {words} words")).to_be_visible()
    expect(table.get_by_role("row", name="Ilse Varga").get_by_role("cell").last).to_have_text(
        f"{round(100 * spoken / words)}%"
    )
    expect(table.get_by_role("row", name="The paper’s own voice").get_by_role("cell").last).to_have_text(
        f"{100 - round(100 * spoken / words)}%"
    )


def test_pupils_of_a_class_of_four_are_shown_nothing_and_their_teacher_is(
    page: Page, sign_in: Callable[[User], None], work: Exercise
) -> None:
    for reading in list(work.readings.all())[4:]:
        reading.spans.all().delete()
        reading.delete()
    teacher, pupil = people(work)
    sign_in(pupil)
    page.goto(f"/exercises/{work.uuid}/sources/")
    expect(page.get_by_text("Too few to show")).to_be_visible()
    assert "Varga" not in page.content()
    sign_in(teacher)
    page.goto(f"/exercises/{work.uuid}/sources/")
    expect(page.get_by_role("rowheader", name="Ilse Varga")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_and_axe_finds_nothing(page: Page, sign_in: Callable[[User], None], work: Exercise, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for user in people(work):
        sign_in(user)
        for view in ("xray", "written", "only"):
            page.goto(f"/exercises/{work.uuid}/sources/?view={view}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            look(page)
