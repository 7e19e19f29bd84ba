"""What befalls a reader in the middle of the work, one kind of trouble after another, by seed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserType, expect

from tests.e2e.outbox_world import HELD, LONG, Desk, Outcome, World
from tests.e2e.reading_screen import COPIED, OPERATIONS, WAKE, until


def reloaded(desk: Desk) -> None:
    """Marks, reloads with something on the way, marks again."""
    desk.mark(desk.page, 4)
    desk.page.reload()
    expect(desk.page.locator("body.scripted")).to_be_attached(timeout=LONG)
    desk.mark(desk.page, 3)


def offline(desk: Desk) -> None:
    """No network, then no server: the page is reloaded from its copy, marked, and closed before anything is back."""
    until(desk.page, COPIED)
    desk.mark(desk.page, 2)
    desk.go_offline()
    desk.mark(desk.page, 2)
    desk.world.kill()
    desk.go_offline(is_offline=False)
    desk.page.reload()
    expect(desk.page.locator("body.scripted")).to_be_attached(timeout=LONG)
    expect(desk.page.locator("#copy")).to_be_visible(timeout=LONG)
    desk.mark(desk.page, 2)
    desk.page.close()
    desk.world.start()


def server_killed(desk: Desk) -> None:
    """SIGKILL to the server while saves arrive, then it is started again."""
    desk.mark(desk.page, 2)
    desk.page.evaluate(WAKE)
    desk.world.kill()
    desk.mark(desk.page, 3)
    desk.world.start()
    desk.mark(desk.page, 2)


def browser_killed(desk: Desk) -> None:
    """SIGKILL to the browser with saves on their way; the same profile is opened again."""
    desk.mark(desk.page, 4)
    desk.kill()
    desk.held.clear()
    desk.open()
    desk.mark(desk.page, 2)


def two_tabs(desk: Desk) -> None:
    """The same reading twice, marked in turns; one tab is closed in the middle."""
    second = desk.read()
    for _ in range(3):
        desk.mark(desk.page, 1)
        desk.mark(second, 1)
    desk.page.close()
    desk.mark(second, 2)


def session_ended(desk: Desk) -> None:
    """Signed out by the server; the same reader signs in again."""
    desk.mark(desk.page, 2)
    desk.world.here.ask("DELETE FROM django_session WHERE session_key = ?", desk.facts["sessions"][0])
    desk.mark(desk.page, 3)
    desk.session = 1
    desk.sign_in(1)
    desk.page.evaluate(WAKE)
    desk.mark(desk.page, 2)


def other_student(desk: Desk) -> None:
    """Another student signs in on the machine and reads, while the first one's tab is still open."""
    desk.go_offline()
    desk.mark(desk.page, 4)
    desk.sign_in(2)
    desk.go_offline(is_offline=False)
    desk.page.evaluate(WAKE)
    theirs = desk.read(1)
    desk.mark(theirs, 3, reading=1)
    desk.page.evaluate(WAKE)
    desk.let_go()
    # Not as a waited-for expression: its evaluation is what the page's content security policy forbids.
    expect(theirs.locator("#saved.ok")).to_be_attached(timeout=LONG)
    theirs.close()
    desk.sign_in(0)


def deadline_passed(desk: Desk) -> None:
    """Offline when the time runs out: what comes then is stored as late."""
    desk.mark(desk.page, 1)
    desk.let_go()
    desk.context.unroute(OPERATIONS)
    desk.page.evaluate(WAKE)
    until(desk.page, f"async () => (await ({HELD})()) === 0")
    in_time = "SELECT COUNT(*) FROM annotator_span WHERE reading_id = ?"
    [(before,)] = desk.world.here.ask(in_time, desk.facts["readings"][0])
    desk.go_offline()
    for key in "123":
        desk.page.locator("#text .block").nth(desk.place).click()
        desk.page.keyboard.press(key)
        desk.place += 1
    desk.page.wait_for_function("(least) => window.kept.length >= least", arg=len(desk.result.sent) + 3)
    desk.result.sent |= set(desk.page.evaluate("window.kept"))
    closing_time = "2026-01-05 12:00:00+00:00"
    desk.world.here.ask(
        "UPDATE annotator_exercise SET phase = 'closed', closed_at = ? WHERE id = ?",
        closing_time, desk.facts["exercise"],
    )  # fmt: skip
    desk.settle()
    late = [bool(each) for (each,) in desk.world.here.ask(
        "SELECT is_late FROM annotator_span WHERE reading_id = ? ORDER BY number", desk.facts["readings"][0]
    )]  # fmt: skip
    desk.result.early = 0 if late == [False] * before + [True] * 3 else 1


TROUBLES: list[Callable[[Desk], None]] = [
    reloaded, offline, server_killed, browser_killed, two_tabs, session_ended, other_student, deadline_passed,
]  # fmt: skip


def run_seed(world: World, facts: dict[str, Any], kind: BrowserType, profile: Path, seed: int) -> Outcome:
    """One seed from the first mark to the comparison."""
    # A seed that failed half-way must not fail those after it.
    if not world.is_running:
        world.start()
    desk = Desk(world, facts, kind, profile, seed)
    trouble = TROUBLES[seed % len(TROUBLES)]
    desk.result.trouble = trouble.__name__
    try:
        trouble(desk)
        if not desk.result.stored:
            desk.settle()
    finally:
        desk.kill()
    return desk.result
