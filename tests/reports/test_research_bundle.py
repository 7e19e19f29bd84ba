"""The researcher's bundle: whole, of one moment, and enough to compute every figure again to the last digit."""

import io
import json
import tomllib
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command

from annotator import VERSION
from annotator.domain.agreement import ENGINE
from annotator.domain.errors import RuleError
from annotator.exporters import csv_file
from annotator.exporters.zip_file import zip_into
from annotator.models import Exercise, Phase
from annotator.reports.research import research
from annotator.reports.research_bundle import bundle_files
from tests.reports.agreeing import files, read_class, second_round

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
NAMES = {
    "README.txt", "codebook.json", "figures.json", "measures.csv", "pairs.csv", "readers.csv", "spans.csv",
    "readings.csv",
}  # fmt: skip


def unzipped(work: Exercise, folder: Path) -> Path:
    """The bundle, packed and unpacked as its reader does."""
    packed = io.BytesIO()
    zip_into(packed, bundle_files(work))
    with zipfile.ZipFile(packed) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == NAMES
        archive.extractall(folder / "bundle")
    return folder / "bundle"


def again(folder: Path) -> str:
    """What the command that README.txt gives prints."""
    [line] = [each for each in (folder / "README.txt").read_text().split("\n") if "manage.py agreement" in each]
    words = line.split()[3:]
    named = [str(folder / word) if word.endswith(".csv") else word for word in words]
    out = io.StringIO()
    call_command("agreement", *named, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.mark.parametrize(("readers", "labels"), [(7, None), (3, 6), (1, None)])
def test_the_readmes_command_on_the_unpacked_files_prints_figures_json(
    readers: int, labels: int | None, tmp_path: Path
) -> None:
    folder = unzipped(read_class(readers, articles=3, labels=labels), tmp_path)
    assert (folder / "figures.json").read_text() == again(folder)


def test_two_rounds_stay_two_in_every_file(tmp_path: Path) -> None:
    work = read_class(6, articles=1)
    second_round(work)
    folder = unzipped(work, tmp_path)
    assert (folder / "figures.json").read_text() == again(folder)
    figures = json.loads((folder / "figures.json").read_text())["rounds"]
    rows = csv_file.decode((folder / "measures.csv").read_bytes())
    for number in ("1", "2"):
        [any_label] = [
            row for row in rows if (row["round"], row["scope"], row["measure"]) == (number, "pooled", "alpha_any")
        ]
        assert float(any_label["value"]) == figures[number]["alpha"]["any"]
    assert figures["1"] != figures["2"]
    assert "Methods, round 2" in (folder / "README.txt").read_text()


def test_the_raw_units_are_the_exports_to_the_byte(tmp_path: Path) -> None:
    work = read_class(5, articles=2)
    folder = unzipped(work, tmp_path)
    spans, _option, readings = files([work], tmp_path)
    assert (folder / "spans.csv").read_bytes() == Path(spans).read_bytes()
    assert (folder / "readings.csv").read_bytes() == Path(readings).read_bytes()


def test_every_table_says_codebook_engine_version_and_moment(tmp_path: Path) -> None:
    work = read_class(8, articles=6)
    folder = unzipped(work, tmp_path)
    for name in ("measures.csv", "pairs.csv", "readers.csv"):
        for row in csv_file.decode((folder / name).read_bytes()):
            assert row["codebook"] == "sourcewise-news/1"
            assert row["engine"] == f"agreement {ENGINE}"
            assert row["version"] == f"Sourcewise {VERSION}"
            assert row["computed_at"].endswith("Z")
    rows = csv_file.decode((folder / "measures.csv").read_bytes())
    assert {row["seed"] for row in rows if row["low"]} == {"20240"}
    assert {row["draws"] for row in rows if row["low"]} == {"1000"}


def test_the_codebook_goes_along_in_schema_order(tmp_path: Path) -> None:
    folder = unzipped(read_class(2, articles=1), tmp_path)
    text = (folder / "codebook.json").read_text()
    found = json.loads(text)
    assert [*found] == [
        "schema", "id", "version", "parent_version", "frozen_at", "language", "title", "labels", "decision_order",
        "overlap", "quoted_opinion", "attributes",
    ]  # fmt: skip
    assert (found["schema"], found["id"], found["version"]) == (1, "sourcewise-news", 1)
    assert [each["id"] for each in found["labels"]] == ["claim", "attribution", "opinion", "boilerplate"]
    assert [*found["labels"][0]] == [
        "id", "name", "letter", "line_style", "question", "definition", "include", "exclude", "extent", "examples",
    ]  # fmt: skip
    assert text.endswith("}\n")
    assert text.startswith('{\n  "schema": 1,\n')


def test_a_papers_paragraph_has_what_the_codebook_asks_for(tmp_path: Path) -> None:
    work = read_class(8, articles=6)
    page = research(work)
    paragraph = " ".join(page.methods)
    sure = page.agreement.headline.interval
    assert sure is not None
    for part in [
        "Codebook sourcewise-news, version 1", "highlights may overlap", "code point", "half-open",
        f"{page.origin.readings} readings count, {page.origin.blank} of them without a highlight",
        "Round 1: nobody saw another’s work", "never pooled", "1000 resamples of articles", "seed 20240",
        f"Sourcewise {VERSION}", f"engine {ENGINE}", f"{page.pairs} pairs",
        f"any label {page.agreement.headline.value:.3f} [{sure.low:.3f}, {sure.high:.3f}]",
    ]:  # fmt: skip
        assert part in paragraph
    assert paragraph in (unzipped(work, tmp_path) / "README.txt").read_text()


def test_a_paper_says_that_readers_practised_only_where_somebody_has() -> None:
    work = read_class(4)
    assert work.has_warm_up
    assert "Training beside the codebook: none" in " ".join(research(work).methods)
    member = work.classroom.memberships.readers().first()
    work.warm_up_votes.create(member=member, sentence=1, label="claim")
    assert "Readers practised on three marked sentences first." in " ".join(research(work).methods)


def test_the_counts_of_the_origin_are_those_of_the_readings() -> None:
    work = read_class(8, articles=2)
    origin = research(work).origin
    own = work.readings.filter(is_key=False, round=1)
    counted = list(own.counted())
    empty = [each for each in counted if not each.spans.current().filter(is_late=False).exists()]
    assert (origin.readings, origin.blank) == (len(counted), len(empty))
    assert origin.not_counted.readings == own.count() - len(counted)
    assert origin.not_counted.late == 1
    read = {each.article for each in counted}
    assert origin.characters == sum(each.length_nonspace for each in read)


def test_the_version_is_the_projects() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == VERSION


@pytest.mark.proves("S02")
@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.OPEN])
def test_while_blind_there_is_no_bundle(phase: str) -> None:
    with pytest.raises(RuleError):
        list(bundle_files(read_class(3, articles=1, phase=phase)))
