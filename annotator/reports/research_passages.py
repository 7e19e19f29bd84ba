"""The sentences behind a pair of readers, or behind one reader among all others: where they differ, the most first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from annotator.domain.agreement.apart import of_label, of_two, sentence_apart
from annotator.domain.agreement.documents import Document, merged
from annotator.domain.agreement.runs import runs
from annotator.domain.spans import Span as Extent
from annotator.models import Exercise
from annotator.models.counted import CountedText
from annotator.reports.agreement_pairs import codes_of
from annotator.reports.agreement_passages import sentence_at
from annotator.reports.agreement_rows import texts_in
from annotator.reports.agreement_sentences import Sentence
from annotator.reports.read_articles import ReadArticle, read_articles
from annotator.reports.reading_parts import LabelPart, Piece, labels_by_slug
from annotator.reports.report_sentences import Choice, chosen
from annotator.reports.result_text import pieces
from annotator.reports.snapshot import snapshot

# So many sentences are listed; the page says how many there are.
LISTED = 50

# What differs in a sentence of an article, in characters.
Mass = tuple[float, ReadArticle, Sentence]


@dataclass(frozen=True, slots=True)
class Side:
    """The sentence as one reader marked it; `is_blank` where nothing in it is marked."""

    code: str
    pieces: tuple[Piece, ...]
    is_blank: bool


@dataclass(frozen=True, slots=True)
class Differing:
    """A sentence. `mass`: characters, white space not counted, on which the two differ; beside all others, their mean.

    `share` of everything that differs here, 0 to 100. `choices` of all readers stand beside one reader alone.
    """

    article: UUID
    title: str
    language: str
    paragraph: int | None
    start: int
    mass: float
    of: int
    share: float
    sides: tuple[Side, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Passages:
    """The page. `other` is empty where one reader is read beside all others; `tag` None means whole label sets.

    `differing` sentences of `sentences` in the `articles` that both, or the one, read; `mass` of `length` characters.
    """

    number: int
    reader: str
    other: str
    tag: LabelPart | None
    labels: tuple[LabelPart, ...]
    readers: tuple[str, ...]
    articles: int
    sentences: int
    differing: int
    mass: float
    length: int
    listed: tuple[Differing, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose passages: a reader's code, another's or nothing, a label's slug or nothing, the round."""

    reader: str
    other: str = ""
    tag: str = ""
    number: int = 1


def passages_of(exercise: Exercise, asked: Asked) -> Passages | None:
    """Where two readers differ, or one differs from all others; None for a code that nobody compared has.

    RuleError "blind". Eight queries.
    """
    with snapshot():
        texts = texts_in([exercise], asked.number)
        codes = codes_of(reader for text in texts for reader in text.readers)
        members = {code: member for member, code in codes.items()}
        if asked.reader not in members or (asked.other and asked.other not in members) or asked.reader == asked.other:
            return None
        labels = labels_by_slug(exercise)
        wanted = [members[each] for each in (asked.reader, asked.other) if each]
        read = read_by(exercise, texts, wanted)
    return page_of(read, asked, wanted, codes, labels)


def read_by(exercise: Exercise, texts: Sequence[CountedText], wanted: Sequence[int]) -> list[ReadArticle]:
    """The articles that all wanted members read, beside at least one other, in the exercise's order. Two queries."""
    common = [text for text in texts if {*wanted} <= {*text.readers} and len(text.readers) > 1]
    articles = exercise.articles.filter(pk__in=[text.place[1] for text in common])
    return read_articles(articles.order_by("places__position").defer("search_text"), common)


def page_of(
    read: Sequence[ReadArticle], asked: Asked, wanted: Sequence[int], codes: Mapping[int, str],
    labels: Mapping[str, LabelPart],
) -> Passages:  # fmt: skip
    """The page from what was read."""
    place = [*labels].index(asked.tag) if asked.tag else None
    found = [each for one in read for each in masses(one, wanted, place)]
    mass = sum(each for each, _one, _sentence in found)
    ranked = sorted((each for each in found if each[0]), key=lambda each: -each[0])
    return Passages(
        number=asked.number,
        reader=asked.reader,
        other=asked.other,
        tag=labels.get(asked.tag),
        labels=tuple(labels.values()),
        readers=tuple(sorted({codes[reader] for one in read for reader in one.text.readers} - {asked.reader})),
        articles=len(read),
        sentences=len(found),
        differing=len(ranked),
        mass=mass,
        length=sum(one.text.document.length for one in read),
        listed=tuple(shown(ranked[:LISTED], mass, {member: codes[member] for member in wanted}, labels)),
    )


def shown(
    ranked: Sequence[Mass], total: float, wanted: Mapping[int, str], labels: Mapping[str, LabelPart]
) -> Iterator[Differing]:
    """The sentences as the `wanted`, codes by member, marked them; `total` is what differs in all of them."""
    own: dict[tuple[int, int], list[Extent]] = {}
    for mass, one, sentence in ranked:
        sides = []
        for member, code in wanted.items():
            place = one.article.pk, member
            if place not in own:
                own[place] = extents(one.text, member, [*labels])
            sides.append(side(one, sentence, code, own[place], labels))
        yield differing(one, sentence, mass, total, sides=tuple(sides), labels=labels)


def masses(one: ReadArticle, wanted: Sequence[int], label: int | None) -> Iterator[Mass]:
    """Every sentence of an article with the characters that differ: between two, or as a mean over all others."""
    document, begins = one.text.document, one.begins
    if not begins:
        return
    places = [one.text.readers.index(member) for member in wanted]
    if len(places) == 2:
        document, places = of_two(document, *places), [0]
    if label is not None:
        document = of_label(document, label)
    sums = sentence_apart(runs(document, begins), places[0], np.array(begins, dtype=np.int64))
    for begin, mass in zip(begins, sums.tolist(), strict=True):
        yield mass / (len(document.readers) - 1), one, sentence_at(one.text, one.sentences, begin)


def differing(
    one: ReadArticle, sentence: Sentence, mass: float, total: float, *, sides: tuple[Side, ...],
    labels: Mapping[str, LabelPart],
) -> Differing:  # fmt: skip
    """One of them."""
    before = one.text.before
    return Differing(
        article=one.article.uuid,
        title=one.article.title,
        language=one.article.language,
        paragraph=one.paragraph(sentence),
        start=sentence.start,
        mass=mass,
        of=int(before[sentence.end] - before[sentence.start]),
        share=100 * mass / total,
        sides=sides,
        choices=() if len(sides) > 1 else chosen(one.text, sentence, list(labels.values())),
    )


def side(
    one: ReadArticle, sentence: Sentence, code: str, marks: Sequence[Extent], labels: Mapping[str, LabelPart]
) -> Side:
    """The sentence under one reader's marks."""
    text = one.article.text
    end = sentence.end_of_words(text)
    own = [each for each in marks if each.start < end and each.end > sentence.start]
    return Side(code, pieces(text, sentence.start, end, own, labels), not own)


def extents(text: CountedText, member: int, slugs: Sequence[str]) -> list[Extent]:
    """One reader's merged spans in code points."""
    document: Document = text.document
    spans = merged(document)
    spans = spans.taken(spans.reader == text.readers.index(member))
    characters = np.flatnonzero(np.diff(text.before))
    columns = (spans.label.tolist(), characters[spans.start].tolist(), (characters[spans.end - 1] + 1).tolist())
    return [
        Extent(start, end, slugs[label], number)
        for number, (label, start, end) in enumerate(zip(*columns, strict=True), 1)
    ]
