"""A class list as it is typed or comes from a file: rows, and twins told apart by a number."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from annotator.domain.names import one_line

MOST_ROWS = 300
# A pupil goes by the name, so it is no longer than a name in a class may be.
MOST_NAME = 60
MOST_REF = 100
NUMBERED = re.compile(r" \([0-9]+\)$")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One pupil: `student_ref` is the school's number, `external_id` a platform's."""

    name: str
    student_ref: str = ""
    external_id: str = ""
    section: str = ""


def typed_rows(text: str) -> list[RosterRow]:
    """One name a line, as people type or paste them; empty lines say nothing."""
    names = (one_line(line) for line in re.split(r"[\r\n]+", text))
    return [RosterRow(name) for name in names if name]


def numbered(rows: Iterable[RosterRow]) -> list[RosterRow]:
    """The same rows, the second Sam as “Sam (2)”: by folded case, in their order; a number that is there is kept."""
    rows = list(rows)
    given = {row.name.casefold() for row in rows}
    seen: Counter[str] = Counter()
    return [row_numbered(row, seen, given) for row in rows]


def row_numbered(row: RosterRow, seen: Counter[str], given: set[str]) -> RosterRow:
    """The row under a name that none before it has; `given` are the names the list came with."""
    key = row.name.casefold()
    seen[key] += 1
    if seen[key] == 1:
        return row
    number = seen[key]
    while f"{key} ({number})" in given or f"{key} ({number})" in seen:
        number += 1
    seen[key] = number
    name = f"{row.name} ({number})"
    seen[name.casefold()] += 1
    return replace(row, name=name)
