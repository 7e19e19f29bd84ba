"""A new exercise beyond its articles: a pasted text, what the lesson is made of, homework, an earlier one again."""

import re
import uuid
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from annotator.models import Article, Classroom, Distribution, Exercise, ExerciseArticle
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/exercises/new/"
TEXT = "Harbour ferry to run hourly\r\n\r\nThe ferry will run every hour, the operator said on Monday."
YEAR = timezone.now().year + 1
# The last Sunday of March, when clocks in Oslo jump from 02:00 to 03:00.
CHANGE = f"{YEAR}-03-{31 - (date(YEAR, 3, 31).weekday() + 1) % 7}"


@pytest.fixture
def teacher(client):
    made = factories.teacher("marit")
    client.force_login(made)
    return made


def sent(**changed):
    """What the page sends when a text was pasted and nothing else was touched; a field set to None is left out."""
    fields = {
        "do": "start", "sent": str(uuid.uuid4()), "text": TEXT, "room": "new-class", "name": "My class", "title": "",
        "time_zone": "Europe/Oslo", "codebook": str(factories.codebook().uuid), "when": "lesson", "minutes": "length",
        "due_date": f"{YEAR}-07-06", "due_time": "18:00", "has_warm_up": "on", "has_discussion": "on",
        "has_revision": "on", "has_key": "on", "exit_question": "", "points": "10", "key_points": "0",
    }  # fmt: skip
    return {name: value for name, value in (fields | changed).items() if value is not None}


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_pasted_text_is_a_class_in_its_lobby_with_one_press(client, teacher):
    response = client.post(ADDRESS, sent())
    made = Exercise.objects.get()
    assert response.url == reverse("exercise", args=[made.uuid])
    assert (made.title, made.step, made.minutes) == ("Harbour ferry to run hourly", "lobby", 12)
    assert (made.classroom.name, made.classroom.time_zone) == ("My class", "Europe/Oslo")
    assert made.articles.get().text == TEXT.replace("\r\n", "\n")


def test_sent_twice_it_is_one_text_one_class_and_one_exercise(client, teacher):
    fields = sent()
    assert len({client.post(ADDRESS, fields).url for _ in range(2)}) == 1
    assert (Article.objects.count(), Classroom.objects.count(), Exercise.objects.count()) == (1, 1, 1)


def test_a_text_that_is_there_already_is_used_and_not_stored_again(client, teacher):
    client.post(ADDRESS, sent())
    client.post(ADDRESS, sent())
    assert (Article.objects.count(), ExerciseArticle.objects.count()) == (1, 2)


def test_a_pasted_text_comes_before_the_articles_of_the_library(client, teacher):
    article = factories.article(teacher, title="Lantern fair")
    client.post(ADDRESS, sent(article=[str(article.uuid)]))
    places = Exercise.objects.get().places.order_by("position")
    assert [place.article.title for place in places] == ["Harbour ferry to run hourly", "Lantern fair"]


def test_a_long_text_starts_all_the_same_with_a_kind_word(client, teacher):
    response = client.post(ADDRESS, sent(text="Ferry\n\n" + "word " * 500), follow=True)
    assert Exercise.objects.get().step == "lobby"
    assert "Your text has 501 words. About 450 are read and tagged in one lesson." in text(response)
    assert "words. About" not in text(client.post(ADDRESS, sent(), follow=True))


def test_nothing_pasted_is_lost_when_something_does_not_fit(client, teacher):
    response = client.post(ADDRESS, sent(name=" ", text="Who <says>\n\nso?"))
    assert response.status_code == 422
    assert "Who &lt;says&gt;\n\nso?</textarea>" in response.content.decode()
    assert (Article.objects.count(), Exercise.objects.count(), Classroom.objects.count()) == (0, 0, 0)


def test_a_text_of_nothing_is_refused_with_the_importers_sentence(client, teacher):
    response = client.post(ADDRESS, sent(text="\0 \0"))
    assert (response.status_code, Exercise.objects.count()) == (422, 0)
    assert "text" in text(response)


