"""Before and after: who is counted, which way changes went, and that rounds are never mixed."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from annotator.domain.errors import RuleError
from annotator.domain.scoring import key_f1
from annotator.domain.spans import Span as Extent
from annotator.models import Exercise, Membership, Phase, Reading, ReadingState
from annotator.reports.rounds import rounds
from tests import factories

pytestmark = pytest.mark.django_db

SUBMITTED = {"state": ReadingState.SUBMITTED, "submitted_at": factories.NOON}
# Six sentences, so that there is an interval.
TEXT = "One two three.\n\nFour five six.\n\nSeven eight.\n\nNine ten.\n\nEleven twelve.\n\nThirteen."


@pytest.fixture
def work() -> Exercise:
    room = factories.classroom(factories.teacher("rosa"))
    article = factories.article(factories.teacher(), text=TEXT, title="Numbers")
    return factories.exercise(room, [article], phase=Phase.WRAPPED_UP)


def mark(reading: Reading, quote: str, label: str = "claim", **fields: object) -> object:
    start = TEXT.index(quote)
    return factories.span(reading, start, start + len(quote), label, **fields)


def key(work: Exercise) -> Reading:
    made = factories.reading(work, work.classroom.memberships.get(is_teacher=True), round=0, is_key=True, **SUBMITTED)
    for quote in ("One two three.", "Seven eight.", "Thirteen."):
        mark(made, quote)
    return made


def reader(work: Exercise, *first: str) -> tuple[Membership, Reading, list]:
    member = factories.reader(work.classroom)
    reading = factories.reading(work, member, **SUBMITTED)
    return member, reading, [mark(reading, quote) for quote in first]


def second(work: Exercise, member: Membership, *origins: object, state: dict | None = None) -> Reading:
    made = factories.reading(work, member, round=2, **(SUBMITTED if state is None else state))
    for origin in origins:
        factories.span(made, origin.start, origin.end, origin.label.slug, copied_from=origin)
    return made


def test_only_who_finished_both_rounds_is_counted(work: Exercise) -> None:
    reader(work, "One two three.")
    member, _reading, [origin] = reader(work, "One two three.")
    second(work, member, origin)
    third, _reading, [again] = reader(work, "One two three.")
    second(work, third, again, state={})
    found = rounds(work)
    assert (found.readers, found.changed, found.spans) == (1, 0, 0)


def test_changes_are_counted_with_their_direction(work: Exercise) -> None:
    key(work)
    member, _reading, [good, _bad] = reader(work, "One two three.", "Four five six.")
    again = second(work, member, good)
    mark(again, "Seven eight.")
    mark(again, "Nine ten.")
    other, _reading, [kept] = reader(work, "Thirteen.")
    second(work, other, kept)
    found = rounds(work)
    assert (found.readers, found.changed, found.spans) == (2, 1, 3)
    assert (found.towards, found.away, found.neither, found.has_key) == (2, 1, 0, True)


def test_the_match_is_that_of_the_grade_book_averaged_over_readers(work: Exercise) -> None:
    key(work)
    for quotes in (("One two three.", "Four five six."), ("Thirteen.",)):
        member, _reading, origins = reader(work, *quotes)
        second(work, member, *origins[:1])
    one = Extent(0, 12, "claim")
    target = [one, Extent(24, 35, "claim"), Extent(56, 65, "claim")]
    by_hand = [key_f1([([one, Extent(12, 24, "claim")], target)]), key_f1([([Extent(56, 65, "claim")], target)])]
    first, informed = rounds(work).figures
    assert first.match.value == pytest.approx(sum(by_hand) / 2)
    assert first.match.low <= first.match.value <= first.match.high
    assert informed.match.value > first.match.value


def test_each_round_has_its_own_agreement_over_the_same_readers(work: Exercise) -> None:
    for quotes in (("One two three.", "Thirteen."), ("One two three.", "Four five six.")):
        member, _reading, origins = reader(work, *quotes)
        second(work, member, origins[0])
    reader(work, "Nine ten.")
    first, informed = rounds(work).figures
    assert informed.agreement.value == 1
    assert first.agreement.value < 1


def test_without_a_key_there_is_no_match_and_no_direction(work: Exercise) -> None:
    member, _reading, [origin] = reader(work, "One two three.")
    mark(second(work, member, origin), "Thirteen.")
    found = rounds(work)
    assert (found.spans, found.towards, found.away, found.neither, found.has_key) == (1, 0, 0, 0, False)
    assert [each.match for each in found.figures] == [None, None]


def test_while_blind_nothing_is_computed(work: Exercise) -> None:
    work.phase = Phase.OPEN
    with pytest.raises(RuleError):
        rounds(work)


def page(client: Client, work: Exercise, name: str) -> str:
    client.force_login(work.created_by)
    response = client.get(reverse(name, args=[work.uuid]))
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_page_calls_the_rounds_by_what_they_are(client: Client, work: Exercise) -> None:
    key(work)
    member, _reading, [origin] = reader(work, "One two three.")
    mark(second(work, member, origin), "Thirteen.")
    found = page(client, work, "exercise-rounds")
    assert "1 of 1 reader changed something" in found
    assert "Round 1 independent Round 2 informed" in found
    assert "needs a second reader" in found
    assert "a higher agreement in round 2 is no success by itself" in found
    assert "improved" not in found


def test_the_page_says_when_there_is_nothing_yet(client: Client, work: Exercise) -> None:
    assert "Nobody has finished a second round yet." in page(client, work, "exercise-rounds")


def test_the_exercise_page_leads_there_from_the_second_round_on(client: Client, work: Exercise) -> None:
    assert "0 readers with both rounds" in page(client, work, "exercise")
    Exercise.objects.update(phase=Phase.REVEALED)
    assert "with both rounds" not in page(client, work, "exercise")


def test_more_readers_cost_no_more_queries(
    client: Client, work: Exercise, django_assert_max_num_queries: object
) -> None:
    key(work)
    for _ in range(12):
        member, _reading, [origin] = reader(work, "One two three.")
        second(work, member, origin)
    with django_assert_max_num_queries(22):
        rounds(work)
