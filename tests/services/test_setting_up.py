"""Setting up a lesson: the pasted text, the class, where it begins, and all that a plan says; once, or not at all."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from annotator.domain.errors import RuleError
from annotator.importers import read_pasted
from annotator.models import Article, Classroom, Exercise, Membership, Phase
from annotator.services.classrooms import member_add
from annotator.services.exercises import exercise_move
from annotator.services.setting_up import NewRoom, Plan, exercise_set_up
from tests import factories
from tests.services.together import together

pytestmark = pytest.mark.django_db

TEXT = "Harbour ferry to run hourly\n\nBy Ilse Varga\n\nThe ferry will run every hour, the operator said on Monday."
CLASS, TEAM = NewRoom("My class", "class", "Europe/Oslo"), NewRoom("Desk", "team", "Europe/Oslo")


@pytest.fixture
def teacher():
    return factories.teacher()


def set_up(teacher, sent=None, **changed):
    given = {"title": "", "is_started": True, "codebook_version": factories.codebook(), "classroom": CLASS}
    if "text" not in changed and "articles" not in changed:
        given["articles"] = [factories.article(teacher, title="Lantern fair")]
    given.setdefault("articles", [])
    return exercise_set_up(teacher=teacher, sent=sent or uuid.uuid4(), **(given | changed))


def test_a_class_s_lesson_begins_in_the_lobby_with_a_door(teacher):
    made = set_up(teacher)
    assert (made.phase, made.step, made.title) == ("draft", "lobby", "Lantern fair")
    assert (made.classroom.name, made.classroom.door.is_locked) == ("My class", False)


def test_a_team_s_exercise_is_open_at_once(teacher):
    assert (set_up(teacher, classroom=TEAM).phase, Membership.objects.get().is_reader) == ("open", True)


def test_a_draft_waits_outside_the_lobby(teacher):
    made = set_up(teacher, is_started=False)
    assert (made.phase, made.step) == ("draft", "")


def test_a_pasted_text_is_kept_whole_and_goes_into_the_library(teacher):
    made = set_up(teacher, text=read_pasted(TEXT), library=teacher.articles.all())
    article = made.articles.get()
    assert (article.text, article.title, article.author, article.owner) == (
        TEXT, "Harbour ferry to run hourly", "Ilse Varga", teacher,
    )  # fmt: skip
    assert made.title == article.title


def test_a_text_without_a_title_is_called_by_its_first_words(teacher):
    line = "This one long line has no title at all, and goes on for quite a while before it comes to its end today."
    made = set_up(teacher, text=read_pasted(line))
    assert made.title == "This one long line has no title at all, and goes on for …"


def test_the_same_text_twice_is_one_article(teacher):
    for _ in range(2):
        set_up(teacher, text=read_pasted(TEXT), library=Article.objects.in_library_of(teacher))
    assert (Article.objects.count(), Exercise.objects.count()) == (1, 2)


def test_a_text_that_is_in_nobody_s_library_any_more_is_stored_anew(teacher):
    set_up(teacher, text=read_pasted(TEXT))
    Article.objects.update(deleted_at=factories.NOON)
    set_up(teacher, text=read_pasted(TEXT), library=Article.objects.in_library_of(teacher))
    assert Article.objects.count() == 2


def test_nothing_is_left_when_the_exercise_is_refused(teacher):
    with pytest.raises(RuleError):
        set_up(teacher, articles=[])
    room = factories.classroom(teacher)
    Classroom.objects.update(archived_at=factories.NOON)
    with pytest.raises(RuleError, match="Bring it back first"):
        set_up(teacher, text=read_pasted(TEXT), classroom=room)
    assert (Classroom.objects.count(), Exercise.objects.count(), Article.objects.count()) == (1, 0, 0)


def test_a_form_sent_again_after_the_exercise_moved_on_changes_nothing(teacher):
    sent = uuid.uuid4()
    made = set_up(teacher, sent, classroom=TEAM)
    exercise_move(exercise=made, phase=Phase.CLOSED)
    assert set_up(teacher, sent, title="Another").phase == Phase.CLOSED
    assert list(Exercise.objects.values_list("title", flat=True)) == ["Lantern fair"]


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_eight_times_at_once_makes_one_of_everything():
    teacher, sent = factories.teacher(), uuid.uuid4()
    version = factories.codebook()
    given = {"text": read_pasted(TEXT), "codebook_version": version, "library": Article.objects.in_library_of(teacher)}
    made = together([lambda: set_up(teacher, sent, **given).pk] * 8)
    assert len(set(made)) == 1
    assert (Exercise.objects.count(), Classroom.objects.count(), Article.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(("words", "minutes"), [(10, 12), (450, 13), (600, 17), (5000, 20)])
def test_the_timer_follows_the_length_of_the_text(teacher, words, minutes):
    article = factories.article(teacher, text="word " * (words - 1) + "word")
    assert set_up(teacher, articles=[article], plan=Plan(is_timed_by_length=True)).minutes == minutes
    assert set_up(teacher, articles=[article], plan=Plan(is_timed_by_length=True), classroom=TEAM).minutes is None
    assert set_up(teacher, articles=[article], plan=Plan(minutes=8)).minutes == 8


def test_switches_points_and_question_are_kept(teacher):
    settings = {"has_warm_up": False, "shows_score": True, "asks_sources": True, "exit_question": "Who spoke?",
                "points": 20, "key_points": 5}  # fmt: skip
    made = set_up(teacher, plan=Plan(settings=settings))
    assert {name: getattr(made, name) for name in settings} == settings


def next_summer():
    """A July day that has not come yet."""
    return datetime(timezone.now().year + 1, 7, 6, 18, 0)  # noqa: DTZ001


def test_homework_is_open_at_once_until_its_due_time_in_the_zone_of_its_class(teacher):
    made = set_up(teacher, plan=Plan(due=next_summer(), is_timed_by_length=True))
    assert (made.phase, made.step, made.is_homework, made.minutes) == ("open", "", True, None)
    # Oslo is two hours ahead in July.
    assert made.ends_at == datetime(next_summer().year, 7, 6, 16, 0, tzinfo=UTC)


def test_a_time_that_clocks_jump_over_gets_a_sentence(teacher):
    # The last Sunday of March, 02:00 to 03:00.
    last = datetime(next_summer().year, 3, 31, 2, 30)  # noqa: DTZ001
    last -= timedelta(days=(last.weekday() + 1) % 7)
    with pytest.raises(RuleError, match="Clocks jump over 02:30 on that day in Europe/Oslo"):
        set_up(teacher, plan=Plan(due=last))
    assert set_up(teacher, plan=Plan(due=last + timedelta(hours=1))).ends_at.hour == 1
    assert Exercise.objects.count() == 1


def test_a_due_date_in_the_past_is_refused_and_nothing_is_made(teacher):
    with pytest.raises(RuleError, match="passed already"):
        set_up(teacher, plan=Plan(due=datetime(2026, 1, 5, 18, 0)))  # noqa: DTZ001
    assert (Exercise.objects.count(), Classroom.objects.count()) == (0, 0)


def articles(teacher, number):
    return [factories.article(teacher) for _ in range(number)]


@pytest.mark.parametrize(
    ("number", "plan", "code"),
    [
        (3, Plan(is_side_by_side=True), "not_two"),
        (1, Plan(is_side_by_side=True), "not_two"),
        (2, Plan(is_side_by_side=True, distribution="balanced"), "not_all"),
        (3, Plan(distribution="balanced", overlap=2, articles_each=1), "both"),
        (3, Plan(distribution="balanced", overlap=0), "no_number"),
        (3, Plan(distribution="random", articles_each=501), "no_number"),
    ],
)
def test_what_does_not_go_together_is_refused(teacher, number, plan, code):
    with pytest.raises(RuleError) as refusal:
        set_up(teacher, articles=articles(teacher, number), plan=plan)
    assert (refusal.value.code, Exercise.objects.count()) == (code, 0)


def test_two_articles_stand_side_by_side(teacher):
    assert set_up(teacher, articles=articles(teacher, 2), plan=Plan(is_side_by_side=True)).is_side_by_side


def test_dealing_waits_until_there_are_readers_enough(teacher):
    plan = Plan(distribution="balanced", overlap=2)
    made = set_up(teacher, articles=articles(teacher, 4), plan=plan, classroom=TEAM)
    assert (made.phase, made.overlap) == ("draft", 2)
    with pytest.raises(RuleError, match="to have 2 readers, and 1 have joined so far"):
        exercise_move(exercise=made, phase=Phase.OPEN)
    member_add(classroom=made.classroom, user=factories.user(), is_reader=True)
    exercise_move(exercise=made, phase=Phase.OPEN)
    assert made.assignments.count() == 8


def test_an_exercise_knows_what_it_was_made_from(teacher):
    first = set_up(teacher)
    assert set_up(teacher, plan=Plan(made_from=first)).made_from == first
