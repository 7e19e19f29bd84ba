"""What changed between two rounds of one reader, and whether it came nearer to the key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.changes import Change, apart, changes
from annotator.domain.spans import Span
from tests.domain.test_scoring import readings, spans

FIRST = spans((0, 10, "claim"), (20, 30, "opinion"), (40, 50, "attribution"))
KEY = spans((0, 10, "claim"), (20, 30, "claim"), (60, 70, "opinion"))


def copied(first: list[Span], **moved: Span) -> list[tuple[Span, Span]]:
    """A second round as a copy of the first, some highlights as `moved` has them (n1, n2 …), None for taken away."""
    now = [(moved.get(f"n{span.number}", span), span) for span in first]
    return [(span, origin) for span, origin in now if span is not None]


def test_a_copy_is_no_change() -> None:
    assert changes(FIRST, copied(FIRST), KEY) == ()


@pytest.mark.parametrize(
    ("second", "kind", "nearer"),
    [
        (copied(FIRST, n2=Span(20, 30, "claim", 5)), Change.LABEL, 1),
        (copied(FIRST, n1=Span(0, 10, "opinion", 5)), Change.LABEL, -1),
        (copied(FIRST, n1=Span(0, 12, "claim", 5)), Change.EDGES, -1),
        (copied(FIRST, n3=None), Change.REMOVED, 1),
        (copied(FIRST, n1=None), Change.REMOVED, -1),
        ([*copied(FIRST), (Span(60, 70, "opinion", 9), None)], Change.ADDED, 1),
        ([*copied(FIRST), (Span(80, 90, "opinion", 9), None)], Change.ADDED, -1),
        # Neither the old nor the new tag is the key's, and as many characters are amiss.
        (copied(FIRST, n3=Span(40, 50, "boilerplate", 5)), Change.LABEL, 0),
    ],
)
def test_one_change_is_told_with_its_direction(second: list, kind: Change, nearer: int) -> None:
    [found] = changes(FIRST, second, KEY)
    assert (found.kind, found.nearer) == (kind, nearer)


def test_without_a_key_a_change_has_no_direction() -> None:
    [found] = changes(FIRST, copied(FIRST, n1=None))
    assert found.nearer is None


def test_taken_away_and_marked_again_is_no_change() -> None:
    assert changes(FIRST, [*copied(FIRST, n1=None), (Span(0, 10, "claim", 9), None)]) == ()


def test_taken_away_and_marked_with_other_edges_is_one_change() -> None:
    [found] = changes(FIRST, [*copied(FIRST, n1=None), (Span(0, 14, "claim", 9), None)])
    assert (found.kind, found.before, found.after) == (Change.EDGES, FIRST[0], Span(0, 14, "claim", 9))


@given(readings(), readings(), st.booleans())
def test_no_change_means_the_same_highlights(first: list[Span], second: list[Span], has_key: bool) -> None:
    found = changes(first, [(span, None) for span in second], [] if has_key else None)
    extents = [{(span.start, span.end, span.label) for span in side} for side in (first, second)]
    assert (found == ()) == (extents[0] == extents[1])


@given(readings(), readings())
def test_the_direction_is_that_of_the_characters_amiss(first: list[Span], key: list[Span]) -> None:
    def amiss(side: list[Span]) -> int:
        cells = [{(at, span.label) for span in each for at in range(span.start, span.end)} for each in (side, key)]
        return len(cells[0] ^ cells[1])

    for gone in first:
        rest = [span for span in first if span != gone]
        found = [each for each in changes(first, [(span, span) for span in rest], key) if each.before == gone]
        assert [each.nearer for each in found] == [(amiss(first) > amiss(rest)) - (amiss(first) < amiss(rest))]
        assert apart(first, key) == amiss(first)
