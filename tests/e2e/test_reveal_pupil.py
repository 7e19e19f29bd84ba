"""A pupil’s way through the reveal, by keys alone: what we all marked, who gets to speak, one’s own result."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from annotator.models import Exercise, User
from tests.e2e.conftest import Watch
from tests.e2e.lesson_screen import look, tab_to
from tests.e2e.test_discussion import work

__all__ = ["work"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.whole]


def enter(page: Page, target: Locator) -> None:
    """Tab to it, press Enter."""
    tab_to(page, target)
    page.keyboard.press("Enter")


def test_a_pupil_goes_through_the_reveal_by_keys_alone(
    page: Page, work: Exercise, sign_in: Callable[[User], None]
) -> None:
    own = work.readings.get(member__user__username="otter")
    sign_in(own.member.user)
    page.goto(f"/exercises/{work.uuid}/")
    page.wait_for_load_state("load")
    expect(page.get_by_role("heading", level=1)).to_have_text("Now we look together")
    enter(page, page.get_by_role("link", name="What we all marked"))

    # Two passages split the class; the first is where six differ on “Some 900”.
    where = page.locator(".reveal-steps .muted")
    expect(where).to_have_text("1 of 2")
    choices = page.locator(".reveal-choices")
    expect(choices).to_contain_text("Claim")
    expect(choices.get_by_role("listitem").filter(has_text="Opinion")).to_contain_text("you")
    look(page)

    # Who marked what: letters, never a name or a code, and one of them is oneself.
    enter(page, page.get_by_text("See who marked what"))
    who = page.locator("#who li")
    expect(who).to_have_count(6)
    expect(who.filter(has_text="you")).to_have_count(1)
    for reader in work.readings.select_related("member"):
        expect(page.locator("main")).not_to_contain_text(reader.member.pseudonym)
        expect(page.locator("main")).not_to_contain_text(reader.member.code)

    page.locator("#who summary").press("ArrowRight")
    expect(where).to_have_text("2 of 2")
    enter(page, page.locator("#tab-disagreement"))
    expect(page.locator("#tab-disagreement")).to_have_attribute("aria-current", "true")
    expect(where).to_have_text("2 of 2")

    # What is for teachers is not there.
    bar = page.get_by_role("navigation", name="What the class found")
    expect(bar.get_by_role("link")).to_have_text(["Article", "Sources"])
    with page.expect_navigation():
        enter(page, bar.get_by_role("link", name="Sources"))
    look(page)

    page.goto(f"/exercises/{work.uuid}/")
    page.wait_for_load_state("load")
    enter(page, page.get_by_role("link", name="My result"))
    expect(page).to_have_url(re.compile(f"/readings/{own.uuid}/result/$"))
    look(page)


def test_before_the_reveal_a_pupil_is_told_when_it_opens(
    page: Page, work: Exercise, sign_in: Callable[[User], None], watch: Watch
) -> None:
    watch.allowed.append("403")
    Exercise.objects.update(phase="closed", step="")
    sign_in(work.readings.get(member__user__username="otter").member.user)
    page.goto(f"/exercises/{work.uuid}/")
    expect(page.get_by_role("link", name="What we all marked")).to_have_count(0)
    answer = page.goto(f"/exercises/{work.uuid}/reveal/")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("main")).to_contain_text("opens when your teacher shows it")
