"""What a text says about itself in its first and last lines: title, author, date, address, publication."""

import re
from datetime import date

# Facts stand in the lines around the story, so only these are looked at.
FIRST_LINES = 8
LAST_LINES = 4
LONGEST_LINE = 160
ADDRESS = re.compile(r"(?:\S{1,20}:? )?(https?://[^\s<>\"]{3,1900})")
AUTHOR = re.compile(r"(?:by|von|par|por|di|door)[:\s]\s?(.{3,100})", re.IGNORECASE)
AUTHOR_END = re.compile(r"\s{0,9}(?:[|•·]|\s[–—-]\s|,|\d)")
COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s{0,3}(?:©\s?)?(?:\d{4}(?:\s?[-–]\s?\d{2,4})?,?\s)?(?:by )?([^\d|,.;:\n]{3,80})", re.I
)
NOT_NAMES = re.compile(r"all rights|alle rechte|tous droits|todos los", re.IGNORECASE)
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier janv enero ene",
            "february feb februar février févr fevrier febrero",
            "march mar märz mrz mars marzo",
            "april apr avril avr abril abr",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet juil julio",
            "august aug août aout agosto ago",
            "september sep sept septembre septiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre decembre diciembre dic",
        ),
        1,
    )
    for name in names.split()
}
NUMERIC = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b|\b(\d{4})年(\d{1,2})月(\d{1,2})日")
DOTTED = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
DAY_FIRST = re.compile(r"\b(\d{1,2})(?:\.|er|st|nd|rd|th)?\s(?:de\s|of\s)?([^\W\d]{3,10})\.?,?\s(?:de\s)?(\d{4})\b")
MONTH_FIRST = re.compile(r"\b([^\W\d]{3,10})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})\b")


def title_in(lines: list[str]) -> str:
    """The first line, when it looks like a title: short, no sentence, no address, and more follows it."""
    if len(lines) < 2:
        return ""
    first = lines[0]
    is_sentence = first.endswith((".", ",", ";", ":")) and not first.endswith("...")
    return "" if len(first) > LONGEST_LINE or is_sentence or ADDRESS.fullmatch(first) or date_in(first) else first


def author_in(lines: list[str]) -> str:
    """The name in a line such as “By Ilse Varga, Eastquay”."""
    for line in lines[:FIRST_LINES]:
        found = AUTHOR.fullmatch(line) if len(line) <= LONGEST_LINE else None
        name = AUTHOR_END.split(found[1])[0] if found else ""
        if name and is_name(name):
            return name
    return ""


def is_name(words: str) -> bool:
    """Two to eight words that begin with capitals, little ones such as “and” or “van” apart."""
    parts = words.split()
    return (
        1 < len(parts) <= 8
        and not words.endswith((".", "!", "?"))
        and all(not part[0].islower() or len(part) <= 3 for part in parts)
        and parts[0][0].isupper()
    )


def date_line(lines: list[str]) -> date | None:
    """The first date in a short line around the story."""
    around = [*lines[:FIRST_LINES], *lines[FIRST_LINES:][-LAST_LINES:]]
    return next((found for line in around if len(line) <= LONGEST_LINE // 2 and (found := date_in(line))), None)


def date_in(line: str) -> date | None:
    """A whole date in words or figures; none where day and month could be mixed up, as in 3/4/2026."""
    if found := NUMERIC.search(line):
        return date_of(*(int(part) for part in found.groups() if part))
    if found := DOTTED.search(line):
        return date_of(int(found[3]), int(found[2]), int(found[1]))
    if found := DAY_FIRST.search(line):
        return date_of(int(found[3]), MONTHS.get(found[2].lower(), 0), int(found[1]))
    if found := MONTH_FIRST.search(line):
        return date_of(int(found[3]), MONTHS.get(found[1].lower(), 0), int(found[2]))
    return None


def date_of(year: int, month: int, day: int) -> date | None:
    """The date, if there is such a day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def address_in(lines: list[str]) -> str:
    """The address of a line that holds nothing else, but perhaps one word before it."""
    around = [*lines[:FIRST_LINES], *lines[FIRST_LINES:][-LAST_LINES:]]
    return next((found[1] for line in around if len(line) < 2000 and (found := ADDRESS.fullmatch(line))), "")


def publication_in(lines: list[str]) -> str:
    """Who holds the copyright, by one of the last lines."""
    for line in reversed(lines[-LAST_LINES:]):
        found = COPYRIGHT.search(line[:400])
        if found and not NOT_NAMES.search(found[1]):
            return found[1].strip(" -–—")
    return ""
