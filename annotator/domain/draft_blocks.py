"""The blocks of a draft as its JSON keeps them, and what a person may do to them before there is an article."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from annotator.domain.blocks import assemble, join, split_at
from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.text import canonical_text

Doing = Literal["tick", "facts", "open", "close", "keep", "leave", "split", "join"]
NOT_THERE = gettext_noop("That block is not there any more. Here is how the draft stands now.")
NOT_HERE = gettext_noop("A block can be split only between two words. Choose the word that begins the new block.")
NO_NEXT = gettext_noop("There is no block after this one to join it with.")
NO_WORDS = gettext_noop("A block needs words. To do without it, leave it out.")


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """One block of a draft. `id` names it as long as the draft lives; `folded` was left out when the file was read."""

    id: int
    kind: str
    text: str
    group: str
    kept: bool
    is_title: bool = False
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One press in the preview: `block` is an id, `group` a number in page order, `place` code points into a block."""

    do: Doing
    block: int = 0
    group: int = 0
    place: int = 0


@dataclass(frozen=True, slots=True)
class Screen:
    """What the preview showed when it was pressed: the draft's version, the ids ticked, words typed into blocks.

    `kept` is None where the request does not speak of ticks.
    """

    version: int
    kept: frozenset[int] | None = None
    words: Mapping[int, str] = field(default_factory=dict)


def blocks_read(content: dict[str, Any]) -> list[DraftBlock]:
    """The blocks of a draft's content."""
    return [
        DraftBlock(
            id=int(item.get("id", number)),
            kind=item["kind"],
            text=item["text"],
            group=item.get("group", "story"),
            kept=bool(item["kept"]),
            is_title=bool(item.get("is_title")),
            folded=bool(item.get("folded")),
        )
        for number, item in enumerate(content.get("blocks", []))
    ]


def blocks_written(blocks: Iterable[DraftBlock]) -> list[dict[str, Any]]:
    """The same as JSON."""
    return [asdict(block) for block in blocks]


def kept_blocks(blocks: Iterable[DraftBlock]) -> list[tuple[str, str]]:
    """(kind, text) of what is to be stored."""
    return [(block.kind, block.text) for block in blocks if block.kept]


def kept_text(blocks: Iterable[DraftBlock]) -> str:
    """The text that would be stored; empty when nothing is kept."""
    return assemble(kept_blocks(blocks))[0]


def group_names(blocks: Iterable[DraftBlock]) -> list[str]:
    """The groups in page order; a group's number is its place here."""
    return list(dict.fromkeys(block.group for block in blocks))


def stepped(blocks: list[DraftBlock], step: Step) -> list[DraftBlock]:
    """The blocks after one press."""
    if step.do in {"keep", "leave"}:
        return group_kept(blocks, step.group, is_kept=step.do == "keep")
    if step.do == "split":
        return block_split(blocks, step.block, step.place)
    if step.do == "join":
        return blocks_joined(blocks, step.block)
    return blocks


def shown(blocks: list[DraftBlock], screen: Screen) -> list[DraftBlock]:
    """The blocks as the screen shows them: its ticks, and the words typed there."""
    if screen.kept is not None:
        blocks = [replace(block, kept=block.id in screen.kept) for block in blocks]
    for block, words in screen.words.items():
        blocks = block_reworded(blocks, block, words)
    return blocks


def group_kept(blocks: list[DraftBlock], number: int, *, is_kept: bool) -> list[DraftBlock]:
    """Keep or leave out a whole group."""
    names = group_names(blocks)
    if number >= len(names):
        raise RuleError(NOT_THERE, code="no_block")
    return [replace(block, kept=is_kept) if block.group == names[number] else block for block in blocks]


def block_split(blocks: list[DraftBlock], block: int, place: int) -> list[DraftBlock]:
    """Cut a block in two before the word at `place`; the second part takes a new id."""
    at = position(blocks, block)
    whole = blocks[at]
    first, second = split_at(whole.text, max(0, place))
    if not first or not second:
        raise RuleError(NOT_HERE, code="no_place")
    parts = [replace(whole, text=first), replace(whole, text=second, id=next_id(blocks), is_title=False)]
    return [*blocks[:at], *parts, *blocks[at + 1 :]]


def blocks_joined(blocks: list[DraftBlock], block: int) -> list[DraftBlock]:
    """Join a block with the next of its group; what stands between them in other groups stays in its place."""
    at = position(blocks, block)
    first = blocks[at]
    after = next((number for number in range(at + 1, len(blocks)) if blocks[number].group == first.group), None)
    if after is None:
        raise RuleError(NO_NEXT, code="no_next")
    joined = replace(first, text=join(first.text, blocks[after].text))
    return [*blocks[:at], joined, *blocks[at + 1 : after], *blocks[after + 1 :]]


def block_reworded(blocks: list[DraftBlock], block: int, words: str) -> list[DraftBlock]:
    """Other words for a block; blank lines among them part it."""
    at = position(blocks, block)
    parts = paragraphs(words)
    if not parts:
        raise RuleError(NO_WORDS, code="no_words")
    whole = blocks[at]
    if paragraphs(whole.text) == parts:
        return blocks
    first = next_id(blocks)
    more = [replace(whole, text=text, id=first + number, is_title=False) for number, text in enumerate(parts[1:])]
    return [*blocks[:at], replace(whole, text=parts[0]), *more, *blocks[at + 1 :]]


def paragraphs(words: str) -> list[str]:
    """What was typed, in canonical characters, parted at blank lines."""
    lines = canonical_text(words, is_whole=False).text.split("\n")
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [text for part in found if (text := "\n".join(part).strip())]


def position(blocks: Sequence[DraftBlock], block: int) -> int:
    """Where the block with this id stands."""
    for number, each in enumerate(blocks):
        if each.id == block:
            return number
    raise RuleError(NOT_THERE, code="no_block")


def next_id(blocks: Iterable[DraftBlock]) -> int:
    """An id that no block has."""
    return max((block.id for block in blocks), default=-1) + 1
