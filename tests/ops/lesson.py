"""A lesson over HTTP: pupils who join from one address, read, save and hand in, and a teacher who watches meanwhile."""

import html
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.ops.visitors import TOKEN, Visitor, pause, together

FORM = "application/x-www-form-urlencoded"
OFFER = re.compile(r'name="offer" value="([^"]+)"')
NAME = re.compile(r'name="pick" value="([^"]+)"')
MARK = re.compile(r'data-mark="([^"]+)"')
PAGE = {
    "reading": re.compile(r'data-reading="([^"]+)"'),
    "member_key": re.compile(r'data-member-key="([^"]+)"'),
    "codebook_version": re.compile(r'data-codebook="([^"]+)"'),
    "text_sha256": re.compile(r'data-sha256="([^"]+)"'),
}
# However slow the machine: a pupil waits so long for the teacher, in looks at the page.
MOST_LOOKS = 2000


@dataclass
class Person:
    """Somebody with a browser; `spent` holds seconds by kind of answer, `strange` the answers nobody wants."""

    visitor: Visitor
    spent: dict[str, list[float]] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)

    def ask(
        self, kind: str, method: str, path: str, form: dict[str, str] | None = None, **headers: str
    ) -> tuple[int, str]:
        """One request, timed; a form goes with the token of the browser."""
        body = b"" if form is None else urlencode({"csrfmiddlewaretoken": self.visitor.facts["csrf"], **form}).encode()
        named = {"Content_Type": FORM, **headers} if form is not None else headers
        with self.timed(kind):
            status, page = self.visitor.ask(method, path, body, **named)
        found = TOKEN.findall(page)
        if found:
            self.visitor.facts["csrf"] = found[0]
        if status >= 400 and status != 422:
            self.strange.append(f"{kind}: {status}")
        return status, page

    @contextmanager
    def timed(self, kind: str) -> Iterator[None]:
        """Note how long this took."""
        began = time.perf_counter()
        yield
        self.spent.setdefault(kind, []).append(time.perf_counter() - began)


@dataclass
class Pupil(Person):
    """Joins by the link, waits for the teacher, reads, hands in; `joined` after so many seconds."""

    joined: float = 0

    def join(self, token: str) -> None:
        """Take an offered name; where another was quicker, one of the next three."""
        path, began = f"/join/{token}/", time.perf_counter()
        status, page = self.ask("join page", "GET", path)
        for _ in range(20):
            offer, name = OFFER.findall(page)[0], html.unescape(NAME.findall(page)[0])
            status, page = self.ask("join", "POST", path, {"offer": html.unescape(offer), "pick": name, "do": "start"})
            if status == 302:
                self.joined = time.perf_counter() - began
                return
            status, page = self.ask("join", "POST", path, {"offer": html.unescape(offer), "do": "names"})
        self.strange.append("never got a name")

    def wait(self, exercise: str, looks_for: str, pace: Callable[[], None]) -> None:
        """Look at the lesson's page until it says so; unchanged answers are cheap and have no body."""
        mark = ""
        for _ in range(MOST_LOOKS):
            with self.timed("poll"):
                status, page = self.visitor.ask("GET", f"/exercises/{exercise}/lesson/", If_None_Match=mark)
            if status not in {200, 304}:
                self.strange.append(f"poll: {status}")
            if looks_for in page:
                return
            mark = html.unescape(MARK.findall(page)[0]) if MARK.search(page) else mark
            pace()
        self.strange.append(f"never saw {looks_for}")

    def read(self, exercise: str, article: str) -> None:
        """Open the text and learn what saving takes."""
        self.ask("page", "GET", f"/exercises/{exercise}/")
        self.ask("start", "POST", f"/exercises/{exercise}/articles/{article}/read/", {})
        _status, page = self.ask("page", "GET", f"/exercises/{exercise}/")
        reading = re.findall(r'href="/readings/([^"/]+)/"', page)[0]
        _status, page = self.ask("text", "GET", f"/readings/{reading}/")
        self.visitor.facts |= {name: pattern.findall(page)[0] for name, pattern in PAGE.items()}

    def save(self) -> None:
        """One more highlight."""
        with self.timed("save"):
            self.visitor.save()

    def hand_in(self) -> None:
        """Done."""
        self.ask("hand in", "POST", f"/readings/{self.visitor.facts['reading']}/hand-in/", {})


class Teacher(Person):
    """Walks the lesson on, and watches."""

    def come_in(self) -> None:
        """By the link."""
        path = f"/sign-in/{self.visitor.facts['token']}/"
        self.ask("sign in", "GET", path)
        self.ask("sign in", "POST", path, {})

    def go(self, exercise: str, stop: str) -> None:
        """One press of the button."""
        self.ask("page", "GET", f"/exercises/{exercise}/")
        status, _page = self.ask("move", "POST", f"/exercises/{exercise}/move/", {"phase": stop})
        if status != 302:
            self.strange.append(f"move to {stop}: {status}")

    def watch(self, exercise: str, done: threading.Event) -> None:
        """Ask how far everybody is, every second, until it is over."""
        while not done.wait(1):
            self.ask("progress", "GET", f"/exercises/{exercise}/progress/")


def lesson(
    teacher: Teacher, pupils: list[Pupil], facts: dict[str, str], *, saves: int, pace: Callable[[], None] = pause
) -> None:
    """All of them at once: join in the lobby, wait, read, save, hand in; the teacher opens when everybody is there.

    One pupil saves on while the teacher closes, and just after: what arrives in time counts.
    """
    exercise, here = facts["exercise"], threading.Barrier(len(pupils) + 1)
    over = threading.Event()

    def learn(pupil: Pupil, *, is_last: bool) -> None:
        pupil.join(facts["door"])
        here.wait()
        pupil.wait(exercise, "/read/", pace)
        pupil.read(exercise, facts["article"])
        for _ in range(saves):
            pupil.save()
            pace()
        if not is_last:
            pupil.hand_in()
        here.wait()
        if is_last:
            save_on(pupil)
        here.wait()
        if is_last:
            save_on(pupil)

    def save_on(pupil: Pupil) -> None:
        for _ in range(saves):
            pupil.save()

    def teach() -> None:
        here.wait()
        teacher.go(exercise, "open")
        here.wait()
        teacher.go(exercise, "closed")
        here.wait()

    watcher = threading.Thread(target=teacher_watching, args=[teacher, exercise, over])
    teacher.come_in()
    watcher.start()
    jobs = [lambda pupil=pupil, at=at: learn(pupil, is_last=at == 0) for at, pupil in enumerate(pupils)]
    try:
        together([teach, *jobs])
    finally:
        over.set()
        watcher.join()


def teacher_watching(teacher: Teacher, exercise: str, over: threading.Event) -> None:
    """A second tab of the same teacher, so that both can ask at once."""
    tab = Teacher(Visitor(teacher.visitor.port, dict(teacher.visitor.facts), dict(teacher.visitor.cookies)))
    tab.watch(exercise, over)
    teacher.spent |= {kind: [*teacher.spent.get(kind, []), *times] for kind, times in tab.spent.items()}
    teacher.strange += tab.strange
