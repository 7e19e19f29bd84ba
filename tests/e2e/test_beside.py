"""Two articles side by side in a browser: the own text keeps its offsets while the other one stands beside it."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from annotator.models import Exercise, Span, User
from tests import factories
from tests.e2e.axe import barriers_in_both

pytestmark = pytest.mark.django_db(transaction=True)
OTHER = "Council moves the fair\n\nThe fair “moves”, said Ilse Varga 🏮."


def test_marking_beside_the_other_article(page: Page, sign_in: Callable[[User], None]) -> None:
    factories.codebook()
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    articles = [factories.article(teacher), factories.article(teacher, text=OTHER, title="Council moves the fair")]
    work = factories.exercise(room, articles)
    Exercise.objects.update(is_side_by_side=True)
    member = factories.reader(room, pseudonym="Amber Otter")
    own = factories.reading(work, member, text=articles[0])
    sign_in(member.user)
    page.goto(reverse("reading", args=[own.uuid]))
    with page.expect_navigation():
        page.get_by_role("link", name="Show it beside").click()
    beside = page.get_by_role("region", name="The other article: Council moves the fair")
    expect(beside).to_be_visible()
    blocks = "[...document.querySelectorAll('.beside-text > *')].map((each) => each.textContent)"
    assert page.evaluate(blocks) == OTHER.split("\n\n")
    # A choice in the other article is none here.
    beside.get_by_text("Ilse Varga").dblclick()
    expect(page.locator("#popover")).to_be_hidden()
    text = page.get_by_role("article")
    text.get_by_text("It was the best evening").dblclick()
    page.locator("#popover").get_by_role("button", name="Opinion").click()
    expect(page.locator("#saved")).to_contain_text("1 highlight saved")
    span = Span.objects.get()
    assert articles[0].text[span.start : span.end] == span.quote
    page.reload()
    assert barriers_in_both(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    expect(beside).to_be_hidden()
    expect(page.get_by_role("link", name="Close it")).to_be_hidden()
    page.get_by_role("button", name="Go to it").click()
    expect(page.get_by_role("heading", name="Council moves the fair", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
