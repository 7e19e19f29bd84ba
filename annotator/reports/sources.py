"""Who gets to speak in an article: its sources, their share of the words, and claims that nobody stands behind."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from annotator.domain.offsets import nonspace_offsets
from annotator.domain.percentages import whole_percentages
from annotator.domain.spans import BOILERPLATE, Span
from annotator.domain.voices import Voice, heard_claims, mostly_covered, sentence_of, sources_in, without_source
from annotator.domain.word_count import word_count
from annotator.models import Article, Block, Exercise, ExerciseArticle, Membership
from annotator.reports.agreement_rows import check_open, key_readings
from annotator.reports.agreement_sentences import Sentence, sentences_of
from annotator.reports.keys import may_readers_see_key
from annotator.reports.source_marks import Marks, key_marks, majority_marks
from annotator.reports.source_names import Source, grouped
from annotator.reports.source_text import VoiceBlock, voice_blocks
from annotator.reports.suppression import may_show

CLAIM = "claim"
KEY, READERS = "key", "readers"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A line of the ledger: a source, its words, and the whole per cent they are of all words counted.

    `times` is how many attributions it has, `sentence` where the first one's sentence begins, `width` its bar's length.
    """

    source: Source
    times: int
    words: int
    share: int
    width: str
    sentence: int


@dataclass(frozen=True, slots=True)
class VoicePart:
    """A stretch of the bar of voices: `group` is own, people, papers, unnamed or unsaid."""

    group: str
    share: int
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Unsourced:
    """A claim in sentences without a source: its words and where its sentence begins."""

    quote: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """The page of one article. Nothing but `readers` where `is_hidden`: too few read it to show the class.

    `own` is the share of the paper's own voice in per cent; `attributed` of `sentences` counted name a source.
    """

    origin: str
    has_key: bool
    readers: int
    is_hidden: bool
    blocks: list[VoiceBlock] = field(default_factory=list)
    rows: list[SourceRow] = field(default_factory=list)
    parts: list[VoicePart] = field(default_factory=list)
    words: int = 0
    own: int = 0
    own_width: str = "0%"
    attributions: int = 0
    attributed: int = 0
    sentences: int = 0
    claims: int = 0
    unsourced: list[Unsourced] = field(default_factory=list)

    @property
    def unnamed(self) -> int:
        """How many sources are said to have no name."""
        return sum(row.source.group == "unnamed" for row in self.rows)


def articles_shown(exercise: Exercise, member: Membership) -> list[Article]:
    """The exercise's articles in order whose ledger `member` may see: the teacher all, a reader one's own. One query.

    Without their texts.
    """
    places = ExerciseArticle.objects.filter(exercise=exercise).order_by("position")
    if not member.is_teacher:
        places = places.read_by(member)
    rows = places.select_related("article").defer("article__text", "article__search_text")
    return [place.article for place in rows]


def ledger(exercise: Exercise, article: Article, *, is_teacher: bool, asked: str = "") -> Ledger:
    """The ledger from the key or from the readers' first round, as `asked`; from the key where there is one to see.

    Of the readers an attribution counts that more than half of the counted readings marked. At most nine queries.
    RuleError "blind" until the exercise is closed.
    """
    check_open([exercise])
    sees_key = is_teacher or may_readers_see_key(exercise)
    has_key = sees_key and key_readings(exercise, article).exists()
    origin = asked if asked in {KEY, READERS} and (has_key or asked == READERS) else KEY if has_key else READERS
    marks = key_marks(exercise, article) if origin == KEY else majority_marks(exercise, article)
    if origin == READERS and not is_teacher and not may_show(exercise.classroom.kind, marks.readers):
        return Ledger(READERS, has_key=has_key, readers=marks.readers, is_hidden=True)
    # What the teacher wrote into the key's sources is the teacher's; readers get the names that the article holds.
    only_in_text = origin == KEY and not is_teacher
    return counted(article, marks, origin, has_key=has_key, only_in_text=only_in_text)


