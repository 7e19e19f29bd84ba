"""The gate: bytes become blocks of text, each parser in a limited child process; the only room that meets bleach."""

from annotator.importers.draft import DraftArticle, SourceBlock
from annotator.importers.intake import read_article, read_pasted

__all__ = ["DraftArticle", "SourceBlock", "read_article", "read_pasted"]
