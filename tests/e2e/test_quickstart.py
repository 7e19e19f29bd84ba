"""What a newcomer meets: quickstart's own server and hashed files, the printed link, the sample class, a highlight."""

import re
import sys
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Watch
from tests.e2e.reading_screen import FIND
from tests.ops.installation import installation
from tests.ops.visitors import free_port, serving

pytestmark = pytest.mark.only("sqlite")


def test_a_newcomer_follows_the_link_and_marks_the_first_word(browser: Browser, tmp_path) -> None:
    with installation(tmp_path) as here:
        port = free_port()
        with serving(here, port, sys.executable, "manage.py", "quickstart", "--port", str(port)):
            [link] = re.findall(r"http\S+/sign-in/\S+/", here.said())
            watch = Watch(urlsplit(link).netloc)
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            context.set_default_timeout(15_000)
            context.on("page", watch.follow)
            page = context.new_page()
            page.goto(link)
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("link", name="Try it yourself: the parrot on the ferry").last.click()
            page.get_by_role("button", name="Start reading").click()
            expect(page.locator("body.scripted")).to_be_attached()
            place = page.evaluate(FIND, ["deckhand", 0])
            page.mouse.dblclick((place["x1"] + place["x2"]) / 2, place["y1"])
            expect(page.get_by_role("toolbar", name="Tag this selection")).to_be_visible()
            page.keyboard.press("1")
            expect(page.locator("mark", has_text="deckhand")).to_have_count(1)
            expect(page.get_by_text("1 highlight saved")).to_be_visible()
            page.reload()
            expect(page.locator("mark", has_text="deckhand")).to_have_count(1)
            assert watch.complaints() == []
            context.close()
