"""An article's page and what its owner, a colleague and a stranger may do with it."""

import html
import re
import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator.models import Article, ArticleDraft, Exercise, Membership, Phase, Reading
from tests import factories

pytestmark = pytest.mark.django_db
NAMES = ["article", "article-facts", "article-read-now", "article-correct", "article-delete"]
FACTS = {
    "title": "Fair moves",
    "publication": "Echo",
    "author": "Ilse Varga",
    "published": "2026-03-06",
    "language": "fr",
}


@pytest.fixture
def marit(client):
    made = factories.teacher("marit")
    client.force_login(made)
    return made


@pytest.fixture
def article(marit):
    return factories.article(marit)


def address(name, article):
    return reverse(name, args=[article.uuid])


def body(response):
    return html.unescape(response.content.decode())


def colleague_of(user):
    """Another teacher of one of the user's classrooms."""
    other = factories.teacher("tove")
    Membership.objects.create(classroom=factories.classroom(user), user=other, is_teacher=True)
    return other


def test_the_text_on_the_page_is_the_stored_text(client, marit):
    text = "A <b>title</b>\n\nLine one\nline  two\u00a0& “co” 👩‍👩‍👧 قال e\u0301\u2028next\n\n© 2026"
    article = factories.article(marit, text=text, title="A <b>title</b>")
    response = client.get(address("article", article))
    [shown] = re.findall(r'<article [^>]*id="text"[^>]*>(.*?)</article>', response.content.decode(), re.DOTALL)
    blocks = [
        html.unescape(re.sub(r"<[^>]*>", "", block))
        for block in re.findall(r"<(?:h2|p)[^>]*>.*?</(?:h2|p)>", shown, re.DOTALL)
    ]
    assert "\n\n".join(blocks) == text
    assert re.sub(r"<(h2|p) [^>]*>[^<]*</\1>", "", shown).strip() == ""


def test_every_kind_of_block_has_its_element(client, article):
    kinds = ["heading", "quotation", "list_item", "caption"]
    for block, kind in zip(article.blocks.all(), kinds, strict=True):
        type(block).objects.filter(pk=block.pk).update(kind=kind)
    page = body(client.get(address("article", article)))
    found = re.findall(r'<(h2|p|blockquote) id="b(\d)" class="block (\w+)"', page)
    assert found == [
        ("h2", "1", "heading"),
        ("blockquote", "2", "quotation"),
        ("p", "3", "list_item"),
        ("p", "4", "caption"),
    ]


def test_the_page_says_what_is_known_and_where_it_is_used(client, marit):
    article = factories.article(
        marit, publication="Echo", author="Ilse Varga", published=date(2026, 3, 6), language="fr"
    )
    work = factories.exercise(factories.classroom(marit, name="9B"), [article], title="Week 6")
    page = body(client.get(address("article", article)))
    for said in ("Echo", "Ilse Varga", "6 March 2026", "1 min read", "in 4 blocks", "9B", "Week 6", "Open, blind"):
        assert said in page
    assert f'href="{reverse("exercise", args=[work.uuid])}"' in page
    assert f'href="{reverse("exercise-add")}?article={article.uuid}"' in page
    assert 'id="text" aria-label="Lantern fair moves indoors" lang="fr" hx-disable>' in page


def test_the_title_stands_once_whether_or_not_the_text_begins_with_it(client, article):
    page = body(client.get(address("article", article)))
    assert '<h1 class="visually-hidden">' in page
    article.blocks.filter(number=1).update(kind="paragraph")
    page = body(client.get(address("article", article)))
    assert "<h1><bdi>Lantern fair moves indoors</bdi></h1>" in page


def test_an_article_used_nowhere_says_so(client, article):
    assert "In none of your exercises yet." in body(client.get(address("article", article)))


def test_versions_name_each_other(client, marit, article):
    newer = factories.article(marit, replaces=article, title="Corrected")
    page = body(client.get(address("article", article)))
    assert "There is a corrected version of this text." in page
    assert "This text corrects an earlier version." not in page
    assert f'href="{address("article", newer)}"' in page
    page = body(client.get(address("article", newer)))
    assert "This text corrects an earlier version." in page
    assert f'href="{address("article", article)}"' in page
    Article.objects.filter(pk=article.pk).update(deleted_at=factories.NOON)
    assert "earlier version" not in body(client.get(address("article", newer)))


def test_facts_are_changed_and_the_text_is_not(client, article):
    text = article.text
    response = client.post(address("article-facts", article), FACTS)
    assert response.headers["Location"] == address("article", article)
    article.refresh_from_db()
    assert (article.title, article.language, article.published) == ("Fair moves", "fr", date(2026, 3, 6))
    assert article.text == text
    assert "Saved. The text and every highlight stay as they were." in body(client.get(address("article", article)))


