"""The teacher's four figures of an exercise in round 1, each with what it rests on and the passages behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.models import Article, Exercise, Reading
from annotator.models.counted import CountedText
from annotator.reports.agreement import Figure
from annotator.reports.agreement_rows import texts_in
from annotator.reports.printed_report import Figures, SplitPart, TagFigure, computed
from annotator.reports.read_articles import ReadArticle, read_articles
from annotator.reports.reading_parts import labels_by_slug
from annotator.reports.report_sentences import DividedQuote, divided_quotes
from annotator.reports.snapshot import snapshot
from annotator.reports.whiskers import place


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of the disagreement, the share of 1 - alpha it makes up, and the sentences with most of it."""

    part: SplitPart
    mass: float
    quotes: tuple[DividedQuote, ...]


@dataclass(frozen=True, slots=True)
class Nested:
    """Widths of the bar of highlights that meet, as SVG attributes: at all, and with exactly the same edges."""

    overlap: str
    exact: str


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """The page. `easiest` and `hardest` are None unless two labels have different figures.

    `readings` counts those that count, `unfinished` the begun ones that do not; `sentences` those of all articles
    compared. `beyond` says where the headline lies, "below", "at" or "above" chance. `commonest` is the part of the
    disagreement that is greatest, empty where nothing is defined or differs.
    """

    articles: tuple[Article, ...]
    readers: int
    readings: int
    unfinished: int
    sentences: int
    figures: Figures
    beyond: str
    nested: Nested | None
    easiest: TagFigure | None
    hardest: TagFigure | None
    reasons: tuple[Reason, ...]
    commonest: str


def figures_page(exercise: Exercise) -> FiguresPage:
    """For the teacher, who sees small groups too. RuleError "blind" until it is closed. Sixteen queries at most."""
    with snapshot():
        texts = texts_in([exercise], 1)
        articles = list(exercise.articles.order_by("places__position"))
        begun = Reading.objects.filter(exercise=exercise, is_key=False, round=1).count()
        labels, read = labels_by_slug(exercise), read_articles(articles, texts)
        compared = [one for one in read if len(one.text.readers) > 1]
        found = computed(exercise, read, labels, compared)
    reasons = reasons_of(found, {part.kind: divided_quotes(compared, labels, part.kind) for part in found.parts})
    return assembled(articles, texts, begun, compared, found, reasons)


def assembled(
    articles: Sequence[Article], texts: Sequence[CountedText], begun: int, compared: Sequence[ReadArticle],
    found: Figures, reasons: tuple[Reason, ...],
) -> FiguresPage:  # fmt: skip
    """The page from its parts."""
    readings = sum(len(text.readers) for text in texts)
    easiest, hardest = ends(found.tags)
    return FiguresPage(
        articles=tuple(articles),
        readers=len({reader for text in texts for reader in text.readers}),
        readings=readings,
        unfinished=begun - readings,
        sentences=sum(len(one.sentences) for one in compared),
        figures=found,
        beyond=beyond(found.headline.figure),
        nested=nested(found),
        easiest=easiest,
        hardest=hardest,
        reasons=reasons,
        commonest=max(reasons, key=lambda each: each.mass).part.kind if reasons else "",
    )


def beyond(figure: Figure) -> str:
    """Where a figure lies as it is shown, to two decimals; at chance also where its interval reaches down to it."""
    value = round(figure.value or 0.0, 2)
    if value < 0:
        return "below"
    return "at" if value == 0 or (figure.interval and figure.interval.low <= 0) else "above"


def nested(found: Figures) -> Nested | None:
    """How wide the bar's two stretches are."""
    if found.same.value is None or found.exact.value is None:
        return None
    return Nested(place(found.same.value), place(found.exact.value))


def ends(tags: Sequence[TagFigure]) -> tuple[TagFigure | None, TagFigure | None]:
    """The label agreed on most and the one agreed on least, of those with a figure, if they differ."""
    known = [(row.drawn.figure.value, row) for row in tags if row.drawn.figure.value is not None]
    if len(known) < 2 or known[0][0] == known[-1][0]:
        return None, None
    return known[0][1], known[-1][1]


def reasons_of(found: Figures, quotes: dict[str, tuple[DividedQuote, ...]]) -> tuple[Reason, ...]:
    """Why readers differ, in the bar's order."""
    split = found.agreement.split
    if split is None:
        return ()
    return tuple(Reason(part, float(getattr(split, part.kind)), quotes[part.kind]) for part in found.parts)
