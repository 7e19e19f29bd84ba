"""How fast spans.csv is written, and how much memory it takes, beside a raw read of the same rows by sqlite3.

    python tests/bench/bench_export.py [--spans 100000 1000000]

Run by hand on a quiet machine; SQLite. Rows a second are of CPU time of this process; memory is what the process grew
by, at its highest, while the file was written piece by piece.
"""

import argparse
import itertools
import os
import sqlite3
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
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from annotator.exporters import csv_file, spans_csv  # noqa: E402
from annotator.models import Exercise, Reading, Span  # noqa: E402
from annotator.reports.export_spans import span_export  # noqa: E402
from tests import factories  # noqa: E402

WORDS = 900
A_READING = 200
RAW = "SELECT s.*, l.slug FROM annotator_span s JOIN annotator_label l ON l.id = s.label_id WHERE s.deleted_at IS NULL"


def article_text() -> str:
    """About 900 words in fifteen paragraphs."""
    sentence = (
        "The Eastquay council’s plan, said the harbour master, would cost “about 6.5 percent” more than the ferry. "
    )
    return "\n\n".join(["A plan", *[(sentence * 4).strip() for _ in range(WORDS // 60)]])


def filled(spans: int) -> None:
    """One exercise read by as many readers as it takes, 200 highlights each."""
    teacher = factories.teacher()
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher, text=article_text())])
    labels = list(work.codebook_version.labels.all())
    text = work.articles.get().text
    with transaction.atomic():
        for _ in range(spans // A_READING):
            reading = factories.reading(work, factories.reader(work.classroom), last_number=A_READING)
            Span.objects.bulk_create(made(reading, text, labels))


def made(reading: Reading, text: str, labels: list) -> Iterator[Span]:
    """The highlights of one reading."""
    step = (len(text) - 80) // A_READING
    for number in range(A_READING):
        start = number * step
        end = start + 30 + number % 40
        yield Span(
            uuid=uuid.uuid4(), reading=reading, number=number + 1, label=labels[number % len(labels)], start=start,
            end=end, quote=text[start:end], note="Who says so?" if number % 10 == 0 else "",
        )  # fmt: skip


def raw_rows() -> int:
    """Every span through sqlite3 alone."""
    with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as connection:
        return sum(1 for _ in connection.execute(RAW))


def exported(work: Exercise) -> int:
    """The whole file, thrown away piece by piece; its records."""
    return sum(part.count(b"\r\n") for part in csv_file.encode(spans_csv.records(span_export([work])))) - 1


def highest_kb() -> int:
    """The most memory this process ever held; Linux only (getrusage remembers the parent's as well)."""
    lines = Path("/proc/self/status").read_text().split("\n")
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def measured(job: Callable[[], int]) -> tuple[int, float, float]:
    """Rows, CPU seconds, and MB by which this process grew at its highest."""
    before = highest_kb()
    began = time.process_time()
    rows = job()
    spent = time.process_time() - began
    return rows, spent, (highest_kb() - before) / 1024


def measure() -> None:
    """One line about the one exercise there is, in a process that has filled no table and so starts small."""
    work = Exercise.objects.latest("pk")
    # Once for what is loaded at first use.
    next(csv_file.encode(spans_csv.records(itertools.islice(span_export([work]), 1))))
    rows, spent, grown = measured(lambda: exported(work))
    raw, raw_spent, _ = measured(raw_rows)
    print(
        f"{rows:>9,} spans: {rows / spent:>9,.0f} rows/s, {grown:.0f} MB more memory; "
        f"sqlite3 alone {raw / raw_spent:,.0f} rows/s: {spent / raw_spent:.1f} times its CPU"
    )


def main() -> None:
    """Fill a database for each size and measure it from a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spans", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        measure()
        return
    call_command("migrate", verbosity=0)
    for spans in asked.spans:
        Span.objects.all().delete()
        filled(spans)
        subprocess.run([sys.executable, __file__, "--measure"], check=True)


if __name__ == "__main__":
    main()
