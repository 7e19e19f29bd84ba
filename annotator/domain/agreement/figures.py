"""All figures of a set of documents, each defined or with its reason: what a file of results and a page show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from annotator.domain.agreement import reasons
from annotator.domain.agreement.alpha import alpha
from annotator.domain.agreement.distances import NOMINAL_SET, TOGETHER, label_distance
from annotator.domain.agreement.documents import Document
from annotator.domain.agreement.pair_figures import F1, PairFigures
from annotator.domain.agreement.pair_pool import PairPool, pooled_pairs
from annotator.domain.agreement.pairs import pair_counts
from annotator.domain.agreement.pool import Pool, pooled_summaries
from annotator.domain.agreement.runs import runs
from annotator.domain.agreement.split import Split
from annotator.domain.agreement.summary import summary
from annotator.domain.agreement.unitizing import u_alpha
from annotator.domain.errors import NotEnoughData


@dataclass(slots=True)
class Collected:
    """Numbers as they are computed, and under their path the reasons of those that are undefined."""

    undefined: dict[str, str] = field(default_factory=dict)

    def value(self, path: str, figure: Callable[[], float]) -> float | None:
        """The number, or None with its reason noted."""
        try:
            return figure()
        except NotEnoughData as reason:
            self.undefined[path] = str(reason)
            return None


def figures(documents: Sequence[Document], *, readers: Sequence[str], labels: Sequence[str]) -> dict[str, Any]:
    """Everything of AGREEMENT's command line but the counts of files: alpha, u_alpha, f1, pairs, split, undefined.

    A reader's id in the documents is the place of the name in `readers`, in code-point order; a label's place is that
    in `labels`. None stands for what is undefined.
    """
    found = [(each, runs(each)) for each in documents]
    pool = pooled_summaries([summary(*each) for each in found])
    pairs = pooled_pairs([pair_counts(*each) for each in found if len(each[0].readers) > 1])
    out = Collected()
    return {
        "alpha": alphas(pool, labels, out),
        "u_alpha": out.value("u_alpha", lambda: u_alpha(pool)),
        "f1": {key: out.value(f"f1.{key}", partial(mean_f1, pairs, key)) for key in F1},
        "pairs": pair_list(pairs, readers, labels, out),
        "split": split_figures(pool, out),
        "undefined": out.undefined,
    }


def alphas(pool: Pool, labels: Sequence[str], out: Collected) -> dict[str, Any]:
    """The four figures over all labels, and one for each label of the codebook."""
    found: dict[str, Any] = {
        key: out.value(f"alpha.{key}", partial(alpha, pool, distance)) for key, distance in TOGETHER.items()
    }
    found["per_label"] = {
        name: out.value(f"alpha.per_label.{name}", partial(alpha, pool, label_distance(place)))
        for place, name in enumerate(labels)
    }
    return found


def mean_f1(pairs: PairPool, key: str) -> float:
    """The unweighted mean over pairs (macro over pairs) of an F1 over all labels, undefined pairs left out.

    NotEnoughData, with the first reason that applies, where no pair has one.
    """
    if not len(pairs):
        raise NotEnoughData(reasons.SECOND_READER)
    if not pairs.weight.any():
        raise NotEnoughData(reasons.NO_TEXT)
    if not pairs.blocks:
        raise NotEnoughData(reasons.NOTHING_MARKED)
    found = pairs.figures()
    defined = found.f1(key)[found.is_compared].tolist()
    return float(sum(defined) / len(defined))


def pair_list(pairs: PairPool, readers: Sequence[str], labels: Sequence[str], out: Collected) -> list[dict[str, Any]]:
    """Every two readers with a document in common: all labels together, then one entry for each label."""
    places = [(None, None), *((name, place) for place, name in enumerate(labels))]
    columns = [(name, pair_columns(pairs.figures(place))) for name, place in places]
    return [
        pair_entry({"a": readers[a], "b": readers[b], "label": name}, pair, found, out)
        for pair, (a, b) in enumerate(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True))
        for name, found in columns
    ]


def pair_columns(found: PairFigures) -> dict[str, tuple[list[float], list[str]]]:
    """The figures that the list holds, of all pairs, each with its reasons."""
    return {"kappa": found.figure("kappa")} | {f"f1_{key}": found.figure(key) for key in ("exact", "overlap", "char")}


def pair_entry(
    names: dict[str, Any], pair: int, columns: dict[str, tuple[list[float], list[str]]], out: Collected
) -> dict[str, Any]:
    """One entry of the list."""
    path = f"pairs[a={names['a']},b={names['b']},label={'null' if names['label'] is None else names['label']}]"
    numbers: dict[str, float | None] = {}
    for key, (values, why) in columns.items():
        numbers[key] = None if why[pair] else values[pair]
        if why[pair]:
            out.undefined[f"{path}.{key}"] = why[pair]
    return names | numbers


def split_figures(pool: Pool, out: Collected) -> dict[str, Any]:
    """The three parts of 1 - alpha of whole label sets."""
    parts = {
        part: out.value(f"split.{part}", partial(part_of_split, pool, part)) for part in ("missed", "boundary", "label")
    }
    return parts | {"of": "nominal_set"}


def part_of_split(pool: Pool, part: str) -> float:
    """One of the three parts by its name."""
    return float(getattr(split(pool), part))


def split(pool: Pool) -> Split:
    """The summed parts times (n - 1) / (n² - sum n_c²): they add up to 1 - alpha. NotEnoughData as for alpha."""
    alpha(pool, NOMINAL_SET)
    scale = (pool.values - 1) / float(NOMINAL_SET.weighed(pool.masks, pool.totals))
    return Split(pool.split.missed * scale, pool.split.boundary * scale, pool.split.label * scale)
