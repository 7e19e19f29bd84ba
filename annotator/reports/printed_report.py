"""One page about an exercise for the wall of a staff room: round 1 in figures, without names, as readers may see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.agreement.bootstrap import DROPPED_WORTH_SAYING, SEED
from annotator.domain.agreement.summary import as_bytes, summary
from annotator.domain.percentages import whole_percentages
from annotator.models import Article, Exercise, Reading
from annotator.models.counted import CountedText
from annotator.reports.agreement import Agreement, Figure, of_rows, of_text
from annotator.reports.agreement_pairs import Pairs, pairs_in
from annotator.reports.agreement_rows import TextRow, texts_in
from annotator.reports.decided import Decided, decided_in
from annotator.reports.read_articles import ReadArticle, read_articles
from annotator.reports.reading_parts import LabelPart, labels_by_slug
from annotator.reports.report_sentences import QUOTE, DividedQuote, divided_quotes
from annotator.reports.snapshot import snapshot
from annotator.reports.suppression import in_total, may_show, parts_shown
from annotator.reports.whiskers import Whisker, whisker

# Where the class has decided something, the sentences make room for it on the page.
SHORT_QUOTE = 110


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure and its drawing, None where it is undefined."""

    figure: Figure
    whisker: Whisker | None


@dataclass(frozen=True, slots=True)
class TagFigure:
    """One label's alpha."""

    label: LabelPart
    drawn: Drawn


@dataclass(frozen=True, slots=True)
class SplitPart:
    """A part of the disagreement: missed, boundary or label; `percent` in whole hundredths, its place on the bar."""

    kind: str
    percent: int
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class OftenUndefined:
    """A label by name, and the share of redraws, 0 to 1, in which its figure was undefined."""

    name: str
    share: float


@dataclass(frozen=True, slots=True)
class Figures:
    """All numbers of the page. `parts` are empty where nothing differs or nothing is defined."""

    agreement: Agreement
    headline: Drawn
    same: Figure
    exact: Figure
    pairs: int
    tags: tuple[TagFigure, ...]
    parts: tuple[SplitPart, ...]
    apart: float | None
    dropped: tuple[OftenUndefined, ...]
    divided: tuple[DividedQuote, ...]


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """The page. `figures` are None where too few read for a class's figures to be shown.

    `readings` counts those that count, `unfinished` the begun ones that do not. `left_out` are the articles that no
    figure counts, because what so few marked there could be had by subtraction.
    """

    articles: tuple[Article, ...]
    readers: int
    readings: int
    unfinished: int
    spans: int
    seed_text: str
    figures: Figures | None
    decided: Decided
    left_out: tuple[Article, ...] = ()


def printed_report(exercise: Exercise) -> PrintedReport:
    """The report on round 1. RuleError "blind" until the exercise is closed. Seventeen queries at most."""
    with snapshot():
        texts = texts_in([exercise], 1)
        articles = list(exercise.articles.order_by("places__position"))
        begun = Reading.objects.filter(exercise=exercise, is_key=False, round=1).count()
        readers = {reader for text in texts for reader in text.readers}
        readings = sum(len(text.readers) for text in texts)
        counted = counted_together(exercise, texts)
        is_shown = are_enough(exercise.classroom.kind, counted)
        labels = labels_by_slug(exercise)
        decided = decided_in(exercise, labels)
        longest = SHORT_QUOTE if decided.rules else QUOTE
        figures = figures_of(exercise, labels, read_articles(articles, counted), longest) if is_shown else None
    inside, read = {text.place[1] for text in counted}, {text.place[1] for text in texts}
    return PrintedReport(
        articles=tuple(articles),
        readers=len(readers),
        readings=readings,
        unfinished=begun - readings,
        spans=sum(len(text.document.spans) for text in counted) if is_shown else 0,
        seed_text=str(SEED),
        figures=figures,
        decided=decided,
        left_out=tuple(each for each in articles if is_shown and each.pk in read - inside),
    )


def counted_together(exercise: Exercise, texts: Sequence[CountedText]) -> list[CountedText]:
    """The texts that one figure may count."""
    found = in_total(exercise.classroom.kind, [text.readers for text in texts])
    return [text for text, is_in in zip(texts, found, strict=True) if is_in]


