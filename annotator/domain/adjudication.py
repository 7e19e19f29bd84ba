"""What may be decided on the way to a key: proposals, the extents that readers drew, and minority readings."""

from collections import Counter
from dataclasses import dataclass

from annotator.domain.consensus import commonest
from annotator.domain.errors import RuleError, gettext_noop

# Percentages of the readers that a teacher may ask for; half of them where nothing is asked.
SHARES = (30, 40, 50, 60, 75)
HALF = 50
GONE = gettext_noop("The readings have changed, and this proposal is none any more. Go on with the next one.")


@dataclass(frozen=True, slots=True)
class Extent:
    """text[start:end] under a label's slug, in code points, as `readers` of the readers have it."""

    label: str
    start: int
    end: int
    readers: int

    @property
    def length(self) -> int:
        """Code points covered."""
        return self.end - self.start

    @property
    def place(self) -> tuple[str, int, int]:
        """The extent without its readers."""
        return self.label, self.start, self.end

    def meets(self, other: "Extent") -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def is_alike(self, other: "Extent") -> bool:
        """Whether the two have the same tag, and at least half of both in common."""
        common = min(self.end, other.end) - max(self.start, other.start)
        together = max(self.end, other.end) - min(self.start, other.start)
        return self.label == other.label and common * 2 >= together


@dataclass(frozen=True, slots=True)
class Consensus:
    """An article's proposals at a share, in text order; every extent drawn by anybody, the commonest first.

    `readers` counts the readings compared, 0 where there are fewer than two: then nothing is proposed. `marking` has,
    for each extent drawn, who drew it.
    """

    readers: int
    proposals: tuple[Extent, ...] = ()
    extents: tuple[Extent, ...] = ()
    marking: tuple[tuple[int, ...], ...] = ()


def minority(found: Consensus, proposal: Extent, label: str) -> Extent | None:
    """What readers marked here under another label that is not proposed itself: how many, and their commonest edges.

    None where nobody did, or where this label is proposed here too.
    """
    if any(each.label == label and each.meets(proposal) for each in found.proposals):
        return None
    here = [(each, who) for each, who in drawn(found) if each.label == label and each.meets(proposal)]
    if not here:
        return None
    starts, ends = Counter[int](), Counter[int]()
    for each, who in here:
        starts[each.start] += len(who)
        ends[each.end] += len(who)
    first, last = commonest(list(starts.elements()), -1), commonest(list(ends.elements()), 1)
    if first >= last:
        first, last = here[0][0].start, here[0][0].end
    return Extent(label, first, last, len({reader for _each, who in here for reader in who}))


def drawn(found: Consensus) -> list[tuple[Extent, tuple[int, ...]]]:
    """Every extent with who drew it."""
    return list(zip(found.extents, found.marking, strict=True))


def settles(decided: Extent, offer: Extent, found: Consensus) -> bool:
    """Whether a decision about another proposal settles this one: made at another share, about one much like it."""
    return decided.is_alike(offer) and decided.place not in {each.place for each in found.proposals}


def offer_named(found: Consensus, label: str, start: int, end: int) -> tuple[Extent, bool]:
    """The proposal (True) or minority reading (False) meant by a form. RuleError when there is none such any more."""
    named = (label, start, end)
    for each in found.proposals:
        if each.place == named:
            return each, True
    for proposal in found.proposals:
        other = minority(found, proposal, label)
        if other is not None and other.place == named:
            return other, False
    raise RuleError(GONE, code="gone")
