"""Plain text, from a file or pasted: blocks part at blank lines, and every visible character is kept."""

from annotator.domain.draft_blocks import paragraphs
from annotator.domain.errors import gettext_noop
from annotator.domain.text import canonical_text
from annotator.importers.draft import DraftArticle, SourceBlock
from annotator.importers.encodings import decoded
from annotator.importers.facts_in_text import address_in, author_in, date_line, publication_in, title_in
from annotator.importers.refusals import MOST_CHARACTERS, refusal

ONE_BLOCK = gettext_noop(
    "The text has no blank lines, so it became one block. Open the block to split it where a paragraph begins."
)
# As many lines without a blank one among them are hardly one paragraph.
MANY_LINES = 6


def read_text(content: bytes) -> DraftArticle:
    """A .txt file."""
    raw, warnings = decoded(content)
    return draft_of(raw, warnings)


def read_characters(raw: str) -> DraftArticle:
    """A pasted text."""
    return draft_of(raw, [])


def draft_of(raw: str, warnings: list[str]) -> DraftArticle:
    """The draft of a text, the same by file and by paste."""
    canonical = canonical_text(raw)
    if len(canonical.text) > MOST_CHARACTERS:
        raise refusal("too_long")
    texts = paragraphs(canonical.text)
    if not texts:
        raise refusal("no_text")
    lines = [line.strip() for text in texts for line in text.split("\n")]
    title = title_in(lines)
    blocks = [SourceBlock("paragraph", text) for text in texts]
    if title == texts[0]:
        blocks[0] = SourceBlock("heading", title, is_title=True)
    return DraftArticle(
        blocks=tuple(blocks),
        title=title,
        publication=publication_in(lines),
        author=author_in(lines),
        published=date_line(lines),
        address=address_in(lines),
        warnings=tuple([*warnings, ONE_BLOCK] if len(texts) == 1 and len(lines) > MANY_LINES else warnings),
        changes=canonical.changes,
    )