def test_a_newcomer_s_form_has_a_class_by_name_and_the_defaults_of_most_lessons(client, teacher):
    page = client.get(ADDRESS).content.decode()
    assert re.search(r'value="new-class" checked', page)
    assert 'value="My class"' in page
    ticked = re.findall(r'type="checkbox" name="(\w+)" checked', page)
    assert ticked == ["has_warm_up", "has_discussion", "has_revision", "has_key"]
    assert '<option value="length" selected>' in page


def test_switches_question_and_points_are_those_of_the_form(client, teacher):
    client.post(ADDRESS, sent(has_warm_up=None, shows_score="on", exit_question=" Who  spoke? ", points="20",
                              key_points="5", minutes="none"))  # fmt: skip
    made = Exercise.objects.get()
    assert (made.has_warm_up, made.has_key, made.shows_score, made.asks_sources) == (False, True, True, False)
    assert (made.exit_question, made.points, made.key_points, made.minutes) == ("Who spoke?", 20, 5, None)


def test_homework_is_open_until_its_day_and_time_in_the_zone_of_its_class(client, teacher):
    client.post(ADDRESS, sent(when="homework", room="new-team"))
    made = Exercise.objects.get()
    assert (made.phase, made.is_homework, made.ends_at) == ("open", True, datetime(YEAR, 7, 6, 16, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"when": "homework", "due_date": ""}, "Say until which day it can be done."),
        ({"when": "homework", "due_date": "next week"}, "Write the date as year-month-day"),
        ({"when": "homework", "due_time": "25:00"}, "Write the time as hours and minutes"),
        ({"when": "homework", "due_date": "2026-01-05"}, "That time has passed already."),
        ({"when": "homework", "due_date": "0001-01-01"}, "That time has passed already."),
        ({"when": "homework", "due_date": "9999-12-31"}, "That day is more than two years away."),
        ({"when": "homework", "due_date": CHANGE, "due_time": "02:30"}, "Clocks jump over 02:30 on that day"),
        ({"minutes": "7"}, "Almost there."),
        ({"points": "-1"}, "Points go from 0 to 1,000."),
        ({"points": "many"}, "Points go from 0 to 1,000."),
        ({"points": "5", "key_points": "6"}, "they cannot be more"),
        ({"exit_question": "x" * 201}, "That question is too long."),
        ({"made_from": "x"}, "Almost there."),
    ],
)
def test_what_does_not_fit_in_a_lesson_gets_a_sentence_and_makes_nothing(client, teacher, changed, words):
    response = client.post(ADDRESS, sent(**changed))
    assert response.status_code == 422
    assert words in text(response)
    assert re.search(r'<details[^>]* id="lesson" open>', response.content.decode()) or "made_from" in changed
    assert (Article.objects.count(), Exercise.objects.count(), Classroom.objects.count()) == (0, 0, 0)


def two(teacher):
    return {"text": "", "article": [str(factories.article(teacher, title=title).uuid) for title in "AB"]}


def test_articles_are_dealt_as_the_form_says(client, teacher):
    client.post(ADDRESS, sent(**two(teacher), dealing="each", articles_each="1", overlap="3"))
    made = Exercise.objects.get()
    assert (made.distribution, made.articles_each, made.overlap) == (Distribution.BALANCED, 1, None)
    client.post(ADDRESS, sent(**two(teacher), dealing="overlap", articles_each="1", overlap="3", is_random="on"))
    made = Exercise.objects.latest("pk")
    assert (made.distribution, made.articles_each, made.overlap) == (Distribution.RANDOM, None, 3)


def test_dealing_to_more_readers_than_there_are_waits_as_a_draft_and_says_so(client, teacher):
    fields = sent(**two(teacher), dealing="overlap", overlap="3", room="new-team")
    said = text(client.post(ADDRESS, fields, follow=True))
    assert (Exercise.objects.get().phase, Exercise.objects.get().step) == ("draft", "")
    assert "there are not enough readers yet to deal the articles to" in said
    assert "Each article is dealt to 3 readers when the reading opens." in said


