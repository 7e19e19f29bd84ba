"""Markdown: rendered by markdown-it, cleaned, cut. Tags written into it are words like others."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from annotator.importers.converted import draft_of_html
from annotator.importers.draft import DraftArticle
from annotator.importers.encodings import decoded
from annotator.importers.facts_in_text import date_in
from annotator.importers.refusals import MOST_CHARACTERS, refusal

# The lines between two rows of dashes that many programs write above a text.
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,10000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
FIELD = re.compile(r"(\w{1,30}):[ \t]+(.{1,2000})")


def read_markdown(content: bytes) -> DraftArticle:
    """A .md file. A line break in a paragraph is a space, as everywhere in Markdown; lists keep their numbers."""
    raw, warnings = decoded(content)
    if len(raw) > MOST_CHARACTERS:
        raise refusal("too_long")
    source = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = FRONT_MATTER.match(source)
    fields = fields_of(front[1]) if front else {}
    html = rendered(source[front.end() :] if front else source)
    return draft_of_html(
        html,
        title=fields.get("title", ""),
        author=fields.get("author", ""),
        published=date_in(fields.get("date", "")),
        address=fields.get("url", "") or fields.get("source", ""),
        language=fields.get("lang", "") or fields.get("language", ""),
        warnings=warnings,
    )


def rendered(source: str) -> str:
    """The HTML, with the numbers of numbered lists written out."""
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    tokens = reader.parse(source)
    counts: list[int | None] = []
    for place, token in enumerate(tokens):
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            counts.append(int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            counts.pop()
        elif token.type == "list_item_open" and counts[-1] is not None:
            number_item(tokens[place + 1 : place + 3], f"{counts[-1]}{token.markup} ")
            counts[-1] += 1
    return str(reader.renderer.render(tokens, reader.options, {}))


def number_item(following: list[Token], words: str) -> None:
    """Put a number before the words of an item that begins with a paragraph."""
    if len(following) == 2 and following[0].type == "paragraph_open" and following[1].children is not None:
        following[1].children.insert(0, Token("text", "", 0, content=words))


def fields_of(front: str) -> dict[str, str]:
    """The simple lines of front matter, without quotes."""
    found = (FIELD.fullmatch(line.strip()) for line in front.split("\n"))
    return {each[1].lower(): each[2].strip().strip("\"'") for each in found if each}
