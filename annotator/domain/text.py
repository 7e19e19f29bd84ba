"""Canonical text: the characters an article may hold, what it cost to get there, and its fingerprint."""

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

# What stands before the first character is dropped as a whole, or dropping it once would not be enough.
BEFORE = r"\A[\ufeff\x00\ud800-\udfff]+"
WITHIN = r"\r\n?|[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]"
CHANGED = re.compile(BEFORE + "|" + WITHIN)
CHANGED_WITHIN = re.compile(WITHIN)


@dataclass(frozen=True, slots=True)
class Canonical:
    """A text without what no article may hold. `changes` counts them by kind: bom line_break nul surrogate control
    noncharacter. `removed` holds, in order, the places in the raw text whose character is gone.
    """

    text: str
    changes: Mapping[str, int] = field(default_factory=dict)
    removed: tuple[int, ...] = ()

    def position(self, raw: int) -> int:
        """Where an edge of the raw text stands in `text`; O(log changes)."""
        return raw - bisect_left(self.removed, raw)


def canonical_text(raw: str, *, is_whole: bool = True) -> Canonical:
    """Drop a BOM, NUL and lone surrogates; line ends become LF, other C0 controls but TAB a space.

    U+FFFE and U+FFFF become U+FFFD. Nothing else changes: no normalisation, no trimming. Twice is once.
    In a part of a text (not `is_whole`) a leading U+FEFF is no BOM and stays.
    """
    changed = CHANGED if is_whole else CHANGED_WITHIN
    if not changed.search(raw):
        return Canonical(raw)
    counts: Counter[str] = Counter()
    removed: list[int] = []
    pieces: list[str] = []
    done = 0
    for found in changed.finditer(raw):
        start, end = found.span()
        counts.update(kind_of(character) for character in (found[0] if found[0] != "\r\n" else "\r"))
        instead = replacement(found[0])
        removed.extend(range(start, end - len(instead)))
        pieces += [raw[done:start], instead]
        done = end
    return Canonical("".join([*pieces, raw[done:]]), dict(counts), tuple(removed))


def replacement(found: str) -> str:
    """What stands for a changed character: at most one character."""
    if found[0] == "\r":
        return "\n"
    if found[0] in "\ufffe\uffff":
        return "\ufffd"
    return "" if found[0] in "\x00\ufeff" or is_surrogate(found[0]) else " "


def kind_of(character: str) -> str:
    """The name under which a change is counted."""
    named = {"\ufeff": "bom", "\r": "line_break", "\x00": "nul", "\ufffe": "noncharacter", "\uffff": "noncharacter"}
    return named.get(character) or ("surrogate" if is_surrogate(character) else "control")


def is_surrogate(character: str) -> bool:
    """Half of a pair; in a Python string always a lone one."""
    return "\ud800" <= character <= "\udfff"


def fingerprint(text: str) -> str:
    """Lower-case hex SHA-256 of the UTF-8 bytes: the same text has the same, in every installation."""
    return hashlib.sha256(text.encode()).hexdigest()
