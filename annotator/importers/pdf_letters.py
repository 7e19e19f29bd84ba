"""The letters of a PDF: how wide they are, what typesetters' signs stand for, and lines that run from right to left."""

import re
import unicodedata
from collections.abc import Sequence

# About how wide letters are, as shares of their size, in the faces that newspapers and offices use.
WIDTHS = {**dict.fromkeys(" .,;:'’|!()[]-ijlftrI1", 0.3), **dict.fromkeys("mwMW@—…", 0.85)}
CAPITAL, LETTER, SQUARE = 0.68, 0.53, 1.0
# Double letters and the shapes of Arabic and Hebrew letters: no reader types them, so they become the letters they are.
SHAPES = re.compile("[\ufb00-\ufb06\ufb1d-\ufb4f\ufb50-\ufdfb\ufe70-\ufefc]")
SPACES = re.compile(r"[ \t\r\n\f\v]+")
MIRRORED = str.maketrans("()[]«»", ")(][»«")
CLINGING = re.compile(r"[.,:;!?%)\]،؛؟]")


def letter_width(letter: str) -> float:
    """About how wide one letter is, for letters of size 1."""
    if letter in WIDTHS:
        return WIDTHS[letter]
    if "\u2e80" <= letter <= "\uffef" or letter > "\uffff":
        return SQUARE
    return CAPITAL if letter.isupper() else LETTER


def spelled(text: str) -> str:
    """With single spaces, and each shape as the letters it stands for."""
    return SPACES.sub(" ", SHAPES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text))


def is_leftward(text: str) -> bool:
    """Whether most letters of a line are of a script that runs from right to left."""
    directions = [unicodedata.bidirectional(character) for character in text]
    return directions.count("L") < directions.count("R") + directions.count("AL")


def has_leftward(text: str) -> bool:
    """Whether any letter is."""
    return any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)


def leftward(runs: Sequence[tuple[float, str]]) -> str:
    """The runs of such a line, each (left edge, text), as they are read; figures and names stay as they are."""
    ordered: list[str] = []
    inside: list[str] = []
    for _, text in sorted(runs, key=lambda run: -run[0]):
        if has_leftward(text):
            ordered += [*inside, text]
            inside = []
        else:
            inside.insert(0, text)
    line = ""
    for text in (each.strip() for each in [*ordered, *inside]):
        line += text if not line or CLINGING.match(text) else f" {text}"
    return turned(line)


def turned(line: str) -> str:
    """With brackets that open before they close: some programs store them as they look."""
    brackets = [character for character in line if character in "()[]"]
    return line.translate(MIRRORED) if brackets and brackets[0] in ")]" and brackets[-1] in "([" else line
