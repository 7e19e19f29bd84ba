"""A reader's browser, its network and its server, at the mercy of a seed, and what was stored in the end.

A server of its own (gunicorn), a Chromium with a profile of its own, both killed with SIGKILL when the seed says so.
"""

import json
import os
import random
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserType, Error, Page, Route, expect

from tests.e2e.conftest import FLAGS, chromium
from tests.e2e.reading_screen import OPERATIONS, WAKE, until
from tests.ops.installation import Installation, installation
from tests.ops.visitors import free_port, gunicorn, wait_until_ready

LONG = 60_000
# Which operations the browser says are written. Waits are their shortest: a seed is to end within seconds.
WATCHED = """
Math.random = () => 0;
window.kept = [];
window.begun = 0;
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (entry, ...rest) {
  if (this.name === "changes" && entry.seq === undefined) {
    window.begun += 1;
    this.transaction.addEventListener("complete", () => window.kept.push(entry.uuid));
  }
  return put.call(this, entry, ...rest);
};"""
# How many changes this browser still holds, of whatever reader.
HELD = """async () => {
  let held = 0;
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith("sourcewise-outbox-")) continue;
    held += await new Promise((done, fail) => {
      const opening = indexedDB.open(name);
      opening.onerror = fail;
      opening.onsuccess = () => {
        const counting = opening.result.transaction("changes").objectStore("changes").count();
        counting.onsuccess = () => { opening.result.close(); done(counting.result); };
      };
    });
  }
  return held;
}"""


@dataclass
class Outcome:
    """One seed: `sent` are the operations written on the device, `stored` those in the database, by reading."""

    seed: int
    trouble: str = ""
    sent: set[str] = field(default_factory=set)
    stored: list[str] = field(default_factory=list)
    foreign: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    standing: set[str] = field(default_factory=set)
    early: int = 0

    @property
    def lost(self) -> set[str]:
        """Written on the device and not stored."""
        return self.sent - set(self.stored)

    @property
    def doubled(self) -> int:
        """Stored more than once."""
        return len(self.stored) - len(set(self.stored))

    @property
    def is_good(self) -> bool:
        """The set sent is the set stored, each once, under the right reader, and the page shows it."""
        return (
            bool(self.sent)
            and self.sent == set(self.stored)
            and not (self.doubled or self.foreign or self.early)
            and self.shown == self.standing
        )


@dataclass
class World:
    """The server, which dies and comes back at the same address, and its database."""

    here: Installation
    port: int
    stack: ExitStack
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        """Where it answers; browsers call localhost a secure context."""
        return f"http://localhost:{self.port}"

    @property
    def is_running(self) -> bool:
        """Whether anybody is there to answer."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        self.process = self.stack.enter_context(self.here.start(*gunicorn(self.port, workers=2)))
        wait_until_ready(self.here, self.port, self.process)

    def kill(self) -> None:
        """All of its processes, at once, without a word."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)


@contextmanager
def outbox_world(folder: Path, seeds: int) -> Iterator[tuple[World, list[dict[str, Any]]]]:
    """A served installation with a class for each seed."""
    with installation(folder) as here, ExitStack() as stack:
        here.manage("quickstart", "--no-serve", "--empty")
        code = f"from tests.ops import seed; seed.outboxes({seeds})"
        facts = json.loads(here.manage("shell", "--no-imports", "-c", code).stdout)
        world = World(here, free_port(), stack)
        world.start()
        yield world, facts


