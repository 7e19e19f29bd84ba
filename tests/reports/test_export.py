"""Rows of spans.csv and readings.csv: a small exercise byte for byte, and what counts, hides and sorts."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest

from annotator.exporters import csv_file, readings_csv, spans_csv
from annotator.models import Exercise, Membership, Phase, Reading, ReadingState, Span
from annotator.reports.export_readings import reading_export
from annotator.reports.export_spans import span_export
from tests import factories

pytestmark = pytest.mark.django_db

# A family of three joined by ZWJ (5 code points, 8 UTF-16 units), a combining accent, Arabic, NBSP, a break inside.
TEXT = "=Fair 👩‍👩‍👧\n\nCafe\u0301 \u00a0قال line one\nline two, “best”."
WHEN = datetime(2026, 3, 9, 14, 5, 0, tzinfo=UTC)


@pytest.fixture
def work() -> Exercise:
    """An exercise handed in by one reader, with another who has not begun."""
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    article = factories.article(teacher, text=TEXT, title="=Fair")
    made = factories.exercise(room, [article], phase=Phase.CLOSED)
    Exercise.objects.filter(pk=made.pk).update(closed_at=WHEN)
    made.refresh_from_db()
    return made


@pytest.fixture
def reading(work: Exercise) -> Reading:
    """Handed in, still without a highlight."""
    member = factories.reader(work.classroom)
    Membership.objects.filter(pk=member.pk).update(joined_at=factories.NOON)
    member.refresh_from_db()
    times = {"started_at": factories.NOON, "submitted_at": WHEN, "active_seconds": 95}
    return factories.reading(work, member, state=ReadingState.SUBMITTED, **times)


def spans(work: Exercise, member: Membership | None = None) -> list[dict[str, str]]:
    return csv_file.decode(b"".join(csv_file.encode(spans_csv.records(span_export([work], member)))))


def readings(work: Exercise, member: Membership | None = None) -> list[dict[str, str]]:
    return csv_file.decode(b"".join(csv_file.encode(readings_csv.records(reading_export([work], member)))))


def test_a_highlight_is_this_row_byte_for_byte(work: Exercise, reading: Reading) -> None:
    start = TEXT.index("line one")
    fields = {"note": "-5?", "source_name": 'Ek, "E"', "source_kind": "expert", "confidence": 2}
    span = factories.span(reading, start, start + 13, "claim", **fields, created_at=WHEN, updated_at=WHEN)
    article, code = reading.article, reading.member.code
    # 24 code points stand before it, three of them emoji of two units each; 6 of the 24 are white space.
    assert start == 24
    shared = f'"{work.uuid}","{article.uuid}","\'=Fair","{article.text_sha256}","{code}","0","1","submitted"'
    row = (
        f'"{span.uuid}",{shared},'
        '"claim","24","37","27","40","line one\nline",'
        '"\'=Fair 👩‍👩‍👧\n\nCafe\u0301 \u00a0قال "," two, “best”.","\'-5?",'
        '"Ek, ""E""","expert","2","","2026-03-09T14:05:00Z","2026-03-09T14:05:00Z","18","29"\r\n'
    )
    content = b"".join(csv_file.encode(spans_csv.records(span_export([work]))))
    assert content.decode() == ",".join(f'"{name}"' for name in spans_csv.COLUMNS) + "\r\n" + row


def test_every_row_is_its_slice_of_the_text(work: Exercise, reading: Reading) -> None:
    for start in range(0, len(TEXT) - 7, 3):
        factories.span(reading, start, start + 7, "opinion")
    rows = spans(work)
    assert len(rows) == 15
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        assert row["text"] == TEXT[start:end]
        assert row["prefix"] == TEXT[max(0, start - 32) : start]
        assert row["suffix"] == TEXT[end : end + 32]
        units = TEXT.encode("utf-16-le")
        assert units[2 * int(row["start_utf16"]) : 2 * int(row["end_utf16"])].decode("utf-16-le") == row["text"]
        assert (
            "".join(row["text"].split()) == "".join(TEXT.split())[int(row["start_nonspace"]) : int(row["end_nonspace"])]
        )


def test_deleted_highlights_stay_here_and_late_ones_say_so(work: Exercise, reading: Reading) -> None:
    factories.span(reading, 0, 5, deleted_at=WHEN)
    factories.span(reading, 6, 11, is_late=True)
    assert [(row["start"], row["status"]) for row in spans(work)] == [("6", "late")]
    assert [(row["n_spans"], row["status"]) for row in readings(work)] == [("0", "submitted")]


def test_a_claim_names_the_attribution_that_reports_it_unless_that_is_deleted(work: Exercise, reading: Reading) -> None:
    said = factories.span(reading, 20, 23, "attribution")
    factories.span(reading, 24, 32, "claim", reported_by=said)
    assert [row["reported_by"] for row in spans(work)] == ["", str(said.uuid)]
    Span.objects.filter(pk=said.pk).update(deleted_at=WHEN)
    assert [row["reported_by"] for row in spans(work)] == [""]


