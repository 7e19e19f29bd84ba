"""The shape of the house: short modules, thin views, a docstring at every door, nothing left lying about."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.run import WITHOUT_DATABASE

ROOT = Path(__file__).resolve().parents[2]
OURS = ["annotator", "config", "static", "templates", "tests"]
ENDINGS = {".py", ".js", ".css", ".html"}
ORM_WRITES = {"objects", "filter", "exclude", "create", "bulk_create", "update", "save", "delete", "get_or_create"}
LONGEST_VIEW = 30


def files(*endings: str, under: list[str] | None = None) -> list[Path]:
    """Our own files with these endings; vendored code and migrations are other people's or Django's."""
    found = (path for room in under or OURS for path in sorted((ROOT / room).rglob("*")) if path.suffix in endings)
    return [path for path in found if not {"vendor", "migrations", "node_modules", "__pycache__"} & set(path.parts)]


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """The functions of a module."""
    yield from (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef))


def name(path: Path) -> str:
    """A file's path inside the project."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", files(*ENDINGS), ids=name)
def test_no_file_passes_400_lines(path: Path) -> None:
    assert len(path.read_text().split("\n")) <= 401


@pytest.mark.parametrize("path", files(".py"), ids=name)
def test_a_module_opens_with_one_sentence_on_what_it_holds(path: Path) -> None:
    text = path.read_text()
    assert not text.strip() or ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", files(".py", under=["annotator/views"]), ids=name)
def test_views_never_ask_or_change_the_database_themselves(path: Path) -> None:
    attributes = {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)}
    assert attributes & ORM_WRITES == set()


@pytest.mark.parametrize("path", files(".py", under=["annotator/views"]), ids=name)
def test_a_view_fits_on_a_page(path: Path) -> None:
    long = [each.name for each in functions(path) if (each.end_lineno or 0) - each.lineno >= LONGEST_VIEW]
    assert long == []


@pytest.mark.parametrize("path", files(".py", under=["annotator"]), ids=name)
def test_article_text_is_never_cut_by_splitlines(path: Path) -> None:
    # It cuts at U+0085, U+2028 and form feeds as well, which are characters of a text like any other.
    assert ".splitlines(" not in path.read_text()


@pytest.mark.parametrize("path", files(*ENDINGS), ids=name)
def test_nothing_is_left_open(path: Path) -> None:
    if path == Path(__file__).resolve():
        return
    left = re.findall(r"TODO|FIXME|XXX|NotImplementedError|mark\.skip|mark\.xfail|pytest\.skip", path.read_text())
    assert left == []


def test_only_the_agreed_things_stand_at_the_top() -> None:
    agreed = {"manage.py", "pyproject.toml", "README.md", "annotator", "config", "templates", "static", "tests"}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    built = {path for path in found if path.endswith(".egg-info") or path in {"build", "__pycache__"}}
    assert found - built <= agreed


@pytest.mark.parametrize("path", files(".html", under=["templates/annotator"]), ids=name)
def test_a_partial_says_which_variables_it_takes(path: Path) -> None:
    if path.name.startswith("_"):
        assert path.read_text().startswith(("{#", "{% comment"))


@pytest.mark.parametrize("room", WITHOUT_DATABASE)
def test_rooms_whose_tests_run_once_ask_no_database(room: str) -> None:
    # tests/run.py runs them beside SQLite alone, which is true only as long as no database could change their answer.
    found = files(".py", under=[f"tests/{room}"])
    assert found
    assert [name(path) for path in found if re.search(r"django_db|transactional_db|\bclient\b", path.read_text())] == []
