"""What a save and an opened page cost, and how many saves a second the production server takes.

    python tests/bench/bench_saves.py [--seconds 8] [--threads 8] [--readers 30 300] [--only cpu|rate]

Run by hand on a quiet machine. CPU: process time in this process, median of many. Rate: waitress in a process of its
own, each reader with an own session, saving as fast as the answers come; the same for a bare view doing one insert.
"""

import argparse
import asyncio
import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("SOURCEWISE_DATA", tempfile.mkdtemp(prefix="sourcewise-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

import django  # noqa: E402  # the environment comes first

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from annotator.access import member_key  # noqa: E402
from annotator.middleware.session_age import SEEN  # noqa: E402
from annotator.models import Reading, Span, User  # noqa: E402
from tests import factories  # noqa: E402

CSRF = "c" * 32
# An address, a session, and what to send there.
Job = tuple[str, str, Iterator[tuple[str, bytes]]]
WORDS = ["harbour", "mayor", "ferry", "council", "said", "report", "budget", "according", "plainly", "winter", "vote"]


def text_of(words: int, seed: int = 1) -> str:
    """Paragraphs of sixty invented words."""
    chance = random.Random(seed)
    parts = [" ".join(chance.choices(WORDS, k=min(60, words - done))) + "." for done in range(0, words, 60)]
    return "\n\n".join(parts)


def session_for(user: User) -> str:
    """A signed-in session; its key."""
    store = SessionStore(factories.session_of(user))
    store[SEEN] = int(time.time())
    store.save()
    return str(store.session_key)


def prepared(words: int, spans: int, readers: int) -> list[tuple[Reading, str]]:
    """An open exercise with `readers` readings of `spans` highlights each, and their session keys."""
    with transaction.atomic():
        teacher = factories.teacher()
        room = factories.classroom(teacher)
        work = factories.exercise(room, [factories.article(teacher, text=text_of(words), title="Bench")])
        readings = [factories.reading(work, factories.reader(room)) for _ in range(readers)]
        labels = list(work.codebook_version.labels.all())
        for reading in readings:
            add_spans(reading, labels, spans)
        return [(reading, session_for(reading.member.user)) for reading in readings]


def add_spans(reading: Reading, labels: list, count: int) -> None:
    """`count` highlights of about six words, spread evenly, overlapping now and then."""
    text = reading.article.text
    step = max(1, (len(text) - 80) // max(count, 1))
    rows = []
    for n in range(count):
        start, end = n * step, n * step + 30 + (n % 5) * 8
        label = labels[n % len(labels)]
        row = Span(uuid=uuid.uuid4(), reading=reading, number=n + 1, label=label, start=start, end=end)
        row.quote = text[start:end]
        rows.append(row)
    Span.objects.bulk_create(rows)
    reading.last_number = count
    reading.save()


def add_body(reading: Reading, place: int) -> tuple[str, bytes]:
    """A request that adds one highlight at `place`, and its span's UUID."""
    text = reading.article.text
    start = place % (len(text) - 90)
    end = start + 40 + place // (len(text) - 90)
    words = text[start:end]
    span = str(uuid.uuid4())
    operation = {
        "uuid": str(uuid.uuid4()), "op": "add", "span": span, "label": "claim", "start": start, "end": end,
        "quote_start": words[:32], "quote_end": words[-32:],
    }  # fmt: skip
    envelope = {
        "text_sha256": reading.article.text_sha256, "codebook_version": str(reading.exercise.codebook_version.uuid),
        "member_key": member_key(reading.member.user), "operations": [operation],
    }  # fmt: skip
    return span, json.dumps(envelope).encode()


def cookies(session: str) -> str:
    """The two cookies of a signed-in reader."""
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"


# CPU, in this process, through the whole WSGI application.


def call(application: Callable, method: str, path: str, session: str, body: bytes = b"") -> tuple[int, int, float]:
    """One request: status, bytes of the answer, milliseconds of CPU."""
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr, "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/json", "HTTP_COOKIE": cookies(session), "HTTP_X_CSRFTOKEN": CSRF,
        "REMOTE_ADDR": "127.0.0.1", "SCRIPT_NAME": "",
    }  # fmt: skip
    status = []
    began = time.process_time()
    answer = application(environ, lambda line, headers, info=None: status.append(int(line.split()[0])))
    size = sum(len(part) for part in answer)
    spent = (time.process_time() - began) * 1000
    answer.close()
    return status[0], size, spent


def cpu(words: int, spans: int) -> None:
    """Print the cost of a save, a repeat and an opened page."""
    application = get_wsgi_application()
    [(reading, session)] = prepared(words, spans, 1)
    operations = f"/readings/{reading.uuid}/operations/"
    saves, opens, bare = [], [], []
    for n in range(60):
        place = (n * 7919 + 13) % len(reading.article.text)
        status, answer_size, spent = call(application, "POST", operations, session, add_body(reading, place)[1])
        assert status == 201, status
        saves.append(spent)
        bare.append(call(application, "POST", "/bench/bare/", session, b"{}")[2])
    for _ in range(12):
        status, page_size, spent = call(application, "GET", f"/readings/{reading.uuid}/", session)
        assert status == 200, status
        opens.append(spent)
    print(
        f"{words} words, {spans} highlights: save {statistics.median(saves[10:]):.1f} ms CPU "
        f"({answer_size / 1000:.1f} kB), bare insert {statistics.median(bare[10:]):.1f} ms, "
        f"page {statistics.median(opens[2:]):.1f} ms ({page_size / 1000:.0f} kB)"
    )


# Rate, over HTTP.


async def reader_loop(port: int, path: str, session: str, bodies: Iterator[tuple[str, bytes]], until: float) -> dict:
    """One reader: save, wait for the answer, save again; what was acknowledged, how long each took, what failed."""
    done: dict = {"acknowledged": [], "seconds": [], "errors": 0}
    source, sink = await asyncio.open_connection("127.0.0.1", port)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies(session)}\r\nX-CSRFToken: {CSRF}\r\n"
        "Content-Type: application/json\r\nContent-Length: "
    )
    while time.perf_counter() < until:
        span, body = next(bodies)
        began = time.perf_counter()
        sink.write(f"{head}{len(body)}\r\n\r\n".encode() + body)
        lines = (await source.readuntil(b"\r\n\r\n")).split(b"\r\n")
        size = next(int(line[15:]) for line in lines if line.lower().startswith(b"content-length:"))
        await source.readexactly(size)
        done["seconds"].append(time.perf_counter() - began)
        if lines[0].split()[1] in {b"200", b"201"}:
            done["acknowledged"].append(span)
        else:
            done["errors"] += 1
    sink.close()
    return done


