"""Two hundred seeds of trouble between a reader's browser and the server, and what writing to the outbox takes.

    python tests/bench/bench_outbox.py [--seeds 200] [--first 0] [--writes 200]

Run by hand, on Linux with Chromium; the tests do twenty. Each seed is printed as it ends, the sums
last. Stops with 1 where any operation was lost, stored twice, or stored under another name.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402  # the environment comes first

django.setup()

from playwright.sync_api import BrowserType, Error, sync_playwright  # noqa: E402

from tests.e2e.outbox_troubles import run_seed  # noqa: E402
from tests.e2e.outbox_world import HELD, Desk, Outcome, outbox_world  # noqa: E402
from tests.e2e.reading_screen import until  # noqa: E402

# From asking for the write until the page hears that it is done: the painting of the mark may come between.
TIMED = """
const put = IDBObjectStore.prototype.put;
window.spent = [];
IDBObjectStore.prototype.put = function (entry, ...rest) {
  const began = performance.now();
  if (this.name === "changes") {
    this.transaction.addEventListener("complete", () => window.spent.push(performance.now() - began));
  }
  return put.call(this, entry, ...rest);
};"""

# The same write with a page that paints nothing, one after another: what the browser's database takes for it.
ALONE = """async (count) => {
  const opening = indexedDB.open("bench", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("changes", { keyPath: "seq", autoIncrement: true });
  await new Promise((done) => { opening.onsuccess = done; });
  const spent = [];
  for (let index = 0; index < count; index += 1) {
    const operation = { uuid: crypto.randomUUID(), kind: "create", start: index, quote: "x".repeat(40) };
    const began = performance.now();
    const transaction = opening.result.transaction("changes", "readwrite", { durability: "relaxed" });
    transaction.objectStore("changes").put({ uuid: operation.uuid, operation });
    transaction.commit();
    await new Promise((done) => { transaction.oncomplete = done; });
    spent.push(performance.now() - began);
  }
  return spent;
}"""


def seeds(kind: BrowserType, first: int, count: int) -> list[Outcome]:
    """Run them one after another, each with a browser of its own."""
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="sourcewise-outbox-") as folder:
        data = Path(folder) / "data"
        data.mkdir()
        with outbox_world(data, count) as (world, facts):
            for place in range(count):
                profile = Path(folder) / "profile"
                began = time.perf_counter()
                try:
                    outcome = run_seed(world, facts[place], kind, profile, first + place)
                except (Error, AssertionError) as error:
                    # It is not good, and the others are still to be seen.
                    outcome = Outcome(first + place, f"ended early: {str(error).splitlines()[0]}")
                shutil.rmtree(profile, ignore_errors=True)
                outcomes.append(outcome)
                print(
                    f"seed {outcome.seed} {outcome.trouble}: {len(outcome.sent)} sent, {len(outcome.lost)} lost, "
                    f"{outcome.doubled} doubled, {len(outcome.foreign)} foreign"
                    f"{'' if outcome.is_good else ' NOT GOOD'} ({time.perf_counter() - began:.0f} s)",
                    flush=True,
                )
    return outcomes


def writes(kind: BrowserType, count: int) -> None:
    """Marks with nothing in the way, and how long each took to be written on the device."""
    with tempfile.TemporaryDirectory(prefix="sourcewise-outbox-") as folder:
        data = Path(folder) / "data"
        data.mkdir()
        with outbox_world(data, 1) as (world, [facts]):
            desk = Desk(world, facts, kind, Path(folder) / "profile", 0)
            desk.context.unroute_all()
            desk.page.add_init_script(TIMED)
            desk.page.reload()
            desk.page.locator("#text .block").first.click()
            for number in range(count):
                # As a reader does: one, and then the next, with none on its way.
                desk.page.locator("#text .block").nth(number % 60).click()
                desk.page.keyboard.press("1234"[number // 60 % 4])
                until(desk.page, f"async () => (await ({HELD})()) === 0")
            tell("outbox write beside the painting", desk.page.evaluate("window.spent"))
            tell("outbox write alone", desk.page.evaluate(ALONE, count))
            desk.kill()


def tell(name: str, spent: list[float]) -> None:
    """One line of milliseconds on the wall."""
    ordered = sorted(spent)
    print(
        f"{name}, {len(spent)} of them: median {statistics.median(spent):.1f} ms, "
        f"95th of a hundred {ordered[len(ordered) * 95 // 100]:.1f} ms"
    )


def main() -> None:
    """Run, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--writes", type=int, default=200)
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        if asked.writes:
            writes(playwright.chromium, asked.writes)
        outcomes = seeds(playwright.chromium, asked.first, asked.seeds) if asked.seeds else []
    kinds = Counter(outcome.trouble for outcome in outcomes)
    print(
        f"{len(outcomes)} seeds ({', '.join(f'{count} {name}' for name, count in sorted(kinds.items()))}): "
        f"{sum(len(each.sent) for each in outcomes)} operations sent, {sum(len(each.lost) for each in outcomes)} lost, "
        f"{sum(each.doubled for each in outcomes)} doubled, {sum(len(each.foreign) for each in outcomes)} foreign, "
        f"{sum(not each.is_good for each in outcomes)} seeds not good"
    )
    sys.exit(0 if all(each.is_good for each in outcomes) else 1)


if __name__ == "__main__":
    main()
