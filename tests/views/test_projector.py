"""The projector: what it shows at each stop, that it names nobody, and how cheaply it is polled."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotator.models import Article, Door, Exercise, Phase, ReadingState, Step, WarmUpVote
from annotator.services.exercises import exercise_settings
from annotator.services.withdrawal import article_withdraw
from tests import factories
from tests.views.exercise_screen import text

pytestmark = pytest.mark.django_db
TOKEN = "a-token"


@pytest.fixture
def teacher():
    return factories.teacher("marit")


@pytest.fixture
def lesson(teacher):
    made = factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.DRAFT)
    Exercise.objects.update(projector_token=TOKEN)
    Door.objects.create(
        classroom=made.classroom, code="K7MQ4XDP", token="door-token", expires_at=timezone.now() + timedelta(days=1)
    )
    return Exercise.objects.get()


@pytest.fixture
def readers(lesson):
    return [factories.reader(lesson.classroom, pseudonym=f"Canary-{n}-name") for n in range(6)]


def at(phase, step="", sentence=1, **fields):
    Exercise.objects.update(phase=phase, step=step, warm_up_sentence=sentence, **fields)


def look(mark="", query=""):
    return Client().get(reverse("projector-now", args=[TOKEN]) + query, headers={"If-None-Match": mark})


def html(query=""):
    response = Client().get(reverse("projector", args=[TOKEN]) + query)
    assert response.status_code == 200
    return response.content.decode()


def handed_in(lesson, members, label="claim"):
    for member in members:
        made = factories.reading(lesson, member, state=ReadingState.SUBMITTED, submitted_at=timezone.now())
        start = made.article.text.index("Some 900")
        factories.span(made, start, start + 17, label, note=f"Canary-note-{member.pk}", source_name="Canary-source")


def votes(lesson, members, label="claim"):
    for member in members:
        WarmUpVote.objects.create(exercise=lesson, member=member, sentence=1, label=label)


STOPS = [
    (Phase.DRAFT, "", "We start soon"),
    (Phase.DRAFT, Step.LOBBY, "Come in and read with us"),
    (Phase.DRAFT, Step.WARM_UP, "Which tag fits the marked words?"),
    (Phase.OPEN, "", "Read it your own way"),
    (Phase.CLOSED, "", "We look together in a moment."),
    (Phase.REVEALED, "", "Claim, 6 of 6: Some 900 visitors"),
    (Phase.REVEALED, Step.DISCUSS, "You agree here"),
    (Phase.REVISING, "", "Look again at your marks"),
    (Phase.WRAPPED_UP, "", "Thank you for reading"),
    (Phase.WRAPPED_UP, Step.EXIT, "What now?"),
    (Phase.ARCHIVED, "", "Thank you for reading"),
]


@pytest.mark.parametrize(("phase", "step", "says"), STOPS)
def test_each_stop_says_its_own_and_names_nobody(lesson, readers, phase, step, says):
    handed_in(lesson, readers)
    at(phase, step, exit_question="What now?")
    shown = html()
    assert says in text(shown)
    for page in (shown, look().content.decode()):
        assert "Canary" not in page
        assert "marit" not in page.casefold()
        assert not any(member.code in page for member in readers)
        assert "<form" not in page
        assert "<button" not in page


@pytest.mark.parametrize(("phase", "step", "says"), STOPS)
def test_no_session_is_begun_and_no_cookie_set(lesson, readers, phase, step, says):
    at(phase, step)
    for name in ("projector", "projector-now"):
        response = Client().get(reverse(name, args=[TOKEN]))
        assert response.cookies == {}
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.OPEN, Phase.CLOSED, Phase.REVISING])
def test_before_the_reveal_nothing_of_the_article_is_shown(lesson, readers, phase):
    handed_in(lesson, readers)
    at(phase, Step.LOBBY if phase == Phase.DRAFT else "")
    shown = html()
    assert "900 visitors" not in shown
    assert "Lantern fair" not in shown


def test_the_lobby_shows_address_code_and_qr_code_and_how_many_are_in(lesson, readers):
    at(Phase.DRAFT, Step.LOBBY)
    shown = html()
    assert "K7MQ-4XDP" in shown
    assert "testserver/join" in shown
    assert "<path d=" in shown
    assert "6 joined" in text(shown)


@pytest.mark.parametrize("shut", [{"is_locked": True}, {"expires_at": factories.NOON - timedelta(days=900)}])
def test_once_the_door_is_shut_neither_code_nor_link_leaves_the_server(lesson, readers, shut):
    Door.objects.update(**shut)
    at(Phase.DRAFT, Step.LOBBY)
    for shown in (html(), look().content.decode()):
        assert "K7MQ" not in shown
        assert "door-token" not in shown
        assert 'class="qr"' not in shown


@pytest.mark.parametrize(("phase", "step"), [(Phase.DRAFT, ""), (Phase.DRAFT, Step.WARM_UP), (Phase.OPEN, "")])
def test_outside_the_lobby_there_is_no_code(lesson, readers, phase, step):
    at(phase, step)
    assert "K7MQ" not in html()


def test_votes_are_bars_only_once_five_have_voted(lesson, readers):
    at(Phase.DRAFT, Step.WARM_UP)
    votes(lesson, readers[:4])
    assert "wall-bar" not in html()
    assert "4 of 6 have voted" in text(html())
    votes(lesson, readers[4:5])
    assert html().count("wall-bar") == 4
    assert "Claim." not in text(html())


def test_the_answer_comes_when_everybody_has_voted(lesson, readers):
    at(Phase.DRAFT, Step.WARM_UP)
    votes(lesson, readers[:5])
    assert "The library could count them." not in text(html())
    votes(lesson, readers[5:], label="opinion")
    assert "Claim. The library could count them." in text(html())


def leading(lesson):
    """The class's teacher, reading along."""
    lesson.classroom.memberships.filter(is_teacher=True).update(is_reader=True, code_number=7)
    return lesson.classroom.memberships.get(is_teacher=True)


