"""A live server and a browser that fails the test when the page complains or asks another host for anything."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from annotator.models import User
from tests import factories
from tests.e2e.served import FINDER, STORAGES, collect

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# A machine that does other things as well is slow, which is no fault of a page: what comes at all has come in time.
PATIENCE, TO_LOAD = 15_000, 60_000
expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives Chromium: all in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def chromium() -> str:
    """Where Chromium is: without windows where it can be had, for that opens a page in half the processor time."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "Chromium is missing: apt-get install chromium-headless-shell"
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the static files lie that browsers get."""
    folder = tmp_path_factory.mktemp("served")
    collect(folder)
    return folder


@pytest.fixture(autouse=True)
def served_files(collected: Path, settings: Settings) -> None:
    """Browsers get what an installation serves, not the many files that it is made of."""
    settings.STATIC_ROOT = collected
    settings.STORAGES = STORAGES
    settings.STATICFILES_FINDERS = [FINDER, *settings.STATICFILES_FINDERS]


class Watch:
    """Collects what a page complains about; `allowed` holds parts of messages a test provokes on purpose."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.allowed: list[str] = []
        self.found: list[str] = []

    def follow(self, page: Page) -> None:
        """Listen to one page."""
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.found.append(f"page error: {error}"))
        page.on("request", self.request)

    def console(self, message: ConsoleMessage) -> None:
        """Errors and warnings, Content-Security-Policy violations among them."""
        if message.type in {"error", "warning"}:
            self.found.append(f"console {message.type}: {message.text}")

    def request(self, request: Request) -> None:
        """Requests that leave this server."""
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self.host:
            self.found.append(f"request to another host: {request.url}")

    def complaints(self) -> list[str]:
        """What was found and not allowed."""
        return [line for line in self.found if not any(part in line for part in self.allowed)]


def followed(made: BrowserContext, watch: Watch) -> BrowserContext:
    """A browser's profile, all of whose pages are watched and waited for."""
    made.set_default_timeout(PATIENCE)
    made.set_default_navigation_timeout(TO_LOAD)
    made.on("page", watch.follow)
    return made


@pytest.fixture
def watch(live_server: LiveServer) -> Iterator[Watch]:
    """Fails the test at its end when any page complained."""
    watching = Watch(urlsplit(live_server.url).netloc)
    yield watching
    assert watching.complaints() == []


@pytest.fixture
def context(browser: Browser, live_server: LiveServer, watch: Watch) -> Iterator[BrowserContext]:
    """A fresh browser profile at 1280x800 whose pages are all watched."""
    made = followed(browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 800}), watch)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One page of the fresh profile."""
    return context.new_page()


@pytest.fixture
def sign_in(context: BrowserContext, live_server: LiveServer, settings: Settings) -> Callable[[User], None]:
    """Sign a person in by a session cookie, without the sign-in page."""

    def signed(user: User) -> None:
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": factories.session_of(user), "url": live_server.url}])

    return signed


@pytest.fixture
def screen_of(
    browser: Browser, live_server: LiveServer, settings: Settings, watch: Watch
) -> Iterator[Callable[..., Page]]:
    """Makes a screen of its own for somebody, or for nobody."""
    made = []

    def screen(name: str = "", **options: object) -> Page:
        context = followed(browser.new_context(base_url=live_server.url, **options), watch)  # type: ignore[arg-type]
        made.append(context)
        if name:
            key = factories.session_of(User.objects.get(username=name))
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        return context.new_page()

    yield screen
    for context in made:
        context.close()
