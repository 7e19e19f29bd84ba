"""Two teachers who begin the key at the same moment, and one pupil who sends an answer many times at once."""

import pytest

from annotator.models import Exercise, Membership, Participation, Phase, Reading, Step
from annotator.services.exit_answers import exit_answer
from annotator.services.keys import key_start
from tests import factories
from tests.services.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def wrapped_up() -> Exercise:
    room = factories.classroom(factories.teacher())
    made = factories.exercise(room, [factories.article(factories.teacher())], phase=Phase.WRAPPED_UP)
    made.exit_question, made.step = "What changed your mind?", Step.EXIT
    made.save()
    return made


def test_teachers_who_begin_at_once_get_one_key() -> None:
    work = wrapped_up()
    article = work.articles.get()
    leaders = [Membership.objects.get(classroom=work.classroom)]
    leaders += [
        Membership.objects.create(classroom=work.classroom, user=factories.teacher(), is_teacher=True) for _ in range(5)
    ]
    found = together([lambda one=one: key_start(exercise=work, article=article, member=one).pk for one in leaders])
    assert len(set(found)) == 1
    assert Reading.objects.count() == 1


def test_an_answer_sent_many_times_at_once_is_kept_once() -> None:
    work = wrapped_up()
    member = factories.reader(work.classroom)
    together([lambda: exit_answer(exercise=work, member=member, answer="The nurse.")] * 6)
    assert Participation.objects.get().exit_answer == "The nurse."
