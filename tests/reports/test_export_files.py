"""Both files whole: two exercises against files written by hand, of one moment, read back by other programs."""

import re
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pandas
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from annotator.exporters import csv_file, readings_csv, spans_csv
from annotator.models import Article, Exercise, Membership, Phase, Reading, ReadingState, Span
from annotator.reports import export_spans
from annotator.reports.export_readings import reading_export
from annotator.reports.export_spans import span_export
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
BY_HAND = ROOT / "tests" / "data" / "export"
LATER = datetime(2026, 3, 9, 14, 5, 0, tzinfo=UTC)
SUBMITTED = {"state": ReadingState.SUBMITTED, "started_at": factories.NOON, "submitted_at": LATER}
# Combining marks, a family joined by ZWJ, a flag, Hebrew and Arabic in English, a hard space, quotes, breaks.
SCRIPTS = (
    "=1+1 Cafe\u0301 👩‍👩‍👧 in Eastquay 🇳🇴\n\n"
    "‘\u05e9\u05dc\u05d5\u05dd’, said \u0642\u0627\u0644, “6.5\u00a0crowns”.\n\n- one\n@two\t'three'"
)


def article(name: str, title: str, text: str) -> Article:
    """An article with a known identifier, `a` or `b`."""
    uuid = UUID(f"{name * 8}-0000-4000-8000-00000000000{name}")
    return factories.article(factories.teacher(), text=text, title=title, uuid=uuid)


def reader(work: Exercise, number: int) -> Membership:
    """The classroom's reader with this code."""
    member = factories.reader(work.classroom)
    Membership.objects.filter(pk=member.pk).update(code_number=number)
    member.refresh_from_db()
    return member


def mark(of: Reading, number: int, start: int, end: int, label: str, **fields: Any) -> Span:
    """A highlight with a known identifier and times."""
    uuid = UUID(f"00000000-0000-4000-8000-{number:012}")
    times = {"created_at": factories.NOON, "updated_at": fields.pop("updated_at", factories.NOON)}
    return factories.span(of, start, end, label, uuid=uuid, **times, **fields)


def two_exercises() -> list[Exercise]:
    """What the files written by hand describe; made in another order than they list it."""
    tea, bridge = article("a", "-A", "Tea"), article("b", "Bridge", "Old 🏮 bridge.\n\nIt fell.")
    room = factories.classroom(factories.teacher())
    works = [factories.exercise(room, [bridge, tea]), factories.exercise(room, [tea], phase=Phase.REVISING)]
    for work, digits in zip(works, ["10", "01"], strict=True):
        work.uuid = UUID(f"{digits}000000-0000-4000-8000-000000000000")
        work.save()
    two_rounds(works[0], bridge)
    r02, r100 = reader(works[0], 2), reader(works[0], 100)
    waiting = factories.reading(works[0], r100, text=tea, started_at=factories.NOON)
    mark(waiting, 2, 0, 3, "boilerplate", note="=1+1", updated_at=LATER)
    mark(factories.reading(works[1], r02, text=tea, active_seconds=95, **SUBMITTED), 1, 0, 3, "claim")
    late = SUBMITTED | {"state": ReadingState.COLLECTED}
    collected = factories.reading(works[0], r02, text=bridge, **late)
    mark(collected, 4, 6, 12, "opinion", is_late=True)
    mark(collected, 8, 0, 3, "claim", deleted_at=LATER)
    return works


def two_rounds(work: Exercise, bridge: Article) -> None:
    """The key, and both rounds of one reader."""
    leader = work.classroom.memberships.get(is_teacher=True)
    key = factories.reading(work, leader, text=bridge, is_key=True, round=0, started_at=factories.NOON)
    mark(key, 3, 0, 5, "attribution", source_name='Jon "Pell"', source_kind="named_person")
    r10 = reader(work, 10)
    first = factories.reading(work, r10, text=bridge, **SUBMITTED)
    claim = mark(first, 6, 15, 23, "claim", note="two\nlines", confidence=3)
    claim.reported_by = mark(first, 5, 0, 5, "attribution")
    claim.save()
    mark(factories.reading(work, r10, text=bridge, round=2, **SUBMITTED), 7, 6, 12, "opinion", confidence=1)


