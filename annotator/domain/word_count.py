"""How many words a text has: the number on the screens, and what reading time is estimated from."""

import re

# Scripts written without spaces: two of their characters make about one word.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
)

WORDS_A_MINUTE = 200
# Marking is slower: about what a class of fourteen-year-olds manages.
WORDS_MARKED_A_MINUTE = 35
# More than this is long for one lesson.
LESSON_WORDS = 450


def word_count(text: str) -> int:
    """What stands between white space and holds a letter or digit; without spaces, half the characters."""
    spaced, unspaced = UNSPACED.subn(" ", text)
    words = sum(any(map(str.isalnum, word)) for word in spaced.split())
    return words + (unspaced + 1) // 2


def minutes_to_read(words: int) -> int:
    """Whole minutes, at least one; half a minute counts as one more, as in the page's script."""
    return max(1, (words + WORDS_A_MINUTE // 2) // WORDS_A_MINUTE)


def minutes_to_mark(words: int) -> int:
    """Whole minutes for reading and tagging, at least one."""
    return max(1, round(words / WORDS_MARKED_A_MINUTE))
