"""The figures that papers print, from spans; each test is named after its paper and keeps the paper's rounding."""

import numpy as np
import pytest

from annotator.domain.agreement.distances import jaccard_between, masi_between
from tests.domain.agreement.dense import all_figures, made

CATEGORIES = ("one", "two", "three", "four", "five")


def coded_units(rows):
    """A document of one character for each coded unit; a reader's "." is a missing reading, 1 to 5 a category."""
    documents = []
    for column in zip(*rows, strict=True):
        readers = [place for place, value in enumerate(column) if value != "."]
        spans = [(place, int(column[place]) - 1, 0, 1) for place in readers]
        documents.append(made(spans, readers, length=1))
    return documents


def crossed(table):
    """Two readers of one text whose stretches fill a confusion table; rows are the first reader's categories."""
    spans, place = [], 0
    for row, line in enumerate(table):
        for column, number in enumerate(line):
            if number:
                spans += [(0, row, place, place + number), (1, column, place, place + number)]
            place += number
    return made(spans, 2, length=place)


def test_krippendorff_2004_p230_four_observers_twelve_units_with_missing_data():
    rows = ["123321412...", "1233224125..", ".33323422513", "12332441251."]
    found = all_figures(*coded_units(rows), labels=CATEGORIES)
    assert found["alpha"]["nominal_set"] == pytest.approx(0.743, abs=5e-4)


def test_krippendorff_1980_three_observers_nine_units():
    found = all_figures(*coded_units(["112412132", "122442232", "122442332"]), labels=CATEGORIES)
    assert found["alpha"]["nominal_set"] == pytest.approx(0.642, abs=1e-3)
    by_label = [0.381, 0.711, 0.717, 0.764]
    assert list(found["alpha"]["per_label"].values())[:4] == pytest.approx(by_label, abs=1e-3)


def test_artstein_and_poesio_2008_p558_scott_pi_and_cohen_kappa():
    # STAT and IReq: 20, 10 / 20, 50. pi .341, kappa .348; alpha over 200 values is 1 - (1 - pi) 199/200.
    found = all_figures(crossed([[20, 10], [20, 50]]), labels=CATEGORIES)
    assert found["alpha"]["nominal_set"] == pytest.approx(1 - (1 - 0.341) * 199 / 200, abs=1e-3)
    assert found["pairs"][0]["kappa"] == pytest.approx(0.348, abs=5e-4)


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ([[20, 0, 0, 5], [0, 10, 15, 0], [0, 15, 10, 0], [5, 0, 0, 20]], 0.467),
        ([[20, 10, 10, 0], [10, 10, 0, 0], [10, 0, 10, 0], [0, 0, 0, 20]], 0.444),
    ],
)
def test_zwick_1988_kappa(table, kappa):
    assert all_figures(crossed(table), labels=CATEGORIES)["pairs"][0]["kappa"] == pytest.approx(kappa, abs=5e-4)


def test_agresti_1992_pathologists_kappa():
    table = [[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]]
    assert all_figures(crossed(table), labels=CATEGORIES)["pairs"][0]["kappa"] == pytest.approx(0.493, abs=5e-4)


def test_krippendorff_1995_p57_digitized_continuum():
    found = all_figures(made([(0, 0, 2, 10), (0, 0, 14, 20), (1, 0, 4, 8), (1, 0, 15, 17)], 2, length=24))
    assert found["alpha"]["per_label"]["claim"] == pytest.approx(0.329, abs=1e-3)
    assert found["pairs"][0]["kappa"] == pytest.approx(0.385, abs=5e-4)


@pytest.mark.parametrize("blank", [100, 10_000, 10_000_000])
def test_hripcsak_and_rothschild_2005_f1_is_positive_agreement_and_kappa_nears_it(blank):
    # a = 40, b = 10, c = 5: F = 2a / (2a + b + c) whatever the number of negatives.
    found = all_figures(made([(0, 0, 0, 50), (1, 0, 0, 40), (1, 0, 50, 55)], 2, length=55 + blank))
    pair = found["pairs"][0]
    assert pair["f1_char"] == pytest.approx(80 / 95, abs=1e-12)
    assert 0 < 80 / 95 - pair["kappa"] < 8 / blank


def test_passonneau_2006_masi_weighs_jaccard_by_how_the_sets_lie():
    a, ab, bc, c, none = (np.array([mask]) for mask in (0b001, 0b011, 0b110, 0b100, 0))
    assert masi_between(ab, ab) == 0
    assert masi_between(a, ab) == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert masi_between(ab, bc) == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert masi_between(a, c) == 1
    assert masi_between(none, a) == 1
    assert masi_between(none, none) == 0
    assert jaccard_between(ab, bc) == pytest.approx(2 / 3)


def test_krippendorff_mathet_bouvry_and_widloecher_2016_u_alpha_by_hand():
    # n = 20, n_0 = 14, n_1 = 6; q_0 = 14, q_1 = 4² + 2² = 20; e_00 = 20 · 182 / 366, e_11 = 20 · 16 / 366;
    # the readers differ on 2 characters, both orders: n - sum l_cc = 4.
    found = all_figures(made([(0, 0, 0, 4), (1, 0, 0, 2)], 2, length=10))
    assert found["u_alpha"] == pytest.approx(1 - 4 / (20 - 20 * 182 / 366 - 20 * 16 / 366), abs=1e-12)


def test_krippendorff_mathet_bouvry_and_widloecher_2016_touching_units_stay_apart():
    # Two units of 5 instead of one of 10 lower q_1 from 200 to 150, and so what chance would give.
    one = all_figures(made([(0, 0, 0, 10), (1, 0, 0, 10), (1, 0, 14, 18)], 2, length=20))["u_alpha"]
    two = all_figures(made([(0, 0, 0, 5), (0, 0, 5, 10), (1, 0, 0, 10), (1, 0, 14, 18)], 2, length=20))["u_alpha"]
    n, alike, squares = 40, 16**2 + 24**2, 16 + 4**2
    assert one == pytest.approx(1 - 8 * (n * n - squares - 200) / (n * (n * n - alike)), abs=1e-12)
    assert two == pytest.approx(1 - 8 * (n * n - squares - 150) / (n * (n * n - alike)), abs=1e-12)