@pytest.mark.django_db
def test_both_files_are_the_ones_written_by_hand() -> None:
    works = two_exercises()
    spans = b"".join(csv_file.encode(spans_csv.records(span_export(works))))
    readings = b"".join(csv_file.encode(readings_csv.records(reading_export(works))))
    assert spans == (BY_HAND / "spans.csv").read_bytes()
    assert readings == (BY_HAND / "readings.csv").read_bytes()


@pytest.fixture
def scripts(db: None) -> Reading:
    """A text of many scripts, with a highlight on every stretch of one to three characters and some long ones."""
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    work = factories.exercise(room, [factories.article(teacher, text=SCRIPTS)], phase=Phase.CLOSED)
    made = factories.reading(work, factories.reader(room))
    for length in (1, 2, 3, 40):
        for start in range(len(SCRIPTS) - length + 1):
            factories.span(made, start, start + length, note=SCRIPTS[start:])
    return made


def python_in(page: str) -> str:
    """The recipe as a person would copy it from the export page."""
    found = re.search(r'<pre class="recipe"[^>]*>(.*?)</pre>', page, re.DOTALL)
    assert found
    return found[1].replace("&quot;", '"').replace("&#x27;", "'")


@pytest.mark.parametrize("excel", [{}, {"excel": "1"}])
@pytest.mark.parametrize("source", ["page", "README"])
def test_the_recipes_give_every_highlight_back(
    client: Client,
    scripts: Reading,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    excel: dict[str, str],
    source: str,
) -> None:
    client.force_login(scripts.exercise.created_by)
    file = client.get(reverse("exercise-export-file", args=[scripts.exercise.uuid]), {"file": "spans.csv", **excel})
    (tmp_path / "spans.csv").write_bytes(b"".join(file.streaming_content))  # type: ignore[attr-defined]
    monkeypatch.chdir(tmp_path)
    page = client.get(reverse("exercise-export", args=[scripts.exercise.uuid])).content.decode()
    readme = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    known: dict[str, Any] = {}
    for code in [python_in(page)] if source == "page" else readme:
        exec(code, known)  # noqa: S102  # it is our own, and the reader of it is told to run it
    tables = [value.to_dict("records") for value in known.values() if isinstance(value, pandas.DataFrame)]
    for rows in [*tables, known["rows"]] if source == "README" else tables:
        assert len(rows) == 4 * len(SCRIPTS) - 42
        assert set(rows[0]) == set(spans_csv.COLUMNS)
        for row in rows:
            assert row["text"] == SCRIPTS[int(row["start"]) : int(row["end"])]
            assert row["note"] == SCRIPTS[int(row["start"]) :]


@pytest.fixture
def two_readings(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Exercise:
    """Two readers with a highlight each, fetched one after the other."""
    monkeypatch.setattr(export_spans, "BATCH", 1)
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    work = factories.exercise(room, [factories.article(teacher)])
    for _ in range(2):
        factories.span(factories.reading(work, factories.reader(room)), 0, 7)
    return work


def elsewhere(write: Any) -> bool:
    """Do it from another connection; whether it was done within five seconds."""

    def then_close() -> None:
        write()
        connection.close()

    thread = threading.Thread(target=then_close, daemon=True)
    thread.start()
    thread.join(timeout=5)
    return not thread.is_alive()


def test_a_file_is_of_one_moment_and_keeps_nobody_from_saving(two_readings: Exercise) -> None:
    exported = span_export([two_readings])
    first = next(exported)
    assert elsewhere(lambda: Span.objects.update(note="meanwhile"))
    assert [row[5] for reading in [first, *exported] for row in reading.rows] == ["", ""]
    assert [row[5] for reading in span_export([two_readings]) for row in reading.rows] == ["meanwhile", "meanwhile"]


def test_a_download_broken_off_leaves_the_connection_as_it_was(two_readings: Exercise) -> None:
    before = getattr(connection, "transaction_mode", None)
    exported = span_export([two_readings])
    next(exported)
    assert connection.in_atomic_block
    exported.close()  # type: ignore[attr-defined]  # what the server does when a browser goes away
    assert not connection.in_atomic_block
    assert getattr(connection, "transaction_mode", None) == before
