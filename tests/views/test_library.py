"""The library's page: what it says to whom, that every question has an address, and that no address breaks it."""

import html
import re
import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator.reports.library import MOST_SHOWN, STEP
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = reverse("library")


@pytest.fixture
def marit(client):
    made = factories.teacher("marit")
    client.force_login(made)
    return made


def page(client, query=""):
    response = client.get(ADDRESS + query)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def titles(body):
    return re.findall(r'<h2><a href="/articles/[0-9a-f-]{36}/"><bdi>(.*?)</bdi>', body)


def test_an_empty_library_says_what_to_do(client, marit):
    body = page(client)
    assert "No articles yet" in body
    assert body.count(f'href="{reverse("article-add")}"') == 1
    assert 'role="search"' not in body


def test_an_article_stands_there_with_all_that_is_known(client, marit):
    room = factories.classroom(marit, name="9B")
    article = factories.article(
        marit, title="<b>Ferry</b> & “co”", publication="Tern Bay Echo", author="Ilse Varga",
        published=date(2026, 3, 6), language="fr",
    )  # fmt: skip
    work = factories.exercise(room, [article], title="Week 6")
    response = client.get(ADDRESS)
    assert "<b>Ferry" not in response.content.decode()
    body = html.unescape(response.content.decode())
    assert titles(body) == ["<b>Ferry</b> & “co”"]
    for said in ("1 article<", "Tern Bay Echo", "Ilse Varga", "6 March 2026", "French", "1 min", "9B", "Week 6"):
        assert said in body
    assert f'href="{reverse("exercise", args=[work.uuid])}"' in body
    assert f'href="{reverse("exercise-add")}?article={article.uuid}"' in body


def test_a_fourth_use_is_counted_not_listed(client, marit):
    article = factories.article(marit)
    room = factories.classroom(marit)
    for number in range(5):
        factories.exercise(room, [article], title=f"Week {number}")
    body = page(client)
    assert body.count('<a class="chip" href="/exercises/') == 3
    assert ">2 more<" in body


def test_a_search_without_a_find_says_so_and_offers_all(client, marit):
    factories.article(marit)
    body = page(client, "?q=herons+%3Cb%3E")
    assert titles(body) == []
    assert "No article holds all of “herons <b>”" in body
    assert f'<a class="btn" href="{ADDRESS}">Show all articles</a>' in body
    assert "No article fits these filters." in page(client, "?used=none&publication=Echo")


def test_a_question_comes_back_in_its_form(client, marit):
    factories.article(marit, publication="Echo", language="fr", published=date(2026, 3, 6))
    body = page(client, "?q=lantern&publication=Echo&language=fr&used=none&year=2026&order=title")
    assert 'name="q" type="search" maxlength="300" value="lantern"' in body
    for value in ("Echo", "fr", "none", "title"):
        assert f'<option value="{value}" selected>' in body
    assert '<input type="hidden" name="year" value="2026">' in body
    assert 'href="?q=lantern&publication=Echo&language=fr&used=none&order=title"' in body


@pytest.mark.parametrize(
    "query",
    [
        "?year=0", "?year=99999", "?year=last", "?used=nobody", "?order=random", "?shown=-3", "?shown=x", "?shown=0",
        "?shown=99999999999999999999", "?language=" + "x" * 36, "?q=" + "x" * 301, "?publication=%00", "?q=%00",
        "?year=2026&year=x", "?nonsense=1",
    ],
)  # fmt: skip
def test_a_part_of_a_question_that_makes_no_sense_is_left_out(client, marit, query):
    factories.article(marit, published=date(2026, 3, 6))
    assert titles(page(client, query)) == ["Lantern fair moves indoors"]


def test_a_publication_is_taken_letter_by_letter(client, marit):
    factories.article(marit, publication=" Echo ")
    assert len(titles(page(client, "?publication=+Echo+"))) == 1
    assert titles(page(client, "?publication=Echo")) == []


def test_more_articles_are_a_link_away(client, marit):
    for number in range(STEP + 1):
        factories.article(marit, title=f"Story {number}")
    body = page(client, "?q=story")
    assert len(titles(body)) == STEP
    assert f"{STEP} of {STEP + 1} shown" in body
    [address] = re.findall(r'<a class="btn" id="more" href="([^"]*)"', body)
    assert address == f"?q=story&shown={STEP + 1}"
    everything = page(client, address)
    assert len(titles(everything)) == STEP + 1
    assert 'id="more"' not in everything
    assert len(titles(page(client, f"?shown={MOST_SHOWN}"))) == STEP + 1


def test_a_reader_finds_no_library_and_a_visitor_is_sent_to_sign_in(client):
    assert client.get(ADDRESS).headers["Location"] == f"{reverse('sign-in')}?next={ADDRESS}"
    room = factories.classroom(factories.teacher())
    client.force_login(factories.reader(room).user)
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_library_only_answers_questions(client, marit, method):
    assert getattr(client, method)(ADDRESS).status_code == 405


def test_a_full_page_costs_nine_queries(client, marit):
    room = factories.classroom(marit)
    for _ in range(STEP + 2):
        factories.exercise(room, [factories.article(marit)])
    page(client)  # stores the time of the first request
    with CaptureQueriesContext(connection) as queries:
        page(client, f"?q=lantern&used={room.uuid}")
    assert len(queries) == 9
    assert page(client, f"?used={uuid.uuid4()}")
