"""The annotate screen as a reader uses it: finding words, choosing them by mouse or key, and what was saved."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from annotator.models import Classroom, Reading, Span, User
from annotator.services.exercises import exercise_move
from tests import factories
from tests.e2e.conftest import Watch

Place = dict[str, float]
# Where changes are saved.
OPERATIONS = "**/operations/"
# What the browser says when the connection is back: the page need not wait its time out.
WAKE = "window.dispatchEvent(new Event('online'))"
# What the page does by itself every few seconds, at once: it looks again when it comes back into view.
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"
# All is told in the status line then, as in browsers that cannot tell it otherwise.
NO_NOTIFY = "delete Document.prototype.ariaNotify"

# Where a stretch of the shown text stands in the window: the middle of its first and of its last character.
FIND = """async ([words, nth]) => {
  const place = () => {
    const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
    const nodes = [];
    let all = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest("[data-skip]")) continue;
      nodes.push([all.length, node]);
      all += node.data;
    }
    let at = -1;
    for (let round = 0; round <= nth; round += 1) at = all.indexOf(words, at + 1);
    if (at < 0) throw new Error(`The page does not show “${words}”`);
    return [at, at + words.length - 1].map((index) => {
      const [start, node] = nodes.findLast(([start]) => start <= index);
      const range = document.createRange();
      range.setStart(node, index - start);
      range.setEnd(node, index - start + 1);
      return range.getBoundingClientRect();
    });
  };
  // A font that comes late moves every line.
  await document.fonts.ready;
  window.scrollBy({ top: place()[0].top - 320 });
  // What comes into view is laid out only then, and may move; an answer may paint it anew.
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  const [first, last] = place();
  return { x1: first.left + 1, y1: first.top + first.height / 2,
           x2: last.right - 1, y2: last.top + last.height / 2 };
}"""

BLOCKS = """() => [...document.querySelectorAll("#text .block")].map((block) => {
  const copy = block.cloneNode(true);
  for (const skipped of copy.querySelectorAll("[data-skip]")) skipped.remove();
  return [Number(block.dataset.start), copy.textContent];
})"""

# The page and all of its files are kept for the time without a connection.
COPIED = """async () => {
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  const wanted = [location.pathname, ...files.filter((name) => name.includes("/static/"))];
  return (await Promise.all(wanted.map((name) => caches.match(name)))).every(Boolean);
}"""
# The paths of all that is kept on the device.
KEPT = """async () => (await Promise.all((await caches.keys()).map(async (name) =>
  (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname)))).flat()"""


def until(page: Page, condition: str) -> None:
    """Wait until an asynchronous condition holds in the page; `wait_for_function` takes its promise for a yes."""
    page.evaluate(
        f"""async () => {{
          for (let times = 0; !(await ({condition})()); times += 1) {{
            if (times > 1200) throw new Error("It never came true.");
            await new Promise((done) => setTimeout(done, 50));
          }}
        }}"""
    )


class ReadingScreen:
    """One reader's annotate page."""

    def __init__(self, page: Page, reading: Reading) -> None:
        self.page = page
        self.reading = reading
        self.stored = reading.article.text

    def open(self) -> "ReadingScreen":
        """Go there, and wait until the script has taken over."""
        self.page.goto(f"/readings/{self.reading.uuid}/")
        expect(self.page.locator("body.scripted")).to_be_attached()
        return self

    def at(self, words: str, nth: int = 0) -> Place:
        """Bring `words` into view and say where they stand."""
        found: Place = self.page.evaluate(FIND, [words, nth])
        return found

    def drag(self, words: str, nth: int = 0) -> None:
        """Choose exactly these words with the mouse."""
        place = self.at(words, nth)
        self.page.mouse.move(place["x1"], place["y1"])
        self.page.mouse.down()
        self.page.mouse.move((place["x1"] + place["x2"]) / 2, (place["y1"] + place["y2"]) / 2)
        self.page.mouse.move(place["x2"], place["y2"])
        self.page.mouse.up()
        expect(self.popover).to_be_visible()

    def click(self, words: str, nth: int = 0, clicks: int = 1) -> None:
        """Click into the first letter of `words`."""
        place = self.at(words, nth)
        self.page.mouse.click(place["x1"] + 2, place["y1"], click_count=clicks)

    @property
    def popover(self) -> Locator:
        """The tags above what is chosen."""
        return self.page.get_by_role("toolbar", name="Tag this selection")

    @property
    def cards(self) -> Locator:
        """The cards in the margin."""
        return self.page.locator("#cards > li")

    @property
    def open_card(self) -> Locator:
        """The card whose highlight is open."""
        return self.page.locator(".card.active")

    def tag(self, name: str) -> None:
        """Press a tag in the popover."""
        self.popover.get_by_role("button", name=name).click()

    def mark(self, words: str, name: str = "Claim", nth: int = 0) -> None:
        """Choose words and tag them."""
        self.drag(words, nth)
        self.tag(name)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def undo(self) -> None:
        """Take the newest change back."""
        self.page.get_by_role("button", name="Undo", exact=True).first.click()

    def redo(self) -> None:
        """Do it again."""
        self.page.get_by_role("button", name="Redo").click()

    def saved(self, total: int) -> "ReadingScreen":
        """Wait until the page says that everything is saved: so many highlights."""
        self.pill({0: "All saved", 1: "1 highlight saved"}.get(total, f"All {total} highlights saved"))
        return self

    def pill(self, words: str) -> None:
        """Wait until the pill in the bar says this of what is saved."""
        expect(self.page.locator("#saved")).to_have_text(words)

    def said(self, words: str | re.Pattern[str]) -> None:
        """Wait until the status line tells this."""
        expect(self.page.locator("#status")).to_have_text(words)

    def chosen(self) -> str:
        """The words that are selected."""
        return str(self.page.evaluate("String(document.getSelection())"))

    def pending(self) -> str:
        """What is painted as not yet saved."""
        return str(self.page.evaluate("[...(CSS.highlights.get('pending') ?? [])].map(String).join('|')"))

    def moved_on(self, *phases: str) -> None:
        """The teacher goes on, and the reader's page looks."""
        for phase in phases:
            exercise_move(exercise=self.reading.exercise, phase=phase)
        self.page.evaluate(LOOK)

    def quotes(self) -> list[tuple[str, str]]:
        """The stored highlights in reading order: quote and label."""
        rows = self.rows().in_reading_order().select_related("label")
        return [(span.quote, span.label.slug) for span in rows]

    def rows(self) -> Any:
        """The reading's highlights that are not deleted."""
        return Span.objects.filter(reading=self.reading).current()

    def set_sentences(self, number: int, starts: list[int]) -> None:
        """Give a block of the article more sentences than the factory does."""
        self.reading.article.blocks.filter(number=number).update(sentences=starts)

    def box(self, part: Locator) -> Place:
        """Where a part stands in the window."""
        found: Place = part.evaluate("(part) => part.getBoundingClientRect().toJSON()")
        return found

    def painted(self) -> str:
        """The text's HTML, as it is painted now."""
        return str(self.page.locator("#text").inner_html())

    def attributes(self) -> list[dict[str, str]]:
        """The cards' attributes, in order."""
        script = (
            "(cards) => cards.map((card) => Object.fromEntries([...card.attributes].map((a) => [a.name, a.value])))"
        )
        found: list[dict[str, str]] = self.cards.evaluate_all(script)
        return found

    def check_text(self) -> None:
        """The page's text is the stored text, and every stored highlight is its slice of it."""
        for start, shown in self.page.evaluate(BLOCKS):
            assert shown == self.stored[start : start + len(shown)]
        for span in self.rows():
            assert span.quote == self.stored[span.start : span.end]


def desk(
    page: Page, sign_in: Callable[[User], None], *, kind: str = Classroom.Kind.CLASS, **article: Any
) -> ReadingScreen:
    """A reader in front of an article."""
    teacher = factories.teacher()
    room = factories.classroom(teacher, kind=kind)
    member = factories.reader(room)
    work = factories.exercise(room, [factories.article(teacher, **article)])
    sign_in(member.user)
    return ReadingScreen(page, factories.reading(work, member)).open()


def without_worker(reading: Reading, screen_of: Callable[..., Page], watch: Watch) -> Page:
    """A page of its reader's where the worker is not: what is asked for can be held up, and comes from no copy."""
    watch.allowed.append("Service Worker registration blocked")
    viewport = {"width": 1280, "height": 800}
    return screen_of(reading.member.user.username, viewport=viewport, service_workers="block")


def claimed(page: Page, sign_in: Callable[[User], None], watch: Watch) -> ReadingScreen:
    """A reader whose one claim is saved, and who may lose the connection."""
    watch.allowed += ["ERR_FAILED", "ERR_INTERNET_DISCONNECTED"]
    made = desk(page, sign_in)
    made.mark("Some 900 visitors")
    return made.saved(1)