@pytest.mark.parametrize(("dealing", "field"), [("each", "articles_each"), ("overlap", "overlap")])
@pytest.mark.parametrize("number", ["", "0", "many", "501"])
def test_dealing_needs_a_number(client, teacher, dealing, field, number):
    response = client.post(ADDRESS, sent(**two(teacher), dealing=dealing, **{field: number}))
    assert (response.status_code, Exercise.objects.count()) == (422, 0)
    assert "Write a whole number from 1 to 500." in text(response)


def test_side_by_side_is_offered_for_two_and_refused_for_more(client, teacher):
    assert "Side by side" not in text(client.get(ADDRESS))
    fields = two(teacher)
    assert "Side by side" in text(client.get(ADDRESS, {"article": fields["article"]}))
    response = client.post(ADDRESS, sent(**fields | {"text": TEXT}, is_side_by_side="on", dealing="all"))
    assert (response.status_code, Exercise.objects.count()) == (422, 0)
    assert "Side by side works with exactly two articles." in text(response)
    client.post(ADDRESS, sent(**fields, is_side_by_side="on", dealing="all"))
    assert Exercise.objects.get().is_side_by_side


@pytest.fixture
def earlier(teacher):
    """An exercise of two articles in an order of its own, with settings of its own."""
    room = factories.classroom(teacher, name="Class 9B")
    articles = [factories.article(teacher, title=title) for title in ("Zebra", "Aardvark")]
    made = factories.exercise(room, articles, title="Week 6", phase="archived")
    fields = {
        "has_revision": False,
        "exit_question": "Who spoke?",
        "minutes": 15,
        "points": 20,
        "is_side_by_side": True,
    }
    Exercise.objects.filter(pk=made.pk).update(**fields)
    return made


def test_an_earlier_exercise_can_be_used_again_with_all_its_settings(client, teacher, earlier):
    assert f"{ADDRESS}?from={earlier.uuid}" in client.get(ADDRESS).content.decode()
    page = client.get(f"{ADDRESS}?from={earlier.uuid}").content.decode()
    chosen = re.findall(r'name="article" value="([^"]+)"', page)
    assert chosen == [str(place.article.uuid) for place in earlier.places.order_by("position")]
    for kept in (
        'value="Week 6"',
        'value="Who spoke?"',
        '<option value="15" selected>',
        'name="is_side_by_side" checked',
    ):
        assert kept in page
    assert 'name="has_revision" checked' not in page
    client.post(ADDRESS, sent(text="", article=chosen, made_from=str(earlier.uuid)))
    assert Exercise.objects.latest("pk").made_from == earlier


def test_a_press_does_not_bring_back_what_was_changed_about_it(client, teacher, earlier):
    first = earlier.places.get(position=1).article
    fields = sent(do=f"remove:{first.uuid}", text="", article=[str(first.uuid)], made_from=str(earlier.uuid))
    page = client.post(ADDRESS, fields).content.decode()
    assert re.findall(r'name="article" value="([^"]+)"', page) == []
    assert f'name="made_from" value="{earlier.uuid}"' in page
    assert 'name="has_revision" checked' in page


def test_somebody_else_s_exercise_is_as_good_as_none(client, teacher):
    other = factories.teacher()
    foreign = factories.exercise(factories.classroom(other), [factories.article(other)])
    for missing in (foreign.uuid, uuid.uuid4()):
        assert client.get(f"{ADDRESS}?from={missing}").status_code == 404
        assert client.post(ADDRESS, sent(made_from=str(missing))).status_code == 404
    assert (Exercise.objects.count(), Article.objects.filter(owner=teacher).count()) == (1, 0)


def test_an_article_that_left_the_library_is_not_brought_back(client, teacher, earlier):
    Article.objects.filter(title="Zebra").update(deleted_at=factories.NOON)
    page = client.get(f"{ADDRESS}?from={earlier.uuid}").content.decode()
    (left,) = re.findall(r'name="article" value="([^"]+)"', page)
    assert left == str(Article.objects.get(title="Aardvark").uuid)


def test_its_exercise_s_page_leads_there(client, teacher, earlier):
    page = client.get(reverse("exercise", args=[earlier.uuid])).content.decode()
    assert f'href="{ADDRESS}?from={earlier.uuid}"' in page
