"""Making the key in a browser, by the keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Decision, Exercise, Phase, ReadingState, Span, User
from tests import factories
from tests.e2e.conftest import Watch
from tests.e2e.lesson_screen import look
from tests.e2e.reading_screen import BLOCKS

pytestmark = pytest.mark.django_db(transaction=True)

SUBMITTED = {"state": ReadingState.SUBMITTED, "submitted_at": factories.NOON}
TEXT = "Lantern fair\n\n" + "\n\n".join(f"Paragraph {n} says “🏮 so” and then some more of it." for n in range(1, 9))


@pytest.fixture
def work(sign_in: Callable[[User], None]) -> Exercise:
    """A closed exercise of four readers, three of whom mark each paragraph's first words; its teacher signed in."""
    leader = factories.teacher()
    room = factories.classroom(leader)
    work = factories.exercise(room, [factories.article(leader, text=TEXT, title="Fair")], phase=Phase.CLOSED)
    for place in range(4):
        made = factories.reading(work, factories.reader(room), **SUBMITTED)
        for number in (1, 3, 5, 7):
            start = TEXT.index(f"Paragraph {number} says")
            factories.span(made, start, start + 16 + 5 * (place == 2), "claim" if place < 3 else "opinion")
    sign_in(leader)
    return work


def opened(page: Page, work: Exercise) -> None:
    page.goto(f"/exercises/{work.uuid}/adjudicate/#now")
    at(page, 1)


def at(page: Page, number: int) -> None:
    expect(page.locator("#steps")).to_contain_text(f"Proposal {number} of 4")
    expect(page.locator("#panel")).to_be_focused()
    page.wait_for_load_state("load")


def key(work: Exercise) -> list[tuple[str, str, str]]:
    spans = Span.objects.current().filter(reading__exercise=work, reading__is_key=True).order_by("start")
    return [(each.label.slug, each.quote, each.note) for each in spans]


def test_four_proposals_are_decided_by_keys_alone(page: Page, work: Exercise) -> None:
    opened(page, work)
    page.keyboard.press("Enter")
    at(page, 2)
    page.keyboard.press("e")
    expect(page.get_by_role("link", name="End one word later")).to_be_visible()
    expect(page.locator("#panel")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#decision .primary")).to_contain_text("edges edited")
    expect(page.locator("#panel")).to_be_focused()
    page.keyboard.press("Enter")
    at(page, 3)
    page.keyboard.press("l")
    expect(page.locator('[data-more="l"] button').first).to_be_focused()
    page.keyboard.press("Enter")
    at(page, 4)
    page.locator("#panel textarea").fill("Not ours: x, l and e are letters here.")
    page.locator("#panel").focus()
    page.keyboard.press("x")
    expect(page.locator("#panel")).to_contain_text("Every proposal is decided")
    assert [each.kind for each in Decision.objects.order_by("pk")] == ["accepted", "edited", "relabelled", "rejected"]
    assert [(label, quote) for label, quote, _note in key(work)] == [
        ("claim", "Paragraph 1 says"),
        ("claim", "Paragraph 3 says “🏮 so"),
        ("attribution", "Paragraph 5 says"),
    ]
    assert Decision.objects.get(kind="rejected").why == "Not ours: x, l and e are letters here."


def test_keys_do_nothing_outside_the_panel_and_control_z_takes_back(page: Page, work: Exercise) -> None:
    opened(page, work)
    page.keyboard.press("Enter")
    at(page, 2)
    page.locator("#text").focus()
    page.keyboard.press("x")
    page.keyboard.press("Control+z")
    at(page, 1)
    assert key(work) == []
    assert Decision.objects.get().undone_at is not None


def test_the_keys_of_redo_take_nothing_back(page: Page, work: Exercise) -> None:
    opened(page, work)
    page.keyboard.press("Enter")
    at(page, 2)
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Enter")
    at(page, 3)
    assert [each.undone_at for each in Decision.objects.all()] == [None, None]


def test_a_reason_outlives_a_move_of_the_edges_and_a_minority_is_added_with_it(page: Page, work: Exercise) -> None:
    opened(page, work)
    page.locator("#panel textarea").fill("Both can be meant.")
    page.get_by_text("Edit edges").click()
    page.get_by_role("link", name="End one word later").click()
    expect(page.locator("#decision .primary")).to_contain_text("edges edited")
    expect(page.locator("#panel textarea")).to_have_value("Both can be meant.")
    page.keyboard.press("3")
    expect(page.locator("#decisions")).to_contain_text("Added")
    assert key(work) == [("opinion", "Paragraph 1 says", "Both can be meant.")]


def test_the_text_is_the_stored_one_to_the_letter(page: Page, work: Exercise) -> None:
    opened(page, work)
    stored = [[block.start, TEXT[block.start : block.end]] for block in work.articles.get().blocks.order_by("number")]
    assert page.evaluate(BLOCKS) == stored


def test_a_decision_changes_the_page_in_place_and_the_keys_go_on_working(page: Page, work: Exercise) -> None:
    opened(page, work)
    page.evaluate("document.body.dataset.same = 'page'")
    page.keyboard.press("a")
    at(page, 2)
    page.keyboard.press("r")
    at(page, 3)
    page.keyboard.press("ArrowLeft")
    at(page, 2)
    expect(page.locator("#panel")).to_contain_text("Rejected")
    page.keyboard.press("ArrowRight")
    at(page, 3)
    page.keyboard.press("ArrowRight")
    at(page, 4)
    assert page.evaluate("document.body.dataset.same") == "page"
    expect(page.locator("#now")).to_be_in_viewport()
    assert "at=4" in page.url
    page.keyboard.press("Control+z")
    at(page, 2)
    expect(page.get_by_role("link", name="Open the key · 3 left")).to_be_visible()
    assert [each.undone_at is None for each in Decision.objects.order_by("pk")] == [True, False]


def test_enter_twice_in_a_row_decides_one_proposal_not_two(page: Page, work: Exercise) -> None:
    opened(page, work)
    page.evaluate(
        "() => { const accept = document.querySelector('[data-key=Enter]'); accept.click(); accept.click(); }"
    )
    at(page, 2)
    assert Decision.objects.count() == 1


def test_a_refusal_is_said_in_place_and_keeps_the_reason(page: Page, work: Exercise, watch: Watch) -> None:
    watch.allowed.append("status of 422")
    opened(page, work)
    page.locator("#panel textarea").fill("Because it can be checked.")
    # Meanwhile the readers' marks have gone another way, so that this is no proposal any more.
    Span.objects.filter(reading__exercise=work, quote__startswith="Paragraph 1").update(end=20)
    page.locator("#panel").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("this proposal is none any more")
    expect(page.locator("#panel textarea")).to_have_value("Because it can be checked.")
    assert Decision.objects.count() == 0


def test_without_javascript_each_decision_is_a_page(screen_of: Callable[..., Page], work: Exercise) -> None:
    page = screen_of(work.created_by.username, java_script_enabled=False)
    page.goto(f"/exercises/{work.uuid}/adjudicate/")
    page.get_by_role("button", name="Accept as Claim").click()
    expect(page.locator("#steps")).to_contain_text("Proposal 2 of 4")
    page.get_by_role("button", name="Reject").click()
    page.get_by_role("button", name="Take back").first.click()
    expect(page.locator("#steps")).to_contain_text("Proposal 2 of 4")
    assert key(work) == [("claim", "Paragraph 1 says", "")]


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_fits_and_axe_finds_nothing(page: Page, work: Exercise, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, work)
    page.keyboard.press("a")
    at(page, 2)
    page.keyboard.press("e")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    look(page)
