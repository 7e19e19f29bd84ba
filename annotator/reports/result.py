"""My result: one reader's reading of an article beside the class and, once wrapped up, beside the key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from annotator.domain.offsets import nonspace_offsets
from annotator.domain.scoring import Kind
from annotator.domain.spans import Span as Extent
from annotator.models import Article, Block, Exercise, Phase, Reading, Span
from annotator.reports.changes import Changes, changes_of
from annotator.reports.keys import may_readers_see_key
from annotator.reports.passage_shares import ClassReading, class_reading
from annotator.reports.reading_parts import LabelPart, labels_by_key
from annotator.reports.result_cards import KINDS, Card, Row, card, homes, rows_of, value
from annotator.reports.result_text import ResultBlock, result_blocks
from annotator.reports.rounds import INDEPENDENT
from annotator.reports.suppression import may_show


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks at a result: its own reader, or a teacher of the class, who sees the key at any time."""

    is_own: bool
    sees_key: bool
    sees_score: bool


@dataclass(frozen=True, slots=True)
class RoundLink:
    """One of the reader's rounds of this article."""

    number: int
    reading: UUID
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A kind of card to show alone; `count` is None where no number may be told."""

    kind: str
    name: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """The page. `exact` of `marked` match, None where no score is told; `readers` are the class's counted readings.

    `has_key` says that cards compare with the key; `is_class_hidden`, that too few read for shares to be shown.
    Without `has_class` nothing of the class is told: the round still runs.
    """

    number: int
    rounds: tuple[RoundLink, ...]
    labels: tuple[LabelPart, ...]
    blocks: list[ResultBlock]
    cards: list[Card]
    filters: list[Filter]
    has_key: bool
    has_title: bool
    marked: int
    exact: int | None
    late: int
    readers: int
    has_class: bool
    is_class_hidden: bool
    changes: Changes | None


def sight_of(exercise: Exercise, *, is_own: bool) -> Sight:
    """What its reader, or else a teacher of the class, may see on a result of this exercise."""
    if not is_own:
        return Sight(is_own=False, sees_key=True, sees_score=True)
    sees_key = may_readers_see_key(exercise)
    return Sight(is_own=True, sees_key=sees_key, sees_score=sees_key and exercise.shows_score)


def has_ended(exercise: Exercise, number: int) -> bool:
    """Whether a round is over: the first wherever there are results, the second from the wrap-up on.

    Back in the talk the second only stands still: what was on its way is taken, and its shares would tell who it was.
    """
    return number == INDEPENDENT or exercise.phase in {Phase.WRAPPED_UP, Phase.ARCHIVED}


def rounds_of(reading: Reading) -> list[Reading]:
    """The member's rounds of this article, the first first. One query.

    One that is not over is left out, but where there is nothing else.
    """
    exercise = reading.exercise
    own = Reading.objects.filter(exercise=exercise, article=reading.article_id, member=reading.member_id, is_key=False)
    found = list(own.order_by("round"))
    return [each for each in found if has_ended(exercise, each.round)] or found


def class_seen(
    exercise: Exercise, article: Article, number: int, sight: Sight, labels: Sequence[LabelPart]
) -> ClassReading | None:
    """The class in the round that is shown: hidden from its reader where too few read, None while the round runs."""
    if sight.is_own and not has_ended(exercise, number):
        return None
    found = class_reading(exercise, article, number, labels)
    return found.hidden() if sight.is_own and not may_show(exercise.classroom.kind, found.readers) else found


def result(reading: Reading, sight: Sight, *, number: int = 0) -> Result:
    """The result of the member's round `number`, the latest by default, whichever round `reading` is.

    Twelve queries at most, however many read. RuleError "blind" until the exercise is closed.
    """
    rounds = rounds_of(reading)
    shown = next((each for each in rounds if each.round == number), rounds[-1])
    exercise, article = reading.exercise, reading.article
    labels = labels_by_key(exercise)
    spans = list(Span.objects.current().filter(reading=shown).in_reading_order())
    key = key_spans(exercise, shown) if sight.sees_key else None
    class_ = class_seen(exercise, article, shown.round, sight, list(labels.values()))
    rows = rows_of([each for each in spans if not each.is_late], key, slugs_of(labels), nonspace_offsets(article.text))
    blocks = list(Block.objects.filter(article=article).order_by("number"))
    cards = cards_of(rows, article.text, blocks, labels, class_)
    has_key = key is not None
    return Result(
        number=shown.round,
        rounds=tuple(RoundLink(each.round, each.uuid, each == shown) for each in rounds),
        labels=tuple(labels.values()),
        blocks=painted(rows, cards, blocks, reading, labels),
        cards=cards,
        filters=filters(cards, has_score=sight.sees_score) if has_key else [],
        has_key=has_key,
        has_title=bool(blocks) and blocks[0].kind == Block.Kind.HEADING,
        marked=sum(each.own is not None for each in rows),
        exact=sum(each.kind is Kind.EXACT for each in rows) if has_key and sight.sees_score else None,
        late=sum(each.is_late for each in spans),
        readers=class_.readers if class_ else 0,
        has_class=class_ is not None,
        is_class_hidden=class_ is not None and not class_.is_shown,
        changes=changes_of(rounds, labels, article.text, key),
    )


def key_spans(exercise: Exercise, shown: Reading) -> list[Span] | None:
    """The key's highlights in reading order, None without a key: one with nothing in it is none yet. One query."""
    of_key = Span.objects.current().filter(
        reading__exercise=exercise, reading__article=shown.article_id, reading__is_key=True
    )
    return list(of_key.in_reading_order()) or None


def slugs_of(labels: Mapping[int, LabelPart]) -> dict[int, str]:
    """The labels' slugs by primary key."""
    return {pk: label.slug for pk, label in labels.items()}


def cards_of(
    rows: Sequence[Row],
    text: str,
    blocks: Sequence[Block],
    labels: Mapping[int, LabelPart],
    class_: ClassReading | None,
) -> list[Card]:
    """The cards in text order, numbered from 1."""
    places, found, at = homes(blocks), [], 0
    for number, row in enumerate(rows, 1):
        while at + 1 < len(places) and places[at + 1].start <= row.place[0]:
            at += 1
        found.append(card(row, number, text, labels, places[at], class_))
    return found


def painted(
    rows: Sequence[Row], cards: Sequence[Card], blocks: Sequence[Block], reading: Reading,
    labels: Mapping[int, LabelPart],
) -> list[ResultBlock]:  # fmt: skip
    """The text with tint, frames and signs."""
    slugs = slugs_of(labels)
    own: list[Extent] = [value(row.own, slugs, n) for n, row in enumerate(rows, 1) if row.own]
    frames = [value(row.key, slugs, n) for n, row in enumerate(rows, 1) if row.key and row.kind is not Kind.EXACT]
    by_slug = {label.slug: label for label in labels.values()}
    signs = [(each.start, each.sign) for each in cards]
    return result_blocks(blocks, reading.article.text, reading.article.title, own, frames, by_slug, signs)


def filters(cards: Sequence[Card], *, has_score: bool) -> list[Filter]:
    """The kinds that occur, in the order of `Kind`; their numbers only where a score is told."""
    counts = {kind: sum(each.kind == kind for each in cards) for kind in Kind}
    return [
        Filter(kind.value, str(KINDS[kind]), count if has_score else None) for kind, count in counts.items() if count
    ]
