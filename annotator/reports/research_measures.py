"""The rows of the researcher's first table: each alpha with its interval, its articles, raw agreement, text marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from annotator.domain.agreement.alpha import marked, raw
from annotator.domain.agreement.distances import TOGETHER, label_distance
from annotator.domain.agreement.pool import Pool
from annotator.domain.errors import NotEnoughData
from annotator.models import Label
from annotator.reports.agreement import Agreement, Figure
from annotator.reports.agreement_articles import ByArticle, Mean


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure on the line from 0 to 1, as SVG takes it ("57.1%"); what lies beyond an end stands at it."""

    at: str
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One row: a measure over all labels by its key, or one label. `drawing` is None where it is undefined.

    `articles` are the values of the articles that have one, and `lowest` and `highest` of them. `raw` and `marked`, the
    share of text that was marked, are None where nothing is compared, or the measure is of neither kind.
    """

    key: str
    label: Label | None
    figure: Figure
    mean: Mean
    articles: tuple[Drawing, ...]
    lowest: float | None
    highest: float | None
    drawing: Drawing | None
    raw: float | None
    marked: float | None


def measures_of(
    agreement: Agreement, by_article: ByArticle, labels: Sequence[Label], pool: Pool
) -> tuple[Measure, ...]:
    """Any label, then each label, then whole label sets by three distances."""
    each = [one.agreement for one in by_article.articles]
    together = {
        key: replace(
            measure(agreement.together[key], by_article.together[key], [one.together[key] for one in each]),
            key=key,
            raw=defined(partial(raw, pool, TOGETHER[key])) if key in {"any", "nominal_set"} else None,
            marked=defined(partial(marked, pool)) if key == "any" else None,
        )
        for key in TOGETHER
    }
    of_labels = [
        replace(
            measure(
                agreement.per_label[label.slug],
                by_article.per_label[label.slug],
                [one.per_label[label.slug] for one in each],
            ),
            key=label.slug,
            label=label,
            raw=defined(partial(raw, pool, label_distance(where))),
            marked=defined(partial(marked, pool, where)),
        )
        for where, label in enumerate(labels)
    ]
    return (together.pop("any"), *of_labels, *together.values())


def defined(compute: Callable[[], float]) -> float | None:
    """The number, or None where it is undefined: its row says why."""
    try:
        return compute()
    except NotEnoughData:
        return None


def measure(figure: Figure, mean: Mean, each: Sequence[Figure]) -> Measure:
    """One row of the table, still without its name."""
    values = sorted(one.value for one in each if one.value is not None)
    return Measure(
        key="",
        label=None,
        figure=figure,
        mean=mean,
        articles=tuple(Drawing(place(value)) for value in values),
        lowest=values[0] if values else None,
        highest=values[-1] if values else None,
        drawing=drawn(figure),
        raw=None,
        marked=None,
    )


def drawn(figure: Figure) -> Drawing | None:
    """Where a figure and its interval stand on the line."""
    if figure.value is None:
        return None
    sure = figure.interval
    return Drawing(place(figure.value), place(sure.low), place(sure.high)) if sure else Drawing(place(figure.value))


def place(value: float) -> str:
    """A value as a place from left to right."""
    return f"{100 * min(max(value, 0.0), 1.0):.1f}%"
