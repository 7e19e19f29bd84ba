"""The names of files that leave: made here, from an exercise's title and the kind of file."""

import re
import unicodedata
from urllib.parse import quote

LONGEST = 60
# What no file name should hold on any system: separators, reserved marks, and characters that draw nothing.
UNFIT = re.compile(r'[\\/:*?"<>|.\s]+')


def ascii_name(title: str, file: str) -> str:
    """A name of ASCII letters, digits and hyphens, such as who-says-so_spans.csv."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower())[:LONGEST].strip("-")
    return f"{slug or 'exercise'}_{file}"


def full_name(title: str, file: str) -> str:
    """The same in the title's own script, without control and formatting characters."""
    visible = "".join(" " if unicodedata.category(each)[0] in "CZ" else each for each in title)
    words = UNFIT.sub(" ", visible)[:LONGEST].strip()
    return f"{words or 'exercise'}_{file}"


def content_disposition(title: str, file: str) -> str:
    """The header of a download (RFC 6266): the ASCII name, and for newer browsers the full one."""
    full = quote(full_name(title, file), safe="")
    return f"attachment; filename=\"{ascii_name(title, file)}\"; filename*=UTF-8''{full}"
