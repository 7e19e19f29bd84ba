"""How far readers agree: an article, an exercise, a classroom or a corpus, each figure with its interval or reason."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from annotator.domain.agreement import reasons
from annotator.domain.agreement.alpha import alpha, raw
from annotator.domain.agreement.bootstrap import FEWEST, Blocks, Interval, article_blocks, intervals, sentence_blocks
from annotator.domain.agreement.distances import TOGETHER, Distance, label_distance
from annotator.domain.agreement.figures import split
from annotator.domain.agreement.pool import Pool, pooled_rows, read_rows
from annotator.domain.agreement.runs import runs
from annotator.domain.agreement.split import Split
from annotator.domain.agreement.summary import as_bytes, summary
from annotator.domain.agreement.unitizing import u_alpha
from annotator.domain.errors import NotEnoughData, gettext_noop
from annotator.models import Article, Classroom, Exercise
from annotator.models.counted import CountedText, labels_of
from annotator.reports.agreement_codebooks import OfCodebook, of_classroom, of_corpus
from annotator.reports.agreement_rows import TextRow, check_open, rows_in, texts_in
from annotator.reports.agreement_sentences import sentence_starts
from annotator.reports.snapshot import snapshot

TOO_FEW = gettext_noop("too few (%(spans)d spans)")
# Under so many marked blocks a figure is shown with the warning above.
FEWEST_SPANS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, or None with its `reason`, exact wording of AGREEMENT 7.

    `spans` counts the marked blocks (of a label: its merged spans) it rests on. `interval` is None where there is none,
    and `no_interval` says why. `caution` stands beside a defined number: too few spans (fill in `spans`), too early to
    say, or nothing.
    """

    value: float | None
    reason: str = ""
    spans: int = 0
    interval: Interval | None = None
    no_interval: str = ""
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """All figures of some texts in one round.

    `readers` and `articles` count those with a counted reading, `compared` the articles with two such or more, on which
    every figure rests. `within_article`: intervals come from the sentences of one article, else from the articles.
    """

    round: int
    readers: int
    articles: int
    compared: int
    spans: int
    within_article: bool
    together: dict[str, Figure]
    per_label: dict[str, Figure]
    u_alpha: Figure
    raw: Figure
    split: Split | None

    @property
    def headline(self) -> Figure:
        """Any label: marked or not."""
        return self.together["any"]


def agreement_of_exercise(exercise: Exercise, number: int = 1) -> Agreement:
    """All articles of an exercise in one round, pooled. RuleError "blind" until it is closed.

    Three queries where its rows are kept, seven where not.
    """
    with snapshot():
        return agreement_in([exercise], number)


def agreement_of_article(exercise: Exercise, article: Article, number: int = 1) -> Agreement:
    """One article of an exercise in one round, with intervals over its sentences. RuleError "blind". Six queries."""
    check_open([exercise])
    with snapshot():
        texts = texts_in([exercise], number, article)
        starts = sentence_starts(article)
        _labels, slugs = labels_of(exercise.codebook_version_id)
    return of_text(texts[0] if texts else None, starts, slugs, number)


def agreement_of_classroom(classroom: Classroom, number: int = 1) -> tuple[OfCodebook[Agreement], ...]:
    """All exercises of a classroom that are not blind now, by codebook version. Queries as for a corpus."""
    return of_classroom(classroom, partial(agreement_in, number=number))


def agreement_of_corpus(exercises: Iterable[Exercise], number: int = 1) -> tuple[OfCodebook[Agreement], ...]:
    """Some exercises, such as all that a user teaches, by codebook version; blind ones and samples are left out.

    One query for the exercises unless they are at hand, then three for each codebook version where all rows are kept,
    seven where not.
    """
    return of_corpus(exercises, partial(agreement_in, number=number))


def agreement_in(exercises: Sequence[Exercise], number: int) -> Agreement:
    """Some exercises of one codebook. RuleError "blind". Three queries, or seven."""
    rows = rows_in(exercises, number)
    _labels, slugs = labels_of(exercises[0].codebook_version_id)
    return of_rows(slugs, rows, number)