def test_a_claim_does_not_name_what_is_no_attribution_any_more(work: Exercise, reading: Reading) -> None:
    said = factories.span(reading, 20, 23, "attribution")
    factories.span(reading, 24, 32, "claim", reported_by=said)
    said.label = said.label.version.labels.get(slug="opinion")
    said.save()
    assert [row["reported_by"] for row in spans(work)] == ["", ""]


def test_rows_are_sorted_by_code_point_and_number(work: Exercise, reading: Reading) -> None:
    other = factories.reading(work, factories.reader(work.classroom), state=ReadingState.SUBMITTED, submitted_at=WHEN)
    key = factories.reading(work, own_member(work), is_key=True, round=0)
    for each in (other, reading, key):
        factories.span(each, 12, 16, "opinion")
        factories.span(each, 6, 11, "opinion")
        factories.span(each, 6, 11, "claim")
    found = [(row["round"], row["annotator"], int(row["start"]), row["label"]) for row in spans(work)]
    assert found == sorted(found)
    assert [row[:2] for row in found][:4] == [("0", "key")] * 3 + [("1", min(other.member.code, reading.member.code))]


def own_member(work: Exercise) -> Membership:
    """The teacher's membership."""
    return work.classroom.memberships.get(is_teacher=True)


def test_a_reading_is_this_row(work: Exercise, reading: Reading) -> None:
    article = reading.article
    assert readings(work) == [
        {
            "exercise": str(work.uuid),
            "document_id": str(article.uuid),
            "document_title": "=Fair",
            "text_sha256": article.text_sha256,
            "length": "50",
            "annotator": reading.member.code,
            "is_key": "0",
            "round": "1",
            "status": "submitted",
            "counted": "1",
            "n_spans": "0",
            "codebook_version": "sourcewise-news/1",
            "started_at": "2026-03-09T12:00:00Z",
            "submitted_at": "2026-03-09T14:05:00Z",
            "active_seconds": "95",
            "length_nonspace": "40",
        }
    ]


@pytest.mark.parametrize(
    ("state", "marks", "late", "expected"),
    [
        (ReadingState.SUBMITTED, 0, 0, ("submitted", "1", "0")),
        (ReadingState.SUBMITTED, 2, 0, ("submitted", "1", "2")),
        (ReadingState.COLLECTED, 2, 1, ("collected", "1", "2")),
        (ReadingState.COLLECTED, 0, 0, ("collected", "0", "0")),
        (ReadingState.COLLECTED, 0, 1, ("late", "0", "0")),
        (ReadingState.OPEN, 1, 0, ("open", "0", "1")),
    ],
)
def test_what_counts(
    work: Exercise, reading: Reading, state: str, marks: int, late: int, expected: tuple[str, str, str]
) -> None:
    Reading.objects.filter(pk=reading.pk).update(state=state)
    reading.refresh_from_db()
    for place in range(marks):
        factories.span(reading, place, place + 5)
    for place in range(late):
        factories.span(reading, place, place + 5, "opinion", is_late=True)
    assert [(row["status"], row["counted"], row["n_spans"]) for row in readings(work)] == [expected]
    # The file and the figures agree on it.
    assert Reading.objects.counted().filter(pk=reading.pk).exists() == (expected[1] == "1")


def test_a_reader_who_has_not_begun_has_a_row_for_each_article_and_round(work: Exercise, reading: Reading) -> None:
    waiting = factories.reader(work.classroom, joined_at=factories.NOON)
    factories.reader(work.classroom, joined_at=factories.NOON, removed_at=WHEN)
    late = factories.reader(work.classroom, joined_at=datetime(2026, 3, 10, tzinfo=UTC))
    factories.reading(work, reading.member, round=2, state=ReadingState.SUBMITTED, submitted_at=WHEN)
    found = {(row["annotator"], row["round"]): row["status"] for row in readings(work)}
    assert found == {
        (reading.member.code, "1"): "submitted",
        (reading.member.code, "2"): "submitted",
        (waiting.code, "1"): "not_started",
        (waiting.code, "2"): "not_started",
    }
    assert late.code not in {annotator for annotator, _ in found}


def test_ones_own_readings_leave_without_anybody_elses(work: Exercise, reading: Reading) -> None:
    other = factories.reading(work, factories.reader(work.classroom))
    factories.span(other, 0, 5, note="canary")
    factories.span(reading, 6, 11, note="mine")
    assert [row["note"] for row in spans(work, reading.member)] == ["mine"]
    assert [row["annotator"] for row in readings(work, reading.member)] == [reading.member.code]


def test_notes_can_stay_here(work: Exercise, reading: Reading) -> None:
    factories.span(reading, 0, 5, note="names somebody")
    records = spans_csv.records(span_export([work]), notes=False)
    assert [row["note"] for row in csv_file.decode(b"".join(csv_file.encode(records)))] == [""]


def test_it_takes_as_many_queries_however_many_readings(
    work: Exercise, reading: Reading, django_assert_num_queries: Any
) -> None:
    for _ in range(20):
        factories.span(factories.reading(work, factories.reader(work.classroom)), 0, 5, uuid=uuid.uuid4())
    work = Exercise.objects.select_related("codebook_version__codebook").get(pk=work.pk)
    with django_assert_num_queries(3):
        assert len(spans(work)) == 20
    with django_assert_num_queries(3):
        assert len(readings(work)) == 21
