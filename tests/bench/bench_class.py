"""A whole lesson over HTTP: many pupils join from one address, wait, read, save and hand in while the teacher watches.

    python tests/bench/bench_class.py [--readers 30 300] [--saves 20] [--pace 3] [--database-url postgres://…]

Run by hand on a quiet machine: quickstart's server on SQLite, or with --database-url three gunicorn processes on an
empty PostgreSQL database. Beside the lesson a client asks the bare view of one insert all the time: p95 of each kind of
answer is given in milliseconds and as a ratio to the bare view's in the same run. Stops where anything is lost.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
os.environ.setdefault("SOURCEWISE_DATA", tempfile.mkdtemp(prefix="sourcewise-bench-"))

import django  # noqa: E402  # the environment comes first

django.setup()


from tests.ops.installation import Installation  # noqa: E402
from tests.ops.lesson import Person, Pupil, Teacher, lesson  # noqa: E402
from tests.ops.visitors import Visitor, free_port, gunicorn, serving, stored  # noqa: E402

KINDS = ("join page", "join", "poll", "text", "save", "hand in", "progress")


def paced(seconds: float) -> None:
    """Wait about so long, nobody in step with anybody."""
    time.sleep(random.uniform(0.5, 1.5) * seconds)


def bare(visitor: Visitor, person: Person, over: threading.Event) -> None:
    """Ask the bare view, one request after another, as long as the lesson runs."""
    while not over.wait(0.05):
        person.ask("bare", "POST", "/bench/bare/", {})


def run(here: Installation, readers: int, saves: int, pace: float, is_postgresql: bool) -> None:
    """One lesson in a new installation; prints a line for each kind of answer."""
    here.manage("quickstart", "--no-serve", "--empty")
    code = "from tests.ops import seed; seed.lesson()"
    facts = json.loads(here.manage("shell", "--no-imports", "-c", code).stdout)
    port = free_port()
    quickstart = [sys.executable, "manage.py", "quickstart", "--port", str(port)]
    with serving(here, port, *(gunicorn(port, workers=3) if is_postgresql else quickstart)):
        teacher, pupils = Teacher(Visitor(port, dict(facts))), [Pupil(Visitor(port, {})) for _ in range(readers)]
        plain, over = Person(Visitor(port, {})), threading.Event()
        plain.ask("page", "GET", f"/join/{facts['door']}/")
        beside = threading.Thread(target=bare, args=[plain.visitor, plain, over])
        beside.start()
        began = time.perf_counter()
        try:
            lesson(teacher, pupils, facts, saves=saves, pace=lambda: paced(pace))
        finally:
            over.set()
            beside.join()
        spent = time.perf_counter() - began
    report(readers, [teacher, *pupils], plain, spent)
    check(here, pupils, [*pupils, teacher, plain])


def p95(times: list[float]) -> float:
    """Milliseconds."""
    return statistics.quantiles(times, n=20, method="inclusive")[18] * 1000 if len(times) > 1 else times[0] * 1000


def report(readers: int, people: list[Person], plain: Person, spent: float) -> None:
    """What each kind of answer took, and how long all needed to join."""
    base = p95(plain.spent["bare"])
    print(f"{readers} readers, {spent:.0f} s in all; bare insert p95 {base:.0f} ms ({len(plain.spent['bare'])})")
    for kind in KINDS:
        times = [one for person in people for one in person.spent.get(kind, [])]
        print(f"  {kind:10} {len(times):6} answers, p95 {p95(times):7.0f} ms, {p95(times) / base:5.2f} x bare")
    print(f"  all had joined after {max(pupil.joined for pupil in people if isinstance(pupil, Pupil)):.0f} s")


def check(here: Installation, pupils: list[Pupil], everybody: list[Person]) -> None:
    """Nothing strange was answered, and each acknowledged highlight is a row."""
    acknowledged = {uuid.replace("-", "") for pupil in pupils for uuid in pupil.visitor.acknowledged}
    lost = acknowledged - stored(here)
    failed = [status for pupil in pupils for status in pupil.visitor.refusals or [0] * len(pupil.visitor.failed)]
    strange = [line for person in everybody for line in person.strange]
    print(f"  {len(acknowledged)} saved, {len(lost)} lost, {failed} failed, strange answers: {strange}")
    if failed or strange or lost:
        raise SystemExit(1)


def main() -> None:
    """Read the arguments, run each lesson in an installation of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", type=int, nargs="*", default=[30, 300])
    parser.add_argument("--saves", type=int, default=20)
    parser.add_argument("--pace", type=float, default=3, help="seconds between two things a pupil does")
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL database; one lesson only")
    asked = parser.parse_args()
    for readers in asked.readers:
        with tempfile.TemporaryDirectory(prefix="sourcewise-class-") as folder:
            here = Installation(Path(folder), asked.database_url, {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"})
            run(here, readers, asked.saves, asked.pace, bool(asked.database_url))


if __name__ == "__main__":
    main()
