"""What changed between two wordings: the words that stayed, came and went."""

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Words:
    """Some words in a row; `kind` is "same", "added" or "removed"."""

    kind: str
    text: str


def word_changes(before: str, after: str) -> tuple[Words, ...]:
    """The new wording with what went out of the old one in its place; nothing twice in a row of the same kind."""
    old, new = before.split(), after.split()
    found: list[Words] = []
    for kind, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Words("same", " ".join(new[new_start:new_end])))
            continue
        if old_end > old_start:
            found.append(Words("removed", " ".join(old[old_start:old_end])))
        if new_end > new_start:
            found.append(Words("added", " ".join(new[new_start:new_end])))
    return tuple(found)