@pytest.mark.parametrize(
    ("field", "value"), [("title", " "), ("published", "soon"), ("address", "x"), ("language", "xx")]
)
def test_wrong_facts_are_marked_with_what_was_typed_and_nothing_changes(client, article, field, value):
    before = list(Article.objects.values())
    response = client.post(address("article-facts", article), FACTS | {"author": "New name", field: value})
    page = body(response)
    assert (response.status_code, list(Article.objects.values())) == (422, before)
    assert f'id="id_{field}_error"' in page
    assert 'value="New name"' in page
    assert '<details class="disclosure box pad" open>' in page
    assert page.split('id="leaving"')[0].count(" autofocus") == 1


def test_a_stored_language_that_is_no_choice_stays_possible(client, marit):
    article = factories.article(marit, language="pt-BR")
    assert client.post(address("article-facts", article), FACTS | {"language": "pt-BR"}).status_code == 302
    article.refresh_from_db()
    assert article.language == "pt-BR"


def test_read_it_now_leads_to_one_reading_however_often_it_is_pressed(client, marit, article):
    first = client.post(address("article-read-now", article))
    again = client.post(address("article-read-now", article))
    reading = Reading.objects.get()
    assert first.headers["Location"] == again.headers["Location"] == reverse("reading", args=[reading.uuid])
    assert (reading.member.user, reading.exercise.phase) == (marit, Phase.OPEN)
    assert Exercise.objects.count() == 1


def test_a_colleague_reads_alone_too(client, marit, article):
    client.force_login(colleague_of(marit))
    assert client.post(address("article-read-now", article)).status_code == 302
    assert Reading.objects.get().member.user.username == "tove"


def test_a_correction_begins_a_draft_and_goes_on_with_it(client, marit, article):
    first = client.post(address("article-correct", article))
    again = client.post(address("article-correct", article))
    draft = ArticleDraft.objects.get()
    assert first.headers["Location"] == again.headers["Location"] == reverse("draft", args=[draft.uuid])
    assert (draft.replaces, draft.owner) == (article, marit)


def test_deleting_leads_to_the_library_which_says_so(client, article):
    response = client.post(address("article-delete", article))
    assert response.headers["Location"] == reverse("library")
    assert "“Lantern fair moves indoors” is deleted." in body(client.get(reverse("library")))
    assert client.get(address("article", article)).status_code == 404


def test_an_article_in_use_stays_and_the_page_says_why(client, marit, article):
    factories.exercise(factories.classroom(marit), [article])
    response = client.post(address("article-delete", article))
    assert response.status_code == 422
    assert "An exercise still uses this article, so it stays." in body(response)
    assert Article.objects.get().deleted_at is None


def test_a_colleague_sees_the_article_and_not_what_only_its_owner_may(client, marit, article):
    client.force_login(colleague_of(marit))
    page = body(client.get(address("article", article)))
    assert "Added by <bdi>Marit</bdi>" in page
    for name in ("article-facts", "article-correct", "article-delete"):
        assert address(name, article) not in page
        assert client.post(address(name, article), FACTS).status_code == 404
    assert (Article.objects.get().title, ArticleDraft.objects.count()) == ("Lantern fair moves indoors", 0)


@pytest.mark.parametrize("name", NAMES)
def test_a_strangers_article_is_the_404_of_none(client, article, name):
    client.force_login(factories.teacher("stranger"))
    method = client.get if name == "article" else client.post
    before = list(Article.objects.values())
    hidden, absent = method(address(name, article), FACTS), method(reverse(name, args=[uuid.uuid4()]), FACTS)
    tokens = r'csrfmiddlewaretoken" value="\w+|X-CSRFToken": "\w+'
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert re.sub(tokens, "", body(hidden)) == re.sub(tokens, "", body(absent))
    assert (list(Article.objects.values()), Reading.objects.count(), ArticleDraft.objects.count()) == (before, 0, 0)


@pytest.mark.parametrize("name", NAMES)
def test_a_deleted_article_is_gone_for_its_owner_too(client, article, name):
    Article.objects.update(deleted_at=factories.NOON)
    method = client.get if name == "article" else client.post
    assert method(address(name, article), FACTS).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_wrong_methods_are_refused(client, article, name):
    method = client.post if name == "article" else client.get
    assert method(address(name, article)).status_code == 405


def test_a_page_used_often_costs_the_queries_of_a_page_used_once(client, marit, article):
    room = factories.classroom(marit)
    factories.exercise(room, [article])
    client.get(address("article", article))
    with CaptureQueriesContext(connection) as once:
        client.get(address("article", article))
    for _ in range(5):
        factories.exercise(room, [article])
        factories.article(marit, replaces=article)
    with CaptureQueriesContext(connection) as often:
        client.get(address("article", article))
    assert (len(once), len(often)) == (7, 7)
