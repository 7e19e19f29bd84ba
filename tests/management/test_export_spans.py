"""`export_spans`: one exercise or all, to a file or to stdout, and every way of asking wrongly."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotator.exporters import csv_file
from annotator.models import Phase, Reading
from tests import factories

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def reading() -> Reading:
    """One highlight in a closed exercise."""
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    work = factories.exercise(room, [factories.article(teacher)], phase=Phase.CLOSED)
    made = factories.reading(work, factories.reader(room))
    factories.span(made, 28, 50)
    return made


def written(path: Path, *arguments: str) -> list[dict[str, str]]:
    call_command("export_spans", *arguments, "-o", str(path), stderr=io.StringIO())
    return csv_file.decode(path.read_bytes())


def test_it_writes_the_highlights_of_one_exercise(reading: Reading, tmp_path: Path) -> None:
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    other = factories.exercise(room, [factories.article(teacher)])
    factories.span(factories.reading(other, factories.reader(room)), 30, 40)
    rows = written(tmp_path / "out.csv", "--exercise", str(reading.exercise.uuid))
    assert [row["text"] for row in rows] == [reading.article.text[28:50]]
    assert len(written(tmp_path / "all.csv")) == 2
    assert (tmp_path / "all.csv").stat().st_mode & 0o777 == 0o600


def test_it_writes_readings_when_asked(reading: Reading, tmp_path: Path) -> None:
    rows = written(tmp_path / "readings.csv", "--readings", "--format", "csv")
    assert [row["annotator"] for row in rows] == [reading.member.code]


def test_without_a_file_it_writes_to_stdout_and_says_beside_it_that_it_is_not_blind(
    reading: Reading, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    call_command("export_spans")
    sys.stdout.flush()
    out, err = capfdbinary.readouterr()
    assert [row["label"] for row in csv_file.decode(out)] == ["claim"]
    assert "the command line is not blind" in err.decode()


@pytest.mark.parametrize("name", ["nonsense", "9b0f3c1e-6c1d-4b7e-9a52-3d1c6a0e4f21"])
def test_an_unknown_exercise_is_one_sentence_and_writes_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with pytest.raises(CommandError, match="There is no exercise"):
        call_command("export_spans", "--exercise", name, "-o", str(path), stderr=io.StringIO())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_one_sentence(reading: Reading, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_spans", "-o", str(tmp_path / "no" / "out.csv"), stderr=io.StringIO())


def test_a_folder_in_the_place_of_the_file_is_one_sentence(reading: Reading, tmp_path: Path) -> None:
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_spans", "-o", str(tmp_path / "out.csv"), stderr=io.StringIO())
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]


def test_a_file_written_before_is_kept_until_the_new_one_is_whole(
    reading: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before")
    reading.article.__class__.objects.filter(pk=reading.article_id).update(text="short")
    with pytest.raises(IndexError):
        written(path)
    assert path.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]


def test_a_reader_of_the_output_may_stop_early(tmp_path: Path) -> None:
    environment = {**os.environ, "SOURCEWISE_DATA": str(tmp_path), "DATABASE_URL": ""}
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "-v", "0"], cwd=ROOT, env=environment, check=True)
    ours, theirs = os.pipe()
    os.close(ours)
    with os.fdopen(theirs, "wb") as pipe:
        ended = subprocess.run(
            [*manage, "export_spans"], cwd=ROOT, env=environment, stdout=pipe, stderr=subprocess.PIPE, check=False
        )
    assert (ended.returncode, ended.stderr.count(b"\n")) == (0, 1)
