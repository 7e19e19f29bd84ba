"""Words in a text, and the edges to which a selection snaps: the rules the page's script follows too."""

import unicodedata

# What a selection drops at its end, besides white space; quotation marks and the final full stop stay.
TRAILING = ",;:–—("
# Marks that hold a word together between two of its letters or digits: 6.5, council’s, air-quality, a.m.
JOINERS = "'’.-‐‑·"
DIGIT_JOINERS = ","


def is_word_character(character: str) -> bool:
    """Letters, digits, underscore, the marks that sit on them, and the joiners inside emoji and Indic words."""
    if character.isalnum() or character == "_":
        return True
    return unicodedata.category(character) in {"Mn", "Mc", "Me"} or character in "\u200c\u200d"


def is_in_word(text: str, place: int) -> bool:
    """Whether `text[place]` belongs to a word: a word character, or a joiner between two of them."""
    character = text[place]
    if is_word_character(character):
        return True
    if place == 0 or place + 1 >= len(text):
        return False
    before, after = text[place - 1], text[place + 1]
    if character in DIGIT_JOINERS:
        return before.isdigit() and after.isdigit()
    return character in JOINERS and is_word_character(before) and is_word_character(after)


def words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The words that begin in `text[start:end]`, as half-open ranges; a word may run past `end`."""
    found = []
    place = start
    while place < end:
        if not is_in_word(text, place):
            place += 1
            continue
        first = place
        while place < len(text) and is_in_word(text, place):
            place += 1
        found.append((first, place))
    return found


def snap(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The selection a reader meant: whole words, without white space or a trailing comma at its edges.

    None when nothing but white space and dropped punctuation was chosen. Edges only grow inside a word.
    """
    while 0 < start < len(text) and is_in_word(text, start) and is_in_word(text, start - 1):
        start -= 1
    while 0 < end < len(text) and is_in_word(text, end - 1) and is_in_word(text, end):
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in TRAILING):
        end -= 1
    return (start, end) if start < end else None
