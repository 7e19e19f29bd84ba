"""The preview of a draft: its blocks in groups as they stood on the page, and what would be stored. One query."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet

from annotator.domain.draft_blocks import DraftBlock, Step, blocks_read, group_names, kept_blocks, kept_text
from annotator.domain.sentences import sentence_spans
from annotator.domain.snapping import words
from annotator.domain.text import fingerprint
from annotator.domain.word_count import minutes_to_mark, minutes_to_read, word_count
from annotator.models import Article, ArticleDraft
from annotator.reports.draft_words import changes, count_words, group_icon, group_title, kind_name, notices

# As many left-out blocks in a row are folded to one line; fewer stand there to be ticked.
FOLD = 4
SUMMARY_CHARACTERS = 160
# A longer block offers no list of its words, and at last none of its sentences: nobody reads such lists.
LISTED_BY_WORD = 4_000
LISTED_BY_SENTENCE = 40_000


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a block can be split: `place` counts code points into its text; `words` begin there."""

    place: int
    words: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A block opened for splitting and rewording: its sentences, each with the place where it begins."""

    sentences: list[Cut]
    cuts: list[Cut]


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One block of the preview."""

    id: int
    kind: str
    kind_name: str
    text: str
    kept: bool
    has_next: bool
    opened: Opened | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks that stand together; `summary` is set where they are folded to one line."""

    blocks: list[ShownBlock]
    summary: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """One part of the page. `state` is keep, leave or mixed."""

    number: int
    name: str
    title: str
    icon: str
    state: str
    count: str
    runs: list[Run]
    has_kept: bool

    def holds(self, step: Step) -> bool:
        """Whether the press was made in this group."""
        if step.do == "facts":
            return False
        if step.do in {"tick", "keep", "leave"}:
            return step.group == self.number
        return any(block.id == step.block for run in self.runs for block in run.blocks)


@dataclass(frozen=True, slots=True)
class Twin:
    """An article with the very same text."""

    uuid: UUID
    title: str


@dataclass(frozen=True, slots=True)
class DraftPage:
    """`twins` are articles of the library with the text that would be stored; `is_unchanged` where a correction's
    text is still that of the article it corrects.
    """

    groups: list[Group]
    notices: list[str]
    changes: list[str]
    words: int
    kept: int
    minutes: int
    minutes_marking: int
    twins: list[Twin] = field(default_factory=list)
    is_unchanged: bool = False


def draft_page(draft: ArticleDraft, library: QuerySet[Article], opened: int | None = None) -> DraftPage:
    """The preview as `draft` stands; `opened` is the id of the block shown with its sentences."""
    blocks = blocks_read(draft.content)
    text = kept_text(blocks)
    words_kept = word_count(text)
    same = list(same_text(text, library).order_by("-created_at").values_list("pk", "uuid", "title"))
    return DraftPage(
        groups=[group(number, name, blocks, opened) for number, name in enumerate(group_names(blocks))],
        notices=notices(draft.content),
        changes=changes(draft.content),
        words=words_kept,
        kept=len(kept_blocks(blocks)),
        minutes=minutes_to_read(words_kept),
        minutes_marking=minutes_to_mark(words_kept),
        twins=[Twin(uuid, title) for _, uuid, title in same[:3]],
        is_unchanged=draft.replaces_id in {key for key, *_ in same},
    )


def same_text(text: str, library: QuerySet[Article]) -> QuerySet[Article]:
    """The articles of the library with exactly this text."""
    return library.filter(text_sha256=fingerprint(text)) if text else library.none()


def group(number: int, name: str, blocks: Sequence[DraftBlock], opened: int | None) -> Group:
    """One part of the page with its blocks."""
    own = [block for block in blocks if block.group == name]
    kept = sum(block.kept for block in own)
    return Group(
        number=number,
        name=name,
        title=group_title(name),
        icon=group_icon(name),
        state="keep" if kept == len(own) else "leave" if kept == 0 else "mixed",
        count=count_words(kept, len(own)),
        runs=runs(own, opened),
        has_kept=kept > 0,
    )


def runs(own: list[DraftBlock], opened: int | None) -> list[Run]:
    """The blocks of a group, long rows of left-out ones folded; a row opens when one of its blocks is wanted."""
    last = own[-1].id
    found: list[Run] = []
    for is_folded, together in groupby(own, key=lambda block: block.folded):
        part = list(together)
        shown = [shown_block(block, opened, has_next=block.id != last) for block in part]
        if is_folded and len(part) >= FOLD:
            is_open = any(block.kept or block.id == opened for block in part)
            found.append(Run(blocks=shown, summary=summary(part), is_open=is_open))
        elif found and not found[-1].summary:
            found[-1] = Run(blocks=found[-1].blocks + shown)
        else:
            found.append(Run(blocks=shown))
    return found


def summary(blocks: Sequence[DraftBlock]) -> str:
    """The beginnings of the blocks in one line."""
    line = ""
    for block in blocks:
        line += (" · " if line else "") + " ".join(block.text[:SUMMARY_CHARACTERS].split())
        if len(line) > SUMMARY_CHARACTERS:
            break
    return line[:SUMMARY_CHARACTERS]


def shown_block(block: DraftBlock, opened: int | None, *, has_next: bool) -> ShownBlock:
    """One block as its row shows it."""
    return ShownBlock(
        id=block.id,
        kind=block.kind,
        kind_name=kind_name(block.kind, is_title=block.is_title),
        text=block.text,
        kept=block.kept,
        has_next=has_next,
        opened=opened_block(block.text) if block.id == opened else None,
    )


def opened_block(text: str) -> Opened:
    """Where a block can be split: at each sentence, or at each word but the first; a very long one only by typing."""
    starts = [start for start, _ in sentence_spans(text)] if len(text) <= LISTED_BY_SENTENCE else []
    edges = [*starts, len(text)]
    sentences = [Cut(place=start, words=text[start:end].strip()) for start, end in zip(starts, edges[1:], strict=True)]
    found = words(text, 0, len(text))[1:] if len(text) <= LISTED_BY_WORD else []
    cuts = [Cut(place=place, words=" ".join(text[place : place + 40].split())) for place, _ in found]
    return Opened(sentences=sentences, cuts=cuts)
