"""The reveal: the text lit up with what its readers marked, or with where they part, and its split decisions."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from annotator.models import Article, Block, Exercise, Membership
from annotator.models.counted import counted_texts
from annotator.reports.agreement_rows import check_open, readings_in
from annotator.reports.agreement_sentences import Sentence, sentences_in
from annotator.reports.exercise_page import places_in
from annotator.reports.reading_page import MapPath
from annotator.reports.reading_parts import LabelPart, labels_by_key
from annotator.reports.reveal_doubts import with_doubts
from annotator.reports.reveal_passages import Divided, Passage, Reading, divided, most_united, passage_at, reading_of
from annotator.reports.reveal_text import RevealBlock, minimap, painted, warmth
from annotator.reports.reveal_who import Who, who_marked
from annotator.reports.snapshot import snapshot
from annotator.reports.suppression import may_show

DISAGREEMENT = "disagreement"
# How many split passages are listed beside the text.
LISTED = 5


@dataclass(frozen=True, slots=True)
class RevealPage:
    """`tag` is a label's slug or "disagreement"; `shown` the passage beside the text, `is_asked` when asked for.

    `divided` passages split the readers, the most divided of them are `listed`; `paths` draw the minimap.

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
    paths: Sequence[MapPath] = ()
    divided: int = 0
    listed: Sequence[Passage] = ()
    united: Passage | None = None
    shown: Passage | None = None
    is_asked: bool = False
    who: Sequence[Who] = ()
    before: int | None = None
    after: int | None = None


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
        parts = labels_by_key(exercise)
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
        # It came with the readings; the articles are read without their texts.
        wanted.text = texts[0].text
        read = reading_of(wanted.text, texts[0], labels, member.pk)
        page = filled(head, read, at, member, list(wanted.blocks.order_by("number")))
        if member.is_teacher and exercise.asks_confidence:
            return replace(page, listed=with_doubts(exercise, wanted, page.listed))
        return page


def filled(head: RevealPage, read: Reading, at: int | None, member: Membership, blocks: list[Block]) -> RevealPage:
    """The page with its text and passages."""
    sentences = sentences_in(blocks)
    counts = read.counts(sentences)
    split = divided(read, sentences)
    place, is_asked = chosen_place(sentences, split, at)
    shown = None if place is None else passage_at(read, sentences, split, place)
    number = shown.number if shown else 0
    united = most_united(counts)
    warm, whole = warmth(read.counted, head.labels.index(head.label) if head.label else None)
    marked = (counts[:, -1] < head.readers).tolist()
    return replace(
        head,
        whole=whole,
        blocks=list(painted(blocks, read.text, head.article.title, warm, whole, sentences, marked, place)),
        paths=minimap(warm, whole, len(read.text), head.label),
        divided=len(split),
        listed=[passage_at(read, sentences, split, each.place) for each in split[:LISTED]],
        united=None if united is None else passage_at(read, sentences, split, united),
        shown=shown,
        is_asked=is_asked,
        who=who_marked(read, shown, is_teacher=member.is_teacher) if shown else (),
        before=sentences[split[number - 2].place].start if number > 1 else None,
        after=sentences[split[number].place].start if number < len(split) else None,
    )


def chosen_place(sentences: Sequence[Sentence], split: Sequence[Divided], at: int | None) -> tuple[int | None, bool]:
    """The sentence that holds a code point, and that it was asked for; else the most divided one."""
    if at is not None and sentences:
        place = bisect_right([each.start for each in sentences], at) - 1
        if place >= 0 and sentences[place].end > at:
            return place, True
    return (split[0].place if split else None), False
