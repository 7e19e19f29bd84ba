"""The reveal: the text lit up with what its readers marked, or with where they part, and its split decisions."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from annotator.domain.agreement import passages
from annotator.domain.agreement.runs import runs
from annotator.models import Article, Block, Exercise, Label, Membership
from annotator.models.counted import CountedText, counted_texts
from annotator.reports.agreement_passages import original
from annotator.reports.agreement_rows import check_open, readings_in
from annotator.reports.agreement_sentences import Sentence, sentences_in
from annotator.reports.exercise_page import places_in
from annotator.reports.heat_map import Heat, HeatPiece, heat, level, pieces_of
from annotator.reports.reading_page import MAP_STEPS, MapStroke
from annotator.reports.reading_parts import LabelPart, is_title_block, label_parts
from annotator.reports.reveal_passages import Passage, Reading, divided, passage, reading_of
from annotator.reports.reveal_who import Who, who_marked
from annotator.reports.snapshot import snapshot
from annotator.reports.suppression import may_show

DISAGREEMENT = "disagreement"
# So many hundredths are all pairs of readers.
ALL = 100
# How many split passages are listed beside the text.
LISTED = 5


@dataclass(frozen=True, slots=True)
class RevealSentence:
    """A sentence as cut by the heat; it opens where somebody marked it. `blanks` follow it."""

    start: int
    pieces: list[HeatPiece]
    blanks: str
    opens: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class RevealBlock:
    """One block: its sentences join to exactly its text. `most` readers, or hundredths of pairs, at its warmest."""

    tag: str
    kind: str
    start: int
    paragraph: int | None
    most: int
    sentences: list[RevealSentence]


@dataclass(frozen=True, slots=True)
class RevealPage:
    """`tag` is a label's slug or "disagreement"; `shown` the passage beside the text, `is_asked` when asked for.

    `is_hidden` where too few readings count to show readers anything.
    """

    article: Article
    articles: list[Article]
    tag: str
    label: LabelPart | None
    labels: list[LabelPart]
    readers: int
    is_hidden: bool
    whole: int = 0
    blocks: Sequence[RevealBlock] = ()
    strokes: Sequence[MapStroke] = ()
    split: Sequence[Passage] = ()
    united: Passage | None = None
    shown: Passage | None = None
    is_asked: bool = False
    who: Sequence[Who] = ()
    before: int | None = None
    after: int | None = None

    @property
    def listed(self) -> Sequence[Passage]:
        """The most divided passages."""
        return self.split[:LISTED]


def articles_for(exercise: Exercise, member: Membership) -> list[Article]:
    """The exercise's articles: all for who teaches, for readers those they were to read. One query."""
    rows = places_in(exercise)
    return [each.article for each in (rows if member.is_teacher else rows.filter(pk__in=own_places(exercise, member)))]


def own_places(exercise: Exercise, member: Membership) -> list[int]:
    """The places of the articles that are the member's to read."""
    return list(exercise.places.read_by(member).values_list("pk", flat=True))


def reveal_page(
    exercise: Exercise, member: Membership, article: UUID | None, tag: str, at: int | None
) -> RevealPage | None:
    """Round 1 of one article, the first where none is named; None where it is not the member's. RuleError "blind"."""
    check_open([exercise])
    with snapshot():
        articles = articles_for(exercise, member)
        wanted = next((each for each in articles if article in {None, each.uuid}), None)
        if wanted is None:
            return None
        known = Label.objects.filter(version=exercise.codebook_version_id).order_by("position")
        parts = label_parts(known)
        labels = list(parts.values())
        label = next((each for each in labels if each.slug == tag), None if tag == DISAGREEMENT else labels[0])
        texts = counted_texts(readings_in([exercise], 1, wanted), {pk: place for place, pk in enumerate(parts)})
        readers = len(texts[0].readers) if texts else 0
        may_see = member.is_teacher or may_show(exercise.classroom.kind, readers)
        head = RevealPage(
            article=wanted, articles=articles, tag=label.slug if label else DISAGREEMENT, label=label, labels=labels,
            readers=readers, is_hidden=not (texts and may_see),
        )  # fmt: skip
        if head.is_hidden:
            return head
        read = reading_of(wanted.text, texts[0], labels, member.pk)
        return filled(head, read, at, member, list(wanted.blocks.order_by("number")))


