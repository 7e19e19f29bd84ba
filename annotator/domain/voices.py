"""Who speaks in a text and how much: each sentence belongs to the source named first in it, or to the paper itself."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.spans import Span, spans_by_block


@dataclass(frozen=True, slots=True)
class Voice:
    """One sentence, text[start:end]; `sources` are the numbers of those named in it, in order, none twice.

    With none it is the paper's own. `is_counted` is false for headings and for boilerplate, whose words are nobody's.
    """

    start: int
    end: int
    sources: tuple[int, ...]
    words: int
    is_counted: bool = True

    @property
    def speaker(self) -> int | None:
        """To whom its words are counted: the source named first; None: the paper itself."""
        return self.sources[0] if self.sources else None


def sources_in(sentences: Sequence[tuple[int, int]], spans: Sequence[Span]) -> list[tuple[int, ...]]:
    """For each sentence the numbers (`Span.number`) of the sources whose attributions stand in it, in text order."""
    inside = spans_by_block(sentences, sorted(spans, key=lambda span: (span.start, span.end)))
    return [tuple(dict.fromkeys(span.number for span in each)) for each in inside]


def mostly_covered(sentences: Sequence[tuple[int, int]], spans: Sequence[Span], before: Sequence[int]) -> list[bool]:
    """For each sentence whether the spans cover more than half of it.

    `before` (length + 1,) counts the characters that are not white space before each offset: only these weigh.
    """
    inside = spans_by_block(sentences, sorted(spans, key=lambda span: (span.start, span.end)))
    found = []
    for (start, end), covering in zip(sentences, inside, strict=True):
        covered, reach = 0, start
        for span in covering:
            begin, stop = max(span.start, reach), min(span.end, end)
            if begin < stop:
                covered += before[stop] - before[begin]
                reach = stop
        found.append(2 * covered > before[end] - before[start])
    return found


def sentence_of(start: int, voices: Sequence[Voice]) -> int:
    """Where the sentence begins in which `start` stands; `voices` are all sentences of the text in order."""
    return voices[max(bisect_right(voices, start, key=lambda voice: voice.start) - 1, 0)].start


def heard_claims(claims: Sequence[Span], voices: Sequence[Voice]) -> list[Span]:
    """The claims that stand in a sentence that counts."""
    starts = [voice.start for voice in voices]
    return [claim for claim in claims if any(voice.is_counted for voice in touched(claim, voices, starts))]


def without_source(claims: Sequence[Span], voices: Sequence[Voice]) -> list[Span]:
    """The claims none of whose sentences names a source; `voices` are all sentences of the text in order."""
    starts = [voice.start for voice in voices]
    return [claim for claim in claims if not any(voice.sources for voice in touched(claim, voices, starts))]


def touched(span: Span, voices: Sequence[Voice], starts: Sequence[int]) -> list[Voice]:
    """The sentences that a span stands in."""
    last = bisect_left(starts, span.end)
    first = max(bisect_left(starts, span.start + 1) - 1, 0)
    return [voice for voice in voices[first:last] if voice.end > span.start]
