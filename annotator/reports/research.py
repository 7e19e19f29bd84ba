"""The researcher's table: every measure of an exercise in one round, as the engine gives it, made ready to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.agreement.bootstrap import DRAWS, SEED
from annotator.domain.agreement.distances import TOGETHER
from annotator.models import Exercise, Label, Reading
from annotator.reports.agreement import Agreement, Figure, agreement_of_article, agreement_of_exercise
from annotator.reports.agreement_articles import ByArticle, Mean, articles_of_exercise
from annotator.reports.agreement_leave_out import LeftOut, left_out_of_exercise
from annotator.reports.agreement_pairs import pairs_of
from annotator.reports.research_pairs import Matrix, PairMeans, matrix_of, means_of

# Beyond so many readers a table fills the screen and says no more: the file has them all.
MOST_READERS = 40


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure on the line from 0 to 1, as SVG takes it ("57.1%"); what lies beyond an end stands at it."""

    at: str
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One row: a measure over all labels by its key, or one label. `drawing` is None where it is undefined.

    `articles` are the values of the articles that have one, and `lowest` and `highest` of them.
    """

    key: str
    label: Label | None
    figure: Figure
    mean: Mean
    articles: tuple[Drawing, ...]
    lowest: float | None
    highest: float | None
    drawing: Drawing | None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article: its title, its figures, and its alphas by label in the codebook's order."""

    title: str
    uuid: str
    agreement: Agreement
    headline: Figure
    labels: tuple[Figure, ...]
    overlap: Figure


@dataclass(frozen=True, slots=True)
class Research:
    """The page. `tag` is the label whose pairs and left-out readers are shown, None for all together."""

    number: int
    rounds: tuple[int, ...]
    tag: Label | None
    labels: tuple[Label, ...]
    agreement: Agreement
    measures: tuple[Measure, ...]
    by_article: ByArticle
    articles: tuple[ArticleRow, ...]
    pairs: int
    pair_means: tuple[PairMeans, ...]
    matrix: Matrix
    left_out: LeftOut
    most: int = MOST_READERS
    seed: int = SEED
    draws: int = DRAWS

    @property
    def left_out_shown(self) -> tuple[object, ...]:
        """The readers of the left-out table who are on the page, those whose absence changes most first."""
        return self.left_out.readers[: self.most]


def labels_in(exercise: Exercise) -> tuple[Label, ...]:
    """The labels that figures are given for, in the codebook's order. One query."""
    return tuple(Label.objects.filter(version=exercise.codebook_version_id).order_by("position"))


def rounds_in(exercise: Exercise) -> tuple[int, ...]:
    """The rounds that have a counted reading; at least the first. One query."""
    found = Reading.objects.filter(exercise=exercise, is_key=False).counted().order_by()
    return tuple(sorted({1, *found.values_list("round", flat=True).distinct()}))


def research(exercise: Exercise, number: int = 1, tag: str = "") -> Research:
    """Everything on the page. RuleError "blind". As many queries for any number of readers and articles."""
    labels = labels_in(exercise)
    by_article = articles_of_exercise(exercise, number)
    agreement = whole(exercise, number)
    pairs = pairs_of(exercise, number)
    return Research(
        number=number,
        rounds=rounds_in(exercise),
        tag=next((each for each in labels if each.slug == tag), None),
        labels=labels,
        agreement=agreement,
        measures=measures_of(agreement, by_article, labels),
        by_article=by_article,
        articles=article_rows(exercise, by_article),
        pairs=len(pairs.pool),
        pair_means=means_of(pairs, labels),
        matrix=matrix_of(pairs, tag, MOST_READERS),
        left_out=left_out_of_exercise(exercise, number, label=tag),
    )


def whole(exercise: Exercise, number: int) -> Agreement:
    """The pooled figures: intervals over articles, or over the sentences of the only one."""
    articles = list(exercise.articles.all()[:2])
    if len(articles) == 1:
        return agreement_of_article(exercise, articles[0], number)
    return agreement_of_exercise(exercise, number)


def measures_of(agreement: Agreement, by_article: ByArticle, labels: Sequence[Label]) -> tuple[Measure, ...]:
    """Any label, then each label, then whole label sets by three distances."""
    each = [one.agreement for one in by_article.articles]
    together = {
        key: measure(key, None, agreement.together[key], by_article.together[key], [one.together[key] for one in each])
        for key in TOGETHER
    }
    of_labels = [
        measure(
            label.slug,
            label,
            agreement.per_label[label.slug],
            by_article.per_label[label.slug],
            [one.per_label[label.slug] for one in each],
        )
        for label in labels
    ]
    return (together.pop("any"), *of_labels, *together.values())


def measure(key: str, label: Label | None, figure: Figure, mean: Mean, each: Sequence[Figure]) -> Measure:
    """One row of the table."""
    values = sorted(one.value for one in each if one.value is not None)
    return Measure(
        key=key,
        label=label,
        figure=figure,
        mean=mean,
        articles=tuple(Drawing(place(value)) for value in values),
        lowest=values[0] if values else None,
        highest=values[-1] if values else None,
        drawing=drawn(figure),
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


def article_rows(exercise: Exercise, by_article: ByArticle) -> tuple[ArticleRow, ...]:
    """The articles with a counted reading, in the exercise's order. One query."""
    found = {one.article: one for one in by_article.articles}
    titles = exercise.articles.order_by("places__position").values_list("pk", "uuid", "title")
    return tuple(
        ArticleRow(
            title,
            str(uuid),
            found[pk].agreement,
            found[pk].agreement.headline,
            tuple(found[pk].agreement.per_label.values()),
            found[pk].f1["overlap"],
        )
        for pk, uuid, title in dict.fromkeys(titles)
        if pk in found
    )
