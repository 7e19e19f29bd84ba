"""The export page and its files: who takes what, when, and how they arrive."""

from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from annotator.exporters import csv_file, readings_csv, spans_csv
from annotator.models import Classroom, Exercise, Membership, Phase, Reading
from annotator.reports.export_columns import readings_columns, spans_columns
from annotator.services import limits
from tests import factories

pytestmark = pytest.mark.django_db
NOTE = "a note of the reader"


@pytest.fixture
def reading() -> Reading:
    """One highlight with a note, in an open exercise of a class."""
    teacher = factories.teacher("teacher")
    room = factories.classroom(teacher)
    work = factories.exercise(room, [factories.article(teacher)], title="Who says so? “Week 6”")
    made = factories.reading(work, factories.reader(room, "reader"))
    factories.span(made, 28, 50, note=NOTE)
    return made


def move(reading: Reading, phase: str) -> None:
    Exercise.objects.filter(pk=reading.exercise_id).update(phase=phase)


def get(client: Client, reading: Reading, name: str = "exercise-export-file", **query: str) -> HttpResponseBase:
    return client.get(reverse(name, args=[reading.exercise.uuid]), query)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def as_teacher(client: Client, reading: Reading) -> Client:
    client.force_login(reading.exercise.created_by)
    return client


def as_reader(client: Client, reading: Reading) -> Client:
    client.force_login(reading.member.user)
    return client


def test_the_teacher_takes_everybodys_highlights_once_it_is_closed(client: Client, reading: Reading) -> None:
    move(reading, Phase.CLOSED)
    response = get(as_teacher(client, reading), reading, file="spans.csv")
    assert response.status_code == 200
    assert [row["note"] for row in csv_file.decode(body(response))] == [NOTE]
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="who-says-so-week-6_spans.csv"; '
        "filename*=UTF-8''Who%20says%20so%20%E2%80%9CWeek%206%E2%80%9D_spans.csv"
    )


@pytest.mark.proves("S02")
@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.OPEN])
@pytest.mark.parametrize("name", ["exercise-export", "exercise-export-file"])
def test_while_it_is_blind_the_teacher_takes_nothing(client: Client, reading: Reading, phase: str, name: str) -> None:
    move(reading, phase)
    response = get(as_teacher(client, reading), reading, name, file="spans.csv")
    assert response.status_code == 403
    assert "Export opens when you close the reading" in response.content.decode()


@pytest.mark.proves("S02")
def test_in_a_team_a_leader_who_reads_too_takes_the_own_reading_alone(client: Client, reading: Reading) -> None:
    room = reading.exercise.classroom
    Classroom.objects.filter(pk=room.pk).update(kind=Classroom.Kind.TEAM)
    leader = room.memberships.get(is_teacher=True)
    Membership.objects.filter(pk=leader.pk).update(is_reader=True, code_number=77)
    factories.span(factories.reading(reading.exercise, leader), 60, 70, note="mine")
    rows = csv_file.decode(body(get(as_teacher(client, reading), reading, file="spans.csv")))
    assert [(row["note"], row["annotator"]) for row in rows] == [("mine", "r77")]
    move(reading, Phase.CLOSED)
    rows = csv_file.decode(body(get(client, reading, file="spans.csv")))
    assert sorted(row["note"] for row in rows) == [NOTE, "mine"]


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.REVEALED, Phase.ARCHIVED])
def test_a_reader_takes_the_own_reading_at_any_time_and_no_others(client: Client, reading: Reading, phase: str) -> None:
    other = factories.reading(reading.exercise, factories.reader(reading.exercise.classroom))
    factories.span(other, 60, 70, note="canary")
    move(reading, phase)
    page = get(as_reader(client, reading), reading, "exercise-export")
    assert "1 highlight" in page.content.decode()
    rows = csv_file.decode(body(get(client, reading, file="spans.csv")))
    assert [row["note"] for row in rows] == [NOTE]
    rows = csv_file.decode(body(get(client, reading, file="readings.csv")))
    assert [row["annotator"] for row in rows] == [reading.member.code]


def test_a_reader_who_has_not_begun_is_told_so(client: Client, reading: Reading) -> None:
    client.force_login(factories.reader(reading.exercise.classroom).user)
    response = get(client, reading, "exercise-export")
    assert response.status_code == 403
    assert "Start reading first" in response.content.decode()


def test_notes_stay_and_excel_gets_its_mark_when_asked(client: Client, reading: Reading) -> None:
    content = body(get(as_reader(client, reading), reading, file="spans.csv", without_notes="1", excel="1"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert NOTE.encode() not in content


@pytest.mark.parametrize("query", [{}, {"file": ""}, {"file": "people.csv"}, {"file": "../spans.csv"}])
def test_a_file_that_does_not_exist_is_422(client: Client, reading: Reading, query: dict[str, str]) -> None:
    response = get(as_reader(client, reading), reading, **query)
    assert response.status_code == 422
    assert "There is no such file" in response.content.decode()


def test_after_sixty_files_in_an_hour_the_next_waits(
    client: Client, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(limits.EXPORT.most):
        limits.attempt_add(limit=limits.EXPORT, who=str(reading.member.user.uuid))
    response = get(as_reader(client, reading), reading, file="spans.csv")
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "3600"
    client.force_login(reading.exercise.created_by)
    move(reading, Phase.CLOSED)
    assert get(client, reading, file="spans.csv").status_code == 200


@pytest.mark.parametrize(
    ("kind", "words"), [(Classroom.Kind.CLASS, "for your teacher to export"), (Classroom.Kind.TEAM, "leads the team")]
)
def test_a_reader_is_told_who_exports_the_others_in_a_class_and_in_a_team(
    client: Client, reading: Reading, kind: str, words: str
) -> None:
    move(reading, Phase.CLOSED)
    Classroom.objects.filter(pk=reading.exercise.classroom_id).update(kind=kind)
    assert words in get(as_reader(client, reading), reading, "exercise-export").content.decode()


def test_the_page_names_every_column_of_both_files(client: Client, reading: Reading) -> None:
    html = get(as_reader(client, reading), reading, "exercise-export").content.decode()
    for described, real in [(spans_columns(), spans_csv.COLUMNS), (readings_columns(), readings_csv.COLUMNS)]:
        names = [name for column in described for name in column.name.split(", ")]
        assert all(f"<code>{column.name}</code>" in html for column in described)
        assert sorted(names) == sorted(real)


@pytest.mark.parametrize(
    ("text", "is_cut"),
    [
        ("x" * 32_767, False),
        ("x" * 32_768, True),
        ("=" + "x" * 32_766, True),  # the apostrophe of the guard
        ("🏮" * 16_383, False),
        ("🏮" * 16_384, True),
        ("🏮" + "x" * 32_765, False),
    ],
)
def test_the_page_warns_of_a_cell_that_excel_would_cut(client: Client, text: str, is_cut: bool) -> None:
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    work = factories.exercise(room, [factories.article(teacher, text=text)], phase=Phase.CLOSED)
    made = factories.reading(work, factories.reader(room))
    factories.span(made, 0, len(text))
    client.force_login(teacher)
    assert ("32,767" in get(client, made, "exercise-export").content.decode()) == is_cut


def test_the_page_takes_few_queries(client: Client, reading: Reading, django_assert_num_queries: Any) -> None:
    as_reader(client, reading)
    for start in range(60, 90, 2):
        factories.span(reading, start, start + 9)
    get(client, reading, "exercise-export")
    with django_assert_num_queries(9):
        get(client, reading, "exercise-export")
