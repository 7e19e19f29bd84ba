"""The researcher's table as files: what each row holds, to the last digit. Pairs are made label by label."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from annotator.domain.agreement.alpha import marked, raw
from annotator.domain.agreement.bootstrap import DRAWS, SEED
from annotator.domain.agreement.distances import TOGETHER, Distance, label_distance
from annotator.domain.agreement.pair_figures import F1
from annotator.domain.agreement.pool import pooled_rows, read_rows
from annotator.models import Exercise
from annotator.models.counted import labels_of
from annotator.reports.agreement import Agreement, Figure, figure, spans_of
from annotator.reports.agreement_articles import ByArticle, Mean, articles_of_exercise
from annotator.reports.agreement_leave_out import left_out_of_exercise
from annotator.reports.agreement_pairs import pairs_of
from annotator.reports.agreement_rows import rows_in
from annotator.reports.research import labels_in, whole
from annotator.reports.research_origin import ORIGIN, origin_cells
from annotator.reports.research_pairs import PairMeans, means_of

# A text, a number to the last digit, or nothing.
Value = str | int | float | None
MEASURES = (
    "round", "scope", "document_id", "measure", "label", "value", "undefined", "low", "high", "p_below_667",
    "p_below_800", "draws_undefined", "spans", "readers", "articles", "pairs", "seed", "draws",
)  # fmt: skip
PAIRS = ("round", "a", "b", "label", "kappa", *(f"f1_{key}" for key in F1), "undefined")
READERS = ("round", "annotator", "measure", "label", "alpha_without", "change", "undefined")


@dataclass(frozen=True, slots=True)
class Named:
    """A figure by the name it has in a file."""

    measure: str
    label: str
    figure: Figure


def measures(exercise: Exercise, number: int) -> Iterator[tuple[Value, ...]]:
    """Every measure: pooled, each mean over articles, and each article's own."""
    found = articles_of_exercise(exercise, number)
    agreement = whole(exercise, number)
    compared = pairs_of(exercise, number)
    for each in named(agreement, compared.mean):
        yield measure_row(number, "pooled", "", each, agreement)
    yield from layer_rows(exercise, number, agreement)
    yield from mean_rows(number, found)
    yield from pair_mean_rows(number, means_of(compared, labels_in(exercise)))
    uuids = dict(exercise.articles.values_list("pk", "uuid"))
    for one in found.articles:
        for each in named(one.agreement, one.f1):
            yield measure_row(number, "article", str(uuids[one.article]), each, one.agreement)


def named(agreement: Agreement, f1: dict[str, Figure]) -> list[Named]:
    """All figures of a scope, in the order of the page."""
    split = agreement.split
    why = agreement.together["nominal_set"].reason
    parts = {part: Figure(getattr(split, part) if split else None, why) for part in ("missed", "boundary", "label")}
    return [
        *(Named(f"alpha_{key}", "", agreement.together[key]) for key in TOGETHER),
        *(Named("alpha", label, figure) for label, figure in agreement.per_label.items()),
        Named("u_alpha", "", agreement.u_alpha),
        Named("raw", "", agreement.raw),
        *(Named(f"f1_{key}", "", f1[key]) for key in F1),
        *(Named(f"split_{part}", "", figure) for part, figure in parts.items()),
    ]


def measure_row(number: int, scope: str, document: str, each: Named, agreement: Agreement) -> tuple[Value, ...]:
    """One figure with all that stands beside it."""
    sure = each.figure.interval
    interval = (sure.low, sure.high, sure.below_667, sure.below_800, sure.dropped) if sure else (None,) * 5
    return (
        number, scope, document, each.measure, each.label, each.figure.value, each.figure.reason, *interval,
        each.figure.spans, agreement.readers, agreement.compared, None,
        SEED if sure else None, DRAWS if sure else None,
    )  # fmt: skip


