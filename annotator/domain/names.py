"""Names and titles as people type them, made fit for one line on a screen and for every database."""

from annotator.domain.text import canonical_text


def one_line(typed: str) -> str:
    """The name on one line, single spaces, no NUL or control; empty where nothing of it could be seen."""
    name = " ".join(canonical_text(typed).text.split())
    return name if any(letter.isprintable() for letter in name) else ""
