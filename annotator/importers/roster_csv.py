"""A class list from a CSV file of a school's system or a spreadsheet: which column is the name, which the number.

At most 256 KB; read in the child process like every file that somebody sends.
"""

import csv
import io
import re
from dataclasses import dataclass

from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.names import one_line
from annotator.domain.roster import RosterRow, typed_rows
from annotator.importers.encodings import decoded
from annotator.importers.kinds import ZIP, is_binary

MOST_BYTES = 256 * 1024
MOST_COLUMNS = 200

EMPTY = gettext_noop("This file is empty. Choose another one, or paste the names.")
TOO_BIG = gettext_noop("A class list has at most 256 KB. Is this the right file?")
WORKBOOK = gettext_noop("This is a workbook. Open it, save it as CSV, and choose that one; or paste the names.")
NO_TEXT = gettext_noop("This is not a list of names. Save it as CSV, and choose that one; or paste the names.")
NO_NAMES = gettext_noop("There are no names in this file. Look whether it is the right one, or paste the names.")
NO_COLUMN = gettext_noop(
    "Which column holds the names? Write name, or given_name and family_name, into the first line of the file."
)

# Headers of OneRoster, Moodle, Canvas, Google and common spreadsheets, without signs and spaces.
COLUMNS = {
    "name": ("name", "fullname", "student", "studentname", "pupil", "pupilname", "learner", "displayname", "names"),
    "given": ("givenname", "firstname", "forename", "first", "preferredname", "preferredfirstname", "givennames"),
    "family": ("familyname", "lastname", "surname", "last", "familynames"),
    "student_ref": (
        *("studentid", "idnumber", "id", "studentnumber", "studentno", "sisid", "sisuserid", "pupilid", "number"),
        *("identifier", "admissionnumber", "schoolid"),
    ),
    "external_id": ("sourcedid", "externalid", "userid"),
    "section": ("section", "sections", "class", "group", "classname", "form"),
    "role": ("role", "roles"),
    "status": ("status",),
}
MEANING = {header: column for column, headers in COLUMNS.items() for header in headers}
# The order in which Excel writes them: a semicolon wherever the comma is for decimals.
DELIMITERS = (",", ";", "\t")
STUDENTS = {"", "student", "students", "pupil", "learner"}


@dataclass(frozen=True, slots=True)
class RosterFile:
    """What was found: rows in their order, the headers nothing was read from, how many were not pupils, warnings."""

    rows: list[RosterRow]
    unread: list[str]
    others: int
    warnings: list[str]


def read_roster(content: bytes) -> RosterFile:
    """The list in a file; RuleError with one sentence where there is none."""
    if not content.strip():
        raise RuleError(EMPTY, code="empty")
    if len(content) > MOST_BYTES:
        raise RuleError(TOO_BIG, code="too_big")
    if content.startswith(ZIP):
        raise RuleError(WORKBOOK, code="workbook")
    if is_binary(content) or content.startswith(b"%PDF"):
        raise RuleError(NO_TEXT, code="no_text")
    text, warnings = decoded(content)
    return roster_found(text.replace("\x00", ""), warnings)


def roster_found(text: str, warnings: list[str]) -> RosterFile:
    """The list in a text: a table by its headers, else one name a line."""
    # Excel writes the delimiter into a first line of its own.
    text = re.sub(r"^sep=.[\r\n]+", "", text)
    delimiter = delimiter_of(text)
    table = table_of(text, delimiter)
    if not table:
        raise RuleError(NO_NAMES, code="no_names")
    places = places_of(table[0])
    if not {"name", "given", "family"} & places.keys():
        return names_alone(text, table, warnings)
    others = [cells for cells in table[1:] if not is_pupil(cells, places)]
    rows = [row_of(cells, places) for cells in table[1:] if is_pupil(cells, places)]
    rows = [row for row in rows if row.name]
    if not rows:
        raise RuleError(NO_NAMES, code="no_names")
    unread = [header for place, header in enumerate(table[0]) if place not in places.values() and header.strip()]
    return RosterFile(rows, [one_line(each)[:40] for each in unread], len(others), warnings)


def delimiter_of(text: str) -> str:
    """The delimiter under which the first line has most headers we know, else most cells."""
    line = next((line for line in re.split(r"[\r\n]+", text) if line.strip()), "")
    cells = {each: next(csv.reader([line], delimiter=each), []) for each in DELIMITERS}
    return max(DELIMITERS, key=lambda each: (len(places_of(cells[each])), len(cells[each])))


def table_of(text: str, delimiter: str) -> list[list[str]]:
    """Its rows that are not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [cells[:MOST_COLUMNS] for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise RuleError(NO_NAMES, code="no_names") from error


def places_of(headers: list[str]) -> dict[str, int]:
    """Where each column stands; the first of several that say the same."""
    found: dict[str, int] = {}
    for place, header in enumerate(headers):
        meaning = MEANING.get(re.sub(r"[\W_]+", "", header).casefold())
        if meaning is not None:
            found.setdefault(meaning, place)
    return found


def names_alone(text: str, table: list[list[str]], warnings: list[str]) -> RosterFile:
    """A file of one column, without a header."""
    if max(map(len, table)) > 1:
        raise RuleError(NO_COLUMN, code="no_column")
    rows = [row for cells in table for row in typed_rows(cells[0].replace("\n", " "))]
    return RosterFile(rows, [], 0, warnings)


def is_pupil(cells: list[str], places: dict[str, int]) -> bool:
    """Not a teacher or guardian of a OneRoster file, and not to be deleted."""
    role = cell(cells, places, "role").casefold()
    return role in STUDENTS and cell(cells, places, "status").casefold() != "tobedeleted"


def row_of(cells: list[str], places: dict[str, int]) -> RosterRow:
    """One pupil; the whole name where there is one, else given and family name."""
    parts = [cell(cells, places, "given"), cell(cells, places, "family")]
    return RosterRow(
        name=cell(cells, places, "name") or " ".join(part for part in parts if part),
        student_ref=cell(cells, places, "student_ref"),
        external_id=cell(cells, places, "external_id"),
        section=cell(cells, places, "section"),
    )


def cell(cells: list[str], places: dict[str, int], column: str) -> str:
    """A cell on one line; empty where the row is short or the column is missing."""
    place = places.get(column)
    return one_line(cells[place]) if place is not None and place < len(cells) else ""
