"""The two ways in: a file and a pasted text. Both give a draft, or a RuleError with a sentence."""

from annotator.importers.draft import DraftArticle
from annotator.importers.kinds import kind_of_file
from annotator.importers.plain_text import read_characters
from annotator.importers.refusals import MOST_CHARACTERS, refusal
from annotator.importers.sandbox import read_in_child


def read_article(filename: str, content: bytes, *, person: str = "") -> DraftArticle:
    """What is found in an uploaded file, in at most 20 seconds; `person` reads one file at a time."""
    draft = read_in_child(kind_of_file(filename, content), content, person)
    return checked(draft)


def read_pasted(text: str) -> DraftArticle:
    """What is found in a pasted text. No parser is needed, so no child: it is only cut at its blank lines.

    Browsers send every line end of a form as CRLF; undoing that is no change of the text.
    """
    return checked(read_characters(text.replace("\r\n", "\n")))


def checked(draft: DraftArticle) -> DraftArticle:
    """A draft that can become an article: it has words, and not too many."""
    if not any(block.text for block in draft.blocks):
        raise refusal("no_text")
    if sum(len(block.text) + 2 for block in draft.blocks) - 2 > MOST_CHARACTERS:
        raise refusal("too_long")
    return draft