def test_a_vote_of_who_teaches_by_now_stands_for_no_reader(lesson, readers):
    at(Phase.DRAFT, Step.WARM_UP)
    votes(lesson, [*readers[:5], leading(lesson)])
    assert "5 of 6 have voted" in text(html())
    assert "The library could count them." not in text(html())


def test_while_everybody_reads_it_counts_who_is_how_far(lesson, readers):
    at(Phase.OPEN)
    handed_in(lesson, readers[:2])
    factories.reading(lesson, readers[2])
    assert "2 handed in 1 reading 3 not started" in text(html())


def test_a_teacher_who_reads_along_is_not_counted(lesson, readers):
    leading(lesson)
    at(Phase.OPEN)
    assert "0 handed in 0 reading 6 not started" in text(html())


def test_the_clock_is_shown_unless_the_teacher_keeps_it_off(lesson, readers):
    ends = timezone.now() + timedelta(hours=2)
    at(Phase.OPEN, ends_at=ends, minutes=12)
    assert 'role="timer"' in html()
    assert f'data-ends="{int(ends.timestamp())}"' in html()
    at(Phase.OPEN, shows_clock=False)
    assert 'role="timer"' not in html()


def test_a_standing_clock_says_so(lesson, readers):
    at(Phase.OPEN, paused_seconds=90, ends_at=None)
    assert "1:30 the clock stands still" in text(html())
    assert "last two minutes" not in html()


def test_the_last_two_minutes_are_announced(lesson, readers):
    at(Phase.OPEN, ends_at=timezone.now() + timedelta(seconds=240), minutes=12)
    before = look()
    at(Phase.OPEN, ends_at=timezone.now() + timedelta(seconds=100), minutes=12)
    after = look(before.headers["ETag"])
    assert "The last two minutes" not in before.content.decode()
    assert "The last two minutes" in after.content.decode()


def test_shares_over_fewer_than_five_readings_are_not_shown(lesson, readers):
    handed_in(lesson, readers[:4])
    at(Phase.REVEALED)
    for query in ("", "?tag=opinion"):
        shown = html(query)
        assert "too few to show" in shown
        assert "<mark" not in shown
        assert "900 visitors" not in shown
        assert "readings count here." not in shown


def test_the_heat_says_how_many_readings_it_counts_whoever_is_in_the_room_now(lesson, readers):
    """Whoever teaches and reads along is counted, and so is who has left; neither is one of those in the room."""
    handed_in(lesson, [*readers, leading(lesson)])
    readers[0].removed_at = timezone.now()
    readers[0].save()
    at(Phase.REVEALED)
    shown = text(html())
    assert "Claim, 7 of 7" in shown
    assert "7 readings count here." in shown
    assert "of 6" not in shown
    assert "of 5" not in shown


