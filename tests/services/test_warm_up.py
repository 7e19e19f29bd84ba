"""Votes of the warm-up, signs of life, and the projector's address."""

import pytest

from annotator.domain.errors import RuleError
from annotator.models import Classroom, Exercise, Participation, Phase, Reading, Span, Step, WarmUpVote
from annotator.services.presence import presence_note
from annotator.services.projector import projector_open
from annotator.services.warm_up import warm_up_vote
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    teacher = factories.teacher("marit")
    made = factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.DRAFT)
    return at(made, Step.WARM_UP, 2)


@pytest.fixture
def reader(lesson):
    return factories.reader(lesson.classroom)


def at(lesson, step, sentence=1, phase=Phase.DRAFT):
    Exercise.objects.filter(pk=lesson.pk).update(phase=phase, step=step, warm_up_sentence=sentence)
    return Exercise.objects.get(pk=lesson.pk)


def test_only_a_readers_last_vote_on_a_sentence_is_kept(lesson, reader):
    for label in ("claim", "claim", "attribution"):
        warm_up_vote(exercise=lesson, member=reader, sentence=2, label=label)
    assert list(WarmUpVote.objects.values_list("sentence", "label")) == [(2, "attribution")]


def test_a_vote_makes_no_reading_and_no_highlight(lesson, reader):
    warm_up_vote(exercise=lesson, member=reader, sentence=2, label="claim")
    assert (Reading.objects.count(), Span.objects.count()) == (0, 0)


@pytest.mark.parametrize("sentence", [1, 3])
def test_a_vote_on_another_sentence_than_the_classs_is_refused(lesson, reader, sentence):
    with pytest.raises(RuleError, match="has gone on") as refused:
        warm_up_vote(exercise=lesson, member=reader, sentence=sentence, label="claim")
    assert refused.value.code == "moved_on"
    assert not WarmUpVote.objects.exists()


@pytest.mark.parametrize(("step", "phase"), [(Step.LOBBY, Phase.DRAFT), ("", Phase.DRAFT), ("", Phase.OPEN)])
def test_a_vote_outside_the_warm_up_is_refused(lesson, reader, step, phase):
    at(lesson, step, 2, phase)
    with pytest.raises(RuleError, match="has gone on"):
        warm_up_vote(exercise=lesson, member=reader, sentence=2, label="claim")
    assert not WarmUpVote.objects.exists()


def test_a_vote_for_a_tag_that_is_none_is_refused(lesson, reader):
    with pytest.raises(RuleError) as refused:
        warm_up_vote(exercise=lesson, member=reader, sentence=2, label="rumour")
    assert refused.value.code == "no_such_tag"
    assert not WarmUpVote.objects.exists()


def test_a_sign_of_life_is_one_row_for_each_reader_and_keeps_what_else_stands_in_it(lesson, reader):
    Participation.objects.create(exercise=lesson, member=reader, extra_seconds=60)
    presence_note(exercise=lesson, member=reader)
    presence_note(exercise=lesson, member=reader)
    row = Participation.objects.get()
    assert row.extra_seconds == 60
    assert row.seen_at is not None


def test_a_sign_of_life_costs_one_statement(lesson, reader, django_assert_num_queries):
    with django_assert_num_queries(1):
        presence_note(exercise=lesson, member=reader)


def test_in_the_archive_no_sign_of_life_is_kept(lesson, reader):
    presence_note(exercise=at(lesson, "", phase=Phase.ARCHIVED), member=reader)
    assert not Participation.objects.exists()


def test_the_projectors_address_stays_until_another_is_asked_for(lesson):
    first = projector_open(exercise=lesson)
    assert projector_open(exercise=lesson) == first
    second = projector_open(exercise=lesson, is_new=True)
    assert second != first
    assert len(second) == 22
    lesson.refresh_from_db()
    assert lesson.projector_token == second


def test_a_team_has_no_projector(lesson):
    Classroom.objects.update(kind=Classroom.Kind.TEAM)
    with pytest.raises(RuleError) as refused:
        projector_open(exercise=lesson)
    assert refused.value.code == "not_in_team"
    lesson.refresh_from_db()
    assert lesson.projector_token is None