def are_enough(kind: str, counted: Sequence[CountedText]) -> bool:
    """Whether figures over these texts may be shown: enough people read, and enough where anybody is compared.

    People, not readings: two who read three articles each are six of these, and two to guess.
    """
    people = {reader for text in counted for reader in text.readers}
    compared = {reader for text in counted if len(text.readers) > 1 for reader in text.readers}
    return may_show(kind, len(people)) and (not compared or may_show(kind, len(compared)))


def figures_of(exercise: Exercise, labels: dict[str, LabelPart], read: Sequence[ReadArticle], longest: int) -> Figures:
    """The numbers as a class may see them. Eight queries at most."""
    return computed(exercise, read, labels, may_be_quoted(exercise, read), longest)


def computed(
    exercise: Exercise,
    read: Sequence[ReadArticle],
    by_slug: dict[str, LabelPart],
    quoted: Sequence[ReadArticle],
    longest: int = QUOTE,
) -> Figures:
    """The numbers, and the most divided sentences of the articles that may be `quoted`. Eight queries at most."""
    found = agreement_of(read, list(by_slug))
    pairs: Pairs = pairs_in(exercise, {one.text.place[1] for one in read})
    split = found.split
    masses = [split.missed, split.boundary, split.label] if split else []
    return Figures(
        agreement=found,
        headline=drawn(found.headline),
        same=pairs.mean["overlap"],
        exact=pairs.mean["exact"],
        pairs=len(pairs.pool.a),
        tags=tag_figures(found, by_slug),
        parts=split_parts(masses),
        apart=sum(masses) if split else None,
        dropped=often_undefined(found, by_slug),
        divided=divided_quotes(quoted, by_slug, longest=longest),
    )


def agreement_of(read: Sequence[ReadArticle], slugs: Sequence[str]) -> Agreement:
    """One article with intervals over its sentences, several over articles."""
    if len(read) <= 1:
        return of_text(read[0].text if read else None, [s.start for one in read for s in one.sentences], slugs, 1)
    return of_rows(slugs, [TextRow(o.text.place, as_bytes(summary(o.text.document)), o.text.readers) for o in read], 1)


def may_be_quoted(exercise: Exercise, read: Sequence[ReadArticle]) -> list[ReadArticle]:
    """The compared articles whose own shares a class may see; `counted_together` has seen to the total."""
    compared = [one for one in read if len(one.text.readers) > 1]
    shown = parts_shown(exercise.classroom.kind, [len(one.text.readers) for one in compared], has_total=False)
    return [one for one, is_shown in zip(compared, shown, strict=True) if is_shown]


def drawn(figure: Figure) -> Drawn:
    """The figure beside its drawing."""
    if figure.value is None:
        return Drawn(figure, None)
    sure = figure.interval
    return Drawn(figure, whisker(figure.value, sure.low, sure.high) if sure else whisker(figure.value))


def tag_figures(found: Agreement, labels: dict[str, LabelPart]) -> tuple[TagFigure, ...]:
    """Every label, from what readers agree on most; undefined ones last."""
    rows = [TagFigure(label, drawn(found.per_label[slug])) for slug, label in labels.items()]
    return tuple(sorted(rows, key=lambda row: best_first(row.drawn.figure)))


def best_first(figure: Figure) -> tuple[bool, float]:
    """A sorting key."""
    return (True, 0.0) if figure.value is None else (False, -figure.value)


def split_parts(masses: Sequence[float]) -> tuple[SplitPart, ...]:
    """The stacked bar."""
    total = sum(masses)
    if total <= 0:
        return ()
    found, before = [], 0.0
    kinds = zip(("missed", "boundary", "label"), masses, whole_percentages(masses), strict=True)
    for kind, mass, share in kinds:
        found.append(SplitPart(kind, share, f"{100 * before / total:.2f}%", f"{100 * mass / total:.2f}%"))
        before += mass
    return tuple(found)


def often_undefined(found: Agreement, labels: dict[str, LabelPart]) -> tuple[OftenUndefined, ...]:
    """The labels whose figure was undefined in more than 5% of the redraws, with that share."""
    rows = [(labels[slug].name, figure.interval) for slug, figure in found.per_label.items()]
    return tuple(
        OftenUndefined(name, sure.dropped) for name, sure in rows if sure and sure.dropped > DROPPED_WORTH_SAYING
    )
