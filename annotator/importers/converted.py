"""HTML that our own converters made of a document becomes a draft: cleaned like any other, cut into blocks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from annotator.domain.text import canonical_text
from annotator.importers.draft import DraftArticle, SourceBlock
from annotator.importers.facts_in_text import address_in, author_in, date_line, publication_in, title_in
from annotator.importers.html_blocks import blocks_of
from annotator.importers.html_clean import clean_html
from annotator.importers.refusals import MOST_CHARACTERS, refusal

# A heading further down names a part of the article.
TITLE_AMONG = 3


def draft_of_html(
    html: str,
    *,
    title: str = "",
    author: str = "",
    published: date | None = None,
    address: str = "",
    language: str = "",
    warnings: Sequence[str] = (),
) -> DraftArticle:
    """The draft of a converter's HTML. What the text says of itself is believed before the document's properties."""
    canonical = canonical_text(html)
    blocks = blocks_of(clean_html(canonical.text))
    if sum(len(block.text) for block in blocks) > MOST_CHARACTERS:
        raise refusal("too_long")
    lines = lines_of(blocks)
    blocks = with_title(blocks, title)
    return DraftArticle(
        blocks=tuple(blocks),
        title=next((block.text for block in blocks if block.is_title), title),
        publication=publication_in(lines),
        author=author_in(lines) or author,
        published=date_line(lines) or published,
        address=address_in(lines) or address,
        language=language,
        warnings=tuple(warnings),
        changes=canonical.changes,
    )


def lines_of(blocks: Sequence[SourceBlock]) -> list[str]:
    """The lines of all blocks."""
    return [line for block in blocks for line in block.text.split("\n")]


def with_title(blocks: list[SourceBlock], title: str) -> list[SourceBlock]:
    """The blocks with one marked as the title: the words given, else the first heading, else a first line like one."""
    first = blocks[:TITLE_AMONG]
    at = next((number for number, block in enumerate(first) if block.text.casefold() == title.casefold()), None)
    if at is None:
        at = next((number for number, block in enumerate(first) if block.kind == "heading"), None)
    if at is None:
        is_line = bool(blocks) and blocks[0].kind == "paragraph" and title_in(lines_of(blocks)) == blocks[0].text
        at = 0 if is_line else None
    if at is not None:
        blocks[at] = replace(blocks[at], kind="heading", is_title=True)
    return blocks
