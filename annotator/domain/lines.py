"""Lines of a text that are the same on every screen and paper: broken by counting columns, never by measuring."""

from unicodedata import combining, east_asian_width

# Of a serif at 11 points, so many letters stand in the text's column on A4 even where they are wide ones.
COLUMNS = 72


def lines(text: str, columns: int = COLUMNS) -> list[tuple[int, int]]:
    """Where each line of a block starts and ends, in code points; together they are the whole text.

    Broken at blanks, which stay at the line's end, and at line breaks of the text; a word longer than a line is cut.
    """
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = line_end(text, start, columns)
        found.append((start, end))
        start = end
    return found or [(0, 0)]


def line_end(text: str, start: int, columns: int) -> int:
    """Where the line that begins at `start` ends."""
    used, after_blank = 0, start
    for place in range(start, len(text)):
        letter = text[place]
        if letter == "\n":
            return place + 1
        if letter.isspace():
            after_blank = place + 1
        used += width(letter)
        if used > columns and not letter.isspace():
            # What takes a column is a letter, so no mark is parted from the one it stands over.
            return after_blank if after_blank > start else place
    return len(text)


def width(letter: str) -> int:
    """Columns that a code point takes."""
    if combining(letter) or letter in "\u200b\u200d\ufe0f":
        return 0
    return 2 if east_asian_width(letter) in "WF" else 1
