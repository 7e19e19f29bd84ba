"""Decisions that arrive at the same moment: one form many times, and teachers who decide on the same words."""

import uuid

import pytest

from annotator.models import Decision, Membership, Phase, Reading, ReadingState, Span
from annotator.reports.adjudication import consensus_of
from annotator.services.adjudication import Choice, decision_make
from tests import factories
from tests.services.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_key_gets_the_words_once_and_one_decision_stands() -> None:
    room = factories.classroom(factories.teacher())
    work = factories.exercise(room, [factories.article(factories.teacher())], phase=Phase.CLOSED)
    for _ in range(2):
        done = {"state": ReadingState.SUBMITTED, "submitted_at": factories.NOON}
        factories.span(factories.reading(work, factories.reader(room), **done), 0, 7)
    article, found = work.articles.get(), consensus_of(work, work.articles.get(), 50)
    leaders = [Membership.objects.get(classroom=room, is_teacher=True)]
    leaders += [Membership.objects.create(classroom=room, user=factories.teacher(), is_teacher=True)]
    same = uuid.uuid4()

    def deciding(member: Membership, name: uuid.UUID) -> Decision:
        choice = Choice(name, ("claim", 0, 7), 50, "claim", 0, 7, "Checkable.")
        return decision_make(exercise=work, article=article, member=member, found=found, choice=choice)

    jobs = [lambda: deciding(leaders[0], same)] * 4 + [lambda: deciding(leaders[1], uuid.uuid4())] * 2
    made = together(jobs)
    assert len({each.pk for each in made[:4]}) == 1
    assert Reading.objects.filter(is_key=True).count() == 1
    assert Decision.objects.count() == 3
    assert Decision.objects.standing().count() == 1
    assert Span.objects.current().filter(reading__is_key=True).count() == 1
