"""The list of sentences as a reader uses it with a script: ticking, waiting for what is saved, holding a save up."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, Route, expect

from annotator.models import User
from tests.e2e.axe import barriers_in_both
from tests.e2e.reading_screen import NO_NOTIFY, ReadingScreen, desk


def listed(page: Page, sign_in: Callable[[User], None]) -> ReadingScreen:
    """A reader in front of the list of five sentences."""
    page.add_init_script(NO_NOTIFY)
    made = desk(page, sign_in)
    made.set_sentences(2, [28, 115])
    return ready(made)


def ready(screen: ReadingScreen) -> ReadingScreen:
    """Go to the list, and wait until the script has taken over."""
    screen.page.goto(f"/readings/{screen.reading.uuid}/sentences/")
    expect(screen.page.locator("body.scripted")).to_be_attached()
    return screen


def tick(screen: ReadingScreen, number: int, name: str) -> Locator:
    """The box of a tag of a sentence."""
    tags = screen.page.get_by_role("group", name=f"Tags for sentence {number}")
    return tags.get_by_role("checkbox", name=name)


def settled(screen: ReadingScreen, total: int) -> None:
    """Wait until all is saved: so many highlights."""
    # It may say so while it is hidden behind what could not be saved.
    expect(screen.page.locator("#saved")).to_be_visible()
    screen.pill("All saved")
    expect(screen.page.locator("#sentence-counts b")).to_have_text(str(total))


class Holder:
    """Holds the first request that saves, until it is let go."""

    def __init__(self, page: Page) -> None:
        self.routes: list[Route] = []
        page.route("**/readings/**", self.hold)

    def hold(self, route: Route) -> None:
        """Keep the first, let all others through."""
        if route.request.method == "POST" and not self.routes:
            self.routes.append(route)
        else:
            route.fallback()

    def let_go(self) -> None:
        """It goes on its way."""
        self.routes[0].continue_()


def bars_nobody(screen: ReadingScreen) -> None:
    """Whatever is open now fits a window of each width, and axe finds nothing."""
    found = []
    for width in (1280, 390, 320):
        screen.page.set_viewport_size({"width": width, "height": 800})
        assert screen.page.evaluate("document.documentElement.scrollWidth") <= width
        found += barriers_in_both(screen.page)
    assert found == []
