"""A phone: its browser, and how its own handles select."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import Watch, followed

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
# Selects as the system's own handles do: the page hears of it by selectionchange alone.
SELECT = """([id, start, end]) => {
  const block = document.getElementById(id);
  const node = [...block.childNodes].find((each) => each.nodeType === Node.TEXT_NODE);
  getSelection().setBaseAndExtent(node, start, node, end);
}"""


@pytest.fixture
def context(browser: Browser, live_server: LiveServer, watch: Watch) -> Iterator[BrowserContext]:
    """A phone."""
    made = followed(browser.new_context(base_url=live_server.url, **PHONE), watch)  # type: ignore[arg-type]
    yield made
    made.close()
