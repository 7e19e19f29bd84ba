"""Confusion and the rule book in a browser: from a number to its words, to a rule, to the next exercise's tags."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotator.models import CodebookVersion, Exercise, Phase, RuleEntry, User
from annotator.services.exercises import exercise_move
from tests import factories
from tests.e2e.axe import barriers, barriers_in_both
from tests.e2e.conftest import Watch
from tests.reports.agreeing import SUBMITTED, read_class
from tests.services.saving import add

pytestmark = pytest.mark.django_db(transaction=True)
RULE = "Visitors are a claim: somebody could count them."


@pytest.fixture
def work() -> Exercise:
    """Six readers; half call the visitors a claim, half an opinion, and one marks the evening as opinion."""
    teacher = factories.teacher("rosa")
    made = factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.REVEALED)
    start = factories.TEXT.index("Some 900 visitors")
    for number in range(6):
        reading = factories.reading(made, factories.reader(made.classroom), **SUBMITTED)
        factories.span(reading, start, start + 17, "claim" if number % 2 else "opinion")
    evening = factories.TEXT.index("It was the best")
    factories.span(reading, evening, evening + 15, "opinion")
    return made


def test_a_number_leads_by_keys_to_its_words_to_a_rule_and_to_the_next_exercise(
    page: Page, sign_in: Callable[[User], None], work: Exercise
) -> None:
    sign_in(User.objects.get(username="rosa"))
    page.goto(f"/exercises/{work.uuid}/reveal/")
    with page.expect_navigation():
        page.get_by_role("link", name="Confusion").press("Enter")
    opinions = page.get_by_role("link", name="opinion and left blank")
    opinions.press("Enter")
    expect(page.get_by_role("heading", name="Opinion or left blank?")).to_be_visible()
    expect(opinions).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Opinion and left blank")).to_have_count(1)
    page.get_by_role("textbox", name="Our rule").press_sequentially(RULE)
    page.get_by_role("link", name="Claim and Opinion").press("Enter")
    expect(page.get_by_role("heading", name="Claim or opinion?")).to_be_visible()
    expect(page.get_by_role("textbox", name="Our rule")).to_have_value(RULE)
    expect(page.get_by_role("region", name="Claim or opinion?").locator("mark")).to_have_text("Some 900 visitors")
    page.get_by_role("link", name="Write a rule about it").press("Enter")
    expect(page.get_by_role("textbox", name="Our rule")).to_be_focused()
    page.get_by_role("radio", name="Claim").press("ArrowRight")
    page.get_by_role("radio", name="Opinion").press("ArrowLeft")
    page.get_by_role("checkbox", name="The other card says “not here”").press("Space")
    form = page.get_by_role("region", name="Write this into our rule book")
    expect(form.get_by_text("Also out:").locator("visible=true")).to_have_count(1)
    expect(form.get_by_text(RULE).locator("visible=true").first).to_be_visible()
    page.get_by_role("button", name="Add to the draft").press("Enter")
    expect(page.get_by_text("Your rule is in the draft of version 2.")).to_be_visible()
    page.get_by_role("link", name="See the draft of version 2").press("Enter")
    expect(page.get_by_role("region", name="Version 2, draft").get_by_text(RULE, exact=True)).to_be_visible()
    page.get_by_role("button", name="Publish version 2").press("Enter")
    expect(page.get_by_text("Version 2 is published.")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("link", name="New exercise with it").press("Enter")
    expect(page.get_by_role("combobox", name="Tags")).to_have_value(str(RuleEntry.objects.get().version.uuid))
    page.get_by_text("Choose from your library").press("Enter")
    page.get_by_role("button", name="Add Lantern fair moves indoors").press("Enter")
    expect(page.get_by_role("button", name="Take out: Lantern fair moves indoors")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Save as draft").press("Enter")
    again = Exercise.objects.latest("pk")
    assert (again.codebook_version.number, again.codebook_version.frozen_at) == (2, None)
    exercise_move(exercise=again, phase=Phase.OPEN)
    add(factories.reading(again, work.classroom.memberships.filter(is_reader=True).first()))
    assert CodebookVersion.objects.get(pk=again.codebook_version.pk).frozen_at is not None
    page.goto(f"/classrooms/{work.classroom.uuid}/rules/")
    expect(page.get_by_text("read with in 1 exercise here")).to_be_visible()


def test_without_scripts_a_rule_is_written_and_taken_back(
    screen_of: Callable[..., Page], work: Exercise, watch: Watch
) -> None:
    watch.allowed.append("status of 422")
    plain = screen_of("rosa", java_script_enabled=False)
    plain.goto(f"/exercises/{work.uuid}/confusion/")
    plain.get_by_role("link", name="Opinion and left blank").click()
    expect(plain.get_by_role("heading", name="Opinion or left blank?")).to_be_in_viewport()
    plain.get_by_role("link", name="Write a rule about it").first.click()
    plain.get_by_role("radio", name="Left blank").check()
    expect(plain.get_by_text("Also out:").locator("visible=true")).to_have_count(1)
    plain.get_by_role("textbox", name="Our rule").fill("verdicts")
    plain.get_by_role("button", name="Add to the draft").click()
    expect(plain.get_by_role("alert")).to_contain_text("says that already")
    expect(plain.get_by_role("radio", name="Left blank")).to_be_checked()
    plain.get_by_role("textbox", name="Our rule").fill(RULE)
    plain.get_by_role("button", name="Add to the draft").click()
    plain.get_by_role("link", name="See the draft of version 2").click()
    plain.get_by_role("link", name="What is new in it").click()
    expect(plain.get_by_role("region", name="Opinion").locator("ins").first).to_contain_text(RULE)
    plain.get_by_role("link", name="Rule book").click()
    plain.get_by_role("button", name=f"Take back “{RULE}”").click()
    expect(plain.get_by_text("No rule stands in this draft at the moment.")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_fit_and_axe_finds_nothing(
    page: Page, sign_in: Callable[[User], None], work: Exercise, width: int
) -> None:
    sign_in(User.objects.get(username="rosa"))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/exercises/{work.uuid}/confusion/")
    page.get_by_role("textbox", name="Our rule").fill(f"{RULE} {'unbroken' * 20}")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Add to the draft").click()
    expect(page.get_by_text("Your rule is in the draft of version 2.")).to_be_visible()
    version = RuleEntry.objects.get().version
    rules = f"/classrooms/{work.classroom.uuid}/rules/"
    found = []
    for address in (f"/exercises/{work.uuid}/confusion/", rules, f"{rules}versions/{version.uuid}/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        found += barriers_in_both(page)
    assert found == []


def test_a_table_of_nine_tags_scrolls_by_itself_on_a_phone(page: Page, sign_in: Callable[[User], None]) -> None:
    work = read_class(8, articles=2, labels=9)
    sign_in(work.classroom.memberships.get(is_teacher=True).user)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"/exercises/{work.uuid}/confusion/")
    box = page.get_by_role("region", name="The table, scrolled sideways")
    assert box.evaluate("each => each.scrollWidth > each.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert barriers(page) == []
    page.get_by_role("combobox", name="Article", exact=True).select_option("Article 1")
    expect(page.get_by_text("Article 1 ·")).to_be_visible()
