"""The shape of the house: short modules, thin views, a docstring at every door, nothing left lying about."""

import ast
import re
from collections.abc import Callable, Iterator
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


def breaking(paths: list[Path], is_broken: Callable[[str], object]) -> list[str]:
    """The files whose text breaks a rule; there is always something to look at."""
    assert paths
    return [name(path) for path in paths if is_broken(path.read_text())]


def test_no_file_passes_400_lines() -> None:
    assert breaking(files(*ENDINGS), lambda text: len(text.split("\n")) > 401) == []


def test_a_module_opens_with_one_sentence_on_what_it_holds() -> None:
    assert breaking(files(".py"), lambda text: text.strip() and not ast.get_docstring(ast.parse(text))) == []


def test_views_never_ask_or_change_the_database_themselves() -> None:
    def attributes(text: str) -> set[str]:
        return {node.attr for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute)}

    assert breaking(files(".py", under=["annotator/views"]), lambda text: attributes(text) & ORM_WRITES) == []


def test_a_view_fits_on_a_page() -> None:
    views = [(path, each) for path in files(".py", under=["annotator/views"]) for each in functions(path)]
    long = [(path, each) for path, each in views if (each.end_lineno or 0) - each.lineno >= LONGEST_VIEW]
    assert [f"{name(path)}: {each.name}" for path, each in long] == []
    assert views


def test_article_text_is_never_cut_by_splitlines() -> None:
    # It cuts at U+0085, U+2028 and form feeds as well, which are characters of a text like any other.
    assert breaking(files(".py", under=["annotator"]), lambda text: ".splitlines(" in text) == []


def test_nothing_is_left_open() -> None:
    left = re.compile(r"TODO|FIXME|XXX|NotImplementedError|mark\.skip|mark\.xfail|pytest\.skip")
    others = [path for path in files(*ENDINGS) if path != Path(__file__).resolve()]
    assert breaking(others, left.search) == []


def test_only_the_agreed_things_stand_at_the_top() -> None:
    agreed = {"manage.py", "pyproject.toml", "README.md", "annotator", "config", "templates", "static", "tests"}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    built = {path for path in found if path.endswith(".egg-info") or path in {"build", "__pycache__"}}
    assert found - built <= agreed


def test_a_partial_says_which_variables_it_takes() -> None:
    partials = [path for path in files(".html", under=["templates/annotator"]) if path.name.startswith("_")]
    assert breaking(partials, lambda text: not text.startswith(("{#", "{% comment"))) == []


@pytest.mark.parametrize("room", WITHOUT_DATABASE)
def test_rooms_whose_tests_run_once_ask_no_database(room: str) -> None:
    # tests/run.py runs them beside SQLite alone, which is true only as long as no database could change their answer.
    found = [path for path in files(".py", under=[f"tests/{room}"]) if path != Path(__file__).resolve()]
    assert breaking(found, re.compile(r"django_db|transactional_db|\bclient\b").search) == []
