"""Points for a grade book: for handing in, and where a teacher wants it for the match with the key. Nothing else earns.

Agreement with classmates never does: it would pay for reading like everybody.
"""

from collections.abc import Iterable

NOT_STARTED, OPEN, SUBMITTED, COLLECTED = "not_started", "open", "submitted", "collected"


def status_of_all(statuses: Iterable[str]) -> str:
    """One word for a reader's articles in one round: handed in only where each is, not started only where none is.

    Otherwise `open` while one is still read, and `collected` where the rest was taken in or never begun.
    """
    found = set(statuses)
    if len(found) == 1:
        return found.pop()
    return OPEN if OPEN in found else COLLECTED


def points(*, most: int, for_key: int, handed_in: int, assigned: int, key_f1: float | None, has_key: bool) -> float:
    """(most - for_key) * handed_in / assigned + for_key * key_f1.

    `key_f1` is that of the latest round, 0 where it is None; without a key there is nothing to match, and all points
    are for handing in. 0 where nothing was assigned.
    """
    if not assigned:
        return 0.0
    part = for_key if has_key else 0
    return (most - part) * handed_in / assigned + part * (key_f1 or 0.0)


def as_written(value: float) -> str:
    """At most two decimals, none that is an idle 0: 10, 8.5, 8.33."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
