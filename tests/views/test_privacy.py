"""People & privacy of a class: the preview, the word, what happens without it, and the countdown."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from annotator.models import Classroom, Erasure, Exercise, Membership, RosterEntry
from tests import factories
from tests.security import world
from tests.services.erasing import found, lesson
from tests.views.test_classroom import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(client):
    made = lesson()
    client.force_login(made.teacher)
    return made


def address(name, here, *more):
    return reverse(name, args=[here.room.uuid, *more])


REMOVALS = [
    ("member-nameless", "NAMELESS", "member_anonymised"),
    ("member-erase", "DELETE", "member_erased"),
    ("classroom-nameless", "Class 9B", "class_anonymised"),
    ("classroom-erase", "Class 9B", "class_erased"),
]


def place(name, here):
    """Where a removal stands."""
    return address(name, here, *([here.pupil.uuid] if name.startswith("member") else []))


@pytest.mark.parametrize(("name", "word", "kind"), REMOVALS)
def test_the_right_word_does_it(client, here, name, word, kind):
    response = client.post(place(name, here), {"word": f"  {word.lower()} "})
    assert response.status_code == 302
    assert Erasure.objects.get().kind == kind
    assert Erasure.objects.get().by == here.teacher
    assert found(here.canary) == []
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(("name", "word", "kind"), REMOVALS)
@pytest.mark.parametrize("typed", ["", "yes", "DELET", "Class 9"])
def test_a_wrong_word_removes_nothing(client, here, name, word, kind, typed):
    before = world.fingerprint()
    response = client.post(place(name, here), {"word": typed})
    assert response.status_code == 422
    assert f"That was not “{word}”. Nothing was changed" in text(response)
    assert world.fingerprint() == before


@pytest.mark.parametrize(("name", "word", "kind"), REMOVALS)
def test_looking_at_the_preview_removes_nothing(client, here, name, word, kind):
    before = world.fingerprint()
    said = text(client.get(place(name, here)))
    assert f"To go on, type {word}" in said
    assert world.fingerprint() == before


def test_the_preview_counts_what_would_go(client, here):
    assert "1 reading 3 highlights 2 notes" in text(client.get(place("member-erase", here)))
    assert "3 readers 1 exercise, its key too 3 readings 9 highlights 6 notes" in text(
        client.get(place("classroom-erase", here))
    )
    assert "The names of 3 readers 1 name on the class list" in text(client.get(place("classroom-nameless", here)))


@pytest.mark.parametrize("name", ["member-erase", "classroom-erase"])
def test_while_an_exercise_is_blind_its_highlights_are_not_even_counted(client, here, name):
    Exercise.objects.update(phase="open")
    said = text(client.get(place(name, here)))
    assert "highlight" not in said
    assert "nobody sees yet how much that is" in said


def test_the_articles_are_said_to_stay(client, here):
    assert "Articles. They belong to the teachers who added them" in text(client.get(place("classroom-erase", here)))


def test_who_leads_cannot_be_erased_and_is_told_what_to_do(client, here):
    leader = here.room.memberships.get(is_teacher=True)
    response = client.post(address("member-erase", here, leader.uuid), {"word": "DELETE"})
    assert response.status_code == 422
    assert "Remove this person from the class or team first" in text(response)


def test_the_sample_class_is_led_to_its_own_door(client, here):
    Classroom.objects.filter(pk=here.room.pk).update(is_sample=True)
    assert reverse("samples-remove") in client.get(address("classroom-privacy", here)).content.decode()
    response = client.post(place("classroom-erase", here), {"word": "Class 9B"})
    assert (response.status_code, Classroom.objects.count()) == (422, 1)


def test_making_nameless_again_says_that_it_is_done(client, here):
    client.post(place("member-nameless", here), {"word": "NAMELESS"})
    assert "This has been done already" in text(client.get(place("member-nameless", here)))
    assert client.post(place("member-nameless", here), {"word": "NAMELESS"}).status_code == 302
    assert Erasure.objects.count() == 1


def test_the_page_lists_all_of_whom_something_is_kept(client, here):
    Membership.objects.filter(pk=here.classmates[0].pk).update(removed_at=timezone.now())
    client.post(address("member-nameless", here, here.classmates[1].uuid), {"word": "NAMELESS"})
    said = text(client.get(address("classroom-privacy", here)))
    assert "3 people with a name 1 nameless 1 name on the class list" in said
    assert "Classmate 1 removed; the work is still here" in said
    assert said.index("(you)") < said.index("pseudonym") < said.index("nameless", said.index("pseudonym"))


def test_it_says_that_the_school_decides(client, here):
    said = text(client.get(address("classroom-privacy", here)))
    assert "is for your school to decide, not for one teacher alone" in said


@pytest.mark.parametrize("name", ["classroom", "classroom-privacy"])
def test_an_archived_class_counts_down_in_its_own_time_zone(client, here, name):
    # Half past eleven in the evening in UTC is the next day in Oslo.
    archived = timezone.now().replace(hour=23, minute=30, second=0, microsecond=0) - timedelta(days=3)
    Classroom.objects.filter(pk=here.room.pk).update(archived_at=archived, time_zone="Europe/Oslo")
    due = archived + timedelta(days=31)
    assert f"On {due.day} {due:%B} {due.year}" in text(client.get(address(name, here)))


def test_a_teacher_keeps_it_longer_and_lets_the_marks_go(client, here):
    Classroom.objects.filter(pk=here.room.pk).update(archived_at=timezone.now() - timedelta(days=18))
    response = client.post(address("classroom-keep", here), {"days": "60", "forgets_marks": "1"}, follow=True)
    assert "42 days left" in text(response)
    assert "The highlights of its readers go as well" in text(response)


@pytest.mark.parametrize("days", ["", "0", "731", "soon", "-1", "1e3"])
def test_days_that_cannot_be_are_refused_with_what_was_typed(client, here, days):
    before = world.fingerprint()
    response = client.post(address("classroom-keep", here), {"days": days, "forgets_marks": "1"})
    assert response.status_code == 422
    assert "Choose between 1 and 730 days" in text(response)
    assert f'value="{days}"' in response.content.decode()
    assert world.fingerprint() == before


def test_when_it_is_done_the_page_says_when(client, here):
    time = timezone.now().replace(microsecond=0)
    Classroom.objects.filter(pk=here.room.pk).update(archived_at=time - timedelta(days=31), forgotten_at=time)
    said = text(client.get(address("classroom-privacy", here)))
    assert "Forgotten on" in said
    assert "How long it is kept" not in said


def test_a_member_of_another_class_is_not_found_through_one_s_own(client, here):
    other = factories.reader(factories.classroom(factories.teacher()))
    assert client.get(address("member-erase", here, other.uuid)).status_code == 404


def test_more_people_cost_no_more_queries(client, here):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(address("classroom-privacy", here))
        return len(captured)

    queries()
    first = queries()
    for number in range(5):
        factories.reader(here.room, pseudonym=f"Reader {number}")
        RosterEntry.objects.create(classroom=here.room, position=number, name=f"Name {number}")
    assert queries() == first


def test_a_text_is_withdrawn_after_a_preview_and_its_pages_say_so(client, here):
    article = here.exercise.articles.get()
    address = reverse("article-withdraw", args=[article.uuid])
    assert "Its words in 10 highlights" in text(client.get(address))
    wrong = client.post(address, {"word": "yes"})
    assert (wrong.status_code, Erasure.objects.count()) == (422, 0)
    said = text(client.post(address, {"word": "withdraw"}, follow=True))
    assert "The text was withdrawn on" in said
    assert "Correct the text" not in said
    client.force_login(here.pupil.user)
    reading = here.pupil.readings.get()
    for name in ("reading", "reading-sentences"):
        said = text(client.get(reverse(name, args=[reading.uuid])))
        assert "The text was withdrawn on" in said
        assert "best evening" not in said
