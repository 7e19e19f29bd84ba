"""The researcher's table: every measure of an exercise in one round, as the engine gives it, made ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.domain.agreement.bootstrap import DRAWS, SEED
from annotator.domain.agreement.distances import TOGETHER, Distance, label_distance
from annotator.domain.agreement.pair_rows import read_pairs
from annotator.domain.agreement.pool import pooled_rows, pooled_summaries, read_rows
from annotator.domain.agreement.runs import Runs, runs
from annotator.domain.agreement.split import Split
from annotator.domain.agreement.summary import summary
from annotator.models import Exercise, Label, Reading
from annotator.models.counted import CountedText
from annotator.reports.agreement import Agreement, Figure, agreement_of_article, agreement_of_exercise, of_text
from annotator.reports.agreement_articles import ByArticle, by_article
from annotator.reports.agreement_leave_out import LeftOut, left_out_of
from annotator.reports.agreement_pairs import Pairs, by_code, codes_of
from annotator.reports.agreement_rows import TextRow, pair_rows_in, rows_in, texts_in
from annotator.reports.agreement_sentences import sentence_starts
from annotator.reports.research_left_out import LeftOutRow, Plot, plot_of, rows_of
from annotator.reports.research_measures import Measure, measures_of
from annotator.reports.research_methods import methods
from annotator.reports.research_origin import Origin, origin_of
from annotator.reports.research_pairs import Matrix, PairMeans, matrix_of, means_of
from annotator.reports.research_reader import ReaderPanel, panel_of
from annotator.reports.snapshot import snapshot

# Beyond so many readers a table fills the screen and says no more: the file has them all.
MOST_READERS = 40


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article: its title, its figures, and its alphas by label in the codebook's order."""

    title: str
    uuid: str
    agreement: Agreement
    headline: Figure
    labels: tuple[Figure, ...]
    overlap: Figure
    characters: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of 1 - alpha: its key, its size, and its share of the three as an SVG attribute and in per cent."""

    key: str
    value: float
    share: float
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Research:
    """The page. `tag` is the label whose pairs are shown, None for all together; left-out readers: of any label."""

    number: int
    rounds: tuple[int, ...]
    tag: Label | None
    labels: tuple[Label, ...]
    agreement: Agreement
    measures: tuple[Measure, ...]
    parts: tuple[Part, ...]
    by_article: ByArticle
    articles: tuple[ArticleRow, ...]
    pairs: int
    pair_means: tuple[PairMeans, ...]
    matrix: Matrix
    left_out: LeftOut
    left_out_rows: tuple[LeftOutRow, ...]
    plot: Plot | None
    reader: ReaderPanel | None
    origin: Origin
    methods: tuple[str, ...]
    most: int = MOST_READERS
    seed: int = SEED
    draws: int = DRAWS

    @property
    def left_out_shown(self) -> tuple[LeftOutRow, ...]:
        """The readers of the left-out table who are on the page, those whose absence changes most first."""
        return self.left_out_rows[: self.most]


@dataclass(frozen=True, slots=True)
class Readers:
    """The part about readers: every two of them, and one in hand."""

    number: int
    tag: Label | None
    labels: tuple[Label, ...]
    matrix: Matrix
    reader: ReaderPanel | None


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """What the page is made of, as of one moment. `found` are the counted texts, each cut into its runs."""

    labels: tuple[Label, ...]
    rows: list[TextRow]
    pairs: list[TextRow]
    found: list[tuple[CountedText, Runs]]
    codes: dict[int, str]

    @property
    def slugs(self) -> list[str]:
        """The labels' ids, in the codebook's order."""
        return [each.slug for each in self.labels]


def labels_in(exercise: Exercise) -> tuple[Label, ...]:
    """The labels that figures are given for, in the codebook's order. One query."""
    return tuple(Label.objects.filter(version=exercise.codebook_version_id).order_by("position"))


def rounds_in(exercise: Exercise) -> tuple[int, ...]:
    """The rounds that have a counted reading; at least the first. One query."""
    found = Reading.objects.filter(exercise=exercise, is_key=False).counted().order_by()
    return tuple(sorted({1, *found.values_list("round", flat=True).distinct()}))


def loaded(exercise: Exercise, number: int) -> Loaded:
    """Everything that is read for figures. RuleError "blind". Ten queries where rows are kept, eighteen where not."""
    rows, pairs = rows_in([exercise], number), pair_rows_in([exercise], number)
    texts = texts_in([exercise], number)
    codes = codes_of(reader for text in texts for reader in text.readers)
    return Loaded(labels_in(exercise), rows, pairs, [(text, runs(text.document)) for text in texts], codes)


