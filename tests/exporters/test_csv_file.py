"""The CSV of our files: quoting, the guard against formulas and its exact undoing, numbers, times, pieces."""

import csv
import io
from datetime import UTC, datetime, timedelta, timezone

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exporters import csv_file

GUARDED = ["=", "+", "-", "@", "'", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)


def read(data: bytes) -> list[list[str]]:
    """What Python's own reader makes of it."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


@pytest.mark.proves("S07")
@pytest.mark.parametrize("first", GUARDED)
def test_a_cell_a_spreadsheet_would_run_gets_one_apostrophe_and_loses_it_again(first: str) -> None:
    value = f"{first}1+1"
    assert csv_file.text_cell(value) == f'"\'{value}"'
    assert csv_file.unguard("'" + value) == value


@pytest.mark.parametrize("value", ["", " =1", "a=1", "“=1”", "1-2", "\u00a0+1"])
def test_other_cells_stay_as_they_are(value: str) -> None:
    assert csv_file.text_cell(value) == f'"{value}"'


@pytest.mark.proves("S07")
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_any_text_comes_back_exactly(values: list[str]) -> None:
    names = [f"c{number}" for number in range(len(values))]
    records = [csv_file.header(names), csv_file.record(map(csv_file.text_cell, values))]
    data = b"".join(csv_file.encode(records))
    assert [csv_file.unguard(cell) for cell in read(data)[1]] == values
    assert csv_file.decode(data) == [dict(zip(names, values, strict=True))]


def test_the_recipe_for_pandas_gives_the_texts_back() -> None:
    values = ["=SUM(A1)", "'quoted'", "NA", "007", 'say "no"', "two\nlines", ""]
    records = [csv_file.header(["text"]), *(csv_file.record([csv_file.text_cell(value)]) for value in values)]
    file = io.BytesIO(b"".join(csv_file.encode(records)))
    frame = pandas.read_csv(file, dtype=str, keep_default_na=False, skip_blank_lines=False)
    assert frame.apply(lambda column: column.str.removeprefix("'"))["text"].tolist() == values


def test_every_field_is_quoted_and_records_end_crlf() -> None:
    assert csv_file.record([csv_file.text_cell('a "b"'), csv_file.number_cell(3)]) == '"a ""b""","3"\r\n'


def test_numbers_are_never_guarded_and_truths_are_0_or_1() -> None:
    cells = [csv_file.number_cell(value) for value in (-5, 0, True, False, None)]
    assert cells == ['"-5"', '"0"', '"1"', '"0"', '""']


def test_times_are_utc_in_whole_seconds() -> None:
    there = timezone(timedelta(hours=2))
    assert csv_file.time_cell(datetime(2026, 3, 9, 16, 5, 0, tzinfo=there)) == '"2026-03-09T14:05:00Z"'
    assert csv_file.time_cell(datetime(2026, 3, 9, 14, 5, 0, tzinfo=UTC)) == '"2026-03-09T14:05:00Z"'
    assert csv_file.time_cell(None) == '""'


def test_a_mark_for_excel_comes_first_and_only_when_asked_for() -> None:
    assert b"".join(csv_file.encode(["é"], bom=True)) == b"\xef\xbb\xbf\xc3\xa9"
    assert b"".join(csv_file.encode(["é"])) == b"\xc3\xa9"


def test_a_long_file_leaves_in_pieces() -> None:
    pieces = list(csv_file.encode("x" * 1000 for _ in range(200)))
    assert b"".join(pieces) == b"x" * 200_000
    assert max(map(len, pieces)) < 70_000
