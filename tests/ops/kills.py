"""Killing a server in the middle of its work, again and again, and counting what it had promised to keep."""

import os
import random
import signal
import sqlite3
import subprocess
import threading
from contextlib import closing
from dataclasses import dataclass, field

from tests.ops.installation import Installation
from tests.ops.visitors import Visitor, filled, free_port, gunicorn, together, wait_until_ready


@dataclass
class Kills:
    """How often it was killed, how many saves it had answered with a 2xx, and which of them are not stored.

    `refusals` are the statuses of saves that were answered otherwise; those that a kill cut short have no answer.
    """

    kills: int = 0
    acknowledged: int = 0
    lost: set[str] = field(default_factory=set)
    refusals: list[int] = field(default_factory=list)
    integrity: str = ""


def kill_rounds(here: Installation, *, rounds: int, clients: int, chance: random.Random) -> Kills:
    """`rounds` times: start gunicorn on SQLite, let `clients` save, kill its process group at a random moment."""
    visitors = [Visitor(0, facts) for facts in filled(here, clients)]
    result = Kills()
    for _ in range(rounds):
        port = free_port()
        with here.start(*gunicorn(port, workers=2)) as process:
            wait_until_ready(here, port, process)
            kill_while_saving(process, visitors, port, chance)
            process.wait(timeout=30)
            result.kills += process.returncode == -signal.SIGKILL
    count(result, here, visitors)
    return result


def kill_while_saving(
    process: "subprocess.Popen[bytes]", visitors: list[Visitor], port: int, chance: random.Random
) -> None:
    """Everybody saves until the server is gone; the kill falls after two saves each and a random while."""
    begun = threading.Semaphore(0)
    killed = threading.Event()

    def read(visitor: Visitor) -> None:
        visitor.port = port
        try:
            if not visitor.cookies:
                visitor.sign_in()
            visitor.save()
            visitor.save()
        finally:
            begun.release()
        while not killed.is_set():
            visitor.save()

    def kill() -> None:
        for _ in visitors:
            begun.acquire()
        threading.Event().wait(chance.uniform(0.0, 0.4))
        os.killpg(process.pid, signal.SIGKILL)
        killed.set()

    together([*(lambda visitor=visitor: read(visitor) for visitor in visitors), kill])  # type: ignore[misc]


def count(result: Kills, here: Installation, visitors: list[Visitor]) -> None:
    """Compare what was acknowledged with what is stored."""
    with closing(sqlite3.connect(here.sqlite)) as opened:
        stored = {uuid for (uuid,) in opened.execute("SELECT uuid FROM annotator_span")}
        [[result.integrity]] = opened.execute("PRAGMA integrity_check")
    acknowledged = {uuid.replace("-", "") for visitor in visitors for uuid in visitor.acknowledged}
    result.acknowledged = len(acknowledged)
    result.lost = acknowledged - stored
    result.refusals = [status for visitor in visitors for status in visitor.refusals]
