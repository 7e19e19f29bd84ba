"""PDF files, read by pypdf: lines of print become paragraphs, running heads and page numbers are left out."""

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from annotator.domain.errors import gettext_noop
from annotator.domain.text import canonical_text
from annotator.importers.converted import lines_of
from annotator.importers.draft import DraftArticle, SourceBlock
from annotator.importers.facts_in_text import address_in, author_in, date_line, publication_in
from annotator.importers.pdf_lines import Line, page_lines, parted_heads
from annotator.importers.pdf_paragraphs import blocks_of_lines
from annotator.importers.refusals import MOST_CHARACTERS, refusal

MOST_PAGES = 200
TITLE_AMONG, SHORT_TITLE = 40, 15
# What a damaged page makes a parser raise; a page that takes too long or too much ends the whole child instead.
PAGE_ERRORS = (PyPdfError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
NOT_ALL = gettext_noop("Some pages of this PDF could not be read. Compare the text with the original.")
NO_LETTERS = gettext_noop("Some signs of this PDF say nothing about their letters, and show as boxes. Check them.")
# Letters of a program's own, which mean nothing anywhere else.
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
ADDRESS = re.compile(r"https?://\S{3,1900}")
# What prints a page tells the day of printing, not of the article.
PRINTERS = re.compile(r"mozilla|chrom|skia|safari|webkit|print to pdf|quartz", re.IGNORECASE)
FILE_NAME = re.compile(
    r"\A(?:microsoft word - |untitled|.{0,290}\.(?:docx?|pdf|indd|html?|qxd|tex|rtf|odt)\Z)", re.IGNORECASE
)


def read_pdf(content: bytes) -> DraftArticle:
    """A .pdf file of at most 200 pages with text in it."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not is_opened(reader):
        raise refusal("protected")
    if len(reader.pages) > MOST_PAGES:
        raise refusal("too_many_pages")
    pages, warnings = pages_of(reader)
    heads, text, feet = parted_heads(pages)
    if not any(line.text for line in text):
        raise refusal("broken" if warnings else "scan")
    blocks = [*folded(heads, "header"), *blocks_of_lines(text), *folded(feet, "footer")]
    if sum(len(block.text) for block in blocks) > MOST_CHARACTERS:
        raise refusal("too_long")
    return draft_of(reader, blocks, warnings)


def is_opened(reader: PdfReader) -> bool:
    """Whether a locked file opens without a password, as those do that only forbid copying or printing."""
    try:
        return bool(reader.decrypt(""))
    except (DependencyError, FileNotDecryptedError):
        return False


def pages_of(reader: PdfReader) -> tuple[list[list[Line]], list[str]]:
    """The lines of each page, and a warning where a page could not be read."""
    pages, missing = [], False
    for number in range(len(reader.pages)):
        try:
            pages.append(page_lines(reader.pages[number], number))
        except PAGE_ERRORS:
            missing = True
    return pages, [NOT_ALL] if missing else []


def folded(lines: Sequence[Line], group: str) -> list[SourceBlock]:
    """Running heads or feet, each once, left out until somebody ticks them."""
    texts = dict.fromkeys(line.text for line in lines)
    return [SourceBlock("paragraph", text, group=group, kept=False) for text in texts]


def draft_of(reader: PdfReader, blocks: list[SourceBlock], warnings: list[str]) -> DraftArticle:
    """The draft, with what the document says about itself where the text says nothing."""
    canonical = [canonical_text(block.text) for block in blocks]
    changes: Counter[str] = Counter()
    for each in canonical:
        changes.update(each.changes)
    blocks = [replace(block, text=each.text) for block, each in zip(blocks, canonical, strict=True)]
    story = [block for block in blocks if block.kept]
    lines = lines_of(story)
    if changes["nul"] or any(PRIVATE.search(block.text) for block in story):
        warnings = [*warnings, NO_LETTERS]
    title, author, published = properties(reader)
    blocks = with_title(blocks, title)
    return DraftArticle(
        blocks=tuple(blocks),
        title=next((block.text for block in blocks if block.is_title), title),
        publication=publication_in(lines),
        author=author_in(lines) or author,
        published=date_line(lines) or published,
        address=address_in(lines) or printed_address(blocks),
        language=language_of(reader),
        warnings=tuple(warnings),
        changes=dict(changes),
    )


def printed_address(blocks: Sequence[SourceBlock]) -> str:
    """The address that a browser printed above or below the page."""
    found = (ADDRESS.search(block.text) for block in blocks if not block.kept)
    return next((each[0] for each in found if each), "")


def with_title(blocks: list[SourceBlock], title: str) -> list[SourceBlock]:
    """The blocks with one marked as the title: the words given, else the first heading before the third paragraph."""
    kept = [number for number, block in enumerate(blocks[:TITLE_AMONG]) if block.kept]
    at = next((number for number in kept if is_title(blocks[number].text, title)), None)
    if at is None:
        begun = [number for number in kept if blocks[number].kind != "heading"][2:3]
        at = next((n for n in kept if blocks[n].kind == "heading" and (not begun or n < begun[0])), None)
    if at is not None:
        blocks = [*blocks[:at], replace(blocks[at], kind="heading", is_title=True), *blocks[at + 1 :]]
    return blocks


def is_title(text: str, title: str) -> bool:
    """Whether a block says what the properties give as title, to which browsers add the name of the site."""
    text, title = text.casefold(), title.casefold()
    return bool(title) and (text == title or (len(text) > SHORT_TITLE and title.startswith(text)))


def properties(reader: PdfReader) -> tuple[str, str, date | None]:
    """(title, author, day) of the document's own properties; a file's name is no title."""
    try:
        found = reader.metadata
        title, author = str((found and found.title) or ""), str((found and found.author) or "")
        made_by = f"{(found and found.creator) or ''} {(found and found.producer) or ''}"
        created = found.creation_date if found and not PRINTERS.search(made_by) else None
    except PAGE_ERRORS:
        return "", "", None
    title = "" if FILE_NAME.match(title) else title.strip()
    return title, author.strip(), created.date() if created else None


def language_of(reader: PdfReader) -> str:
    """The language the document declares."""
    try:
        return str(reader.root_object.get("/Lang", ""))
    except PAGE_ERRORS:
        return ""
