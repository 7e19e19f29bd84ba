"""What an importer finds in a file: blocks of text, where they stood, and what is known about the article."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

KINDS = ("heading", "paragraph", "list_item", "quotation", "caption")


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """One block in canonical characters. `group` names the part of the page it stood in; `kept` is the first tick.

    Groups in use: story, header, aside, footer (reports/draft_words.py has their names on screen).
    """

    kind: str
    text: str
    group: str = "story"
    kept: bool = True
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class DraftArticle:
    """Everything found in one file. `changes` counts what canonical characters cost, by kind of change."""

    blocks: tuple[SourceBlock, ...]
    title: str = ""
    publication: str = ""
    author: str = ""
    published: date | None = None
    address: str = ""
    language: str = ""
    warnings: tuple[str, ...] = ()
    changes: Mapping[str, int] = field(default_factory=dict)
