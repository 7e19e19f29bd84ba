"""A CSV file of spans or readings as rows that know their line: what is wrong is said with file and line."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.errors import RuleError, gettext_noop

# Files with exactly these columns are this program's: in them a leading apostrophe is a guard against formulas.
SPANS = frozenset(
    {
        "span_id", "exercise", "document_id", "document_title", "text_sha256", "annotator", "is_key", "round", "status",
        "label", "start", "end", "start_utf16", "end_utf16", "text", "prefix", "suffix", "note", "source_name",
        "source_kind", "confidence", "reported_by", "created_at", "updated_at", "start_nonspace", "end_nonspace",
    }
)  # fmt: skip
READINGS = frozenset(
    {
        "exercise", "document_id", "document_title", "text_sha256", "length", "annotator", "is_key", "round", "status",
        "counted", "n_spans", "codebook_version", "started_at", "submitted_at", "active_seconds", "length_nonspace",
    }
)  # fmt: skip
ALIASES = {"document_id": "document"}
# Cells hold whole texts and one weight for each of their characters.
LONGEST_CELL = 2**31 - 1
WHOLE_NUMBER = re.compile(r"[0-9]{1,18}")


class Problem(RuleError):
    """A file that cannot be right: `file:line: message`."""

    def __init__(self, file: str, line: int, message: str, **params: object) -> None:
        super().__init__(message, code="bad_file", **params)
        self.file = file
        self.line = line


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the file, the line it begins on, its cells by column."""

    file: str
    line: int
    cells: dict[str, str]

    def problem(self, message: str, **params: object) -> Problem:
        """What is wrong with this row."""
        return Problem(self.file, self.line, message, **params)

    def text(self, column: str) -> str:
        """The cell as it stands, empty where there is no such column."""
        return self.cells.get(column, "")

    def name(self, column: str) -> str:
        """A cell that must hold something; any text is a name, also "1"."""
        cell = self.text(column)
        if not cell:
            raise self.problem(gettext_noop("%(column)s is empty"), column=column)
        return cell

    def number(self, column: str, *, missing: int | None = None) -> int:
        """A whole number from 0; `missing`, where given, stands for a column that is absent or an empty cell."""
        cell = self.text(column)
        if not cell and missing is not None:
            return missing
        if not WHOLE_NUMBER.fullmatch(cell):
            raise self.problem(
                gettext_noop("%(column)s is “%(cell)s”, not a whole number from 0 up"), column=column, cell=cell[:40]
            )
        return int(cell)

    def flag(self, column: str, *, missing: bool = False) -> bool:
        """0 or 1; `missing` stands for a column that is absent or an empty cell."""
        cell = self.text(column)
        if cell not in {"", "0", "1"}:
            raise self.problem(gettext_noop("%(column)s is “%(cell)s”, not 0 or 1"), column=column, cell=cell[:40])
        return missing if cell == "" else cell == "1"


@dataclass(frozen=True, slots=True)
class Table:
    """A file's columns, as named in its header after aliases, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def has(self, *columns: str) -> bool:
        """Whether the file has all of these columns."""
        return set(columns) <= set(self.columns)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


def read_table(path: Path, *, required: Sequence[str]) -> Table:
    """UTF-8 with or without BOM, cells parted by comma, semicolon or TAB, columns in any order."""
    text = decoded(path)
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    limit = csv.field_size_limit(LONGEST_CELL)
    try:
        records = list(numbered(path.name, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)))
    finally:
        csv.field_size_limit(limit)
    if not records:
        raise Problem(path.name, 1, gettext_noop("the file is empty; its first line must name the columns"))
    line, header = records[0]
    columns = checked_header(path.name, line, header, required)
    is_ours = frozenset(header) in (SPANS, READINGS)
    return Table(columns, tuple(row(path.name, each, columns, is_ours=is_ours) for each in records[1:]))


def decoded(path: Path) -> str:
    """The file's text; Problem where it cannot be read or is not UTF-8."""
    try:
        content = path.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise Problem(path.name, 0, gettext_noop("the file cannot be read; check its name and place")) from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Problem(path.name, line, gettext_noop("this is not UTF-8; save the file as UTF-8")) from error


def numbered(file: str, reader: "Iterator[list[str]]") -> Iterator[tuple[int, list[str]]]:
    """Records with anything in them, each with the line it begins on: spreadsheets leave rows of empty cells."""
    while True:
        line = reader.line_num + 1  # type: ignore[attr-defined]
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Problem(
                file, line, gettext_noop("this is not CSV; look for a quotation mark too few or too many")
            ) from error
        if any(cells):
            yield line, cells


def checked_header(file: str, line: int, header: Sequence[str], required: Sequence[str]) -> tuple[str, ...]:
    """The columns after aliases; Problem where one is missing or stands twice."""
    columns = tuple(name if name not in ALIASES or ALIASES[name] in header else ALIASES[name] for name in header)
    for name in required:
        if name not in columns:
            raise Problem(file, line, gettext_noop("there is no column “%(name)s”"), name=name)
    for name in columns:
        if name and columns.count(name) > 1:
            raise Problem(file, line, gettext_noop("the column “%(name)s” stands twice"), name=name)
    return columns


def row(file: str, record: tuple[int, list[str]], columns: Sequence[str], *, is_ours: bool) -> Row:
    """A record by column; Problem where it has more or fewer cells than the header."""
    line, cells = record
    if len(cells) != len(columns):
        raise Problem(
            file, line, gettext_noop("%(found)s cells where the header has %(columns)s"),
            found=len(cells), columns=len(columns),
        )  # fmt: skip
    if is_ours:
        cells = [cell[1:] if cell.startswith("'") else cell for cell in cells]
    return Row(file, line, dict(zip(columns, cells, strict=True)))
