"""Making exercises, and moving them through their phases and back."""

import uuid

import pytest

from annotator.domain.errors import RuleError
from annotator.models import Classroom, Exercise, Phase, Reading
from annotator.services.exercises import exercise_add, exercise_discard, exercise_move, exercise_rename
from annotator.services.readings import reading_hand_in, reading_reopen, reading_start
from tests import factories
from tests.services.together import together

pytestmark = pytest.mark.django_db

# Written out by hand from CLASSROOM.md: each step on, the two short cuts past revising, and the steps back.
ALLOWED = {
    ("draft", "open"), ("open", "closed"), ("closed", "revealed"), ("revealed", "revising"), ("revising", "wrapped_up"),
    ("revealed", "wrapped_up"), ("wrapped_up", "archived"), ("open", "draft"), ("closed", "open"),
    ("revealed", "closed"), ("revising", "revealed"), ("wrapped_up", "revising"), ("wrapped_up", "revealed"),
}  # fmt: skip
EVERY = [(now, then) for now in Phase.values for then in Phase.values if now != then]


@pytest.fixture
def teacher():
    return factories.teacher()


@pytest.fixture
def room(teacher):
    return factories.classroom(teacher)


def added(room, teacher, **changed):
    given = {"title": "Week 6", "articles": [factories.article(teacher)], "codebook_version": factories.codebook()}
    return exercise_add(classroom=room, created_by=teacher, **(given | changed))


def test_an_exercise_begins_as_a_draft_with_its_articles_in_order(room, teacher):
    articles = [factories.article(teacher, title=title) for title in ("Zebra", "Aardvark", "Mole")]
    made = added(room, teacher, title=" Week\n 6 ", articles=articles)
    made.refresh_from_db()
    assert (made.title, made.phase, made.classroom, made.created_by) == ("Week 6", "draft", room, teacher)
    assert list(made.places.values_list("position", "article__title")) == [(1, "Zebra"), (2, "Aardvark"), (3, "Mole")]
    assert (made.opened_at, made.created_at.microsecond) == (None, 0)


def test_an_article_chosen_twice_is_read_once(room, teacher):
    one, two = factories.article(teacher), factories.article(teacher)
    made = added(room, teacher, articles=[one, two, one])
    assert list(made.places.values_list("article", flat=True)) == [one.pk, two.pk]


def test_an_exercise_sent_twice_is_one_exercise(room, teacher):
    name = uuid.uuid4()
    first = added(room, teacher, uuid=name)
    assert added(room, teacher, uuid=name) == first
    assert (first.uuid, Exercise.objects.count(), first.places.count()) == (name, 1, 1)


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"title": " "}, "no_title"), ({"title": "t" * 151}, "long_title"), ({"articles": []}, "no_article")],
)
def test_an_exercise_needs_a_title_and_an_article(room, teacher, changed, code):
    with pytest.raises(RuleError) as refusal:
        added(room, teacher, **changed)
    assert (refusal.value.code, Exercise.objects.count()) == (code, 0)


def test_a_deleted_article_is_not_read(room, teacher):
    with pytest.raises(RuleError) as refusal:
        added(room, teacher, articles=[factories.article(teacher, deleted_at=factories.NOON)])
    assert (refusal.value.code, Exercise.objects.count()) == ("gone_article", 0)


def test_an_unpublished_codebook_is_not_used(room, teacher):
    version = factories.codebook()
    version.published_at = None
    with pytest.raises(RuleError) as refusal:
        added(room, teacher, codebook_version=version)
    assert (refusal.value.code, Exercise.objects.count()) == ("unpublished", 0)


def test_nothing_begins_in_a_classroom_in_the_archive(room, teacher):
    Classroom.objects.update(archived_at=factories.NOON)
    with pytest.raises(RuleError) as refusal:
        added(room, teacher)
    assert (refusal.value.code, Exercise.objects.count()) == ("archived", 0)


@pytest.mark.parametrize(("now", "then"), EVERY)
def test_an_exercise_goes_one_step_on_or_back_and_no_other_way(room, teacher, now, then):
    work = factories.exercise(room, [factories.article(teacher)], phase=now)
    if (now, then) in ALLOWED:
        assert exercise_move(exercise=work, phase=then).phase == then
    else:
        with pytest.raises(RuleError) as refusal:
            exercise_move(exercise=work, phase=then)
        assert refusal.value.code == ("archived" if now == "archived" else "no_step")
    work.refresh_from_db()
    assert work.phase == (then if (now, then) in ALLOWED else now)


