"""Home: a first visit, a teacher's page, a reader's page, the queries they cost; the sample class by a button."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator.models import Article, Classroom, Exercise, Membership, Phase, Reading, ReadingState
from annotator.services.samples import samples_add
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    # Tests that commit empty every table behind them, the codebook of the migration included.
    factories.codebook()
    return factories.teacher("marit")


@pytest.fixture
def room(teacher):
    return factories.classroom(teacher)


def page(client, user):
    client.force_login(user)
    response = client.get(reverse("home"))
    assert response.status_code == 200
    return response


def text(response, part=""):
    """What the page says, or one section of it, without markup and with single spaces."""
    html = response.content.decode()
    if part:
        html = re.search(rf'<section id="{part}".*?</section>', html, re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def work(teacher, room, **fields):
    return factories.exercise(room, [factories.article(teacher)], **fields)


def test_a_first_visit_shows_how_to_begin(client, teacher):
    html = page(client, teacher).content.decode()
    assert "Read the news closely, together" in html
    assert f'action="{reverse("exercise-add")}"' in html
    assert f'href="{reverse("article-add")}"' in html
    assert f'action="{reverse("samples-add")}"' in html


def test_a_pasted_text_goes_from_the_first_visit_to_a_new_class(client, teacher):
    client.force_login(teacher)
    said = client.post(reverse("exercise-add"), {"text": "Lantern fair\n\nIt was the best evening."}).content.decode()
    assert "Lantern fair\n\nIt was the best evening.</textarea>" in said
    assert 'value="new-class" checked' in said
    assert 'value="My class"' in said


@pytest.mark.parametrize("what", ["room", "article"])
def test_whoever_has_begun_is_welcomed_back_instead(client, teacher, what):
    if what == "room":
        factories.classroom(teacher)
    else:
        factories.article(teacher)
    assert "Good to see you, Marit" in text(page(client, teacher))


def test_a_reader_sees_no_teachers_things_and_is_told_when_there_is_nothing(client):
    said = text(page(client, factories.user("amber")))
    assert "Nothing to read yet" in said
    for words in ("New exercise", "Add an article", "sample class", "Classes and teams"):
        assert words not in said


def test_what_needs_its_teacher_stands_first_most_pressing_at_the_top(client, teacher, room):
    work(teacher, room, phase=Phase.DRAFT, title="In draft")
    closed = work(teacher, room, phase=Phase.CLOSED, title="Just closed")
    readers = [factories.reader(room) for _ in range(2)]
    work(teacher, room, title="Half way")
    done = work(teacher, room, title="All in")
    for reader in readers:
        factories.reading(done, reader, state="submitted", submitted_at=factories.NOON)
    empty = factories.classroom(teacher, name="Class 9C")
    work(teacher, empty, title="Nobody there")
    work(teacher, room, phase=Phase.REVEALED, title="Being discussed")
    Exercise.objects.filter(pk=closed.pk).update(closed_at=closed.created_at)
    said = text(page(client, teacher), "needs")
    titles = ["All in", "Nobody there", "Half way", "Just closed", "In draft"]
    assert re.findall("|".join([*titles, "Being discussed"]), said)[::2] == titles
    assert "All 2 have handed in" in said
    assert "0 of 2 handed in" in said


def test_what_was_closed_long_ago_needs_nobody(client, teacher, room):
    factories.reader(room)
    old = work(teacher, room, phase=Phase.CLOSED)
    Exercise.objects.filter(pk=old.pk).update(closed_at=factories.NOON)
    assert 'id="needs"' not in page(client, teacher).content.decode()


def test_handed_in_means_all_articles_by_those_who_read_here_now(client, teacher, room):
    articles = [factories.article(teacher) for _ in range(2)]
    long = factories.exercise(room, articles)
    whole, half, gone, open_ = [factories.reader(room) for _ in range(4)]
    done = {"state": "submitted", "submitted_at": factories.NOON}
    for member in (whole, gone):
        for article in articles:
            factories.reading(long, member, text=article, **done)
    factories.reading(long, half, text=articles[0], **done)
    factories.reading(long, open_, text=articles[0])
    Membership.objects.filter(pk=gone.pk).update(removed_at=factories.NOON)
    factories.reading(long, room.memberships.get(is_teacher=True), text=articles[0], is_key=True, round=0, **done)
    assert "1 of 3 handed in" in text(page(client, teacher), "needs")


def test_a_room_lists_its_newest_exercises_and_says_how_many_more_there_are(client, teacher, room):
    for number in range(8):
        work(teacher, room, phase=Phase.WRAPPED_UP, title=f"Week {number:02d}")
    work(teacher, room, phase=Phase.ARCHIVED, title="Old news")
    said = text(page(client, teacher))
    assert "2 more exercises" in said
    assert [week for week in range(8) if f"Week {week:02d}" in said] == [2, 3, 4, 5, 6, 7]
    assert "Old news" not in said


def test_a_room_in_the_archive_is_not_there(client, teacher, room):
    factories.reader(room)
    work(teacher, room, title="Away")
    Classroom.objects.update(archived_at=factories.NOON)
    said = text(page(client, teacher))
    assert "Away" not in said
    assert "You lead no class and no team yet" in said


@pytest.mark.parametrize(
    ("phase", "state", "words", "button"),
    [
        (Phase.OPEN, None, "Not begun", "Start reading"),
        (Phase.OPEN, "open", "Reading", "Go on reading"),
        (Phase.OPEN, "submitted", "Handed in", "Look at it"),
        (Phase.CLOSED, "submitted", "Handed in", "Look at it"),
        (Phase.CLOSED, "collected", "Closed before you handed in", "Look at it"),
        (Phase.REVEALED, None, "Closed before you began", "Look at it"),
    ],
)
def test_a_reader_sees_how_far_one_is_and_one_button(client, teacher, room, phase, state, words, button):
    exercise = work(teacher, room, phase=phase)
    reader = factories.reader(room)
    if state:
        factories.reading(exercise, reader, state=state, submitted_at=None if state == "open" else factories.NOON)
    said = text(page(client, reader.user), "readings")
    assert f"Who says so? Class 9B · {words} {button} : Who says so?" in said


def test_several_articles_are_one_exercise_with_one_button(client, teacher, room):
    exercise = factories.exercise(room, [factories.article(teacher) for _ in range(3)])
    reader = factories.reader(room)
    article = exercise.places.get(position=1).article
    factories.reading(exercise, reader, text=article, state="submitted", submitted_at=factories.NOON)
    said = text(page(client, reader.user), "readings")
    assert "Reading, 1 of 3 articles handed in Go on :" in said


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.ARCHIVED])
def test_a_reader_does_not_see_drafts_and_archives(client, teacher, room, phase):
    work(teacher, room, phase=phase)
    assert "Nothing to read yet" in text(page(client, factories.reader(room).user))


def test_start_reading_is_a_form_that_posts(client, teacher, room):
    exercise = work(teacher, room)
    html = page(client, factories.reader(room).user).content.decode()
    action = reverse("reading-start", args=[exercise.uuid, exercise.articles.get().uuid])
    assert f'<form action="{action}" method="post">' in html


def test_who_teaches_and_reads_sees_both_with_one_primary_button(client, teacher):
    team = factories.classroom(teacher, name="Desk", kind=Classroom.Kind.TEAM)
    team.memberships.update(is_reader=True, code_number=77)
    factories.reader(team)
    work(teacher, team, title="Calibration")
    response = page(client, teacher)
    assert "0 of 2 handed in" in text(response, "needs")
    assert "You read too Calibration Desk · Not begun" in text(response, "readings")
    assert response.content.decode().split('id="leaving"')[0].count(" primary") == 1


def test_what_one_reads_alone_waits_for_nobody(client, teacher):
    team = factories.classroom(teacher, name="Desk", kind=Classroom.Kind.TEAM)
    team.memberships.update(is_reader=True, code_number=77)
    work(teacher, team, title="Calibration")
    response = page(client, teacher)
    assert 'id="needs"' not in response.content.decode()
    assert "You read too Calibration Desk · Not begun" in text(response, "readings")


def test_a_classs_teacher_counts_among_its_readers_from_the_first_reading_on(client, teacher, room):
    room.memberships.filter(is_teacher=True).update(is_reader=True, code_number=77)
    exercise = work(teacher, room)
    factories.reading(exercise, factories.reader(room), state=ReadingState.SUBMITTED, submitted_at=factories.NOON)
    assert "1 of 1 handed in" in text(page(client, teacher), "needs")
    factories.reading(exercise, room.memberships.get(is_teacher=True))
    assert "1 of 2 handed in" in text(page(client, teacher), "needs")


def test_a_teacher_who_reads_alone_in_a_class_waits_for_nobody(client, teacher, room):
    room.memberships.filter(is_teacher=True).update(is_reader=True, code_number=77)
    exercise = work(teacher, room)
    assert 'id="needs"' not in page(client, teacher).content.decode()
    factories.reading(exercise, room.memberships.get(is_teacher=True))
    assert 'id="needs"' not in page(client, teacher).content.decode()
    factories.reader(room)
    assert "0 of 2 handed in" in text(page(client, teacher), "needs")


@pytest.mark.proves("S02")
@pytest.mark.parametrize("role", ["teacher", "reader"])
def test_while_blind_home_is_the_same_whatever_others_have_marked(client, teacher, room, role):
    exercise = work(teacher, room)
    reading = factories.reading(exercise, factories.reader(room))
    viewer = teacher if role == "teacher" else factories.reader(room).user
    tokens = r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"'
    before = re.sub(tokens, "", page(client, viewer).content.decode())
    factories.span(reading, 28, 50, note="Canary-note", source_name="Canary-source")
    assert re.sub(tokens, "", page(client, viewer).content.decode()) == before


def test_names_are_escaped(client, teacher):
    room = factories.classroom(teacher, name="<b>9B</b>")
    work(teacher, room, title="<script>x</script>")
    html = page(client, teacher).content.decode()
    assert "<b>9B" not in html
    assert "<script>x" not in html


def queries(client, user):
    client.force_login(user)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse("home")).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_depend_on_how_much_there_is(client, teacher, room):
    reader = factories.reader(room)
    work(teacher, room)
    room.memberships.filter(is_teacher=True).update(is_reader=True, code_number=78)
    first = [queries(client, teacher), queries(client, reader.user)]
    for number in range(3):
        more = factories.classroom(teacher, name=f"Class {number}")
        Membership.objects.create(classroom=more, user=reader.user, is_reader=True, code_number=500 + number)
        for phase in Phase.values:
            exercise = factories.exercise(more, [factories.article(teacher), factories.article(teacher)], phase=phase)
            factories.reading(exercise, factories.reader(more))
    assert [queries(client, teacher), queries(client, reader.user)] == first
    # Five for session and user, nine of reports/home.py, two about the sample class; a reader has no rooms to ask for.
    assert first == [17, 10]


def test_a_get_changes_no_row(client, teacher, room):
    work(teacher, room)
    before = [list(model.objects.values()) for model in (Exercise, Reading, Classroom, Membership, Article)]
    page(client, teacher)
    assert [list(model.objects.values()) for model in (Exercise, Reading, Classroom, Membership, Article)] == before


def test_the_sample_class_comes_by_a_button_and_is_marked(client, teacher):
    client.force_login(teacher)
    response = client.post(reverse("samples-add"), follow=True)
    said = text(response)
    assert "The sample class is here" in said
    assert "Sample class Sample" in said
    assert "Remove the sample" in said
    assert "Try the sample class" not in said
    assert Classroom.objects.filter(is_sample=True).count() == 1


def test_asking_for_the_sample_class_twice_says_so_and_brings_no_second(client, teacher):
    samples_add(teacher=teacher)
    client.force_login(teacher)
    response = client.post(reverse("samples-add"))
    assert response.status_code == 422
    assert "You have the sample class already" in text(response)
    assert Classroom.objects.count() == 1


def test_the_sample_class_goes_only_after_a_question(client, teacher):
    samples_add(teacher=teacher)
    client.force_login(teacher)
    assert "Remove the sample class?" in text(client.get(reverse("samples-remove")))
    assert Classroom.objects.filter(is_sample=True).exists()
    assert "The sample class is gone" in text(client.post(reverse("samples-remove"), follow=True))
    assert not Classroom.objects.exists()
    assert not Article.objects.exists()


def test_who_has_no_sample_class_is_told_so(client, teacher):
    client.force_login(teacher)
    assert "There is no sample class" in text(client.get(reverse("samples-remove")))


def test_a_sample_class_in_which_somebody_read_stays(client, teacher):
    samples_add(teacher=teacher)
    room = Classroom.objects.get()
    exercise = Exercise.objects.filter(phase=Phase.OPEN).get()
    factories.reading(exercise, factories.reader(room))
    client.force_login(teacher)
    response = client.post(reverse("samples-remove"))
    assert (response.status_code, Classroom.objects.count()) == (422, 1)
    assert "Somebody else has read" in text(response)


def test_what_closes_by_itself_says_when_in_the_classs_time(client):
    teacher = factories.teacher("marit")
    room = factories.classroom(teacher)
    Classroom.objects.update(time_zone="Europe/Oslo")
    work = factories.exercise(room, [factories.article(teacher)])
    factories.reader(room)
    ends_at = datetime(2036, 6, 2, 14, 0, tzinfo=UTC)
    client.force_login(teacher)
    for is_homework, words in ((False, "the clock runs until 16:00"), (True, "due Monday 2 June, 16:00")):
        Exercise.objects.filter(pk=work.pk).update(ends_at=ends_at, is_homework=is_homework)
        assert words in client.get("/").content.decode()
