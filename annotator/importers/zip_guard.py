"""A ZIP archive is looked over before any parser meets it: how many parts, how big, how packed, and what they hold."""

import io
import lzma
import re
import stat
import zipfile
import zlib

from annotator.importers.refusals import refusal

MOST_PARTS = 2_000
MOST_UNPACKED = 50 * 1024 * 1024
MOST_RATIO = 100
# A small part may be all blanks; what unpacks to less than this is no bomb.
SMALL = 1024 * 1024
STEP = 64 * 1024
MARKUP = (".xml", ".rels")
ENCODING = re.compile(rb"""\A[^>]{0,200}?encoding\s?=\s?["']([\w.-]{1,40})["']""")
UNREADABLE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, OSError, RuntimeError,
)  # fmt: skip
ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1"}


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of an archive by name; RuleError for one that is broken, locked, packed like a bomb or unsafe."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            check_listed(parts)
            return read_parts(archive, parts)
    except UNREADABLE as error:
        raise refusal("broken") from error


def check_listed(parts: list[zipfile.ZipInfo]) -> None:
    """What the archive says about itself."""
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise refusal("bomb")
    if any(part.flag_bits & 1 for part in parts):
        raise refusal("protected")
    if any("vbaproject" in part.filename.lower() for part in parts):
        raise refusal("macros")
    names = [part.filename for part in parts]
    if any(stat.S_ISLNK(part.external_attr >> 16) for part in parts) or len(names) != len(set(names)):
        raise refusal("unsafe")


def read_parts(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Every part, counted while it is unpacked: what an archive says about sizes may be a lie."""
    found = {}
    left = MOST_UNPACKED
    for part in parts:
        words = read_part(archive, part, left)
        left -= len(words)
        if part.filename.lower().endswith(MARKUP):
            check_markup(words)
        found[part.filename] = words
    return found


def read_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> bytes:
    """One part, as far as it stays within `left` bytes and the ratio that is allowed."""
    most = min(left, max(SMALL, MOST_RATIO * part.compress_size))
    pieces = []
    with archive.open(part) as opened:
        while piece := opened.read(STEP):
            most -= len(piece)
            if most < 0:
                raise refusal("bomb")
            pieces.append(piece)
    return b"".join(pieces)


def check_markup(words: bytes) -> None:
    """No document type and no entities, in whatever encoding, for they can grow or fetch; no odd encodings either."""
    plain = words.replace(b"\x00", b"").upper()
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise refusal("unsafe")
    named = ENCODING.match(words.replace(b"\x00", b"")[:300])
    if named and named[1].lower() not in ENCODINGS:
        raise refusal("unsafe")
