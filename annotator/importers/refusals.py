"""The sentences with which a file is refused: what is wrong with it, and what to do instead."""

from annotator.domain.errors import RuleError, gettext_noop

MOST_CHARACTERS = 1_000_000

SENTENCES = {
    "empty": gettext_noop("This file is empty. Choose another one, or paste the text."),
    "too_big": gettext_noop(
        "That is more than 10 MB, so nothing was stored. Save the page without pictures, or paste the text."
    ),
    "unknown_type": gettext_noop(
        "This kind of file cannot be read here. Save it as .docx, .pdf, .html, .md or .txt, or paste the text."
    ),
    "mismatch": gettext_noop(
        "What is inside this file is not what its name says. Look whether it is the right one, or paste the text."
    ),
    "old_word": gettext_noop("This is an old Word file. Open it in Word, save it as .docx, and choose that one."),
    "web_archive": gettext_noop(
        "This page was saved as a web archive. Save it once more as “Webpage, HTML only”, or paste the text."
    ),
    "protected": gettext_noop(
        "This file is locked with a password. Save a copy that opens without one, or paste the text."
    ),
    "macros": gettext_noop("This document holds macros, so it was not opened. Save it as a plain .docx, without them."),
    "bomb": gettext_noop(
        "This file unpacks to far more than an article, so it was not opened. Save it again without pictures, "
        "or paste the text."
    ),
    "unsafe": gettext_noop(
        "This file holds parts that no article needs, so it was not opened. Open it in the program it comes from, "
        "save it again, or paste the text."
    ),
    "broken": gettext_noop(
        "This file seems to be damaged: nothing could be read from it. Open it in the program it comes from, save it "
        "again, or paste the text."
    ),
    "too_heavy": gettext_noop(
        "This file took too long to read, so nothing was stored. Save it again without pictures, or paste the text."
    ),
    "too_many_pages": gettext_noop(
        "This PDF has more than 200 pages. Save the pages of the article as a PDF of their own, or paste the text."
    ),
    "too_long": gettext_noop(
        "This text is too long: an article holds at most 1,000,000 characters. Choose a part of it."
    ),
    "no_text": gettext_noop("No text was found in this file. Choose another one, or paste the text."),
    "scan": gettext_noop(
        "No text found. Is this a scan? Then it holds only pictures of words: paste the text instead."
    ),
    "busy": gettext_noop("Other files are being read at this moment. Wait a few seconds, then try again."),
}


def refusal(code: str) -> RuleError:
    """The refusal of that name, to be raised."""
    return RuleError(SENTENCES[code], code="no_text" if code == "scan" else code)