async def all_readers(
    port: int, jobs: list[tuple[str, str, Iterator[tuple[str, bytes]]]], seconds: float
) -> list[dict]:
    """Every reader at once."""
    until = time.perf_counter() + seconds
    return await asyncio.gather(*(reader_loop(port, *job, until) for job in jobs))


def bodies_of(reading: Reading, offset: int) -> Iterator[tuple[str, bytes]]:
    """Highlight after highlight, none twice."""
    place = offset
    while True:
        place += 31
        yield add_body(reading, place)


def bare_bodies() -> Iterator[tuple[str, bytes]]:
    """The same empty request for ever."""
    while True:
        yield "", b"{}"


def server(port: int, threads: int) -> subprocess.Popen:
    """waitress, as quickstart runs it."""
    code = (
        "import logging; logging.disable(logging.INFO)\n"
        "from waitress import serve\nfrom config.wsgi import application\n"
        f"serve(application, host='127.0.0.1', port={port}, threads={threads}, connection_limit=1000, backlog=2048)"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    for _ in range(600):
        time.sleep(0.1)
        try:
            asyncio.run(connect(port))
        except OSError:
            continue
        return process
    raise SystemExit("The server did not start.")


async def connect(port: int) -> None:
    """Raise OSError until the server listens."""
    _source, sink = await asyncio.open_connection("127.0.0.1", port)
    sink.close()


def rate(readers: int, seconds: float, threads: int) -> None:
    """Print saves and bare inserts a second, and that none was lost."""
    prepared_readings = prepared(900, 0, readers)
    connection.close()
    port = 18000 + os.getpid() % 10000
    process = server(port, threads)
    try:
        jobs = [
            (f"/readings/{r.uuid}/operations/", key, bodies_of(r, n)) for n, (r, key) in enumerate(prepared_readings)
        ]
        plain = [("/bench/bare/", key, bare_bodies()) for _, key in prepared_readings]
        asyncio.run(all_readers(port, plain, 1.5))
        rounds = []
        for _ in range(2):
            rounds.append((measured(port, plain, seconds / 2), measured(port, jobs, seconds / 2)))
    finally:
        process.terminate()
        process.wait()
    report(readers, rounds, {r.pk for r, _ in prepared_readings})


def measured(port: int, jobs: list, seconds: float) -> dict:
    """One stretch: per second, the slow tail, errors, acknowledged."""
    began = time.perf_counter()
    results = asyncio.run(all_readers(port, jobs, seconds))
    spent = time.perf_counter() - began
    times = sorted(took for result in results for took in result["seconds"])
    return {
        "rate": len(times) / spent,
        "p95": times[int(len(times) * 0.95)] * 1000,
        "errors": sum(result["errors"] for result in results),
        "acknowledged": [span for result in results for span in result["acknowledged"]],
    }


def report(readers: int, rounds: list[tuple[dict, dict]], readings: set[int]) -> None:
    """One line, and a stop where a row is missing."""
    bare = statistics.mean(one["rate"] for one, _ in rounds)
    saves = statistics.mean(two["rate"] for _, two in rounds)
    acknowledged = {uuid.UUID(span) for _, two in rounds for span in two["acknowledged"]}
    stored = set(Span.objects.filter(reading__in=readings).values_list("uuid", flat=True))
    errors = sum(part["errors"] for pair in rounds for part in pair)
    print(
        f"{readers} readers on {connection.vendor}: {saves:.0f} saves/s, bare insert {bare:.0f}/s, "
        f"ratio {saves / bare:.2f}; p95 {rounds[-1][1]['p95']:.0f} ms (bare {rounds[-1][0]['p95']:.0f}); "
        f"{errors} errors, {len(acknowledged - stored)} lost, {len(stored - acknowledged)} unacknowledged"
    )
    if errors or acknowledged - stored:
        raise SystemExit(1)


def main() -> None:
    """Read the arguments, make a database, run what was asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--readers", type=int, nargs="*", default=[30, 300])
    parser.add_argument("--only", choices=["cpu", "rate"])
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if asked.only != "rate":
        cpu(900, 200)
        cpu(100_000, 5000)
    if asked.only != "cpu":
        for readers in asked.readers:
            rate(readers, asked.seconds, asked.threads)


if __name__ == "__main__":
    main()
