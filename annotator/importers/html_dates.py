"""Dates as pages write them, in their data and under their headlines."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate

MONTHS = {
    1: "jan january janvier janv januar jänner enero ene gennaio gen janeiro januari января يناير",
    2: "feb february février févr fév februar febrero febbraio fevereiro fev februari февраля فبراير",
    3: "mar march mars märz marzo março maart марта مارس",
    4: "apr april avril avr abril abr aprile апреля أبريل ابريل",
    5: "may mai mayo maggio mag maio mei maj мая مايو",
    6: "jun june juin juni junio giugno giu junho июня يونيو",
    7: "jul july juillet juil juli julio luglio lug julho июля يوليو",
    8: "aug august août agosto ago augustus augusti августа أغسطس",
    9: "sep sept september septembre septiembre settembre set setembro сентября سبتمبر",
    10: "oct okt october octobre oktober octubre ottobre ott outubro out октября أكتوبر",
    11: "nov november novembre noviembre novembro ноября نوفمبر",
    12: "dec dez december décembre déc dezember diciembre dic dicembre dezembro decembre декабря ديسمبر",
}
NUMBER_OF = {name: number for number, written in MONTHS.items() for name in written.split()}
YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-/.]\s?|年\s?)(\d{1,2})(?:[-/.]\s?|月\s?)(\d{1,2})(?!\d)")
COMPACT = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d\d)(?!\d)")
DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:\.|er|st|nd|rd|th)?\s(?:de\s)?([^\W\d_]{3,10})\.?,?\s(?:de\s)?((?:19|20)\d\d)(?!\d)"
)
MONTH_DAY = re.compile(r"([^\W\d_]{3,10})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s((?:19|20)\d\d)(?!\d)")
SECONDS = re.compile(r"^\d{9,10}(?:\d{3})?$")
LONGEST = 300


def date_of(text: str) -> date | None:
    """The first date in a text: numbers in an order that leaves no doubt, or a day with the name of its month."""
    text = " ".join(text[:LONGEST].split())
    return from_numbers(text) or from_names(text) or from_header(text) or from_seconds(text)


def from_numbers(text: str) -> date | None:
    """2026-03-06, 2026/3/6, 20260306, 6.3.2026; but 3/6/2026 is two days in two countries, and no date here."""
    if found := YEAR_FIRST.search(text) or COMPACT.search(text):
        return day(found[1], found[2], found[3])
    if found := DAY_FIRST.search(text):
        return day(found[3], found[2], found[1])
    return None


def from_names(text: str) -> date | None:
    """6 March 2026, March 6, 2026, 6. März 2026, 6 de marzo de 2026."""
    for found in DAY_MONTH.finditer(text):
        if month := NUMBER_OF.get(found[2].lower()):
            return day(found[3], month, found[1])
    for found in MONTH_DAY.finditer(text):
        if month := NUMBER_OF.get(found[1].lower()):
            return day(found[3], month, found[2])
    return None


def from_header(text: str) -> date | None:
    """Fri, 6 Mar 2026 12:00:00 GMT."""
    found = parsedate(text) if text[:1].isalpha() else None
    return day(*found[:3]) if found else None


def from_seconds(text: str) -> date | None:
    """Seconds or thousandths since 1970."""
    if not SECONDS.match(text):
        return None
    moment = datetime.fromtimestamp(int(text[:10] if len(text) > 10 else text), tz=UTC)
    return moment.date()


def day(year: str | int, month: str | int, number: str | int) -> date | None:
    """The day, if the calendar has it."""
    try:
        found = date(int(year), int(month), int(number))
    except ValueError:
        return None
    return found if 1800 <= found.year <= 2200 else None
