"""Whole numbers as addresses and forms write them."""


def whole_number(text: str, digits: int) -> int | None:
    """The number that `text` says in ASCII digits, so many at most; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None
