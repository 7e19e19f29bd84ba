"""Sentences: the stretches that a triple click, the keyboard, the sentence list and the figures all share."""

import re
from collections.abc import Iterator

from annotator.domain.abbreviations import AFTER_ORDINALS, EITHER, NUMBERED, STARTERS, TIME_WORDS, TITLES

# Scripts without spaces between sentences end them with these.
WIDE_ENDS = "。！？｡．؟।॥۔።"
CLOSERS = "\"'”’»›)]}」』）】》〉］｝"
# These open in some languages and close in others; what follows tells: „Gut.“ Dann, »Gut.« Dann, but 说。“好”.
EITHER_WAY = "“«"
OPENERS = "\"'“‘„‚«»‹›([{「『（【《〈［¿¡–—-*•"
# Marks that end a sentence, what closes after them, and a footnote's number. A French » may stand behind a space.
ENDING = re.compile(
    rf"[.?!…{WIDE_ENDS}]+(?:[{re.escape(CLOSERS)}]|[{EITHER_WAY}](?=[\s.,;:!?)]|\Z))*"
    r"(?:[ \u00a0\u202f][»›](?=[\s.,;:!?]|\Z))?"
    r"(?:\[\d{1,3}\]|[¹²³⁰⁴-⁹]{1,3})?|[\n\u0085\u2028\u2029]"
)
LINE_ENDS = "\n\u0085\u2028\u2029"
WORD = re.compile(r"\w+")
ACRONYM = re.compile(r"\w(?:\.\w)+")
DAY_HALF = re.compile(r"[ap]\.m", re.IGNORECASE)
LONGEST_TOKEN = 40
# A paragraph of lines all about this long was broken by a machine: its line ends part no sentences.
WRAPPED = range(50, 101)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The sentences of one block in order, half-open, without white space around; every other character is in one.

    Linear in the text's length.
    """
    found = []
    start = 0
    for cut in [*cuts(text), len(text)]:
        sentence = text[start:cut]
        first = start + len(sentence) - len(sentence.lstrip())
        last = start + len(sentence.rstrip())
        if first < last:
            found.append((first, last))
        start = cut
    return found


def cuts(text: str) -> Iterator[int]:
    """Where sentences end, ascending."""
    is_wrapped = wrapped(text)
    start = 0
    for found in ENDING.finditer(text):
        is_end = not is_wrapped if found[0] in LINE_ENDS else ends_here(text, start, found)
        if is_end:
            start = found.end()
            yield start


def wrapped(text: str) -> bool:
    """Whether the line ends are a typewriter's: three lines or more, each but the last of much the same length."""
    lines = text.split("\n")
    return len(lines) > 2 and all(len(line) in WRAPPED for line in lines[:-1])


def ends_here(text: str, start: int, found: re.Match[str]) -> bool:
    """Whether the marks found end the sentence that began at `start`."""
    marks, after = found[0], found.end()
    if after == len(text):
        return True
    if not text[after].isspace():
        return marks.rstrip(CLOSERS + EITHER_WAY)[-1:] in WIDE_ENDS or (marks[0] in "?!…" and is_ideograph(text[after]))
    coming = first_word(text, after)
    if not coming or coming[0].islower():
        return False
    if marks.rstrip(CLOSERS + EITHER_WAY) != ".":
        return True
    return not goes_on(text[max(start, found.start() - LONGEST_TOKEN) : found.start()], coming, is_bare=marks == ".")


def first_word(text: str, place: int) -> str:
    """The word after white space and opening marks; a sign that is no word, such as an emoji, stands for itself."""
    while place < len(text) and (text[place].isspace() or text[place] in OPENERS):
        place += 1
    found = WORD.match(text, place, place + LONGEST_TOKEN)
    if found:
        return found[0]
    return "" if place == len(text) or text[place] in ".?!…,;:)]" else text[place]


def goes_on(before: str, coming: str, *, is_bare: bool) -> bool:
    """Whether the sentence runs on past the one full stop after `before`; `coming` is the next word."""
    token = before.split()[-1].lstrip(OPENERS) if before.strip() else ""
    if not before.strip(OPENERS + " \t\n"):
        return False
    if is_bare and not before[: len(before) - len(token)].strip() and is_list_number(token):
        return True
    if token.isdecimal():
        return len(token) <= 2 and coming in AFTER_ORDINALS
    return is_abbreviation(token, coming)


def is_abbreviation(token: str, coming: str) -> bool:
    """Whether a full stop after `token` belongs to it and no sentence ends there, with `coming` as the next word."""
    last = re.split(r"[-’'/(]", token)[-1]
    if DAY_HALF.fullmatch(token):
        return coming in TIME_WORDS
    if last in NUMBERED and coming[0].isdigit():
        return True
    if last in TITLES:
        return True
    if last in EITHER or ACRONYM.fullmatch(last) or (len(last) == 1 and last.isalpha() and not is_ideograph(last)):
        return coming not in STARTERS
    return False


def is_list_number(token: str) -> bool:
    """“1”, “12”, “a”, “iv”: what numbers a list when it opens a sentence."""
    return (token.isdecimal() and len(token) <= 3) or (len(token) == 1 and token.isalpha())


def is_ideograph(character: str) -> bool:
    """Whether it belongs to a script that writes no spaces between words."""
    return "\u3040" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"
