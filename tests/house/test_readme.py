"""The README keeps up with the code: every variable, command, option and column is in it, and no other."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import URLPattern

from annotator import urls
from annotator.exporters import csv_file, gradebook_csv, readings_csv, spans_csv

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
# What every Django command has, and is not ours to explain.
COMMON = {
    "--help", "--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color",
    "--skip-checks",
}  # fmt: skip


def section(title: str) -> str:
    """The text below a heading, up to the next one of its rank."""
    return README.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def own_commands() -> list[str]:
    """The commands of the app."""
    return sorted(name for name, app in get_commands().items() if app == "annotator")


def test_every_environment_variable_is_explained_and_no_other():
    read = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "config").glob("*.py"))
    used = set(re.findall(r"\"(SOURCEWISE_[A-Z_]+|DATABASE_URL)\"", read))
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", section("Operating it"), re.MULTILINE))
    assert table == used


@pytest.mark.parametrize("name", own_commands())
def test_every_command_is_explained_with_its_options(name):
    [line] = re.findall(rf"^\| `{name}\b([^`]*)` \|", section("Operating it"), re.MULTILINE)
    parser = load_command_class("annotator", name).create_parser("manage.py", name)
    options = {option for action in parser._actions for option in action.option_strings}
    long = {option for option in options if option.startswith("--")} - COMMON
    assert set(re.findall(r"--[a-z-]+", line)) | ({"--output"} if "-o " in line else set()) >= long


def test_every_explained_command_exists():
    table = set(re.findall(r"^\| `([a-z_]+)\b[^`]*` \| [a-z]", section("Operating it"), re.MULTILINE))
    assert table == set(own_commands())


@pytest.mark.parametrize("title", ["Run", "Test"])
def test_run_and_test_are_one_command_each(title):
    [block] = re.findall(r"```sh\n(.*?)```", section(title), re.DOTALL)
    assert block.count("\n") == 1


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("spans.csv", spans_csv.COLUMNS),
        ("readings.csv", readings_csv.COLUMNS),
        ("gradebook.csv", gradebook_csv.columns(["<label>"])),
    ],
)
def test_every_column_is_explained_in_its_files_table_and_no_other(file, columns):
    table = section("The CSV files").split(f"`{file}`, one row", 1)[1].split("\n\n", 2)[1]
    first_cells = [line.split("|")[1] for line in table.strip().split("\n")[2:]]
    assert {name for cell in first_cells for name in re.findall(r"`([a-z0-9_<>]+)`", cell)} == set(columns)


def test_the_reader_for_python_undoes_the_guard(tmp_path, monkeypatch):
    texts = ["=1+1", "'quoted'", "plain", "", "\ttab", "＠wide", 'say "no"', "two\nlines", "NA", "007"]
    rows = [csv_file.record([csv_file.text_cell(text), csv_file.number_cell(-5)]) for text in texts]
    (tmp_path / "spans.csv").write_bytes(b"".join(csv_file.encode([csv_file.header(["text", "start"]), *rows])))
    monkeypatch.chdir(tmp_path)
    [code] = re.findall(r"```python\n(.*?)```", section("The CSV files"), re.DOTALL)
    found: dict = {}
    exec(code, found)  # noqa: S102  # the README's own
    assert [row["text"] for row in found["rows"]] == texts
    assert found["frame"]["text"].tolist() == texts
    assert set(found["frame"]["start"]) == {"-5"}


def test_every_address_stands_on_the_map_and_no_other():
    places = {"uuid": "ID", "int": "N", "str": "TOKEN"}
    routes = {str(each.pattern) for each in urls.urlpatterns if isinstance(each, URLPattern)}
    ours = {"/" + re.sub(r"<(\w+):\w+>", lambda place: places[place[1]], route) for route in routes}
    drawn = (ROOT / "annotator" / "README.md").read_text(encoding="utf-8").split("## Addresses\n", 1)[1]
    assert set(re.findall(r"`(/[^`]*)`", drawn.split("\n## ", 1)[0])) == ours | {"/admin/"}