def research(exercise: Exercise, number: int = 1, tag: str = "", reader: str = "") -> Research:
    """Everything on the page. RuleError "blind". As many queries for any number of readers and articles."""
    with snapshot():
        have = loaded(exercise, number)
        found = by_article(have.rows, have.pairs, have.slugs, number)
        agreement = whole_of(exercise, have, found, number)
        origin = origin_of(exercise, [text for text, _cut in have.found], number)
        articles = article_rows(exercise, found)
        rounds = rounds_in(exercise)
    pairs, left_out = pairs_in(have), left_out_by_label(have)
    part = readers_of(have, pairs, left_out, tag, reader, number)
    return Research(
        number=number,
        rounds=rounds,
        tag=part.tag,
        labels=have.labels,
        agreement=agreement,
        measures=measures_of(agreement, found, have.labels, pooled_rows(read_rows([row.counts for row in have.rows]))),
        parts=parts_of(agreement.split),
        by_article=found,
        articles=articles,
        pairs=len(pairs.pool),
        pair_means=means_of(pairs, have.labels),
        matrix=part.matrix,
        left_out=left_out[None],
        left_out_rows=rows_of(left_out),
        plot=plot_of(left_out[None]),
        reader=part.reader,
        origin=origin,
        methods=methods(agreement, have.labels, len(pairs.pool), origin),
    )


def readers(exercise: Exercise, number: int = 1, tag: str = "", reader: str = "") -> Readers:
    """The part about readers alone. RuleError "blind". Ten queries where rows are kept, eighteen where not."""
    with snapshot():
        have = loaded(exercise, number)
    return readers_of(have, pairs_in(have), left_out_by_label(have), tag, reader, number)


def readers_of(
    have: Loaded, pairs: Pairs, left_out: Mapping[Label | None, LeftOut], tag: str, reader: str, number: int
) -> Readers:
    """The same from what is at hand."""
    chosen = next((each for each in have.labels if each.slug == tag), None)
    slug = chosen.slug if chosen else ""
    return Readers(
        number=number,
        tag=chosen,
        labels=have.labels,
        matrix=matrix_of(pairs, slug, MOST_READERS),
        reader=panel_of(pairs, slug, have.found, have.codes, left_out, reader),
    )


def pairs_in(have: Loaded) -> Pairs:
    """Every two readers."""
    return by_code([read_pairs(row.counts) for row in have.pairs], have.codes, have.slugs)


def left_out_by_label(have: Loaded) -> dict[Label | None, LeftOut]:
    """Alpha without each reader: of any label (None), and of each."""
    found = [(text.document, cut) for text, cut in have.found]
    pool = pooled_summaries([summary(*each) for each in found])
    distances: list[tuple[Label | None, Distance]] = [(None, TOGETHER["any"])]
    distances += [(label, label_distance(place)) for place, label in enumerate(have.labels)]
    return {label: left_out_of(found, pool, have.codes, distance) for label, distance in distances}


def whole_of(exercise: Exercise, have: Loaded, found: ByArticle, number: int) -> Agreement:
    """The pooled figures: intervals over articles, or over the sentences of the only one. One query, or two."""
    articles = list(exercise.articles.all()[:2])
    if len(articles) != 1:
        return found.pooled
    return of_text(have.found[0][0] if have.found else None, sentence_starts(articles[0]), have.slugs, number)


def whole(exercise: Exercise, number: int) -> Agreement:
    """The same by itself, for files."""
    articles = list(exercise.articles.all()[:2])
    if len(articles) == 1:
        return agreement_of_article(exercise, articles[0], number)
    return agreement_of_exercise(exercise, number)


def parts_of(split: Split | None) -> tuple[Part, ...]:
    """The three parts of the disagreement, one after another on a line; none where it is undefined or nothing."""
    sizes = {key: float(getattr(split, key)) for key in ("missed", "boundary", "label")} if split else {}
    total, before, found = sum(sizes.values()), 0.0, []
    for key, value in sizes.items() if total else ():
        share = value / total
        found.append(Part(key, value, share, f"{100 * before:.2f}%", f"{100 * share:.2f}%"))
        before += share
    return tuple(found)


def article_rows(exercise: Exercise, by_article: ByArticle) -> tuple[ArticleRow, ...]:
    """The articles with a counted reading, in the exercise's order. One query."""
    found = {one.article: one for one in by_article.articles}
    titles = exercise.articles.order_by("places__position").values_list("pk", "uuid", "title", "length_nonspace")
    return tuple(
        ArticleRow(
            title,
            str(uuid),
            found[pk].agreement,
            found[pk].agreement.headline,
            tuple(found[pk].agreement.per_label.values()),
            found[pk].f1["overlap"],
            characters,
        )
        for pk, uuid, title, characters in dict.fromkeys(titles)
        if pk in found
    )
