"""Bytes of a page become characters: byte order mark, declared charset, UTF-8, and a guess as the last resort."""

import codecs
import re
from html import unescape

from charset_normalizer import from_bytes

from annotator.domain.errors import gettext_noop

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Where browsers look for a declaration; some saved pages have long comments before it.
DECLARED_WITHIN = 16_384
DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^<>]{0,500}?\b(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.I
)
# What pages mean who say this: the standard reads these names as their supersets.
MEANT = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    # A page that declares UTF-16 in ASCII letters is not in UTF-16.
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
}
# Encodings of a byte to a letter: they read UTF-8 without an error, as nonsense.
ONE_BYTE = ("cp125", "iso-8859", "iso8859", "windows-125", "koi8", "cp874", "mac")
SAMPLE = 200_000
GUESSED = gettext_noop("This file does not say how its letters are encoded. Check that accented letters look right.")
REPLACED = gettext_noop("Some characters of this file could not be read; they show as �.")


def decode_page(data: bytes) -> tuple[str, str]:
    """The characters of a page, and a warning or nothing."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return decoded(data[len(mark) :], encoding)
    encodings = [*declared(data), "utf-8"]
    if encodings[0].startswith(ONE_BYTE) and not data.isascii():
        # Such a page is nearly always served with a header that says so, and then saved without the header.
        encodings.reverse()
    for encoding in encodings:
        text = strictly(data, encoding)
        if text is not None:
            return text, ""
    return guessed(data, declared(data)[0] if declared(data) else "utf-8")


def declared(data: bytes) -> list[str]:
    """The encoding that the page names for itself, if it is one of text."""
    found = DECLARED.search(data[:DECLARED_WITHIN])
    if not found:
        return []
    name = unescape(found[1].decode("ascii", "replace")).lower()
    name = MEANT.get(name, name)
    return [name] if is_text_encoding(name) else []


def is_text_encoding(name: str) -> bool:
    """Whether Python knows the name as an encoding of text that a page may use."""
    try:
        found = codecs.lookup(name)
    except LookupError:
        return False
    return bool(getattr(found, "_is_text_encoding", True)) and found.name not in {
        "idna",
        "punycode",
        "utf-7",
        "undefined",
    }


def strictly(data: bytes, encoding: str) -> str | None:
    """The characters, or nothing where a byte does not fit."""
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def decoded(data: bytes, encoding: str) -> tuple[str, str]:
    """The characters in a known encoding; bytes that do not fit become U+FFFD, with a warning."""
    text = data.decode(encoding, "replace")
    return text, REPLACED if "\ufffd" in text and strictly(data, encoding) is None else ""


def guessed(data: bytes, first: str) -> tuple[str, str]:
    """No encoding fits every byte: a few bad bytes are replaced, otherwise the letters are guessed."""
    text = data.decode(first, "replace")
    if text.count("\ufffd") * 100 < sum(byte > 127 for byte in data):
        return text, REPLACED
    best = from_bytes(data[:SAMPLE]).best()
    return data.decode(best.encoding if best else "cp1252", "replace"), GUESSED