def counted(article: Article, marks: Marks, origin: str, *, has_key: bool, only_in_text: bool) -> Ledger:
    """The whole ledger. Two queries."""
    blocks = list(Block.objects.filter(article=article).order_by("number"))
    before = nonspace_offsets(article.text)
    sources, spans = grouped(marks.attributions, article.text, only_in_text=only_in_text)
    voices = voices_of(article, blocks, sentences_of(article), spans, marks.of(BOILERPLATE), before)
    heard = [voice for voice in voices if voice.is_counted]
    spoken: Counter[int | None] = Counter()
    for voice in heard:
        spoken[voice.speaker] += voice.words
    own, words = spoken[None], [spoken[place] for place in range(len(sources))]
    shares = whole_percentages([own, *words])
    longest = max([own, *words, 1])
    order = sorted(range(len(sources)), key=lambda place: (-words[place], place))
    claims = heard_claims(marks.of(CLAIM), voices)
    numbers = {place: number for number, place in enumerate(order, 1)}
    return Ledger(
        origin=origin, has_key=has_key, readers=marks.readers, is_hidden=False,
        blocks=voice_blocks(article.text, blocks, voices, spans, numbers),
        rows=[
            row(sources[place], places_of(place, spans, voices), words[place], shares[place + 1], longest)
            for place in order
        ],
        parts=parts(sources, shares),
        words=sum(voice.words for voice in heard),
        own=shares[0], own_width=length(own, longest),
        attributions=len(spans),
        attributed=sum(bool(voice.sources) for voice in heard),
        sentences=len(heard),
        claims=len(claims),
        unsourced=[Unsourced(" ".join(article.text[each.start : each.end].split()), sentence_of(each.start, voices))
                   for each in without_source(claims, voices)],
    )  # fmt: skip


def voices_of(
    article: Article, blocks: Sequence[Block], sentences: Sequence[Sentence], spans: Sequence[Span],
    boilerplate: Sequence[Span], before: Sequence[int],
) -> list[Voice]:  # fmt: skip
    """Every sentence with its sources; headings and boilerplate are not counted."""
    extents = [(each.start, each.end) for each in sentences]
    headings = {(each.start, each.end) for each in blocks if each.kind == Block.Kind.HEADING}
    left_out = mostly_covered(extents, boilerplate, before)
    silent = [any(start >= each[0] and end <= each[1] for each in headings) for start, end in extents]
    return [
        Voice(start, end, named, word_count(article.text[start:end]), is_counted=not (skipped or heading))
        for (start, end), named, skipped, heading in zip(
            extents, sources_in(extents, spans), left_out, silent, strict=True
        )
    ]


def places_of(place: int, spans: Sequence[Span], voices: Sequence[Voice]) -> list[int]:
    """Where the sentences begin in which a source's attributions begin."""
    return [sentence_of(span.start, voices) for span in spans if span.number == place]


def row(source: Source, sentences: Sequence[int], words: int, share: int, longest: int) -> SourceRow:
    """One source's line."""
    return SourceRow(source, len(sentences), words, share, length(words, longest), min(sentences))


def parts(sources: Sequence[Source], shares: Sequence[int]) -> list[VoicePart]:
    """The bar: the paper itself, then each group of sources that has a share of the words."""
    sums = {"own": shares[0], "people": 0, "papers": 0, "unnamed": 0, "unsaid": 0}
    for source, share in zip(sources, shares[1:], strict=True):
        sums[source.group] += share
    found, before = [], 0
    for group, share in sums.items():
        if share:
            found.append(VoicePart(group, share, f"{before}%", f"{share}%"))
            before += share
    return found


def length(words: int, longest: int) -> str:
    """A bar's length as an SVG attribute, against the longest."""
    return f"{100 * words / longest:.1f}%"
