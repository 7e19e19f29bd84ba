"""Places in a text counted in other units than code points, looked up in tables made once for each text."""

from array import array
from collections.abc import Sequence
from itertools import accumulate

LAST_OF_ONE_UNIT = "\uffff"


def utf16_offsets(text: str) -> Sequence[int]:
    """UTF-16 units before each code point and before the end: `len(text) + 1` numbers."""
    if not text or max(text) <= LAST_OF_ONE_UNIT:
        return range(len(text) + 1)
    return array("I", accumulate((2 if c > LAST_OF_ONE_UNIT else 1 for c in text), initial=0))


def nonspace_offsets(text: str) -> Sequence[int]:
    """Characters that are not white space (`str.isspace`) before each code point and before the end."""
    return array("I", accumulate((not c.isspace() for c in text), initial=0))


def utf16_length(text: str) -> int:
    """How long spreadsheets and browsers think a text is."""
    return len(text) + sum(c > LAST_OF_ONE_UNIT for c in text)