def of_rows(slugs: Sequence[str], rows: Sequence[TextRow], number: int) -> Agreement:
    """The sum of rows; intervals over articles."""
    found = read_rows([row.counts for row in rows])
    blocks = article_blocks(found, distances(slugs)) if len(found) >= FEWEST else None
    readers = {reader for row in rows for reader in row.readers}
    return assembled(pooled_rows(found), slugs, sure(blocks, slugs), number, readers=len(readers), articles=len(rows))


def of_text(text: CountedText | None, starts: Sequence[int], slugs: Sequence[str], number: int) -> Agreement:
    """One article; intervals over its sentences."""
    if text is None:
        nobody = pooled_rows(read_rows([]))
        return assembled(nobody, slugs, sure(None, slugs), number, readers=0, articles=0, within_article=True)
    begins = sorted({0, *(int(text.before[start]) for start in starts)} - {text.document.length})
    found = runs(text.document, begins)
    pool = pooled_rows(read_rows([as_bytes(summary(text.document))]))
    blocks = sentence_blocks(found, begins, distances(slugs)) if pool.documents and len(begins) >= FEWEST else None
    return assembled(
        pool, slugs, sure(blocks, slugs), number, readers=len(text.readers), articles=1, within_article=True
    )


def distances(slugs: Sequence[str]) -> list[Distance]:
    """The figures over all labels, then one for each label."""
    return [*TOGETHER.values(), *(label_distance(place) for place in range(len(slugs)))]


def sure(blocks: Blocks | None, slugs: Sequence[str]) -> Sequence[Interval | NotEnoughData]:
    """An interval for each of `distances`, or why there is none."""
    return intervals(blocks) if blocks else (NotEnoughData(reasons.TOO_EARLY),) * len(distances(slugs))


def assembled(
    pool: Pool, slugs: Sequence[str], beside: Sequence[Interval | NotEnoughData | None], number: int, *, readers: int,
    articles: int, within_article: bool = False,
) -> Agreement:  # fmt: skip
    """Every figure of a pool; `beside` holds an interval for each of `distances`, None where nobody asks for one."""
    figures = [
        figure(partial(alpha, pool, each), spans_of(pool, each), interval)
        for each, interval in zip(distances(slugs), beside, strict=True)
    ]
    return Agreement(
        round=number,
        readers=readers,
        articles=articles,
        compared=pool.documents,
        spans=pool.blocks,
        within_article=within_article,
        together=dict(zip(TOGETHER, figures, strict=False)),
        per_label=dict(zip(slugs, figures[len(TOGETHER) :], strict=True)),
        u_alpha=figure(lambda: u_alpha(pool), pool.blocks),
        raw=figure(lambda: raw(pool), pool.blocks),
        split=split_of(pool),
    )


def spans_of(pool: Pool, distance: Distance) -> int:
    """What a figure rests on: marked blocks, or the merged spans of its label."""
    if distance.label is None:
        return pool.blocks
    return int(pool.spans[pool.labels == distance.label].sum())


def figure(compute: Callable[[], float], spans: int, interval: Interval | NotEnoughData | None = None) -> Figure:
    """The number with what stands beside it, or its reason."""
    try:
        value = compute()
    except NotEnoughData as reason:
        return Figure(None, reason=str(reason), spans=spans)
    sure = interval if isinstance(interval, Interval) else None
    why_not = str(interval) if isinstance(interval, NotEnoughData) else ""
    return Figure(value, "", spans, sure, why_not, caution(spans, interval))


def caution(spans: int, interval: Interval | NotEnoughData | None) -> str:
    """What stands beside a defined number, grey; empty where nothing needs to."""
    if spans < FEWEST_SPANS:
        return TOO_FEW
    is_early = interval.is_wide if isinstance(interval, Interval) else interval is not None
    return reasons.TOO_EARLY if is_early else ""


def split_of(pool: Pool) -> Split | None:
    """The parts of 1 - alpha of whole label sets, None where that is undefined (the figure says why)."""
    try:
        return split(pool)
    except NotEnoughData:
        return None
