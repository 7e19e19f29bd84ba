"""What the annotate screen costs a reader's device: loading, marking, scrolling, filtering; and its bytes on the wire.

    python tests/bench/bench_editor.py [--rounds 5] [--only short|long]

Run by hand on a quiet machine. CPU: the page's main thread by its own clock (Chromium's thread ticks, so that other
work on the machine does not count), median of fresh browsers; `add` is the first highlight of a browser that has never
run the script, `add again` the ones after; beside each figure the budget of the design. Every round opens the page
once to fill the cache of static files, then once more to measure. Bytes: what came over the wire on a first visit, by
Chromium's own count, with waitress as quickstart runs it.

The design's budgets were set on a machine of its own, where the article alone (marks, no cards, no script) loaded in
23 and 80 ms. The same bare article is loaded here too: the last column is each figure scaled by it.
"""

import argparse
import gzip
import os
import random
import re
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("SOURCEWISE_DATA", tempfile.mkdtemp(prefix="sourcewise-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
# Rows are made while Playwright's loop runs in this thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from playwright.sync_api import Browser, CDPSession, Page, Route, sync_playwright  # noqa: E402

from tests.bench import bench_saves  # noqa: E402  # sets Django up
from tests.e2e.conftest import FLAGS, chromium  # noqa: E402

CHANCE = random.Random(7)
SYLLABLES = [a + b for a in "bdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "ar", "en", "is", "ol", "un")]
SCROLL_FRAMES = 60
# What each line of the report may cost; the two sizes of the design.
PROTOTYPE = {"short": 23, "long": 80}
BUDGETS = {
    "short": {"load": 40, "add": 8, "add again": 8, "html gzip": None, "first visit": 200},
    "long": {"load": 150, "add": 12, "add again": 12, "server block": 30, "scroll frame": 16.7, "html gzip": 260},
}

FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
# One question that waits inside: Playwright's own waiting asks anew in every frame, on the clock that is read here.
READY = """async () => {
  const isReady = () => document.body.classList.contains("scripted");
  await new Promise((done) => {
    if (isReady()) return done();
    const observer = new MutationObserver(() => isReady() && (observer.disconnect(), done()));
    observer.observe(document.body, { attributeFilter: ["class"] });
  });
  await document.fonts.ready;
}"""
SAVED = """() => new Promise((done) => {
  const isSaved = () => document.querySelector("#saved.ok");
  if (isSaved()) return done();
  const observer = new MutationObserver(() => isSaved() && (observer.disconnect(), done()));
  observer.observe(document.querySelector(".bar"), { attributes: true, childList: true, subtree: true });
})"""
CHOOSE = """(far) => {
  const blocks = [...document.querySelectorAll("#text .block")];
  blocks[Math.floor(blocks.length * far)].scrollIntoView({ block: "center" });
  document.getElementById("text").focus({ preventScroll: true });
}"""
SCROLL = """(frames) => new Promise((done) => {
  const step = () => {
    window.scrollBy(0, 1500);
    frames -= 1;
    if (frames > 0) requestAnimationFrame(step);
    else requestAnimationFrame(() => setTimeout(done));
  };
  requestAnimationFrame(step);
})"""


def vocabulary(size: int = 6000) -> list[str]:
    """Invented words; the commonest ones short."""
    found: dict[str, None] = {}
    while len(found) < size:
        found["".join(CHANCE.choices(SYLLABLES, k=1 + len(found) * 3 // size + CHANCE.randint(0, 1)))] = None
    return list(found)


def prose(words: int) -> str:
    """Paragraphs of some sixty invented words, as often as words are in English (Zipf), so that they compress alike."""
    known = vocabulary()
    weights = [1 / (rank + 2) for rank in range(len(known))]
    drawn = CHANCE.choices(known, weights, k=words)
    parts, at = [], 0
    while at < words:
        sentences, end = [], min(words, at + CHANCE.randint(35, 90))
        while at < end:
            until = min(end, at + CHANCE.randint(8, 24))
            sentences.append(" ".join(drawn[at:until]).capitalize() + ".")
            at = until
        parts.append(" ".join(sentences))
    return "\n\n".join(parts)


class Meter:
    """The main thread's own time, in milliseconds."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.cdp: CDPSession = page.context.new_cdp_session(page)
        self.cdp.send("Performance.enable", {"timeDomain": "threadTicks"})

    def now(self) -> float:
        """Milliseconds of tasks since the page's process began."""
        metrics = self.cdp.send("Performance.getMetrics")["metrics"]
        return 1000 * next(each["value"] for each in metrics if each["name"] == "TaskDuration")

    def of(self, doing: Callable[[], object], until: str = FRAMES) -> float:
        """What doing it costs until it is painted."""
        self.page.evaluate(FRAMES)
        before = self.now()
        doing()
        self.page.evaluate(until)
        return self.now() - before


def opened(page: Page, path: str) -> None:
    """Load the page until it answers to keys and its fonts are there."""
    page.goto(path)
    page.evaluate(READY)
    page.wait_for_load_state("networkidle")


def one_round(browser: Browser, base: str, path: str, session: str, number: int, is_long: bool) -> dict[str, float]:
    """Every figure of one fresh browser; each tags a sentence of its own, for the same tag twice adds nothing."""
    # Behind the service worker no page can be given in place of the server's.
    plain = reader_page(browser, base, session, service_workers="block")
    opened(plain, path)
    found = {"bare article": bare_article(plain, base + path)}
    plain.context.close()
    page = reader_page(browser, base, session)
    found["first visit"] = visit_bytes(page, path)
    # The same process stays: another page of the same host is open while the clock is read.
    page.goto("/healthz")
    meter = Meter(page)
    found["load"] = meter.of(lambda: opened(page, path))
    found |= marking(page, meter, number)
    if is_long:
        found["scroll frame"] = meter.of(lambda: page.evaluate(SCROLL, SCROLL_FRAMES)) / SCROLL_FRAMES
    page.context.close()
    return found


def reader_page(browser: Browser, base: str, session: str, **options: Any) -> Page:
    """A page of a fresh profile in which the reader is signed in."""
    context = browser.new_context(base_url=base, viewport={"width": 1280, "height": 800}, **options)
    name = bench_saves.settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": session, "url": base}])
    context.add_cookies([{"name": "hint", "value": "seen", "url": base}])
    page = context.new_page()
    page.set_default_timeout(120_000)
    return page


def bare_article(page: Page, address: str) -> float:
    """What it costs to load the page without its scripts and cards; its files are in the cache already."""
    # In one piece, with every mark: what the design's machine loaded.
    html = page.request.get(f"{address}?whole=1").text()
    html = re.sub(r"<script[^>]*></script>|<aside class=\"cards-side\".*</aside>", "", html, flags=re.DOTALL)
    page.route(address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto("/healthz")
    spent = Meter(page).of(lambda: page.goto(address))
    if page.evaluate("document.scripts.length"):
        raise RuntimeError("The bare article was not served: its figure would scale all others wrongly.")
    return spent


def visit_bytes(page: Page, path: str) -> float:
    """Kilobytes over the wire of a first visit, fonts and all."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("Network.enable")
    sizes: list[float] = []
    cdp.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    opened(page, path)
    cdp.detach()
    return sum(sizes) / 1000


def marking(page: Page, meter: Meter, number: int) -> dict[str, float]:
    """Tag a sentence by its key: first the page's own paint, with the answer held, then the server's block."""
    held: list[Route] = []
    page.route("**/operations/", lambda route: held.append(route))
    page.bring_to_front()
    page.evaluate(CHOOSE, 0.4)
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".caret")
    for _ in range(number):
        page.keyboard.press("ArrowDown")
    page.evaluate(FRAMES)
    before = page.locator("#total").text_content()
    add = meter.of(lambda: page.keyboard.press("1"), until=FRAME)
    page.wait_for_function("(before) => document.getElementById('total').textContent !== before", arg=before)
    for _ in range(200):
        if held:
            break
        page.wait_for_timeout(20)

    def answered() -> None:
        with page.expect_response("**/operations/"):
            held.pop().continue_()
        page.evaluate(SAVED)

    block = meter.of(answered)
    page.unroute("**/operations/")
    return {"add": add, "server block": block, "add again": statistics.median(again(page, meter, key) for key in "234")}


def again(page: Page, meter: Meter, key: str) -> float:
    """Another tag on the same sentence, when all is saved and the browser knows the script's way."""
    page.evaluate(SAVED)
    before = page.locator("#total").text_content()
    spent = meter.of(lambda: page.keyboard.press(key), until=FRAME)
    if page.locator("#total").text_content() == before:
        raise RuntimeError("Nothing was added.")
    return spent


def sizes(browser: Browser, port: int, rounds: int, words: int, spans: int) -> None:
    """Measure one size of article and print it beside its budget."""
    name = "long" if words > 5000 else "short"
    text = prose(words)
    bench_saves.text_of = lambda _words, seed=1: text  # its articles, with these words
    [(reading, session)] = bench_saves.prepared(words, spans, 1)
    bench_saves.connection.close()
    path, base = f"/readings/{reading.uuid}/", f"http://localhost:{port}"
    found = [one_round(browser, base, path, session, number, name == "long") for number in range(rounds)]
    application = bench_saves.get_wsgi_application()
    html, spent = answer_of(application, path, session)
    whole, _spent = answer_of(application, path, session, query="whole=1")
    columns, spent_later = answer_of(application, f"{path}highlights/", session)
    print(f"\n{words} words, {spans} highlights, median of {rounds} fresh browsers")
    figures = {key: statistics.median(each[key] for each in found) for key in found[0]}
    figures["html gzip"] = len(gzip.compress(html, 6)) / 1000
    scale = PROTOTYPE[name] / figures["bare article"]
    for key, value in figures.items():
        print(line(key, value, BUDGETS[name].get(key), scale))
    alone, marked = (len(gzip.compress(each.encode(), 6)) / 1000 for each in (text, barest(whole.decode())))
    print(f"  gzip of the text alone: {alone:.0f} kB, with its marks and no names in them: {marked:.0f} kB")
    print(f"  page unpacked: {len(html) / 1000:.0f} kB; server: {spent:.0f} ms CPU")
    if b"data-highlights-url" in html:
        packed = [len(gzip.compress(each, 6)) / 1000 for each in (columns, whole)]
        print(f"  its highlights, asked for next: {packed[0]:.0f} kB, server: {spent_later:.0f} ms CPU")
        print(f"  in one piece it would be {packed[1]:.0f} kB")


def barest(html: str) -> str:
    """The article with its marks' tints and nothing else: no page in one piece can be less."""
    article = html[html.index('<article id="text"') : html.index("</article>")]
    article = re.sub(r'<span class="gutter".*?</span>(?=[^<]|<mark|</p>)', "", article)
    return re.sub(r' (data-h|aria-details|data-start|data-s|id|dir)="[^"]*"', "", article)


def line(key: str, value: float, budget: float | None, scale: float) -> str:
    """One figure beside its budget; times also on the scale of the design's machine."""
    unit = "kB" if key in {"first visit", "html gzip"} else "ms"
    scaled = value if unit == "kB" else value * scale
    verdict = "" if budget is None else f"   budget {budget:6} {unit}   {'kept' if scaled <= budget else 'MISSED'}"
    return f"  {key:14} {value:8.1f} {unit}   scaled {scaled:7.1f}{verdict}"


def answer_of(application: Callable, path: str, session: str, query: str = "") -> tuple[bytes, float]:
    """What the server answers, and what that cost: median of five, the first not counted."""
    spent = []
    for _ in range(6):
        began = bench_saves.time.process_time()
        html = b"".join(application(environ(path, session, query), lambda *_: None))
        spent.append((bench_saves.time.process_time() - began) * 1000)
    return html, statistics.median(spent[1:])


def environ(path: str, session: str, query: str) -> dict:
    """A plain GET, without compression."""
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost", "wsgi.url_scheme": "http",
        "wsgi.input": sys.stdin, "wsgi.errors": sys.stderr, "HTTP_COOKIE": bench_saves.cookies(session),
        "REMOTE_ADDR": "127.0.0.1", "SCRIPT_NAME": "",
    }  # fmt: skip


def main() -> None:
    """Read the arguments, make a database, serve it, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=["short", "long"])
    asked = parser.parse_args()
    bench_saves.call_command("migrate", verbosity=0)
    bench_saves.call_command("collectstatic", interactive=False, verbosity=0)
    port = 18000 + os.getpid() % 10000
    process = bench_saves.server(port, 4)
    try:
        with sync_playwright() as playwright:
            for words, spans in [(900, 200), (100_000, 5000)]:
                if asked.only == ("long" if words < 5000 else "short"):
                    continue
                browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
                sizes(browser, port, asked.rounds, words, spans)
                browser.close()
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    main()
