"""Tables of figures as CSV: numbers to the last digit, an undefined one empty."""

from collections.abc import Iterable, Iterator, Sequence

from annotator.exporters.csv_file import header, record, text_cell

Value = str | int | float | None


def records(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """The file."""
    yield header(columns)
    for row in rows:
        yield record(map(cell, row))


def cell(value: Value) -> str:
    """A text guarded, a number as Python writes it back."""
    if value is None:
        return '""'
    return text_cell(value) if isinstance(value, str) else f'"{value!r}"'