@pytest.mark.parametrize("phase", Phase.values)
def test_a_move_to_where_it_stands_changes_nothing(room, teacher, phase):
    work = factories.exercise(room, [factories.article(teacher)], phase=phase)
    before = Exercise.objects.values().get()
    assert exercise_move(exercise=work, phase=phase) == work
    assert Exercise.objects.values().get() == before


def test_a_refusal_says_where_it_stands_and_where_it_should_go(room, teacher):
    work = factories.exercise(room, [factories.article(teacher)], phase=Phase.DRAFT)
    with pytest.raises(RuleError, match=r"stands at “Draft” and cannot go from there to “Closed”"):
        exercise_move(exercise=work, phase=Phase.CLOSED)


@pytest.mark.parametrize("phase", Phase.values)
def test_an_exercise_is_renamed_until_it_is_in_the_archive(room, teacher, phase):
    work = factories.exercise(room, [factories.article(teacher)], phase=phase)
    if phase == Phase.ARCHIVED:
        with pytest.raises(RuleError):
            exercise_rename(exercise=work, title="Week 7")
    else:
        exercise_rename(exercise=work, title=" Week  7 ")
    work.refresh_from_db()
    assert work.title == ("Who says so?" if phase == Phase.ARCHIVED else "Week 7")


def test_a_draft_is_thrown_away_and_its_article_stays(room, teacher):
    work = factories.exercise(room, [factories.article(teacher)], phase=Phase.DRAFT)
    exercise_discard(exercise=work)
    exercise_discard(exercise=work)
    assert (Exercise.objects.count(), teacher.articles.count()) == (0, 1)


@pytest.mark.parametrize("phase", [phase for phase in Phase.values if phase != Phase.DRAFT])
def test_only_a_draft_is_thrown_away(room, teacher, phase):
    work = factories.exercise(room, [factories.article(teacher)], phase=phase)
    with pytest.raises(RuleError) as refusal:
        exercise_discard(exercise=work)
    assert (refusal.value.code, Exercise.objects.count()) == ("no_draft", 1)


def test_a_draft_in_which_somebody_read_stays(room, teacher):
    work = factories.exercise(room, [factories.article(teacher)], phase=Phase.DRAFT)
    factories.reading(work, factories.reader(room))
    with pytest.raises(RuleError) as refusal:
        exercise_discard(exercise=work)
    assert (refusal.value.code, Exercise.objects.count()) == ("is_read", 1)


TIMES = ("opened_at", "closed_at", "revealed_at", "wrapped_up_at", "archived_at")


def times(work):
    return "".join("-" if getattr(work, name) is None else "x" for name in TIMES)


def test_each_phase_keeps_the_time_it_began_and_a_step_back_takes_all_but_the_reveal_away(room, teacher):
    work = added(room, teacher)
    walked = []
    steps = "open closed open closed revealed revising wrapped_up revealed closed revealed wrapped_up archived"
    for phase in steps.split():
        work = exercise_move(exercise=work, phase=phase)
        walked.append(times(work))
    assert walked == [
        "x----", "xx---", "x----", "xx---", "xxx--", "xxx--", "xxxx-", "xxx--", "xxx--", "xxx--", "xxxx-", "xxxxx",
    ]  # fmt: skip
    assert {getattr(work, name).microsecond for name in TIMES} == {0}


def test_the_first_opening_keeps_its_time_when_the_exercise_opens_again(room, teacher):
    work = factories.exercise(room, [factories.article(teacher)], phase=Phase.CLOSED)
    assert exercise_move(exercise=work, phase=Phase.OPEN).opened_at == factories.NOON


def test_an_exercise_is_not_opened_in_a_classroom_in_the_archive(room, teacher):
    work = factories.exercise(room, [factories.article(teacher)], phase=Phase.DRAFT)
    Classroom.objects.update(archived_at=factories.NOON)
    with pytest.raises(RuleError, match="Bring it back first"):
        exercise_move(exercise=work, phase=Phase.OPEN)
    work.refresh_from_db()
    assert work.phase == Phase.DRAFT