def test_the_heat_of_one_of_two_articles_counts_the_readings_of_that_one(lesson, readers, teacher):
    second = factories.article(teacher, title="Second")
    lesson.places.create(article=second, position=2)
    handed_in(lesson, readers)
    for member in readers[:5]:
        factories.reading(lesson, member, text=second, state=ReadingState.SUBMITTED, submitted_at=timezone.now())
    at(Phase.REVEALED)
    assert "6 readings count here." in text(html("?article=1"))
    assert "5 readings count here." in text(html("?article=2"))


def test_a_tag_that_nobody_used_says_so_and_an_unknown_one_is_the_first(lesson, readers):
    handed_in(lesson, readers)
    at(Phase.REVEALED)
    assert "Nobody marked Opinion here." in text(html("?tag=opinion"))
    assert "Claim, 6 of 6" in text(html("?tag=nonsense&article=9"))


@pytest.mark.parametrize(("phase", "step", "says"), STOPS)
def test_a_look_that_finds_nothing_new_gets_304_at_few_queries(
    lesson, readers, phase, step, says, django_assert_max_num_queries
):
    handed_in(lesson, readers)
    at(phase, step, exit_question="What now?", ends_at=timezone.now() + timedelta(minutes=9))
    mark = look().headers["ETag"]
    with django_assert_max_num_queries(6):
        again = look(mark)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", mark)


def test_what_is_marked_while_it_is_blind_leaves_the_etag_alone(lesson, readers):
    at(Phase.OPEN)
    made = factories.reading(lesson, readers[0])
    mark = look().headers["ETag"]
    factories.span(made, 0, 7)
    assert look(mark).status_code == 304


def test_a_joiner_changes_the_etag(lesson, readers):
    at(Phase.DRAFT, Step.LOBBY)
    mark = look().headers["ETag"]
    factories.reader(lesson.classroom)
    assert look(mark).status_code == 200


@pytest.mark.parametrize(("step", "query"), [("", ""), (Step.DISCUSS, ""), (Step.DISCUSS, "?article=1&passage=1")])
def test_a_text_withdrawn_while_it_is_shown_goes_from_the_wall(lesson, readers, step, query):
    handed_in(lesson, readers)
    at(Phase.REVEALED, step)
    before = look(query=query)
    assert "900 visitors" in before.content.decode()
    article_withdraw(article=lesson.articles.get(), by=None)
    after = look(before.headers["ETag"], query)
    assert after.status_code == 200
    assert "900 visitors" not in after.content.decode()
    assert "The text was withdrawn on" in text(after.content.decode())


@pytest.mark.parametrize("step", ["", Step.DISCUSS])
def test_a_title_mended_while_it_is_shown_is_mended_on_the_wall(lesson, readers, step):
    handed_in(lesson, readers)
    at(Phase.REVEALED, step)
    mark = look().headers["ETag"]
    Article.objects.update(title="The fair goes inside")
    assert "The fair goes inside" in look(mark).content.decode()


def test_an_exit_question_mended_while_it_is_asked_is_mended_on_the_wall(lesson, readers):
    at(Phase.WRAPPED_UP, Step.EXIT, exit_question="Wat did you learn?")
    mark = look().headers["ETag"]
    exercise_settings(exercise=Exercise.objects.get(), exit_question="What did you learn?")
    after = look(mark)
    assert after.status_code == 200
    assert "What did you learn?" in text(after.content.decode())


def test_a_new_address_ends_the_old_one(client, teacher, lesson):
    client.force_login(teacher)
    start = reverse("projector-start", args=[lesson.uuid])
    assert client.post(start).headers["Location"] == reverse("projector", args=[TOKEN])
    fresh = client.post(start, {"do": "new"}).headers["Location"]
    assert fresh != reverse("projector", args=[TOKEN])
    assert client.get(fresh).status_code == 200
    assert client.get(reverse("projector", args=[TOKEN])).status_code == 404
    assert look().status_code == 404


def test_without_an_address_there_is_nothing(lesson):
    Exercise.objects.update(projector_token=None)
    for wrong in ("None", "null", "x" * 200):
        assert Client().get(reverse("projector", args=[wrong])).status_code == 404
