"""The preview of a draft: every press with and without htmx, and what is refused as a whole."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator.importers import DraftArticle
from annotator.models import Article, ArticleDraft
from annotator.services.drafts import draft_add, draft_correct
from tests import factories
from tests.views.previewing import (
    BLOCKS,
    HTMX,
    address,
    body,
    press,
    problem,
    save,
    sent,
    state,
    texts,
    ticked,
    without_tokens,
)

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


def test_the_page_shows_every_block_with_its_tick_and_the_facts(client, draft):
    response = client.get(address("draft", draft))
    assert response.status_code == 200
    assert "<b>runs</b>" not in response.content.decode()
    page = body(response)
    assert re.findall(r'name="kept" value="(\d+)"( checked)?', page) == [
        ("0", ""),
        ("1", " checked"),
        ("2", " checked"),
    ]
    assert 'value="Ferry runs hourly"' in page
    assert '<input type="hidden" name="version" value="1">' in page
    assert '<input type="hidden" name="ticks" value="1">' in page
    assert [len(re.findall(rf'id="{name}"', page)) for name in ("totals", "twins", "problem", "draft")] == [1] * 4
    assert '<option value="en" selected>English</option>' in page


def test_a_get_changes_nothing(client, draft):
    before = state()
    for query in ("", "?open=2", "?open=99", "?open=x", "?open=²", "?open=" + "9" * 30):
        assert client.get(address("draft", draft) + query).status_code == 200
    assert state() == before


def test_a_block_opens_by_its_address_too(client, draft):
    page = body(client.get(address("draft", draft) + "?open=2"))
    assert re.findall(r'value="(split:[\d:]+)"', page) == ["split:2:16", "split:2"]
    assert page.count('aria-expanded="true"') == 1
    assert ">\nIt left at six. It was full.</textarea>" in page


PRESSES = [
    ("leave:1", {}, lambda draft: ticked(draft) == []),
    ("keep:0", {}, lambda draft: ticked(draft) == [0, 1, 2]),
    ("tick:1", {"kept": ["2"]}, lambda draft: ticked(draft) == [2]),
    ("split:2:16", {}, lambda draft: texts(draft)[2:] == ["It left at six.", "It was full."]),
    ("split:2", {"place-2": "16"}, lambda draft: texts(draft)[2:] == ["It left at six.", "It was full."]),
    ("join:1", {}, lambda draft: texts(draft)[1:] == ["Ferry <b>runs</b> hourly It left at six. It was full."]),
    ("close:2", {"words-2": "Other\r\n\r\nwords"}, lambda draft: texts(draft)[2:] == ["Other", "words"]),
    ("open:2", {"kept": ["0"]}, lambda draft: ticked(draft) == [0]),
    ("facts", {"author": "Oona Pell"}, lambda draft: ticked(draft) and draft.author == "Oona Pell"),
]


@pytest.mark.parametrize(("do", "fields", "is_done"), PRESSES, ids=[do for do, _, _ in PRESSES])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_press_is_stored_with_and_without_scripts(client, draft, do, fields, is_done, headers):
    response = press(client, draft, do, headers=headers, **fields)
    assert response.status_code == (200 if headers else 302)
    assert is_done(draft)
    assert draft.version == 2


@pytest.mark.parametrize(
    ("do", "where"),
    [
        ("leave:1", "#group-1"), ("tick:0", "#group-0"), ("open:2", "?open=2#block-2"), ("close:2", "#block-2"),
        ("split:2:16", "#block-2"), ("facts", ""),
    ],
)  # fmt: skip
def test_without_scripts_a_press_leads_back_to_its_place(client, draft, do, where):
    assert press(client, draft, do).headers["Location"] == address("draft", draft) + where


def test_with_scripts_a_press_answers_only_what_it_touched(client, draft):
    answer = body(press(client, draft, "leave:1", headers=HTMX))
    assert 'id="group-1"' in answer
    assert 'id="group-0"' not in answer
    assert "<html" not in answer
    for part in ("totals", "twins", "problem"):
        assert re.search(rf'id="{part}"[^>]* hx-swap-oob="true"', answer)
    assert '<input type="hidden" name="version" value="2">' in answer
    assert "<b>0 words</b>" in answer


def test_a_tick_answers_with_the_groups_head_alone(client, draft):
    answer = body(press(client, draft, "tick:1", headers=HTMX, kept=["1"]))
    assert "1 of 2 blocks kept" in answer
    assert 'type="checkbox" id="kept' not in answer


def test_the_fields_answer_with_no_group_at_all(client, draft):
    answer = body(press(client, draft, "facts", headers=HTMX, author="Oona Pell"))
    assert "group-" not in answer


def test_a_press_that_leaves_a_field_wrong_keeps_what_was_typed_and_marks_it(client, draft):
    response = press(client, draft, "leave:1", address="nowhere", author="Oona Pell")
    assert (response.status_code, ticked(draft), draft.author) == (422, [], "Ilse Varga")
    assert problem(response) == "Look at what is marked below."
    assert 'value="nowhere"' in body(response)
    assert 'value="Oona Pell"' in body(response)
    assert "Write the whole address, beginning https://" in body(response)


def test_a_press_asks_for_no_title_yet(client, draft):
    assert press(client, draft, "leave:1", title="").status_code == 302
    draft.refresh_from_db()
    assert draft.title == ""


JUNK = [
    "", "nothing", "keep", "keep:", "keep:x", "keep:-1", "keep:1:2", "keep:9999999", "split:2:16:3", "split:2:x",
    "facts:1", "keep:١", "open:9999999999", "tick:1\n", " leave:1",
]  # fmt: skip


@pytest.mark.parametrize("do", JUNK, ids=map(ascii, JUNK))
def test_a_press_that_makes_no_sense_is_refused_and_changes_nothing(client, draft, do):
    response = press(client, draft, do)
    assert (response.status_code, len(texts(draft)), ticked(draft)) == (422, 3, [1, 2])
    assert problem(response) == "This step was not complete. Reload the page and try again."


REFUSED = [
    ("keep:7", {}, "That block is not there any more."),
    ("split:2:0", {}, "A block can be split only between two words."),
    ("split:2", {"place-2": "x"}, "A block can be split only between two words."),
    ("split:99:3", {}, "That block is not there any more."),
    ("join:2", {}, "There is no block after this one"),
    ("close:2", {"words-2": " \r\n "}, "A block needs words."),
    ("close:2", {"words-99": "x"}, "That block is not there any more."),
]


@pytest.mark.parametrize(("do", "fields", "sentence"), REFUSED, ids=[str(number) for number in range(len(REFUSED))])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_step_that_cannot_be_made_says_why_and_stores_nothing(client, draft, do, fields, sentence, headers):
    before = texts(draft)
    response = press(client, draft, do, headers=headers, **fields)
    assert (response.status_code, texts(draft), ticked(draft)) == (422, before, [1, 2])
    assert problem(response).startswith(sentence)
    assert response.headers.get("HX-Retarget") == ("#problem" if headers else None)


@pytest.mark.parametrize("version", [None, "0", "2", "x", "-1", "9" * 40])
def test_a_screen_that_is_out_of_date_gets_409_and_the_draft_as_it_stands(client, draft, version):
    before = state()
    response = press(client, draft, "leave:1", version=version)
    assert (response.status_code, state()) == (409, before)
    assert "changed in another window" in problem(response)
    response = client.post(address("draft-save", draft), sent(draft, version=version))
    assert (response.status_code, state()) == (409, before)


def test_with_scripts_an_out_of_date_screen_is_told_and_given_a_way_on(client, draft):
    response = press(client, draft, "leave:1", headers=HTMX, version="7")
    assert (response.status_code, response.headers["HX-Retarget"]) == (409, "#problem")
    assert f'<a class="link" href="{address("draft", draft)}">' in body(response)


def test_throwing_away_leads_back_to_the_library(client, draft):
    response = client.post(address("draft-cancel", draft))
    assert response.headers["Location"] == reverse("library")
    assert (ArticleDraft.objects.count(), Article.objects.count()) == (0, 0)
    assert client.get(address("draft", draft)).status_code == 404


def test_a_correction_says_what_it_corrects(client, marit):
    article = factories.article(marit, title="Ferry <i>")
    page = body(client.get(address("draft", draft_correct(article=article))))
    assert "What should it say?" in page
    assert "A new version of “Ferry <i>”." in page
    assert "Nothing has changed yet: this is still the old text." in page
    assert "Save it a second time" not in page


def test_a_correction_says_that_it_is_unchanged_only_as_long_as_it_is(client, marit):
    draft = draft_correct(article=factories.article(marit))
    answer = body(press(client, draft, "close:2", headers=HTMX, **{"words-2": "Other words."}))
    assert "Nothing has changed yet" not in answer
    answer = body(press(client, draft, "leave:0", headers=HTMX))
    assert "Nothing has changed yet" not in answer


@pytest.mark.parametrize("name", ["draft", "draft-block", "draft-save", "draft-cancel"])
def test_somebody_elses_draft_is_the_404_of_none(client, draft, name):
    client.force_login(factories.teacher("tove"))
    method = client.get if name == "draft" else client.post
    before = state()
    hidden = method(address(name, draft), sent(draft, "leave:1"))
    absent = method(reverse(name, args=[uuid.uuid4()]), sent(draft, "leave:1"))
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert without_tokens(hidden) == without_tokens(absent)
    assert state() == before


def test_a_saved_draft_of_somebody_else_leads_nowhere(client, draft):
    save(client, draft)
    client.force_login(factories.teacher("tove"))
    assert client.get(address("draft", draft)).status_code == 404
    assert client.post(address("draft-save", draft), {}).status_code == 404


@pytest.mark.parametrize(
    ("name", "method"), [("draft", "post"), ("draft-block", "get"), ("draft-save", "get"), ("draft-cancel", "get")]
)
def test_wrong_methods_are_refused(client, draft, name, method):
    assert getattr(client, method)(address(name, draft)).status_code == 405
    assert ArticleDraft.objects.count() == 1


def test_the_page_and_a_press_cost_a_known_number_of_queries(client, marit):
    draft = draft_add(owner=marit, source=DraftArticle(blocks=BLOCKS * 30, title="Ferry"))
    client.get(address("draft", draft))
    with CaptureQueriesContext(connection) as queries:
        client.get(address("draft", draft))
    assert len(queries) == 6
    with CaptureQueriesContext(connection) as queries:
        press(client, draft, "leave:1", headers=HTMX)
    assert len(queries) <= 9
