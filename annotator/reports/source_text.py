"""An article as X-ray: the paper's own sentences apart from those that belong to a source."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.spans import Span, segments, spans_by_block
from annotator.domain.voices import Voice
from annotator.models import Block
from annotator.reports.reading_parts import TAGS


@dataclass(frozen=True, slots=True)
class VoicePiece:
    """A stretch of a sentence, in or out of an attribution."""

    text: str
    is_attribution: bool


@dataclass(frozen=True, slots=True)
class VoiceRun:
    """One sentence: `css` is own, src or skip; `start` its anchor; `sources` are numbers of the ledger's lines."""

    start: int
    css: str
    pieces: tuple[VoicePiece, ...]
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class VoiceBlock:
    """One block: `runs` join to exactly its text. `css` is voice-heard where a source stands in it.

    `is_boilerplate` marks the first of neighbouring blocks whose words are left out of the count.
    """

    tag: str
    kind: str
    css: str
    is_boilerplate: bool
    runs: tuple[VoiceRun, ...]


def voice_blocks(
    text: str, blocks: Sequence[Block], voices: Sequence[Voice], spans: Sequence[Span],
    numbers: Mapping[int, int],
) -> list[VoiceBlock]:  # fmt: skip
    """Every block with its sentences; `voices` are all sentences in order, `numbers` those of the ledger's lines."""
    edges = [(voice.start, voice.end) for voice in voices]
    inside = spans_by_block(edges, spans)
    drawn = [voice_run(text, voice, near, numbers) for voice, near in zip(voices, inside, strict=True)]
    starts = [voice.start for voice in voices]
    found, was_left_out = [], False
    for block in blocks:
        runs = tuple(drawn[bisect_left(starts, block.start) : bisect_left(starts, block.end)])
        kinds = {run.css for run in runs}
        css = "voice-heard" if "src" in kinds else "voice-silent" if kinds == {"skip"} else ""
        is_left_out = css == "voice-silent" and block.kind != Block.Kind.HEADING
        begins = is_left_out and not was_left_out
        found.append(VoiceBlock(TAGS.get(Block.Kind(block.kind), "p"), block.kind, css, begins, runs))
        was_left_out = is_left_out
    return found


def voice_run(text: str, voice: Voice, spans: Sequence[Span], numbers: Mapping[int, int]) -> VoiceRun:
    """One sentence, cut at its attributions."""
    pieces = tuple(
        VoicePiece(text[each.start : each.end], bool(each.covering)) for each in segments(voice.start, voice.end, spans)
    )
    css = "skip" if not voice.is_counted else "src" if voice.sources else "own"
    return VoiceRun(voice.start, css, pieces, tuple(numbers[place] for place in voice.sources))
