"""Our CSV: RFC 4180 with every field quoted, and a guard against formulas that a reader can take off again exactly.

A text cell that begins with a character a spreadsheet acts on gets one apostrophe in front. The apostrophe is itself
such a character, so decoding needs no guessing: a cell that starts with an apostrophe loses one.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

GUARDED = frozenset("=+-@'\t\r\n＝＋－＠")
BOM = "\ufeff"
# A spreadsheet cuts a cell after as many UTF-16 units.
LONGEST_CELL = 32_767
CHUNK = 64 * 1024
DOUBLE, TWICE = '"', '""'


def guard(value: str) -> str:
    """The value, with an apostrophe in front where a spreadsheet would act on it."""
    return f"'{value}" if value[:1] in GUARDED else value


def unguard(value: str) -> str:
    """What `guard` was given."""
    return value.removeprefix("'")


def text_cell(value: str) -> str:
    """One text as a quoted field."""
    if not value:
        return '""'
    if value[0] in GUARDED:
        value = f"'{value}"
    return f'"{value.replace(DOUBLE, TWICE)}"' if DOUBLE in value else f'"{value}"'


def number_cell(value: int | None) -> str:
    """A number, a truth as 0 or 1, or nothing: never guarded."""
    return '""' if value is None else f'"{int(value)}"'


def time_cell(value: datetime | None) -> str:
    """A time in UTC, to the second."""
    return '""' if value is None else f'"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"'


def record(cells: Iterable[str]) -> str:
    """Finished fields as one record."""
    return ",".join(cells) + "\r\n"


def header(columns: Sequence[str]) -> str:
    """The first record."""
    return record(map(text_cell, columns))


def encode(records: Iterable[str], *, bom: bool = False) -> Iterator[bytes]:
    """The file in pieces of about 64 KB, so that a long one is never held whole. `bom` helps old Excel with accents."""
    held = [BOM] if bom else []
    size = 0
    for each in records:
        held.append(each)
        size += len(each)
        if size >= CHUNK:
            yield "".join(held).encode()
            held, size = [], 0
    if held:
        yield "".join(held).encode()


def decode(data: bytes) -> list[dict[str, str]]:
    """The rows of a file of ours, each cell as it was before the guard."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    return [{name: unguard(cell) for name, cell in row.items()} for row in rows]