def filled(head: RevealPage, read: Reading, at: int | None, member: Membership, blocks: list[Block]) -> RevealPage:
    """The page with its text and passages."""
    sentences = sentences_in(blocks)
    split = [passage(read, place, number, how) for number, (place, how) in enumerate(divided(read, sentences), 1)]
    by_start = {each.start: each for each in split}
    every = [by_start.get(each.start) or passage(read, each) for each in sentences]
    shown, is_asked = chosen_passage(every, split, at)
    number = shown.number if shown else 0
    warm, whole = warmth(read.counted, head.labels.index(head.label) if head.label else None)
    return replace(
        head,
        whole=whole,
        blocks=painted(blocks, read, warm, whole, every, shown, head.article.title),
        strokes=strokes(warm, whole, len(read.text), head.label),
        split=split,
        united=max((each for each in every if each.most), key=lambda each: each.most, default=None),
        shown=shown,
        is_asked=is_asked,
        who=who_marked(read, shown, is_teacher=member.is_teacher) if shown else (),
        before=split[number - 2].start if number > 1 else None,
        after=split[number].start if number < len(split) else None,
    )


def chosen_passage(every: list[Passage], split: list[Passage], at: int | None) -> tuple[Passage | None, bool]:
    """The passage that holds a code point, and that it was asked for; else the most divided one."""
    if at is not None and every:
        place = bisect_right([each.start for each in every], at) - 1
        if place >= 0 and every[place].end > at:
            return every[place], True
    return (split[0] if split else None), False


def warmth(text: CountedText, place: int | None) -> tuple[list[Heat], int]:
    """The stretches of a label with their readers, of all readers; or of disagreement, in hundredths of pairs."""
    if place is not None:
        return heat(text, place), len(text.readers)
    if len(text.readers) < 2:
        return [], ALL
    found = runs(text.document)
    starts, ends = original(text.before, found.edges)
    shares = [round(ALL * each) for each in passages.heat(found).tolist()]
    return [Heat(*each) for each in zip(starts, ends, shares, strict=True) if each[2]], ALL


def painted(
    blocks: list[Block], read: Reading, warm: list[Heat], whole: int, every: list[Passage], shown: Passage | None,
    title: str,
) -> list[RevealBlock]:  # fmt: skip
    """The text, block by block."""
    found, paragraph = [], 0
    for block in blocks:
        inside = [each for each in warm if each.start < block.end and each.end > block.start]
        is_heading = block.kind == Block.Kind.HEADING
        paragraph += not is_heading
        is_title = is_title_block(block, read.text[block.start : block.end], title)
        own = [each for each in every if block.start <= each.start < block.end]
        found.append(
            RevealBlock(
                tag="h1" if is_title else "h2" if is_heading else "blockquote" if block.kind == "quotation" else "p",
                kind=block.kind,
                start=block.start,
                paragraph=None if is_heading else paragraph,
                most=max((each.readers for each in inside), default=0),
                sentences=[sentence(each, read.text, inside, whole, shown) for each in own],
            )
        )
    return found


def sentence(place: Passage, text: str, inside: list[Heat], whole: int, shown: Passage | None) -> RevealSentence:
    """One sentence of a block."""
    end = place.start + len(text[place.start : place.end].rstrip())
    here = [each for each in inside if each.start < end and each.end > place.start]
    return RevealSentence(
        start=place.start,
        pieces=list(pieces_of(Sentence(place.start, end), text, here, whole)),
        blanks=text[end : place.end],
        opens=place.marked > 0,
        is_shown=shown is not None and shown.start == place.start,
    )


def strokes(warm: Sequence[Heat], whole: int, length: int, label: LabelPart | None) -> list[MapStroke]:
    """Where it is warm in the whole text, for the minimap."""
    tint = f"tint-{label.tint}" if label else "map-divided"
    seen: dict[MapStroke, None] = {}
    for each in warm:
        top = each.start * MAP_STEPS // length
        height = max(4, (each.end * MAP_STEPS + length - 1) // length - top)
        seen[MapStroke(top, height, f"{tint} map-{level(each.readers, whole)}")] = None
    return list(seen)
