"""What kind of file it is, by its name and its first bytes, which must agree; refusals that need no parser."""

from annotator.importers.refusals import refusal

MOST_BYTES = 10 * 1024 * 1024

ENDINGS = {
    "docx": "docx",
    "htm": "html",
    "html": "html",
    "markdown": "markdown",
    "md": "markdown",
    "pdf": "pdf",
    "text": "text",
    "txt": "text",
    "xhtml": "html",
}
ARCHIVE_ENDINGS = {"mht", "mhtml", "webarchive", "maff"}
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The stream that holds a Word file locked with a password; OLE writes names in UTF-16.
LOCKED = "EncryptedPackage".encode("utf-16-le")
# Only marks with which no text begins: “BM” would refuse the news about BMW.
BINARY = (
    *(b"\x89PNG", b"GIF89a", b"GIF87a", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"\x1f\x8b", b"7z\xbc\xaf"),
    *(b"\xfd7zXZ", b"\x7fELF", b"{\\rtf", b"bplist"),
)
# A page saved with its pictures in one file begins like a letter.
PARTED = b"multipart/related"
WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
# A text holds hardly any control characters; a picture or program is full of them.
CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r\x0c\x1b")
MOST_CONTROL = 0.05


def kind_of_file(filename: str, content: bytes) -> str:
    """docx, html, markdown, pdf or text; RuleError for every other kind, an empty file and one that is too big."""
    if not content:
        raise refusal("empty")
    if len(content) > MOST_BYTES:
        raise refusal("too_big")
    ending = filename.rpartition(".")[2].lower() if "." in filename else ""
    if ending in ARCHIVE_ENDINGS:
        raise refusal("web_archive")
    inside = kind_inside(content)
    if inside == "ole":
        raise refusal(
            ("protected" if LOCKED in content else "old_word") if ending in {"doc", "docx"} else "unknown_type"
        )
    if ending not in ENDINGS:
        raise refusal("unknown_type")
    return agreed(ENDINGS[ending], inside)


def agreed(named: str, inside: str) -> str:
    """The kind that both name and content say; else a refusal."""
    if inside == "web archive" and named in {"html", "text"}:
        raise refusal("web_archive")
    if (named if named in {"docx", "pdf"} else "text") != inside:
        raise refusal("mismatch")
    return named


def kind_inside(content: bytes) -> str:
    """What the bytes say: docx for any ZIP archive, pdf, ole, web archive, text, or other."""
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(OLE):
        return "ole"
    if content.startswith(ZIP):
        return "docx"
    if content.startswith(BINARY) or is_binary(content):
        return "other"
    start = content[:2000]
    return "web archive" if b"MIME-Version:" in start and PARTED in start else "text"


def is_binary(content: bytes) -> bool:
    """Whether this is no text in any encoding: UTF-16 and UTF-32 are known by their marks."""
    if content.startswith(WIDE_BOMS):
        return False
    sample = content[:65536]
    return len(sample) - len(sample.translate(None, CONTROL)) > MOST_CONTROL * len(sample)