def layer_rows(exercise: Exercise, number: int, agreement: Agreement) -> Iterator[tuple[Value, ...]]:
    """Raw agreement and the share of text marked, of marked text and of each label, pooled."""
    pool = pooled_rows(read_rows([row.counts for row in rows_in([exercise], number)]))
    slugs = list(agreement.per_label)
    layers: list[tuple[str, Distance]] = [("", TOGETHER["any"])]
    layers += [(slug, label_distance(place)) for place, slug in enumerate(slugs)]
    for label, distance in layers:
        raws = figure(partial(raw, pool, distance), spans_of(pool, distance))
        share = figure(partial(marked, pool, distance.label), raws.spans)
        yield measure_row(number, "pooled", "", Named("raw_label" if label else "raw_any", label, raws), agreement)
        yield measure_row(number, "pooled", "", Named("text_marked", label, share), agreement)


def pair_mean_rows(number: int, means: Iterable[PairMeans]) -> Iterator[tuple[Value, ...]]:
    """The unweighted means over pairs, of all labels together and of each; `pairs` counts those that have a figure."""
    for row in means:
        slug = row.label.slug if row.label else ""
        for key, mean in zip((*(f"f1_{key}" for key in F1), "kappa"), row.figures, strict=True):
            yield (
                number, "mean of pairs", "", key, slug, mean.value, mean.reason, *(None,) * 8,
                mean.pairs, None, None,
            )  # fmt: skip


def mean_rows(number: int, found: ByArticle) -> Iterator[tuple[Value, ...]]:
    """The means over articles; `articles` counts those in which the figure is defined."""
    rows: list[tuple[str, str, Mean]] = [
        *((f"alpha_{key}", "", mean) for key, mean in found.together.items()),
        *(("alpha", label, mean) for label, mean in found.per_label.items()),
        ("u_alpha", "", found.u_alpha),
        ("raw", "", found.raw),
        *((f"f1_{key}", "", mean) for key, mean in found.f1.items()),
    ]
    for measure, label, mean in rows:
        yield (
            number, "mean of articles", "", measure, label, mean.value, mean.reason, *(None,) * 7, mean.articles,
            *(None,) * 3,
        )  # fmt: skip


def pairs(exercise: Exercise, number: int) -> Iterator[tuple[Value, ...]]:
    """Every two readers, all labels together first; one label is in memory at a time."""
    found = pairs_of(exercise, number)
    for label in (None, *found.labels):
        for each in found.of(label):
            f1s = [each.f1[key] for key in F1]
            why = each.kappa.reason or f1s[0].reason
            yield (number, each.a, each.b, label or "", each.kappa.value, *(one.value for one in f1s), why)


def readers(exercise: Exercise, number: int) -> Iterator[tuple[Value, ...]]:
    """Alpha without each reader, for every alpha."""
    _labels, slugs = labels_of(exercise.codebook_version_id)
    for measure, label in [*((key, "") for key in TOGETHER), *(("", slug) for slug in slugs)]:
        found = left_out_of_exercise(exercise, number, measure=measure or "any", label=label)
        for each in found.readers:
            name = f"alpha_{measure}" if measure else "alpha"
            yield (number, each.code, name, label, each.value, each.change, each.reason)


# A file's columns, and what makes its rows for a round.
TABLES = {"measures.csv": (MEASURES, measures), "pairs.csv": (PAIRS, pairs), "readers.csv": (READERS, readers)}


def table(exercise: Exercise, name: str, numbers: Sequence[int]) -> Iterator[tuple[Value, ...]]:
    """The rows of a file for some rounds, one after the other, each with its origin. RuleError "blind"."""
    _columns, rows = TABLES[name]
    end = origin_cells(exercise)
    for number in numbers:
        for row in rows(exercise, number):
            yield (*row, *end)


def columns_of(name: str) -> tuple[str, ...]:
    """The columns of a file."""
    columns, _rows = TABLES[name]
    return (*columns, *ORIGIN)
