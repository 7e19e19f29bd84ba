"""Codes that people copy from a board or a card: no character in them looks like another."""

import unicodedata

# 31 characters: digits and capitals without 0 O 1 I L. 31^8 is about 850,000 million, 31^6 about 890 million.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
DOOR_LENGTH = 8
RESUME_LENGTH = 6
# Longer than anything a person would type for a code; the rest is not looked at.
MOST_TYPED = 40


def code_typed(typed: str, length: int) -> str:
    """The code somebody typed, in any case, with or without dashes and spaces; empty where it can be none."""
    plain = unicodedata.normalize("NFKC", typed[:MOST_TYPED]).upper()
    code = "".join(each for each in plain if each.isalnum())
    return code if len(code) == length and all(each in LETTERS for each in code) else ""


def code_shown(code: str) -> str:
    """With a dash in the middle, as it is shown and read out: K7MQ-4XDP, T4W-9RX."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"
