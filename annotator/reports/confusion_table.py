"""The confusion table of an exercise as a page shows it: a lower triangle in whole parts of 1,000 that add up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from annotator.domain.agreement.cell_passages import Cell
from annotator.domain.percentages import whole_parts
from annotator.reports.agreement_confusion import Confusion
from annotator.reports.reading_parts import LabelPart

WHOLE = 1000
# From so many of 1,000 characters on, a cell takes the next shade, and a thicker bar from the second on.
LEVELS = (5, 15, 30, 60)
BLANK, MORE = "_blank", "_more"


@dataclass(frozen=True, slots=True)
class TableCell:
    """One meeting: `number` of 1,000 characters, `shown` in words; `key` opens it, empty where nothing meets."""

    key: str
    number: int
    shown: str
    says: str
    level: int
    is_both: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class TableRow:
    """A label's row, or that of "left blank" or "nothing more"; `gap` places of the triangle stay empty behind it."""

    label: LabelPart | None
    name: str
    cells: tuple[TableCell, ...]
    gap: int


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table; both blank, apart and label against label are sums of its shown numbers."""

    rows: tuple[TableRow, ...]
    blank: TableCell
    apart: int
    labels_apart: int
    cells: Mapping[Cell, TableCell]


def every_cell(labels: int) -> list[Cell]:
    """The cells of the lower triangle in reading order, then blank and "nothing more", both blank last."""
    triangle = [(a, b) for b in range(labels) for a in range(b + 1)]
    return [*triangle, *((a, side) for side in (labels, labels + 1) for a in range(labels)), (labels, labels)]


def amount(found: Confusion, cell: Cell) -> float:
    """What stands in a cell, per 1,000, both orders together."""
    a, b = cell
    return found.cells[a][b] + (found.cells[b][a] if a != b else 0.0)


def key_of(cell: Cell, slugs: Sequence[str]) -> str:
    """How an address names a cell."""
    names = [*slugs, BLANK, MORE]
    return f"{names[cell[0]]}:{names[cell[1]]}"


def cell_named(key: str, slugs: Sequence[str]) -> Cell | None:
    """The cell that an address names, in either order; None where it names none."""
    places = {"blank": len(slugs), "more": len(slugs) + 1, BLANK: len(slugs), MORE: len(slugs) + 1}
    places |= {slug: place for place, slug in enumerate(slugs)}
    found = [places[each] for each in key.split(":") if each in places]
    cell = (min(found), max(found)) if len(found) == 2 and key.count(":") == 1 else None
    return cell if cell in every_cell(len(slugs)) else None


def fullest(found: Confusion) -> Cell | None:
    """The cell to look at first: the fullest of label against label, else of those apart, else of all with a label."""
    cells = every_cell(len(found.labels))[:-1]
    labels = len(found.labels)
    kinds = [
        [each for each in cells if each[0] != each[1] and each[1] < labels],
        [each for each in cells if each[0] != each[1]],
        cells,
    ]
    for kind in kinds:
        best = max(kind, key=lambda each: amount(found, each), default=None)
        if best is not None and amount(found, best) > 0:
            return best
    return None


def table_of(found: Confusion, labels: Sequence[LabelPart], opened: Cell | None) -> Table:
    """The table from its exact parts."""
    order = every_cell(len(labels))
    exact = {cell: amount(found, cell) for cell in order}
    whole = dict(zip(order, whole_parts([exact[cell] for cell in order], WHOLE), strict=True))
    cells = {cell: shown_cell(cell, exact[cell], whole[cell], labels, opened) for cell in order}
    apart = [cell for cell in order if cell[0] != cell[1]]
    return Table(
        rows=tuple(rows(cells, labels)),
        blank=cells[order[-1]],
        apart=sum(whole[cell] for cell in apart),
        labels_apart=sum(whole[cell] for cell in apart if cell[1] < len(labels)),
        cells=cells,
    )


def rows(cells: dict[Cell, TableCell], labels: Sequence[LabelPart]) -> Iterator[TableRow]:
    """From the first label down to "nothing more"."""
    number = len(labels)
    for place, label in enumerate(labels):
        inside = tuple(cells[each, place] for each in range(place + 1))
        yield TableRow(label, label.name, inside, number - place - 1)
    for side, name in ((number, _("left blank")), (number + 1, _("nothing more"))):
        yield TableRow(None, name, tuple(cells[each, side] for each in range(number)), 0)


def shown_cell(cell: Cell, exact: float, number: int, labels: Sequence[LabelPart], opened: Cell | None) -> TableCell:
    """One cell; where less than half of a thousandth meets, it says so and still opens."""
    is_both = cell[0] == cell[1]
    return TableCell(
        key=key_of(cell, [each.slug for each in labels]) if exact > 0 else "",
        number=number,
        shown=str(number) if number else "<1" if exact > 0 else "–",
        says=said(cell, labels),
        level=sum(number >= each for each in LEVELS),
        is_both=is_both,
        is_open=cell == opened,
    )


def said(cell: Cell, labels: Sequence[LabelPart]) -> str:
    """What meets in a cell, in words."""
    names = [*(each.name for each in labels), _("left blank"), _("nothing more")]
    one, other = names[cell[0]], names[cell[1]]
    if cell[0] != cell[1]:
        return _("%(one)s and %(other)s") % {"one": one, "other": other}
    return _("left blank by both") if cell[0] == len(labels) else _("%(name)s by both") % {"name": one}
