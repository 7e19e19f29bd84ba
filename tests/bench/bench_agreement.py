"""What agreement costs, beside krippendorff and nltk on the same marks in the same run.

    python tests/bench/bench_agreement.py [--articles 3000]

Run by hand on a quiet machine; processor time on one thread, best of many, as other work only ever adds. The targets
are AGREEMENT's, for a laptop's core. There is no second way in pure Python to compare with: numpy is there at run time,
and two ways to one figure would have to agree to the last digit. nltk and krippendorff get the dense matrix ready made;
for them only the figure itself is timed.
"""

import argparse
import os
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import krippendorff  # noqa: E402  # path and environment come first
import numpy as np  # noqa: E402
from nltk.metrics.agreement import AnnotationTask  # noqa: E402
from nltk.metrics.distance import jaccard_distance  # noqa: E402

from annotator.domain.agreement.alpha import alpha  # noqa: E402
from annotator.domain.agreement.bootstrap import intervals, sentence_blocks  # noqa: E402
from annotator.domain.agreement.distances import TOGETHER, label_distance  # noqa: E402
from annotator.domain.agreement.documents import Document, document  # noqa: E402
from annotator.domain.agreement.figures import split  # noqa: E402
from annotator.domain.agreement.leave_one_out import without_each  # noqa: E402
from annotator.domain.agreement.pair_pool import pooled_pairs  # noqa: E402
from annotator.domain.agreement.pairs import pair_counts  # noqa: E402
from annotator.domain.agreement.pool import Pool, pooled, pooled_summaries  # noqa: E402
from annotator.domain.agreement.runs import coincidences, runs  # noqa: E402
from annotator.domain.agreement.split import Split  # noqa: E402
from annotator.domain.agreement.summary import as_bytes, summary  # noqa: E402

LABELS = 4
DISTANCES = (*TOGETHER.values(), *(label_distance(label) for label in range(LABELS)))


def best(job: Callable[[], object], times: int) -> float:
    """Milliseconds of processor time of the quickest of several runs."""
    spent = []
    for _ in range(times):
        began = time.process_time()
        job()
        spent.append(time.process_time() - began)
    return min(spent) * 1000


def marks(readers: int, spans: int, length: int, seed: int = 7) -> np.ndarray:
    """(S, 4): every reader's spans of 20 to 120 characters, wherever, under any label."""
    chance = np.random.default_rng(seed)
    start = chance.integers(0, length - 120, readers * spans)
    columns = [np.repeat(np.arange(readers), spans), chance.integers(0, LABELS, len(start)), start]
    return np.stack([*columns, start + chance.integers(20, 121, len(start))], axis=1)


def marked(readers: int, spans: int, length: int, seed: int = 7) -> Document:
    """A document with such marks."""
    return document(length=length, readers=np.arange(readers), spans=marks(readers, spans, length, seed))


def all_alphas(pool: Pool) -> list[float]:
    """The four figures over all labels and one for each label."""
    return [alpha(pool, distance) for distance in DISTANCES]


def dense(rows: np.ndarray, readers: int, length: int) -> np.ndarray:
    """(readers, length): the mask of labels on each character, as the other libraries want it."""
    matrix = np.zeros((readers, length), dtype=np.int64)
    for reader, label, start, end in rows.tolist():
        matrix[reader, start:end] |= 1 << label
    return matrix


def report(job: str, spent: float, target: float | None = None) -> None:
    """One line: what, how long, and how that stands to the target."""
    beside = f"   target {target:5.0f} ms, {spent / target:5.2f} of it" if target else ""
    print(f"{job:<72} {spent:9.2f} ms{beside}", flush=True)


def alone(found: Document) -> Pool:
    """The coincidences of one document, without what alphas do not need."""
    cut = runs(found)
    totals, together = coincidences(cut)
    row, column = np.nonzero(np.triu(together))
    mass = together[row, column] * (1 + (row != column)) / (cut.readers - 1)
    none = np.zeros(0, dtype=np.int64)
    nothing = {"split": Split(0, 0, 0), "blocks": 0, "labels": none, "squares": none, "spans": none}
    return Pool(1, cut.masks, totals, row, column, mass, has_overlap=True, **nothing)


