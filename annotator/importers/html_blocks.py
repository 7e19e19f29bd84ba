"""Cleaned HTML becomes blocks; every importer that goes through HTML ends here."""

from lxml.html import document_fromstring

from annotator.importers.draft import SourceBlock
from annotator.importers.html_leaves import leaves_of


def blocks_of(html: str) -> list[SourceBlock]:
    """The blocks of cleaned HTML in page order, all kept and in the story.

    White space of the source is one space (U+00A0 stays), `<br>` a line break, two of them the end of a block; a row of
    a table with short cells is one block. Text that stands directly in a container is a block like any other.
    """
    if not html.strip():
        return []
    body = document_fromstring(f"<!DOCTYPE html><html><body>{html}</body></html>").find("body")
    return [SourceBlock(kind=leaf.kind, text=leaf.text) for leaf in leaves_of(body)]
