"""Steps inside phases, the lesson's settings, and the nudge."""

import pytest

from annotator.domain.errors import RuleError
from annotator.models import Classroom, Exercise, Participation, Phase, Step
from annotator.services.exercises import SETTINGS, exercise_move, exercise_settings
from annotator.services.lessons import exercise_step, readers_nudge
from tests import factories

pytestmark = pytest.mark.django_db

RIGHT = {("draft", "lobby"), ("draft", "warm_up"), ("revealed", "discuss"), ("wrapped_up", "exit")}


@pytest.fixture
def work():
    teacher = factories.teacher()
    return factories.exercise(factories.classroom(teacher), [factories.article(teacher)])


def in_phase(work, phase, **fields):
    Exercise.objects.filter(pk=work.pk).update(phase=phase, **fields)
    work.refresh_from_db()


def code(call, **fields):
    with pytest.raises(RuleError) as refusal:
        call(**fields)
    return refusal.value.code


@pytest.mark.parametrize("phase", [phase for phase in Phase.values if phase != Phase.ARCHIVED])
@pytest.mark.parametrize("step", Step.values)
def test_a_step_belongs_to_its_phase(work, phase, step):
    in_phase(work, phase, exit_question="What would you check next?")
    if (phase, step) in RIGHT:
        assert exercise_step(exercise=work, step=step, sentence=2).step == step
        assert exercise_step(exercise=work, step="").step == ""
    else:
        assert code(exercise_step, exercise=work, step=step) == "not_here"
    assert work.warm_up_sentence == 1


def test_the_warm_up_knows_its_sentence(work):
    in_phase(work, Phase.DRAFT)
    assert exercise_step(exercise=work, step=Step.WARM_UP, sentence=3).warm_up_sentence == 3


@pytest.mark.parametrize(
    ("phase", "step", "fields", "expected"),
    [
        (Phase.DRAFT, Step.WARM_UP, {"has_warm_up": False}, "is_off"),
        (Phase.REVEALED, Step.DISCUSS, {"has_discussion": False}, "is_off"),
        (Phase.WRAPPED_UP, Step.EXIT, {"exit_question": ""}, "no_question"),
        (Phase.ARCHIVED, "", {}, "archived"),
    ],
)
def test_a_step_that_the_lesson_does_not_have_is_refused(work, phase, step, fields, expected):
    in_phase(work, phase, **fields)
    assert code(exercise_step, exercise=work, step=step) == expected


def test_a_team_has_no_lobby(work):
    in_phase(work, Phase.DRAFT)
    Classroom.objects.update(kind="team")
    assert code(exercise_step, exercise=work, step=Step.LOBBY) == "not_in_team"


def test_nobody_waits_in_a_class_that_was_put_away(work):
    in_phase(work, Phase.DRAFT)
    Classroom.objects.update(archived_at=factories.NOON)
    assert code(exercise_step, exercise=work, step=Step.LOBBY) == "archived"


def test_a_phase_begins_with_its_first_step(work):
    in_phase(work, Phase.DRAFT, step=Step.LOBBY)
    assert exercise_move(exercise=work, phase=Phase.OPEN).step == ""


def test_a_lesson_without_a_second_round_goes_past_it_both_ways(work):
    in_phase(work, Phase.REVEALED, has_revision=False)
    assert code(exercise_move, exercise=work, phase=Phase.REVISING) == "no_step"
    exercise_move(exercise=work, phase=Phase.WRAPPED_UP)
    assert code(exercise_move, exercise=work, phase=Phase.REVISING) == "no_step"
    assert exercise_move(exercise=work, phase=Phase.REVEALED).phase == Phase.REVEALED


def test_after_the_reveal_the_blind_reading_never_opens_again(work):
    for phase in (Phase.CLOSED, Phase.REVEALED, Phase.CLOSED):
        exercise_move(exercise=work, phase=phase)
    assert code(exercise_move, exercise=work, phase=Phase.OPEN) == "was_seen"
    work.refresh_from_db()
    assert (work.phase, work.revealed_at is not None) == (Phase.CLOSED, True)


