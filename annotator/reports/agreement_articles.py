"""The figures of each article beside their mean over articles and the pooled figure: a long article decides less."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from annotator.domain.agreement import reasons
from annotator.domain.agreement.distances import TOGETHER
from annotator.domain.agreement.figures import mean_f1
from annotator.domain.agreement.pair_figures import F1
from annotator.domain.agreement.pair_pool import pooled_pairs
from annotator.domain.agreement.pair_rows import read_pairs
from annotator.domain.agreement.pool import pooled
from annotator.models import Classroom, Exercise
from annotator.models.counted import labels_of
from annotator.reports.agreement import Agreement, Figure, assembled, distances, figure, of_rows
from annotator.reports.agreement_codebooks import OfCodebook, of_classroom, of_corpus
from annotator.reports.agreement_rows import TextRow, pair_rows_in, rows_in
from annotator.reports.snapshot import snapshot

# From what is furthest from a figure to what is nearest.
REASONS = (
    reasons.SECOND_READER, reasons.NO_TEXT, reasons.NOTHING_MARKED, reasons.NOT_USED, reasons.OVERLAP,
    reasons.NO_VARIATION,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mean:
    """The unweighted mean over the `articles` in which a figure is defined; None with the reason where it is in none.

    Where articles have different reasons it is the one nearest to a figure.
    """

    value: float | None
    articles: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OneArticle:
    """One article of one exercise, by their primary keys, with its own figures and F1s; none has an interval."""

    exercise: int
    article: int
    agreement: Agreement
    f1: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class ByArticle:
    """Each article that was read, by exercise; the pooled figures; and their means over the articles."""

    articles: tuple[OneArticle, ...]
    pooled: Agreement
    together: dict[str, Mean]
    per_label: dict[str, Mean]
    u_alpha: Mean
    raw: Mean
    f1: dict[str, Mean]


def articles_of_exercise(exercise: Exercise, number: int = 1) -> ByArticle:
    """The articles of an exercise in one round. RuleError "blind".

    Five queries where its rows are kept, thirteen where not.
    """
    with snapshot():
        return articles_in([exercise], number)


def articles_of_classroom(classroom: Classroom, number: int = 1) -> tuple[OfCodebook[ByArticle], ...]:
    """The same for all exercises of a classroom that are not blind now, by codebook version; one query more."""
    return of_classroom(classroom, partial(articles_in, number=number))


def articles_of_corpus(exercises: Iterable[Exercise], number: int = 1) -> tuple[OfCodebook[ByArticle], ...]:
    """The same for some exercises, blind ones and samples left out; queries for each codebook version."""
    return of_corpus(exercises, partial(articles_in, number=number))


def articles_in(exercises: Sequence[Exercise], number: int) -> ByArticle:
    """Some exercises of one codebook."""
    rows = rows_in(exercises, number)
    pairs = pair_rows_in(exercises, number)
    _labels, slugs = labels_of(exercises[0].codebook_version_id)
    return by_article(rows, pairs, slugs, number)


def by_article(rows: Sequence[TextRow], pair_rows: Sequence[TextRow], slugs: Sequence[str], number: int) -> ByArticle:
    """The same from rows at hand, both kinds of the same texts. No query."""
    pairs = {row.place: row.counts for row in pair_rows}
    found = [one_article(row, pairs[row.place], slugs, number) for row in rows]
    each = [one.agreement for one in found]
    return ByArticle(
        articles=tuple(found),
        pooled=of_rows(slugs, rows, number),
        together={name: mean([one.together[name] for one in each]) for name in TOGETHER},
        per_label={slug: mean([one.per_label[slug] for one in each]) for slug in slugs},
        u_alpha=mean([one.u_alpha for one in each]),
        raw=mean([one.raw for one in each]),
        f1={name: mean([one.f1[name] for one in found]) for name in F1},
    )


def one_article(row: TextRow, pairs: bytes, slugs: Sequence[str], number: int) -> OneArticle:
    """The figures of one row."""
    pool, both = pooled([row.counts]), pooled_pairs([read_pairs(pairs)])
    unasked = (None,) * len(distances(slugs))
    exercise, article, _round = row.place
    return OneArticle(
        exercise,
        article,
        assembled(pool, slugs, unasked, number, readers=len(row.readers), articles=1),
        {name: figure(partial(mean_f1, both, name), both.blocks) for name in F1},
    )


def mean(figures: Sequence[Figure]) -> Mean:
    """The unweighted mean of those that are defined."""
    defined = [each.value for each in figures if each.value is not None]
    if defined:
        return Mean(sum(defined) / len(defined), len(defined))
    return Mean(None, 0, max((each.reason for each in figures), key=REASONS.index, default=reasons.SECOND_READER))
