"""Text made comparable for searching: databases fold ASCII only, and each in its own way."""

import re
import unicodedata

# Accents and vowel points, which people leave out when they type; signs of other scripts that make the word stay.
ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff]+"
)
# What is printed one way and typed another: quotation marks, apostrophes, dashes, hyphens; what is not seen goes.
TYPED = str.maketrans(
    dict.fromkeys("‘’‚‛ʼ′`´", "'")
    | dict.fromkeys("“”„‟«»", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
)


def folded(text: str) -> str:
    """Without differences of case, accents, width, quotation marks and dashes. Not for offsets: lengths change."""
    plain = unicodedata.normalize("NFKD", text.translate(TYPED)).casefold()
    bare = ACCENTS.sub("", unicodedata.normalize("NFKD", plain))
    return unicodedata.normalize("NFKC", bare.translate(TYPED))
