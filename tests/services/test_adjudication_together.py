"""Decisions that arrive at the same moment: one form many times, and teachers who decide on the same words."""

import uuid
from collections.abc import Callable

import pytest

from annotator.models import Decision, Exercise, Membership, Phase, Reading, ReadingState, Span
from annotator.reports.adjudication import consensus_of
from annotator.services.adjudication import Choice, decision_make, decision_undo
from tests import factories
from tests.services.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def work() -> Exercise:
    """Two readers who mark the same words as a claim and as an opinion, and two teachers."""
    room = factories.classroom(factories.teacher())
    work = factories.exercise(room, [factories.article(factories.teacher())], phase=Phase.CLOSED)
    for _ in range(2):
        done = {"state": ReadingState.SUBMITTED, "submitted_at": factories.NOON}
        made = factories.reading(work, factories.reader(room), **done)
        factories.span(made, 0, 7)
        factories.span(made, 0, 7, "opinion")
    Membership.objects.create(classroom=room, user=factories.teacher(), is_teacher=True)
    return work


def leaders(work: Exercise) -> list[Membership]:
    return list(work.classroom.memberships.filter(is_teacher=True).order_by("pk"))


def deciding(work: Exercise, member: Membership, name: uuid.UUID, offer: str = "claim") -> Callable[[], Decision]:
    """What puts these words into the key as a claim."""
    article, found = work.articles.get(), consensus_of(work, work.articles.get(), 50)
    choice = Choice(name, (offer, 0, 7), 50, "claim", 0, 7, "Checkable.")
    return lambda: decision_make(exercise=work, article=article, member=member, found=found, choice=choice)


def undoing(work: Exercise, member: Membership, decision: Decision) -> Callable[[], None]:
    article = work.articles.get()
    return lambda: decision_undo(exercise=work, article=article, member=member, uuid=decision.uuid)


def words_in_key() -> int:
    return Span.objects.current().filter(reading__is_key=True).count()


def test_the_key_gets_the_words_once_and_one_decision_stands(work: Exercise) -> None:
    [one, other], same = leaders(work), uuid.uuid4()
    made = together([deciding(work, one, same)] * 4 + [deciding(work, other, uuid.uuid4()) for _ in range(2)])
    assert len({each.pk for each in made[:4]}) == 1
    assert Reading.objects.filter(is_key=True).count() == 1
    assert Decision.objects.count() == 3
    assert Decision.objects.standing().count() == 1
    assert words_in_key() == 1


def test_one_teacher_decides_on_the_words_that_another_takes_back_and_they_stay(work: Exercise) -> None:
    one, other = leaders(work)
    first = deciding(work, one, uuid.uuid4())()
    jobs = [undoing(work, one, first), deciding(work, other, uuid.uuid4(), "opinion")]
    _undone, second = together(jobs)
    assert words_in_key() == 1
    undoing(work, one, second)()
    assert words_in_key() == 0


def test_two_teachers_take_back_all_that_stands_on_the_same_words_and_they_are_gone(work: Exercise) -> None:
    one, other = leaders(work)
    first, second = deciding(work, one, uuid.uuid4())(), deciding(work, other, uuid.uuid4(), "opinion")()
    assert first.span == second.span
    together([undoing(work, one, first), undoing(work, other, second), undoing(work, other, first)])
    assert (words_in_key(), Decision.objects.standing().count()) == (0, 0)