def one_document(readers: int, target: float) -> None:
    """All alphas of one document from its spans, and the same figures elsewhere."""
    length, rows = 6000, marks(readers, 60, 6000)

    def ours() -> list[float]:
        return all_alphas(alone(document(length=length, readers=range(readers), spans=rows)))

    def row() -> bytes:
        return as_bytes(summary(document(length=length, readers=range(readers), spans=rows)))

    spent = best(ours, 30)
    report(f"{readers} readers × 60 spans × {length} characters: all 8 alphas, spans to figures", spent, target)
    report("    the whole stored row: split and u-alpha's counts too", best(row, 30))
    matrix = dense(rows, readers, length)
    nominal, *_ = [alpha(pooled_summaries([summary(marked(readers, 60, length))]), TOGETHER["nominal_set"])]
    theirs = krippendorff.alpha(reliability_data=matrix, level_of_measurement="nominal")
    assert abs(theirs - nominal) < 1e-9, (theirs, nominal)
    other = best(lambda: krippendorff.alpha(reliability_data=matrix, level_of_measurement="nominal"), 3)
    report("    krippendorff.alpha, the nominal figure alone", other)
    print(f"    krippendorff {other:.1f} ms for one figure : ours {spent:.2f} ms for eight = {other / spent:.1f}")
    if readers <= 30:
        beside_nltk(matrix[:, :600], spent)


def beside_nltk(matrix: np.ndarray, spent: float) -> None:
    """nltk's alpha with the Jaccard distance, on a tenth of the text: it takes seconds for the whole."""
    sets = [frozenset(label for label in range(LABELS) if mask >> label & 1) for mask in range(1 << LABELS)]
    rows = [(reader, place, sets[mask]) for (reader, place), mask in np.ndenumerate(matrix)]
    task = AnnotationTask(data=rows, distance=lambda one, other: jaccard_distance(one, other) if one | other else 0.0)
    began = time.process_time()
    task.alpha()
    other = (time.process_time() - began) * 1000
    report(f"    nltk, the Jaccard figure alone, on {matrix.shape[1]} characters", other)
    print(
        f"    nltk {other:.0f} ms for one figure on a tenth : ours {spent:.2f} ms, eight on all = {other / spent:.0f}"
    )


def bootstrap(readers: int, target: float) -> None:
    """A thousand draws of fifty sentences, all alphas."""
    begins = np.arange(0, 6000, 120)
    found = runs(marked(readers, 60, 6000), begins)
    report(
        f"bootstrap 1,000 over 50 sentences, {readers} readers, 8 alphas",
        best(lambda: intervals(sentence_blocks(found, begins, DISTANCES)), 20),
        target,
    )


def corpus(articles: int, target: float | None) -> None:
    """Stored rows of many articles to all alphas and the split."""
    stored = [as_bytes(summary(marked(30, 20, 3000, seed))) for seed in range(min(articles, 100))]
    rows = [stored[place % len(stored)] for place in range(articles)]

    def figures() -> None:
        pool = pooled(rows)
        all_alphas(pool)
        split(pool)

    size = sum(len(row) for row in rows) / articles / 1000
    report(f"{articles} articles of 30 readers from stored rows ({size:.1f} kB each)", best(figures, 10), target)


def pairs(readers: int) -> None:
    """Every pair's counts and figures, and alpha without each reader."""
    found = marked(readers, 60, 6000)

    def every_pair() -> None:
        pooled_pairs([pair_counts(found)]).figures().kappa()

    report(f"{readers * (readers - 1) // 2} pairs of {readers} readers, counted, kappa of each", best(every_pair, 3))
    cut = runs(found)
    report(
        f"    alpha without each of {readers} readers", best(lambda: without_each([(found, cut)], TOGETHER["any"]), 3)
    )


def length_does_not_matter() -> None:
    """One span in ten million characters beside one in a thousand."""
    for length in (1_000, 10_000_000):
        one = document(length=length, readers=[0, 1], spans=[[0, 0, 10, 20]])
        report(f"one span in {length} characters", best(lambda one=one: summary(one), 50))


def main() -> None:
    """Run everything once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=3000)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    one_document(30, 2)
    one_document(300, 40)
    bootstrap(30, 10)
    bootstrap(300, 40)
    for articles in (1, 10, 100, 1000):
        corpus(articles, None)
    corpus(asked.articles, 60)
    pairs(30)
    pairs(300)
    length_does_not_matter()


if __name__ == "__main__":
    main()
