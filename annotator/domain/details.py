"""The optional details of a highlight: which an exercise asks for, and whose words a claim may be."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.spans import Span

CLAIM = "claim"
ATTRIBUTION = "attribution"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which details readers are asked for, beside the note that everybody may write."""

    sources: bool = False
    links: bool = False
    confidence: bool = False

    @property
    def any(self) -> bool:
        """Whether a card has more than its note."""
        return self.sources or self.links or self.confidence

    @property
    def names(self) -> str:
        """Those that are asked for, as the page's script reads them."""
        given = {"sources": self.sources, "links": self.links, "confidence": self.confidence}
        return " ".join(name for name, is_on in given.items() if is_on)


def asked(*, sources: bool, links: bool, confidence: bool, is_key: bool) -> Asked:
    """What is asked in a reading. A key may always name its sources: the source ledger is counted from it."""
    return Asked(sources=sources or is_key, links=links or is_key, confidence=confidence)


def proposed_reporter(claim: Span, spans: Sequence[Span], sentences: Sequence[int]) -> Span | None:
    """The attribution that `claim` probably rests on: the only one that begins in its sentence, or in one of them.

    `sentences` are where sentences begin, ascending. None where there is none, or more than one to choose from.
    """
    start = max((each for each in sentences if each <= claim.start), default=0)
    after = [each for each in sentences if each >= claim.end]
    near = [each for each in spans if each.label == ATTRIBUTION and each.start >= start]
    found = [each for each in near if not after or each.start < after[0]]
    return found[0] if len(found) == 1 else None
