"""Readers over HTTP, as browsers without JavaScript and their page's script would speak, and the servers they meet."""

import http.client
import json
import re
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.ops import seed
from tests.ops.installation import Installation

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Visitor:
    """One reader with cookies of their own; `acknowledged` and `failed` hold the spans by what was answered.

    `refusals` are the statuses of answers that were no 2xx; a save without any answer is among `failed` alone.
    """

    port: int
    facts: dict[str, str]
    cookies: dict[str, str] = field(default_factory=dict)
    acknowledged: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)
    sent: int = 0
    host: str = "127.0.0.1"

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
        """One request on a connection of its own: status and body."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, {"Host": f"{self.host}:{self.port}", "Cookie": cookies, **named})
            answer = connection.getresponse()
            content = answer.read().decode()
        finally:
            connection.close()
        for value in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(value).items()}
        return answer.status, content

    def sign_in(self) -> None:
        """By the link, pressing its button."""
        path = f"/sign-in/{self.facts['token']}/"
        status, page = self.ask("GET", path)
        assert status == 200, page
        form = urlencode({"csrfmiddlewaretoken": TOKEN.findall(page)[0]}).encode()
        status, page = self.ask("POST", path, form, Content_Type="application/x-www-form-urlencoded")
        assert status == 302, page

    def save(self) -> bool:
        """One more highlight where none is yet; False where no good answer came."""
        span = str(uuid.uuid4())
        start = self.sent * 3
        self.sent += 1
        words = seed.TEXT[start : start + 40]
        operation = {
            "uuid": str(uuid.uuid4()), "op": "add", "span": span, "label": "claim", "start": start, "end": start + 40,
            "quote_start": words[:32], "quote_end": words[-32:],
        }  # fmt: skip
        envelope = {name: self.facts[name] for name in ("text_sha256", "codebook_version", "member_key")}
        body = json.dumps(envelope | {"operations": [operation]}).encode()
        path = f"/readings/{self.facts['reading']}/operations/"
        try:
            status, _ = self.ask(
                "POST", path, body, Content_Type="application/json", X_CSRFToken=self.cookies["csrf"]
            )  # fmt: skip
        except (OSError, http.client.HTTPException):
            status = 0
        (self.acknowledged if status in {200, 201} else self.failed).append(span)
        if status not in {0, 200, 201}:
            self.refusals.append(status)
        return status in {200, 201}


def filled(here: Installation, readers: int) -> list[dict[str, str]]:
    """What `readers` visitors need to know, from a class newly made in the installation."""
    code = f"from tests.ops import seed; seed.fill({readers})"
    found: list[dict[str, str]] = json.loads(here.manage("shell", "--no-imports", "-c", code).stdout)
    return found


def stored(here: Installation) -> set[str]:
    """The UUIDs of all spans, which databases write in several ways."""
    return {getattr(uuid, "hex", uuid) for (uuid,) in here.ask("SELECT uuid FROM annotator_span")}


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def gunicorn(port: int, workers: int) -> list[str]:
    """The README's command."""
    return [
        sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}",
        "--workers", str(workers), "--threads", "4",
    ]  # fmt: skip


@contextmanager
def serving(here: Installation, port: int, *command: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A server of the installation, once it says that it is ready."""
    with here.start(*command) as process:
        wait_until_ready(here, port, process)
        yield process


def wait_until_ready(here: Installation, port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until /readyz answers 200; at most half a minute."""
    visitor = Visitor(port, {})
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert process.poll() is None, here.said()
        with suppress(OSError, http.client.HTTPException):
            if visitor.ask("GET", "/readyz")[0] == 200:
                return
        pause()
    raise AssertionError("The server was not ready within half a minute.")


def pause() -> None:
    """Let the other process run for a moment."""
    threading.Event().wait(0.05)


def together(jobs: list[Callable[[], object]]) -> None:
    """Run every job in a thread of its own; what one of them raises is raised here."""
    raised: list[BaseException] = []

    def run(job: Callable[[], object]) -> None:
        try:
            job()
        except BaseException as error:  # noqa: BLE001  # a thread's own would be lost
            raised.append(error)

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if raised:
        raise raised[0]
