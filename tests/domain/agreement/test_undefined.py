"""Every measure in every case where it is undefined: which sentence stands for it, none forgotten and none too many."""

import pytest

from annotator.domain.agreement.alpha import raw
from annotator.domain.agreement.bootstrap import article_blocks, intervals
from annotator.domain.agreement.confusion import confusion
from annotator.domain.agreement.distances import ANY
from annotator.domain.agreement.pool import read_rows
from annotator.domain.agreement.summary import as_bytes, summary
from annotator.domain.errors import NotEnoughData
from tests.domain.agreement.dense import all_figures, made, pool

SECOND = "needs a second reader"
TEXT = "no text to compare"
NOTHING = "nobody has marked anything yet"
UNUSED = "not used yet — nothing to compare"
OVERLAP = "spans of one reader overlap — u-alpha is not defined"
SAME = "no variation — agreement beyond chance cannot be computed"

TOGETHER = [f"alpha.{name}" for name in ("any", "nominal_set", "jaccard", "masi")]
SPLIT = [f"split.{name}" for name in ("missed", "boundary", "label")]
F1 = [f"f1.{name}" for name in ("exact", "overlap", "iou50", "char")]
OF_PAIR = ("kappa", "f1_exact", "f1_overlap", "f1_char")


def reasons(whole, label, *, u_alpha=None, f1=None):
    """The same sentence for all figures over all labels, another for the one label."""
    found = dict.fromkeys([*TOGETHER, *SPLIT], whole) | {"u_alpha": u_alpha or whole, "alpha.per_label.claim": label}
    return found | (dict.fromkeys(F1, f1 or whole) if f1 != "" else {})


def of_pair(whole, label, names=OF_PAIR, pair="a=a,b=b"):
    """What stands for a pair, over all labels and for the one label."""
    return {f"pairs[{pair},label=null].{name}": whole for name in names} | {
        f"pairs[{pair},label=claim].{name}": label for name in names
    }


CASES = {
    "no document": ([], reasons(SECOND, SECOND)),
    "one reader": ([made([(0, 0, 0, 9)], [0])], reasons(SECOND, SECOND)),
    "two readers, no document of both": (
        [made([(0, 0, 0, 9)], [0]), made([(1, 0, 0, 9)], [1])], reasons(SECOND, SECOND),
    ),
    "a text that weighs nothing": (
        [made([(0, 0, 0, 3)], 2, length=4, weights=[0] * 4)], reasons(TEXT, TEXT) | of_pair(TEXT, TEXT),
    ),
    "an empty text": ([made([], 2, length=0)], reasons(TEXT, TEXT) | of_pair(TEXT, TEXT)),
    "nothing marked": ([made([], 2)], reasons(NOTHING, UNUSED) | of_pair(NOTHING, UNUSED)),
    "marked by one reader of another text only": (
        [made([(0, 0, 0, 9)], [0]), made([], 2)], reasons(NOTHING, UNUSED) | of_pair(NOTHING, UNUSED),
    ),
    "all marked by all": (
        [made([(0, 0, 0, 40), (1, 0, 0, 40)], 2)],
        reasons(SAME, SAME, f1="") | of_pair(SAME, SAME, ("kappa",)),
    ),
    "spans of one reader overlap": (
        [made([(0, 0, 0, 9), (0, 0, 5, 12), (1, 0, 0, 9)], 2)], {"u_alpha": OVERLAP},
    ),
    "spans overlap and all is marked": (
        [made([(0, 0, 0, 30), (0, 0, 20, 40), (1, 0, 0, 40)], 2)],
        reasons(SAME, SAME, u_alpha=OVERLAP, f1="") | of_pair(SAME, SAME, ("kappa",)),
    ),
    "a pair that marked nothing among others that did": (
        [made([(2, 0, 0, 9)], 3)], of_pair(NOTHING, UNUSED),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_every_measure_that_is_undefined_has_its_reason(case):
    documents, expected = CASES[case]
    found = all_figures(*documents, labels=("claim",))
    assert found["undefined"] == expected
    assert [each for each in leaves(found) if each is None] == [None] * len(expected)
    assert all(each is None or abs(each) <= 41 for each in leaves(found))


def leaves(found):
    """Every number of the report, None where there is none."""
    for key, value in found.items():
        if key == "pairs":
            yield from (pair[name] for pair in value for name in OF_PAIR)
        elif isinstance(value, dict) and key != "undefined":
            yield from leaves(value)
        elif value is None or isinstance(value, float | int):
            yield value


def test_a_pair_that_is_undefined_is_in_no_mean():
    found = all_figures(made([(2, 0, 0, 9)], 3), labels=("claim",))
    # Pairs a-c and b-c share nothing: 0; a-b has no figure.
    assert found["f1"] == {"exact": 0, "overlap": 0, "iou50": 0, "char": 0}
    both = all_figures(made([(0, 0, 0, 9), (1, 0, 0, 9)], 4), labels=("claim",))
    # a-b agree wholly, four pairs share nothing, c-d has no figure.
    assert both["f1"] == {"exact": 1 / 5, "overlap": 1 / 5, "iou50": 1 / 5, "char": 1 / 5}


@pytest.mark.parametrize(
    ("documents", "reason"),
    [([], SECOND), ([made([], 2, length=0)], TEXT), ([made([], 2)], NOTHING)],
)
def test_raw_agreement_and_confusion_have_the_reasons_of_alpha(documents, reason):
    for figure in (raw, lambda found: confusion(found, 1)):
        with pytest.raises(NotEnoughData, match=reason):
            figure(pool(*documents))


def test_raw_agreement_is_defined_where_alpha_lacks_variation():
    assert raw(pool(made([(0, 0, 0, 40), (1, 0, 0, 40)], 2))) == 1


def test_an_interval_of_what_never_varies_has_its_reason():
    full = [made([(0, 0, 0, 40), (1, 0, 0, 40)], 2) for _each in range(6)]
    [found] = intervals(article_blocks(read_rows([as_bytes(summary(each)) for each in full]), [ANY]))
    assert str(found) == SAME
