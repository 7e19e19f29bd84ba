"""The researcher's table: its numbers are the engine's and the command line's, on the page and in the files."""

from pathlib import Path
from statistics import fmean

import pytest

from annotator.domain.errors import RuleError
from annotator.exporters import csv_file, research_csv
from annotator.models import Exercise, Phase
from annotator.reports.agreement_leave_out import left_out_of_exercise
from annotator.reports.agreement_pairs import pairs_of
from annotator.reports.research import MOST_READERS, research
from annotator.reports.research_files import TABLES, columns_of, table
from annotator.reports.research_measures import Drawing, place
from tests.reports.agreeing import by_command, read_class, second_round

pytestmark = pytest.mark.django_db

F1 = ("exact", "overlap", "iou50", "char")


def rows(work: Exercise, name: str, number: int = 1) -> list[dict[str, str]]:
    """The rows of a file, read back."""
    made = research_csv.records(columns_of(name), table(work, name, [number]))
    return csv_file.decode(b"".join(csv_file.encode(made)))


def number(cell: str) -> float | None:
    return float(cell) if cell else None


def test_the_page_shows_what_the_command_line_computes_from_the_exported_files(tmp_path: Path) -> None:
    work = read_class(7, articles=3)
    expected, page = by_command([work], tmp_path), research(work)
    shown = {row.key: row.figure.value for row in page.measures}
    assert {key: shown[key] for key in ("any", "nominal_set", "jaccard", "masi")} == {
        key: expected["alpha"][key] for key in ("any", "nominal_set", "jaccard", "masi")
    }
    assert {label.slug: shown[label.slug] for label in page.labels} == expected["alpha"]["per_label"]
    assert page.agreement.u_alpha.value == expected["u_alpha"]
    assert dict(zip(F1, (each.value for each in page.pair_means[0].figures), strict=False)) == expected["f1"]
    assert page.agreement.split is not None
    assert page.agreement.split.missed == expected["split"]["missed"]


def test_the_second_round_has_its_own_figures(tmp_path: Path) -> None:
    work = read_class(6, articles=1)
    second_round(work)
    expected, page = by_command([work], tmp_path, 2), research(work, 2)
    assert page.rounds == (1, 2)
    assert page.measures[0].figure.value == expected["alpha"]["any"]
    assert page.measures[0].figure.value != research(work).measures[0].figure.value


def test_every_pair_of_the_file_is_the_command_lines(tmp_path: Path) -> None:
    work = read_class(6, articles=2)
    expected = {(each["a"], each["b"], each["label"] or ""): each for each in by_command([work], tmp_path)["pairs"]}
    found = {(row["a"], row["b"], row["label"]): row for row in rows(work, "pairs.csv")}
    assert found.keys() == expected.keys()
    for pair, row in found.items():
        for key in ("kappa", "f1_exact", "f1_overlap", "f1_char"):
            assert number(row[key]) == expected[pair][key]


def test_the_file_of_measures_holds_every_figure_and_its_interval(tmp_path: Path) -> None:
    work = read_class(8, articles=6)
    expected, page = by_command([work], tmp_path), research(work)
    found = {(row["measure"], row["label"]): row for row in rows(work, "measures.csv") if row["scope"] == "pooled"}
    assert number(found["alpha_any", ""]["value"]) == expected["alpha"]["any"]
    assert number(found["split_boundary", ""]["value"]) == expected["split"]["boundary"]
    assert number(found["f1_iou50", ""]["value"]) == expected["f1"]["iou50"]
    sure = page.agreement.headline.interval
    assert sure is not None
    columns = ("low", "high", "p_below_667", "p_below_800")
    assert [number(found["alpha_any", ""][column]) for column in columns] == [
        sure.low, sure.high, sure.below_667, sure.below_800,
    ]  # fmt: skip


def test_an_undefined_figure_is_empty_and_says_why() -> None:
    work = read_class(1, articles=1)
    [row] = [row for row in rows(work, "measures.csv") if (row["scope"], row["measure"]) == ("pooled", "alpha_any")]
    assert (row["value"], row["undefined"]) == ("", "needs a second reader")
    page = research(work)
    assert page.measures[0].drawing is None
    assert page.pair_means[0].kappa.reason == "needs a second reader"


def test_the_matrix_is_kappa_on_one_side_and_overlap_on_the_other() -> None:
    work = read_class(5, articles=2)
    label = research(work).labels[0].slug
    for tag in ("", label):
        matrix = research(work, 1, tag).matrix
        at = {name: index for index, name in enumerate(matrix.names)}
        for pair in pairs_of(work).of(tag or None):
            a, b = at[pair.a], at[pair.b]
            assert matrix.rows[b].cells[a].value == pair.kappa.value
            assert matrix.rows[a].cells[b].value == pair.f1["overlap"].value


def test_a_labels_mean_leaves_out_the_pairs_that_have_no_figure() -> None:
    work = read_class(7, articles=2, spans=2)
    skipped = 0
    for means in research(work).pair_means:
        each = pairs_of(work).of(means.label.slug if means.label else None)
        defined = [pair.kappa.value for pair in each if pair.kappa.value is not None]
        skipped += len(each) - len(defined)
        assert means.kappa.pairs == len(defined)
        assert means.kappa.value == (fmean(defined) if defined else None)
        assert (means.kappa.lowest, means.kappa.highest) == ((min(defined), max(defined)) if defined else (None, None))
    assert skipped


def test_a_cells_level_begins_at_its_step() -> None:
    from annotator.reports.research_pairs import cell

    assert [cell(value, "").level for value in (-0.2, 0.449, 0.45, 0.55, 0.65, 0.75, 1.0)] == [1, 1, 2, 3, 4, 5, 5]


def test_the_file_of_readers_is_alpha_without_each_of_them() -> None:
    work = read_class(5, articles=2)
    found = {row["annotator"]: row for row in rows(work, "readers.csv") if row["measure"] == "alpha_masi"}
    for each in left_out_of_exercise(work, measure="masi").readers:
        assert number(found[each.code]["alpha_without"]) == each.value
        assert number(found[each.code]["change"]) == each.change


def test_a_figure_beyond_the_line_stands_at_its_end() -> None:
    assert [place(value) for value in (-0.4, 0.0, 0.5714, 1.0)] == ["0.0%", "0.0%", "57.1%", "100.0%"]
    assert Drawing(place(0.5)).low == ""


def test_a_large_class_keeps_the_page_short_and_the_file_whole() -> None:
    work = read_class(MOST_READERS * 2, articles=1, spans=2)
    page = research(work)
    assert len(page.matrix.rows) == MOST_READERS < page.matrix.readers
    assert page.matrix.is_cut
    assert len(page.left_out_shown) == MOST_READERS
    assert len({row["annotator"] for row in rows(work, "readers.csv")}) == page.matrix.readers


@pytest.mark.proves("S02")
@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.OPEN])
def test_while_blind_nothing_is_computed(phase: str) -> None:
    work = read_class(3, articles=1, phase=phase)
    with pytest.raises(RuleError):
        research(work)
    for name in TABLES:
        with pytest.raises(RuleError):
            rows(work, name)
