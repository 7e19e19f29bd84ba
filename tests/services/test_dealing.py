"""Dealing articles to readers: at the opening, to who joins later, once, and what each may then read."""

from collections import Counter

import pytest

from annotator.models import Assignment, Classroom, Distribution, Exercise, ExerciseArticle, Membership, Phase
from annotator.services.classrooms import member_add, member_remove
from annotator.services.dealing import articles_deal
from annotator.services.exercises import exercise_move
from tests import factories
from tests.services.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return factories.teacher()


@pytest.fixture
def room(teacher):
    return factories.classroom(teacher)


def work_of(room, articles=4, phase=Phase.DRAFT, **fields):
    teacher = room.memberships.get(is_teacher=True).user
    made = factories.exercise(room, [factories.article(teacher, title=f"{n}") for n in range(articles)], phase=phase)
    for name, value in ({"distribution": Distribution.BALANCED} | fields).items():
        setattr(made, name, value)
    made.save()
    return made


def deals(work):
    return list(Assignment.objects.filter(exercise=work).order_by("pk").values_list("member", "article"))


def test_opening_deals_one_article_to_each_reader_as_often_as_the_others(room):
    readers = [factories.reader(room).pk for _ in range(8)]
    work = work_of(room)
    exercise_move(exercise=work, phase=Phase.OPEN)
    assert sorted(member for member, _article in deals(work)) == readers
    assert set(Counter(article for _member, article in deals(work)).values()) == {2}


def test_each_article_gets_the_readers_that_were_asked_for(room):
    for _ in range(6):
        factories.reader(room)
    work = work_of(room, overlap=3)
    exercise_move(exercise=work, phase=Phase.OPEN)
    assert set(Counter(article for _member, article in deals(work)).values()) == {3}
    assert set(Counter(member for member, _article in deals(work)).values()) == {2}


def test_so_many_articles_for_each_reader(room):
    for _ in range(3):
        factories.reader(room)
    work = work_of(room, articles_each=2, distribution=Distribution.RANDOM)
    exercise_move(exercise=work, phase=Phase.OPEN)
    assert set(Counter(member for member, _article in deals(work)).values()) == {2}


def test_where_everybody_reads_everything_nothing_is_dealt(room):
    factories.reader(room)
    work = work_of(room, distribution=Distribution.ALL)
    exercise_move(exercise=work, phase=Phase.OPEN)
    assert deals(work) == []


def test_a_draft_deals_nothing_and_opening_again_changes_nothing(room):
    factories.reader(room)
    work = work_of(room)
    assert articles_deal(exercise=work) == []
    exercise_move(exercise=work, phase=Phase.OPEN)
    first = deals(work)
    for phase in (Phase.DRAFT, Phase.OPEN, Phase.CLOSED, Phase.OPEN):
        exercise_move(exercise=work, phase=phase)
    assert articles_deal(exercise=work) == []
    assert deals(work) == first


def test_a_class_s_teacher_is_dealt_nothing_and_a_team_s_leader_reads_like_all(teacher, room):
    team = factories.classroom(teacher, kind=Classroom.Kind.TEAM)
    for each in (room, team):
        member_add(classroom=each, user=teacher, is_reader=True)
    in_class, in_team = work_of(room), work_of(team)
    for work in (in_class, in_team):
        exercise_move(exercise=work, phase=Phase.OPEN)
    assert (len(deals(in_class)), len(deals(in_team))) == (0, 1)


def test_who_joins_an_open_exercise_is_dealt_what_fewest_read(room):
    for _ in range(3):
        factories.reader(room)
    work = work_of(room)
    exercise_move(exercise=work, phase=Phase.OPEN)
    first = deals(work)
    late = member_add(classroom=room, user=factories.user(), is_reader=True)
    assert deals(work)[:3] == first
    (missing,) = set(work.articles.values_list("pk", flat=True)) - {article for _member, article in first}
    assert deals(work)[3:] == [(late.pk, missing)]


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.CLOSED, Phase.REVEALED, Phase.ARCHIVED])
def test_who_joins_before_or_after_is_dealt_nothing_yet(room, phase):
    work = work_of(room, phase=phase)
    member_add(classroom=room, user=factories.user(), is_reader=True)
    assert deals(work) == []


def test_who_comes_back_finds_the_own_articles_and_who_left_is_not_counted(room):
    member = factories.reader(room)
    work = work_of(room, articles=2)
    exercise_move(exercise=work, phase=Phase.OPEN)
    (held,) = deals(work)
    member_remove(member=member)
    others = [member_add(classroom=room, user=factories.user(), is_reader=True) for _ in range(2)]
    assert {article for reader, article in deals(work)[1:]} == set(work.articles.values_list("pk", flat=True))
    member_add(classroom=room, user=member.user, is_reader=True)
    assert deals(work)[0] == held
    assert len(deals(work)) == 1 + len(others)


def titles(work, member):
    places = ExerciseArticle.objects.filter(exercise=work).read_by(member).order_by("position")
    return list(places.values_list("article__title", flat=True))


def test_a_reader_reads_what_was_dealt_and_a_class_s_teacher_everything(teacher, room):
    member = factories.reader(room)
    own = member_add(classroom=room, user=teacher, is_reader=True)
    work, other = work_of(room, articles_each=2), work_of(room, distribution=Distribution.ALL)
    exercise_move(exercise=work, phase=Phase.OPEN)
    dealt = Assignment.objects.filter(exercise=work, member=member).order_by("article")
    assert titles(work, member) == [each.article.title for each in dealt]
    assert titles(work, own) == titles(other, member) == ["0", "1", "2", "3"]


@pytest.mark.django_db(transaction=True)
def test_who_joins_while_it_opens_is_dealt_something_too():
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    for _ in range(3):
        factories.reader(room)
    work = work_of(room)
    people = [factories.user() for _ in range(6)]
    jobs = [lambda user=user: member_add(classroom=room, user=user, is_reader=True).pk for user in people]
    jobs.insert(3, lambda: exercise_move(exercise=work, phase=Phase.OPEN).pk)
    together(jobs)
    readers = list(Membership.objects.readers().order_by("pk").values_list("pk", flat=True))
    assert sorted(member for member, _article in deals(work)) == readers
    counts = Counter(article for _member, article in deals(work))
    assert (sum(counts.values()), max(counts.values())) == (9, 3)


@pytest.mark.django_db(transaction=True)
def test_dealt_eight_times_at_once_it_is_dealt_once():
    room = factories.classroom(factories.teacher())
    for _ in range(4):
        factories.reader(room)
    work = work_of(room, phase=Phase.OPEN)
    made = together([lambda: len(articles_deal(exercise=Exercise.objects.get(pk=work.pk)))] * 8)
    assert (sorted(made), len(deals(work))) == ([0] * 7 + [4], 4)
