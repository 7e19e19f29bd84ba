"""Files that want to harm their reader, made by code."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.importers.documents import W, archive, docx, paragraph, pdf, with_table

PLAIN = paragraph("It is late, said the pilot of the ferry.")
MEGABYTE = 1024 * 1024
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f"]><w:document {W}><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>"
)


def with_parts(**changes: bytes | str) -> bytes:
    """A good Word document with further parts, or others in place of its own."""
    with zipfile.ZipFile(io.BytesIO(docx(PLAIN))) as good:
        parts: dict[str, str | bytes] = {name: good.read(name) for name in good.namelist()}
    return archive(parts | {name.replace("__", "/").replace("_xml", ".xml"): words for name, words in changes.items()})


def flagged(content: bytes, flag: int) -> bytes:
    """An archive whose every part claims a flag, such as 1 for locked."""
    found = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = found.find(mark)
        while at >= 0:
            found[at + place] |= flag
            at = found.find(mark, at + 4)
    return bytes(found)


def lying(content: bytes, size: int) -> bytes:
    """An archive that says of every part that it unpacks to `size` bytes."""
    found = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = found.find(mark)
        while at >= 0:
            found[at + place : at + place + 4] = struct.pack("<I", size)
            at = found.find(mark, at + 4)
    return bytes(found)


def linked() -> bytes:
    """An archive with a symbolic link in it."""
    written = io.BytesIO(docx(PLAIN))
    with zipfile.ZipFile(written, "a") as file:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "/etc/passwd")
    return written.getvalue()


def many_parts(count: int) -> bytes:
    """An archive of so many empty parts."""
    return archive({f"word/{number}.xml": b"" for number in range(count)}, zipfile.ZIP_STORED)


def nested() -> bytes:
    """Archives in archives, each packing the one before well."""
    inside = archive({"a.xml": bytes(8 * MEGABYTE)})
    for _ in range(4):
        inside = archive({f"word/{number}.xml": inside for number in range(8)})
    return inside


def self_referring_pdf() -> bytes:
    """Pages that are their own parents, and a content stream that draws itself."""
    return with_table(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [2 0 R 2 0 R 3 0 R] /Count 3 /Parent 2 0 R >>",
            "<< /Type /Page /Parent 2 0 R /Resources << /XObject << /X 4 0 R >> >> /Contents 4 0 R >>",
            "<< /Type /XObject /Subtype /Form /Resources << /XObject << /X 4 0 R >> >> /Length 5 >>\n"
            "stream\n/X Do\nendstream",
            "<< >>",
        ]
    )


def pdf_bomb() -> bytes:
    """A page of a hundred megabytes of letters in a hundred kilobytes."""
    packed = zlib.compress(zlib.compress(b"(It is late) Tj " * (6 * MEGABYTE), 9), 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
        b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%b\nendstream" % (len(packed), packed),
        b"<< >>",
    ]
    written, places = b"%PDF-1.4\n", []
    for number, words in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, words)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + b"xref\n0 6\n0000000000 65535 f \n%btrailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(written),
    )


def deep_page(depth: int) -> bytes:
    """A page whose elements stand in each other."""
    return b"<html><body>" + b"<div><b>" * depth + b"late" + b"</b></div>" * depth + b"</body></html>"


def deep_document(depth: int) -> bytes:
    """A Word document whose tables stand in each other."""
    return docx("<w:tbl><w:tr><w:tc>" * depth + PLAIN + "</w:tc></w:tr></w:tbl>" * depth)


def good_files() -> dict[str, bytes]:
    """One good file of each kind, to be spoiled."""
    lines = [(60.0, 700.0 - 10 * number, 8.0, f"The ferry is late again, line {number}.") for number in range(30)]
    page = "<html><head><title>Late</title></head><body><article><h1>Late</h1>" + "<p>It is late.</p>" * 30
    return {
        "a.docx": docx(PLAIN * 20 + paragraph("one", number=(1, 0)) * 3),
        "a.pdf": pdf([lines, lines], info="/Title (Late)"),
        "a.html": page.encode(),
        "a.md": b"# Late\n\n> It is *late*.\n\n1. one\n2. two\n\n" * 20,
        "a.txt": "Late\r\n\r\nIt is “late”.\r\n".encode() * 30,
    }


def spoiled(seed: int) -> tuple[str, bytes]:
    """A good file with some of its bytes changed, doubled, cut or moved; the same for the same seed."""
    chance = random.Random(seed)
    name, content = chance.choice(sorted(good_files().items()))
    found = bytearray(content)
    for _ in range(chance.choice([1, 3, 10, 100])):
        spoil(found, chance)
    return name, bytes(found)


def spoil(found: bytearray, chance: random.Random) -> None:
    """One change in place."""
    at = chance.randrange(len(found) + 1)
    length = chance.choice([1, 1, 4, 40, 400])
    way = chance.randrange(5)
    if way == 0:
        found[at : at + length] = chance.randbytes(length)
    elif way == 1:
        del found[at : at + length]
    elif way == 2:
        found[at:at] = found[at : at + length] * chance.choice([1, 2, 50])
    elif way == 3:
        found[at:at] = chance.choice(
            [b"\x00", b"<", b"&", b"\xff\xfe", b"/Kids [2 0 R]", b"9999999999", b"\xd8\x00", b"<!--"]
        )
    elif at < len(found):
        found[at] ^= 1 << chance.randrange(8)


def bombs() -> Iterator[tuple[str, str, bytes, str]]:
    """(what it is, its name, its bytes, the code of its refusal or nothing where it may be read)."""
    yield "billion laughs", "a.docx", with_parts(word__document_xml=LAUGHS), "unsafe"
    yield "billion laughs in UTF-16", "a.docx", with_parts(word__document_xml=LAUGHS.encode("utf-16")), "unsafe"
    yield "entities in a side part", "a.docx", with_parts(word__styles_xml=LAUGHS), "unsafe"
    odd = f'<?xml version="1.0" encoding="cp037"?><w:document {W}/>'
    yield "an odd encoding", "a.docx", with_parts(word__document_xml=odd), "unsafe"
    yield "60,000 parts", "a.docx", many_parts(60_000), "bomb"
    yield "a part of blanks", "a.docx", with_parts(word__media=bytes(40 * MEGABYTE)), "bomb"
    yield "sizes that say too much", "a.docx", lying(docx(PLAIN), 2**31), "bomb"
    yield "sizes that say too little", "a.docx", lying(with_parts(word__media=bytes(20 * MEGABYTE)), 100), "broken"
    yield "archives in archives", "a.docx", nested(), "mismatch"
    yield "a locked part", "a.docx", flagged(docx(PLAIN), 1), "protected"
    yield "a link", "a.docx", linked(), "unsafe"
    yield "macros", "a.docx", with_parts(word__vbaProject_bin="x"), "macros"
    yield "another archive", "a.docx", archive({"mimetype": "application/epub+zip"}), "mismatch"
    yield "half an archive", "a.docx", docx(PLAIN)[:900], "broken"
    yield "tables in tables", "a.docx", deep_document(3000), "broken"
    yield "a PDF that holds itself", "a.pdf", self_referring_pdf(), "broken"
    yield "a PDF that unpacks to a hundred megabytes", "a.pdf", pdf_bomb(), "no_text"
    yield "a PDF of nothing", "a.pdf", b"%PDF-1.7\n%%EOF", "broken"
    yield "a page 20,000 deep", "a.html", deep_page(20_000), "too_deep"
    yield "a page of brackets", "a.html", b"<" * (2 * MEGABYTE), "too_big"
    yield "a text that is too long", "a.txt", b"late " * (MEGABYTE // 2), "too_long"
    yield "lists in lists", "a.md", b"".join(b" " * number + b"- x\n" for number in range(1000)), ""
    yield "quotes in quotes", "a.md", b">" * 100_000 + b" late", ""
    yield "links in links", "a.md", b"[" * 50_000 + b"](x)" * 10_000, ""
    yield "many stars", "a.md", b"*a_" * 100_000, ""