def test_settings_are_set_one_by_one(work):
    changed = exercise_settings(exercise=work, has_warm_up=False, exit_question="  What  now?\n", points=5)
    changed.refresh_from_db()
    assert (changed.has_warm_up, changed.exit_question, changed.points, changed.has_key) == (
        False,
        "What now?",
        5,
        True,
    )


def test_settings_that_do_not_exist_are_a_mistake_of_ours(work):
    assert "phase" not in SETTINGS
    with pytest.raises(TypeError):
        exercise_settings(exercise=work, phase="revealed")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"points": 5, "key_points": 6}, "no_points"),
        ({"points": 1001}, "no_points"),
        ({"points": -1}, "no_points"),
        ({"exit_question": "?" * 201}, "long_question"),
    ],
)
def test_a_setting_that_does_not_fit_saves_nothing(work, fields, expected):
    before = Exercise.objects.values().get()
    assert code(exercise_settings, exercise=work, **({"has_key": False} | fields)) == expected
    assert Exercise.objects.values().get() == before


def test_what_is_asked_of_readers_may_change_while_they_read(work):
    reading = factories.reading(work, factories.reader(work.classroom))
    exercise_settings(exercise=work, asks_sources=True, asks_links=True, asks_confidence=True)
    named = factories.span(reading, 95, 115, "attribution", source_name="the council", confidence=1)
    exercise_settings(exercise=work, asks_sources=False, asks_confidence=False)
    work.refresh_from_db()
    assert (work.asks_sources, work.asks_links, work.asks_confidence) == (False, True, False)
    named.refresh_from_db()
    assert (named.source_name, named.confidence) == ("the council", 1), "switched off, it is hidden and kept"


def test_an_answered_question_stays(work):
    member = factories.reader(work.classroom)
    Exercise.objects.update(exit_question="What now?")
    Participation.objects.create(exercise=work, member=member, exit_answer="Ask", exit_at=factories.NOON)
    assert code(exercise_settings, exercise=work, exit_question="And now?") == "was_answered"


def test_the_second_round_is_not_switched_off_while_it_runs(work):
    in_phase(work, Phase.REVISING)
    assert code(exercise_settings, exercise=work, has_revision=False) == "is_revising"


def test_nothing_is_set_in_the_archive(work):
    in_phase(work, Phase.ARCHIVED)
    assert code(exercise_settings, exercise=work, shows_score=True) == "archived"


def test_a_step_that_is_switched_off_is_left(work):
    in_phase(work, Phase.DRAFT, step=Step.WARM_UP)
    assert exercise_settings(exercise=work, has_warm_up=False).step == Step.LOBBY
    in_phase(work, Phase.REVEALED, step=Step.DISCUSS)
    assert exercise_settings(exercise=work, has_discussion=False).step == ""


def test_a_nudge_is_kept_for_each_reader_and_again_with_its_new_time(work):
    members = [factories.reader(work.classroom) for _ in range(2)]
    Participation.objects.create(exercise=work, member=members[0], extra_seconds=60, nudged_at=factories.NOON)
    readers_nudge(exercise=work, members=members)
    rows = list(Participation.objects.order_by("pk"))
    assert [row.member for row in rows] == members
    assert rows[0].extra_seconds == 60
    assert all(row.nudged_at > factories.NOON for row in rows)


@pytest.mark.parametrize("phase", [phase for phase in Phase.values if phase not in {Phase.OPEN, Phase.REVISING}])
def test_nobody_is_nudged_while_nobody_reads(work, phase):
    in_phase(work, phase)
    assert code(readers_nudge, exercise=work, members=[factories.reader(work.classroom)]) == "nobody_reads"
    assert not Participation.objects.exists()
