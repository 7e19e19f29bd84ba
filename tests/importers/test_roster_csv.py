"""Class lists as schools' systems and spreadsheets write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.errors import RuleError
from annotator.domain.roster import RosterRow, numbered, typed_rows
from annotator.importers.roster_csv import MOST_BYTES, read_roster
from annotator.importers.sandbox import list_in_child

SAM = RosterRow("Sam Vale", "1001")


def rows(text: str, encoding: str = "utf-8") -> list[RosterRow]:
    return read_roster(text.encode(encoding)).rows


@pytest.mark.parametrize(
    "text",
    [
        "name,student_id\nSam Vale,1001",
        "Name;ID number\r\nSam Vale;1001\r\n",
        "Full name\tStudent ID\nSam Vale\t1001\n",
        "given_name,family_name,student_id\nSam,Vale,1001",
        "First name,Last name,ID number\nSam,Vale,1001",
        "Last name,First name,ID number\nVale,Sam,1001",
        "Surname,Forename,Student No.\nVale,Sam,1001",
        "sep=;\nname;id\nSam Vale;1001",
        "\ufeffname,student_id\nSam Vale,1001",
        '"Name","Student ID"\n"Sam Vale","1001"\n\n,\n',
        "email,NAME,student-id\nsam@example.org,Sam   Vale, 1001 ",
    ],
)
def test_columns_are_known_by_many_names(text: str) -> None:
    assert rows(text) == [SAM]


def test_one_roster_keeps_the_platform_s_id_and_leaves_teachers_out() -> None:
    found = read_roster(
        b"sourcedId,status,role,username,givenName,familyName,email,identifier\n"
        b"u-1,active,student,svale,Sam,Vale,s@example.org,1001\n"
        b"u-2,active,teacher,rada,Rosa,Adeyemi,r@example.org,7\n"
        b"u-3,tobedeleted,student,old,Old,Pupil,o@example.org,1002\n"
    )
    assert found.rows == [RosterRow("Sam Vale", "1001", "u-1")]
    assert found.others == 2
    assert found.unread == ["username", "email"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_accents_survive_every_encoding(encoding: str) -> None:
    text = "name;section\nZoë Åsén;9B\nJosé Müller;9B\nChloé Brûlé;9B\n"
    assert [row.name for row in rows(text, encoding)] == ["Zoë Åsén", "José Müller", "Chloé Brûlé"]


def test_a_file_of_one_column_needs_no_header() -> None:
    assert [row.name for row in rows("Sam Vale\nNoor Salim\n")] == ["Sam Vale", "Noor Salim"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        (b"PK\x03\x04" + b"x" * 100, "workbook"),
        (b"%PDF-1.7\n", "no_text"),
        (bytes(range(256)) * 10, "no_text"),
        (b"a,b\n1,2\n", "no_column"),
        (b"name,student_id\n,1001\n", "no_names"),
        (b"name,student_id\n", "no_names"),
        (b"x" * (MOST_BYTES + 1), "too_big"),
        (b'name\n"' + b"x" * 200_000, "no_names"),
    ],
)
def test_what_is_no_list_gets_one_sentence(content: bytes, code: str) -> None:
    with pytest.raises(RuleError) as error:
        read_roster(content)
    assert error.value.code == code
    assert str(error.value)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_rows_or_a_sentence(content: bytes) -> None:
    try:
        found = read_roster(b"name,student_id\n" + content)
    except RuleError:
        return
    assert all(row.name and "\n" not in row.name for row in found.rows)


def test_typed_names_are_one_a_line_with_commas_kept() -> None:
    assert typed_rows("Vale, Sam\r\n\r\n  Noor   Salim \n") == [RosterRow("Vale, Sam"), RosterRow("Noor Salim")]


@pytest.mark.parametrize(
    ("names", "told_apart"),
    [
        (["Sam", "Sam", "Sam"], ["Sam", "Sam (2)", "Sam (3)"]),
        (["Sam", "SAM"], ["Sam", "SAM (2)"]),
        (["Sam", "Sam", "Sam (2)"], ["Sam", "Sam (3)", "Sam (2)"]),
        (["Sam (2)", "Sam", "Sam"], ["Sam (2)", "Sam", "Sam (3)"]),
        (["Sam", "Alex"], ["Sam", "Alex"]),
    ],
)
def test_twins_are_told_apart(names: list[str], told_apart: list[str]) -> None:
    assert [row.name for row in numbered(map(RosterRow, names))] == told_apart


@given(st.lists(st.sampled_from(["Sam", "sam", "Sam (2)", "Sam (3)", "Alex"]), max_size=12))
def test_numbered_names_stand_once(names: list[str]) -> None:
    found = [row.name.casefold() for row in numbered(map(RosterRow, names))]
    assert len(set(found)) == len(found)


def test_the_child_reads_a_list_and_its_refusal_comes_through() -> None:
    found = list_in_child("name,student_id,note\nSam Vale,1001,x\nÅsa,,\n".encode())
    assert (found.rows, found.unread, found.others, found.warnings) == ([SAM, RosterRow("Åsa")], ["note"], 0, [])
    with pytest.raises(RuleError, match="workbook"):
        list_in_child(b"PK\x03\x04")
