"""The gate: bytes become blocks of text, each parser in a limited child process; the only room that meets bleach."""

from annotator.importers.draft import DraftArticle, SourceBlock

__all__ = ["DraftArticle", "SourceBlock"]
