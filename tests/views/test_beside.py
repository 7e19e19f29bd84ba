"""Two articles side by side on the annotate page: the other one to look at, with one's own marks and nobody else's."""

import html
import re

import pytest
from django.urls import reverse

from annotator.models import Exercise
from tests import factories

pytestmark = pytest.mark.django_db
OTHER = "Council moves the fair\n\nThe fair “moves”, said Ilse Varga 🏮.\n\nline one\nline two  قال."


@pytest.fixture
def work():
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    articles = [factories.article(teacher), factories.article(teacher, text=OTHER, title="Council moves the fair")]
    made = factories.exercise(room, articles)
    Exercise.objects.filter(pk=made.pk).update(is_side_by_side=True)
    return Exercise.objects.get(pk=made.pk)


@pytest.fixture
def reading(work, client):
    member = factories.reader(work.classroom)
    client.force_login(member.user)
    return factories.reading(work, member, text=work.places.get(position=1).article)


def other_of(work):
    return work.places.get(position=2).article


def page(client, reading, query=""):
    return client.get(reverse("reading", args=[reading.uuid]) + query).content.decode()


def beside_text(found):
    """Each block's text, as a browser reads it."""
    column = re.search(r'<div class="beside-text".*?</div>', found, re.DOTALL)[0]
    blocks = re.findall(r'<(h2|p|blockquote) class="[a-z_]+" dir="auto">(.*?)</\1>', column, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", inside)) for _tag, inside in blocks]


def test_the_other_article_is_offered_and_shown_when_asked_for(client, reading, work):
    assert 'href="?beside=1"' in page(client, reading)
    assert 'class="beside-text"' not in page(client, reading)
    assert beside_text(page(client, reading, "?beside=1")) == OTHER.split("\n\n")


def test_the_own_text_stays_what_it_is_and_no_name_stands_twice(client, reading):
    found = page(client, reading, "?beside=1")
    before = page(client, reading)
    article = re.compile(r'<article id="text".*?</article>', re.DOTALL)
    assert article.search(found)[0] == article.search(before)[0]
    names = re.findall(r' id="([^"]+)"', found)
    assert len(names) == len(set(names))


def test_it_shows_one_s_own_marks_there_and_nobody_else_s(client, reading, work):
    classmate = factories.reading(work, factories.reader(work.classroom), text=other_of(work))
    factories.span(classmate, OTHER.index("line one"), OTHER.index("line one") + 8, "opinion", note="Canary")
    found = page(client, reading, "?beside=1")
    assert "<mark" not in re.search(r'<div class="beside-text".*?</div>', found, re.DOTALL)[0]
    own = factories.reading(work, reading.member, text=other_of(work))
    start = OTHER.index("said Ilse")
    factories.span(own, start, start + 15, "attribution")
    found = page(client, reading, "?beside=1")
    column = re.search(r'<div class="beside-text".*?</div>', found, re.DOTALL)[0]
    assert re.findall(r"<mark[^>]*>([^<]+)</mark>", column) == ["said Ilse Varga"]
    assert beside_text(found) == OTHER.split("\n\n")
    assert "Canary" not in found


def test_the_way_there_is_a_form_until_one_has_begun_and_a_link_then(client, reading, work):
    start = reverse("reading-start", args=[work.uuid, other_of(work).uuid])
    assert f'action="{start}"' in page(client, reading)
    own = factories.reading(work, reading.member, text=other_of(work))
    assert f'href="{reverse("reading", args=[own.uuid])}"' in page(client, reading)
    assert f'action="{start}"' not in page(client, reading)


def test_after_closing_nothing_is_begun_any_more(client, reading, work):
    Exercise.objects.update(phase="closed", closed_at=factories.NOON)
    assert reverse("reading-start", args=[work.uuid, other_of(work).uuid]) not in page(client, reading)


def test_elsewhere_nothing_stands_beside(client, reading):
    Exercise.objects.update(is_side_by_side=False)
    found = page(client, reading, "?beside=1")
    assert "beside" not in found
    assert "Council moves the fair" not in found