class Desk:
    """One reader's browser, and what happens to it."""

    def __init__(self, world: World, facts: dict[str, Any], kind: BrowserType, profile: Path, seed: int) -> None:
        self.world, self.facts, self.kind, self.profile = world, facts, kind, profile
        self.chance = random.Random(seed)
        self.result = Outcome(seed)
        self.held: list[Route] = []
        self.place = 0
        self.session = 0
        self.is_offline = False
        self.open()

    # The browser

    def open(self) -> None:
        """Start it on its profile, its reader signed in, the network at the mercy of chance."""
        self.context = self.kind.launch_persistent_context(
            str(self.profile), executable_path=chromium(), args=FLAGS, base_url=self.world.address
        )
        self.context.set_default_timeout(LONG)
        self.context.add_init_script(WATCHED)
        self.context.route(OPERATIONS, self.meet)
        self.sign_in(self.session)
        self.page = self.read()

    def sign_in(self, session: int) -> None:
        """By cookie."""
        value = self.facts["sessions"][session]
        self.context.add_cookies([{"name": "session", "value": value, "url": self.world.address}])

    def read(self, reading: int = 0) -> Page:
        """Open a reading in a tab of its own."""
        page = self.context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(self.facts["addresses"][reading])
        expect(page.locator("body.scripted")).to_be_attached(timeout=LONG)
        return page

    def kill(self) -> None:
        """SIGKILL to the browser's processes, which are those with this profile."""
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if f"--user-data-dir={self.profile}" in path.read_text().split("\0"):
                    os.kill(int(path.parent.name), signal.SIGKILL)
        with suppress(Error):
            self.context.close()
        for lock in self.profile.glob("Singleton*"):
            lock.unlink()

    # The network

    def meet(self, route: Route) -> None:
        """A save on its way: it arrives, or one of the things happens that happen."""
        fate = self.chance.random()
        with suppress(Error):
            if fate < 0.15:
                route.abort()
            elif fate < 0.3:
                route.fulfill(status=self.chance.choice([500, 502, 503, 429]), headers={"Retry-After": "1"}, body="{}")
            elif fate < 0.45:
                # The server has done it, and nobody hears of it.
                route.fetch()
                route.abort()
            elif fate < 0.6:
                self.held.append(route)
            else:
                route.continue_()

    def let_go(self) -> None:
        """What was held up arrives after all, in any order."""
        self.chance.shuffle(self.held)
        while self.held:
            with suppress(Error):
                self.held.pop().continue_()

    def go_offline(self, *, is_offline: bool = True) -> None:
        """For all tabs."""
        self.context.set_offline(is_offline)

    # The reader

    def mark(self, page: Page, times: int, reading: int = 0) -> None:
        """Tag sentences by key, one after another, as fast as it goes; now and then take one back, or that back."""
        for _ in range(times):
            before = page.evaluate("window.kept.length")
            page.locator("#text .block").nth(self.place).click()
            page.keyboard.press(self.chance.choice("1234"))
            self.place += 1
            keys = self.chance.choice([[], [], [], ["Control+z"], ["Control+z", "Control+Shift+z"]])
            for key in keys:
                page.keyboard.press(key)
            # The mark at least: there may be nothing to take back.
            page.wait_for_function(
                "(least) => window.kept.length >= least && window.kept.length === window.begun", arg=before + 1
            )
            if self.chance.random() < 0.5:
                self.let_go()
            if reading == 0:
                self.result.sent |= set(page.evaluate("window.kept"))

    def settle(self) -> None:
        """The troubles are over: wait until nothing is on the device, and compare."""
        self.context.unroute(OPERATIONS)
        self.let_go()
        self.go_offline(is_offline=False)
        page = self.read()
        page.evaluate(WAKE)
        until(page, f"async () => (await ({HELD})()) === 0")
        page.reload()
        expect(page.locator("body.scripted")).to_be_attached(timeout=LONG)
        self.result.shown = set(
            page.locator("#cards > li").evaluate_all("(cards) => cards.map((card) => card.dataset.span)")
        )
        self.context.close()
        self.compare()

    def compare(self) -> None:
        """What the database holds of this seed."""
        own, other = self.facts["readings"]
        rows = "SELECT uuid FROM annotator_spanoperation WHERE reading_id = ?"
        self.result.stored = [plain(uuid) for (uuid,) in self.world.here.ask(rows, own)]
        theirs = {plain(uuid) for (uuid,) in self.world.here.ask(rows, other)}
        self.result.sent = {plain(uuid) for uuid in self.result.sent}
        self.result.foreign = theirs & self.result.sent
        standing = "SELECT uuid FROM annotator_span WHERE reading_id = ? AND deleted_at IS NULL"
        self.result.standing = {plain(uuid) for (uuid,) in self.world.here.ask(standing, own)}
        self.result.shown = {plain(uuid) for uuid in self.result.shown}


def plain(uuid: object) -> str:
    """One way to write a UUID, which databases write in several."""
    return str(uuid).replace("-", "")
