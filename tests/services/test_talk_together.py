"""A class that talks at the same moment: one form many times, the last free place, two hands on the wall."""

import uuid

import pytest

from annotator.domain.errors import RuleError
from annotator.domain.spans import quote_ends
from annotator.models import Exercise, Phase, Reason, Step
from annotator.services.reasons import Written, reason_add, reason_moderate, reason_take_back
from annotator.services.spotlight import spot_of, spotlight_set
from tests import factories
from tests.services.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def work():
    factories.codebook()
    teacher = factories.teacher("marit")
    made = factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.REVEALED)
    Exercise.objects.update(step=Step.DISCUSS)
    return made


def job(action):
    """A job that says how it ended."""

    def run():
        try:
            return action()
        except RuleError as error:
            return error.code

    return run


def adding(work, member, name):
    sentence = factories.TEXT.split("\n\n")[2]
    start = factories.TEXT.index(sentence)
    first, last = quote_ends(sentence)
    form = Written(name, start, start + len(sentence), first, last, "It was the best for whom?", "opinion")
    return lambda: reason_add(exercise=work, article=work.articles.get(), member=member, written=form).pk


def test_one_form_sent_six_times_at_once_is_one_reason(work):
    made = together([job(adding(work, factories.reader(work.classroom), uuid.uuid4()))] * 6)
    assert made == [Reason.objects.get().pk] * 6


def test_of_six_reasons_sent_at_once_three_stand(work):
    member = factories.reader(work.classroom)
    made = together([job(adding(work, member, uuid.uuid4())) for _ in range(6)])
    assert made.count("enough") == 3
    assert Reason.objects.standing().count() == 3


def test_a_class_writes_at_once_and_nobody_waits_for_ever(work):
    members = [factories.reader(work.classroom) for _ in range(8)]
    together([job(adding(work, member, uuid.uuid4())) for member in members])
    assert Reason.objects.standing().filter(state=Reason.State.WAITING).count() == 8


def test_taken_back_and_shown_at_once_it_is_gone_either_way(work):
    reason = Reason.objects.get(pk=adding(work, factories.reader(work.classroom), uuid.uuid4())())
    teacher = work.classroom.memberships.get(is_teacher=True)
    show = job(lambda: reason_moderate(reason=reason, member=teacher, state="shown").state)
    answers = together([show, job(lambda: reason_take_back(reason=reason).text)])
    assert answers[0] in {"shown", "taken_back"}
    assert not Reason.objects.shown().exists()


def test_next_pressed_by_many_at_once_goes_one_passage_on(work):
    article = work.articles.get()
    first = (article.pk, 28)
    spotlight_set(exercise=work, article=article, start=28, here=None)
    on = job(lambda: spot_of(spotlight_set(exercise=work, article=article, start=148, here=first)))
    assert together([on] * 5) == [(article.pk, 148)] * 5


def test_of_two_ways_at_once_one_is_taken_and_the_other_told(work):
    article = work.articles.get()
    first = (article.pk, 28)
    spotlight_set(exercise=work, article=article, start=28, here=None)
    ways = [
        job(lambda start=start: spot_of(spotlight_set(exercise=work, article=article, start=start, here=first)))
        for start in (148, 188)
    ]
    answers = together(ways)
    assert answers.count("moved_on") == 1
    assert spot_of(Exercise.objects.get()) in answers
