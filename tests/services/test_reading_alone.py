"""“Read it now”: one team of one, one exercise for each article, one reading, however often it is pressed."""

import pytest

from annotator.domain.errors import RuleError
from annotator.models import Classroom, Exercise, Membership, Phase, Reading
from annotator.services.classrooms import classroom_archive, member_add
from annotator.services.exercises import exercise_move
from annotator.services.reading_alone import reading_alone_start
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def marit():
    return factories.teacher("marit")


@pytest.fixture
def article(marit):
    return factories.article(marit, title="Ferry " + "x" * 200)


def test_the_first_press_makes_a_team_an_open_exercise_and_the_reading(marit, article):
    reading = reading_alone_start(user=marit, article=article)
    work = reading.exercise
    assert (work.classroom.kind, work.classroom.name) == (Classroom.Kind.TEAM, "My own reading")
    assert (work.phase, work.title, list(work.articles.all())) == (Phase.OPEN, article.title[:150], [article])
    assert (reading.article, reading.member.user, reading.member.is_reader) == (article, marit, True)
    assert work.codebook_version.codebook.slug == "sourcewise-news"


def test_pressed_again_the_same_reading_goes_on(marit, article):
    assert reading_alone_start(user=marit, article=article) == reading_alone_start(user=marit, article=article)
    assert [model.objects.count() for model in (Classroom, Membership, Exercise, Reading)] == [1, 1, 1, 1]


def test_another_article_is_another_exercise_of_the_same_team(marit, article):
    first = reading_alone_start(user=marit, article=article)
    second = reading_alone_start(user=marit, article=factories.article(marit))
    assert first.exercise != second.exercise
    assert first.member == second.member


def test_two_people_have_a_team_each(marit, article):
    room = factories.classroom(marit)
    tove = factories.teacher("tove")
    member_add(classroom=room, user=tove, is_teacher=True)
    ours = [reading_alone_start(user=user, article=article).exercise.classroom for user in (marit, tove)]
    assert ours[0] != ours[1]


def test_a_team_that_waits_for_its_people_is_not_taken_for_ones_own(marit, article):
    desk = factories.classroom(marit, name="Fact-check desk", kind=Classroom.Kind.TEAM)
    assert reading_alone_start(user=marit, article=article).exercise.classroom != desk


def test_where_somebody_joined_or_the_team_was_put_away_there_is_a_new_one(marit, article):
    shared = reading_alone_start(user=marit, article=article).exercise.classroom
    member_add(classroom=shared, user=factories.teacher("tove"), is_reader=True)
    second = reading_alone_start(user=marit, article=article).exercise.classroom
    classroom_archive(classroom=second)
    third = reading_alone_start(user=marit, article=article).exercise.classroom
    assert len({shared, second, third}) == 3
    assert reading_alone_start(user=marit, article=article).exercise.classroom == third


def test_after_closing_a_new_exercise_begins(marit, article):
    first = reading_alone_start(user=marit, article=article)
    exercise_move(exercise=first.exercise, phase=Phase.CLOSED)
    second = reading_alone_start(user=marit, article=article)
    assert (second.exercise != first.exercise, second.exercise.phase) == (True, Phase.OPEN)


def test_a_deleted_article_cannot_be_begun_and_leaves_nothing_behind(marit):
    gone = factories.article(marit, deleted_at=factories.NOON)
    with pytest.raises(RuleError):
        reading_alone_start(user=marit, article=gone)
    assert [model.objects.count() for model in (Classroom, Membership, Exercise, Reading)] == [0, 0, 0, 0]
