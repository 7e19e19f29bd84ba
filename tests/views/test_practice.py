"""Practice outside a class: three sentences, wrong and right taps, nothing kept; a class has its own warm-up."""

import pytest
from django.test import Client
from django.urls import reverse

from annotator.models import Classroom, Label, WarmUpVote
from tests import factories

pytestmark = pytest.mark.django_db
LINK = "Practise on three sentences"


def reading_in(kind):
    teacher = factories.teacher()
    room = factories.classroom(teacher, kind=kind)
    return factories.reading(factories.exercise(room, [factories.article(teacher)]), factories.reader(room))


@pytest.fixture
def reading():
    return reading_in(Classroom.Kind.TEAM)


@pytest.fixture
def client(reading):
    return reader_of(reading)


def reader_of(reading):
    made = Client()
    made.force_login(reading.member.user)
    return made


def page(client, reading, **query):
    response = client.get(reverse("reading-practice", args=[reading.uuid]), query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", ["reading", "reading-sentences"])
def test_it_is_offered_beside_the_tags_meanings_outside_a_class_alone(client, reading, name):
    address = reverse("reading-practice", args=[reading.uuid])
    shown = client.get(reverse(name, args=[reading.uuid])).content.decode()
    assert f'href="{address}"' in shown
    assert LINK in shown
    other = reading_in(Classroom.Kind.CLASS)
    assert LINK not in reader_of(other).get(reverse(name, args=[other.uuid])).content.decode()


def test_a_wrong_tap_brings_the_question_back_and_a_right_one_the_rule_and_the_next(client, reading):
    asked = page(client, reading)
    assert "412 new accounts in March" in asked
    assert "Look again" not in asked
    assert "Next sentence" not in asked
    wrong = page(client, reading, sentence="1", label="opinion")
    assert "Look again" in wrong
    assert "Does the writer judge with these words?" in wrong
    assert "Next sentence" not in wrong
    right = page(client, reading, sentence="1", label="claim")
    assert "Yes, claim" in right
    assert "The library could count them." in right
    assert 'href="?sentence=2"' in right
    assert "Your teacher" not in right + wrong + asked


def test_after_the_third_sentence_one_starts_to_read(client, reading):
    last = page(client, reading, sentence="3", label="opinion")
    assert "laughable" in last
    assert "Next sentence" not in last
    assert f'<a class="btn primary" href="{reverse("reading", args=[reading.uuid])}">Start reading</a>' in last


@pytest.mark.parametrize("sentence", ["0", "4", "-1", "x", "", "1 ", "\N{ARABIC-INDIC DIGIT ONE}", "9" * 5000])
def test_there_is_no_other_sentence(client, reading, sentence):
    address = reverse("reading-practice", args=[reading.uuid])
    assert client.get(address, {"sentence": sentence}).status_code == 404


def test_an_unknown_tag_is_none(client, reading):
    assert "Look again" not in page(client, reading, sentence="1", label="nonsense")


def test_nothing_is_kept_and_nothing_asked_of_the_database_twice(client, reading, django_assert_num_queries):
    page(client, reading)
    with django_assert_num_queries(5):
        page(client, reading, sentence="1", label="claim")
    assert not WarmUpVote.objects.exists()
    assert client.post(reverse("reading-practice", args=[reading.uuid])).status_code == 405


def test_a_codebook_without_these_tags_has_no_practice(client, reading):
    Label.objects.filter(slug="attribution").update(is_retired=True)
    assert client.get(reverse("reading-practice", args=[reading.uuid])).status_code == 404
    assert LINK not in client.get(reverse("reading", args=[reading.uuid])).content.decode()
