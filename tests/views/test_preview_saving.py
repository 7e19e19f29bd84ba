"""Saving a draft: what becomes the article, what is marked, and that nothing typed is lost."""

import re

import pytest
from django.urls import reverse

from annotator.importers import DraftArticle
from annotator.models import Article
from annotator.services.drafts import draft_add
from tests import factories
from tests.views.previewing import BLOCKS, HTMX, address, body, press, problem, save, sent, ticked

pytestmark = pytest.mark.django_db


@pytest.fixture
def marit(client):
    made = factories.teacher("marit")
    client.force_login(made)
    return made


@pytest.fixture
def draft(marit):
    source = DraftArticle(blocks=BLOCKS, title="Ferry runs hourly", author="Ilse Varga", language="en")
    return draft_add(owner=marit, source=source)


def test_saving_leads_to_the_article_or_to_an_exercise(client, marit):
    for then, where in [
        ("library", "/articles/{}/"),
        ("exercise", reverse("exercise-add") + "?article={}"),
        ("x", "/articles/{}/"),
    ]:
        draft = draft_add(owner=marit, source=DraftArticle(blocks=BLOCKS, title="Ferry"))
        response = save(client, draft, then=then, again="1")
        assert (response.status_code, response.headers["Location"]) == (302, where.format(draft.uuid))
    assert Article.objects.count() == 3


def test_saving_with_scripts_sends_the_browser_on(client, draft):
    response = client.post(address("draft-save", draft), sent(draft, then="library"), **HTMX)
    assert response.headers["HX-Redirect"] == reverse("article", args=[draft.uuid])


def test_what_is_saved_is_what_the_screen_said(client, draft):
    fields = {"kept": ["0", "2"], "words-2": "It left at seven.", "title": " New title ", "published": "2026-03-06"}
    fields |= {"language": "fr", "address": "https://example.org/ferry", "publication": "Echo", "author": ""}
    save(client, draft, **fields)
    article = Article.objects.get()
    assert (article.text, article.title) == ("Home\n\nIt left at seven.", "New title")
    assert (article.published.isoformat(), article.language, article.publication) == ("2026-03-06", "fr", "Echo")
    assert (article.address, article.author) == ("https://example.org/ferry", "")


BAD_FACTS = [
    ("title", "", "Give the article a title, so that people find it."),
    ("title", "x" * 301, "at most 300 characters"),
    ("published", "6 March", "Write the date as year-month-day"),
    ("published", "2026-02-30", "Write the date as year-month-day"),
    ("address", "ftp://example.org/", "Write the whole address, beginning https://"),
    ("address", "javascript:alert(1)", "Write the whole address, beginning https://"),
    ("language", "klingon", "Select a valid choice"),
    ("publication", "x" * 201, "at most 200 characters"),
    ("author", "a\0b", "Null characters are not allowed."),
]


@pytest.mark.parametrize(("field", "value", "sentence"), BAD_FACTS, ids=[f"{f}-{v[:9]!a}" for f, v, _ in BAD_FACTS])
def test_a_wrong_fact_is_marked_and_nothing_is_saved(client, draft, field, value, sentence):
    response = save(client, draft, **{field: value})
    assert (response.status_code, Article.objects.count()) == (422, 0)
    [error] = re.findall(rf'<p class="error" id="id_{field}_error">(.*?)</p>', body(response))
    assert sentence in error
    assert re.search(rf'name="{field}"[^>]*aria-describedby="id_{field}_error"', body(response))
    assert body(response).split('id="leaving"')[0].count(" autofocus") == 1


def test_a_wrong_fact_loses_no_tick_and_no_word(client, draft):
    response = save(client, draft, title="", kept=["0"], **{"words-2": "Typed words."})
    page = body(response)
    assert re.findall(r'name="kept" value="(\d+)"( checked)?', page) == [("0", " checked"), ("1", ""), ("2", "")]
    assert "Typed words." in page
    assert save(client, draft, title="Ferry", kept=["2"]).status_code == 302
    assert Article.objects.get().text == "Typed words."


def test_a_refused_step_without_scripts_loses_no_tick_and_no_word(client, draft):
    response = press(client, draft, "split:2:0", kept=["0"], **{"words-1": "Typed words."})
    page = body(response)
    assert re.findall(r'name="kept" value="(\d+)"( checked)?', page) == [("0", " checked"), ("1", ""), ("2", "")]
    assert page.count("Typed words.</textarea>") == 1


def test_a_refused_step_with_scripts_leaves_the_draft_to_the_screen(client, draft):
    press(client, draft, "split:2:0", headers=HTMX, kept=["0"])
    assert (ticked(draft), draft.version) == ([1, 2], 1)


def test_saving_nothing_is_refused(client, draft):
    response = save(client, draft, kept=[])
    assert (response.status_code, Article.objects.count()) == (422, 0)
    assert problem(response) == "Keep at least one block: an article needs a text."


def test_the_same_text_is_noticed_before_and_at_saving(client, marit, draft):
    save(client, draft)
    second = draft_add(owner=marit, source=DraftArticle(blocks=BLOCKS, title="Ferry again"))
    page = body(client.get(address("draft", second)))
    assert "You already have this text:" in page
    assert f'<a href="/articles/{draft.uuid}/"><bdi>Ferry runs hourly</bdi></a>' in page
    refused = save(client, second)
    assert (refused.status_code, Article.objects.count()) == (422, 1)
    assert "tick the box to save it a second time" in problem(refused)
    assert save(client, second, again="1").status_code == 302
    assert Article.objects.count() == 2


def test_the_same_text_is_no_longer_noticed_once_it_differs(client, marit, draft):
    save(client, draft)
    second = draft_add(owner=marit, source=DraftArticle(blocks=BLOCKS, title="Ferry again"))
    answer = body(press(client, second, "tick:1", headers=HTMX, kept=["2"]))
    assert "You already have this text:" not in answer
    assert save(client, second).status_code == 302


def test_saving_twice_and_opening_the_draft_afterwards_lead_to_the_article(client, draft):
    fields = sent(draft)
    first = client.post(address("draft-save", draft), fields)
    again = client.post(address("draft-save", draft), fields)
    assert again.headers["Location"] == first.headers["Location"] == f"/articles/{draft.uuid}/"
    assert client.get(address("draft", draft)).headers["Location"] == f"/articles/{draft.uuid}/"
    assert Article.objects.count() == 1