@pytest.fixture
def three(room, teacher):
    """An open exercise with one reading under way, one handed in, and a key under way."""
    work = factories.exercise(room, [factories.article(teacher)])
    readings = [factories.reading(work, factories.reader(room)) for _ in range(2)]
    factories.reading(work, room.memberships.get(is_teacher=True), is_key=True, round=0)
    other = factories.exercise(room, [work.articles.get()])
    factories.reading(other, readings[0].member)
    reading_hand_in(reading=readings[1])
    Reading.objects.filter(pk=readings[1].pk).update(submitted_at=factories.NOON)
    return work


def states(work):
    return list(work.readings.order_by("pk").values_list("state", flat=True))


def test_closing_collects_what_is_unfinished_and_leaves_what_was_handed_in_and_the_key(three):
    exercise_move(exercise=three, phase=Phase.CLOSED)
    assert states(three) == ["collected", "submitted", "open"]
    three.refresh_from_db()
    first, second = three.readings.order_by("pk")[:2]
    assert (first.submitted_at, second.submitted_at) == (three.closed_at, factories.NOON)


def test_closing_touches_no_other_exercise(three):
    exercise_move(exercise=three, phase=Phase.CLOSED)
    assert Reading.objects.exclude(exercise=three).get().state == "open"


def test_opening_again_gives_back_what_was_collected_and_keeps_what_was_handed_in(three):
    exercise_move(exercise=three, phase=Phase.CLOSED)
    exercise_move(exercise=three, phase=Phase.OPEN)
    assert states(three) == ["open", "submitted", "open"]
    first, second = three.readings.order_by("pk")[:2]
    assert (first.submitted_at, second.submitted_at) == (None, factories.NOON)


def test_closing_twice_keeps_the_first_time(three):
    exercise_move(exercise=three, phase=Phase.CLOSED)
    Exercise.objects.update(closed_at=factories.NOON)
    Reading.objects.filter(state="collected").update(submitted_at=factories.NOON)
    assert exercise_move(exercise=three, phase=Phase.CLOSED).closed_at == factories.NOON
    assert three.readings.order_by("pk").first().submitted_at == factories.NOON


def test_coming_back_to_closed_from_the_reveal_collects_nothing_anew(three):
    for phase in ("closed", "revealed"):
        exercise_move(exercise=three, phase=phase)
    before = states(three)
    factories.reading(three, factories.reader(three.classroom))
    exercise_move(exercise=three, phase=Phase.CLOSED)
    assert states(three) == [*before, "open"]


@pytest.mark.django_db(transaction=True)
def test_whoever_starts_while_it_closes_is_collected_or_comes_too_late():
    teacher = factories.teacher()
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher)])
    article = work.articles.get()
    members = [factories.reader(work.classroom) for _ in range(8)]

    def start(member):
        try:
            return reading_start(exercise=work, article=article, member=member).pk
        except RuleError as error:
            return error.code

    jobs = [lambda member=member: start(member) for member in members]
    jobs.insert(4, lambda: exercise_move(exercise=work, phase=Phase.CLOSED).phase)
    answers = together(jobs)
    begun = [answer for answer in answers if isinstance(answer, int)]
    assert set(answers) - set(begun) <= {"not_open", "closed"}
    assert states(work) == ["collected"] * len(begun)


@pytest.mark.django_db(transaction=True)
def test_reopening_while_it_closes_leaves_nothing_open_in_a_closed_exercise():
    teacher = factories.teacher()
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher)])
    readings = [factories.reading(work, factories.reader(work.classroom)) for _ in range(8)]
    for reading in readings:
        reading_hand_in(reading=reading)

    def reopen(reading):
        try:
            return reading_reopen(reading=reading).state
        except RuleError as error:
            return error.code

    jobs = [lambda reading=reading: reopen(reading) for reading in readings]
    jobs.insert(4, lambda: exercise_move(exercise=work, phase=Phase.CLOSED).phase)
    answers = together(jobs)
    assert answers[4] == "closed"
    assert sorted(states(work)) == sorted(
        "collected" if answer == "open" else "submitted" for answer in answers if answer != "closed"
    )
