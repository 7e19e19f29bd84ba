"""Adding an article: what becomes a draft, and what is refused with a sentence and stores nothing."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from annotator.domain.draft_blocks import blocks_read
from annotator.models import Article, ArticleDraft, Attempt
from annotator.services import limits
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = reverse("article-add")
TEXT = "Ferry runs hourly\n\nIt left at six. It was full.\n\n© The Eastquay Lantern"


@pytest.fixture
def marit(client):
    made = factories.teacher("marit")
    client.force_login(made)
    return made


def file(content=None, name="ferry.txt"):
    return SimpleUploadedFile(name, TEXT.encode() if content is None else content)


def refusal(client, status, **data):
    """The sentence on the page that a refused post answers with; nothing may be stored."""
    response = client.post(ADDRESS, data)
    assert (response.status_code, ArticleDraft.objects.count(), Article.objects.count()) == (status, 0, 0)
    [sentence] = re.findall(
        r'<div class="notice bad" id="problem" role="alert">.*?<p>(.*?)</p>', response.content.decode()
    )
    return html.unescape(sentence)


def test_the_form_works_without_scripts(client, marit):
    body = client.get(ADDRESS).content.decode()
    assert f'action="{ADDRESS}" method="post" enctype="multipart/form-data"' in body
    assert 'name="csrfmiddlewaretoken"' in body
    assert '<div class="notice bad" id="problem" role="alert" hidden>' in body


def test_a_pasted_text_becomes_a_draft_of_ones_own(client, marit):
    response = client.post(ADDRESS, {"text": TEXT.replace("\n", "\r\n"), "file": ""})
    draft = ArticleDraft.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, reverse("draft", args=[draft.uuid]))
    assert draft.owner == marit
    assert [block.text for block in blocks_read(draft.content)] == TEXT.split("\n\n")
    assert Article.objects.count() == 0


def test_a_file_becomes_the_same_draft(client, marit):
    client.post(ADDRESS, {"text": "", "file": file()})
    client.post(ADDRESS, {"text": " \r\n", "file": file(TEXT.replace("\n", "\r\n").encode("utf-8-sig"))})
    drafts = [[block.text for block in blocks_read(draft.content)] for draft in ArticleDraft.objects.all()]
    assert drafts == [TEXT.split("\n\n")] * 2


def test_nothing_at_all_is_refused_with_what_to_do(client, marit):
    assert "Paste the text of an article, or choose its file." in refusal(client, 422)
    assert "Paste the text of an article, or choose its file." in refusal(client, 422, text=" \u00a0\r\n ")


def test_a_text_and_a_file_together_are_asked_back_and_the_text_stays(client, marit):
    assert "You pasted a text and chose a file as well." in refusal(client, 422, text=TEXT, file=file())
    body = client.post(ADDRESS, {"text": TEXT + "<b>", "file": file()}).content.decode()
    assert f"\n{TEXT}&lt;b&gt;</textarea>" in body


def test_an_empty_file_is_refused_with_a_sentence(client, marit):
    assert "empty" in refusal(client, 422, file=file(b""))


def test_a_text_keeps_its_first_blank_line_when_it_comes_back(client, marit):
    body = client.post(ADDRESS, {"text": "\n\nWords", "file": file()}).content.decode()
    # HTML drops one line break after <textarea>; the two typed are still there.
    assert ">\n\n\nWords</textarea>" in body


def test_more_than_ten_megabytes_are_refused_unread(client, marit):
    sentence = refusal(client, 413, file=file(b"x" * (12 * 1024 * 1024)))
    assert sentence.startswith("That is more than 10 MB, so nothing was stored.")


def test_a_file_just_over_ten_megabytes_is_refused_too(client, marit):
    assert "10 MB" in refusal(client, 413, file=file(b"word " * (2 * 1024 * 1024 + 200)))


def test_a_pasted_text_too_large_to_be_an_article_is_refused(client, marit):
    assert refusal(client, 422, text="word " * 200_001)


def test_a_tokenless_post_is_refused_whatever_its_size(marit):
    client = Client(enforce_csrf_checks=True)
    client.force_login(marit)
    assert client.post(ADDRESS, {"text": TEXT}).status_code == 403
    assert ArticleDraft.objects.count() == 0


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, marit, method):
    assert getattr(client, method)(ADDRESS).status_code == 405


def test_readers_and_visitors_cannot_add(client):
    assert client.post(ADDRESS, {"text": TEXT}).headers["Location"].startswith(reverse("sign-in"))
    client.force_login(factories.reader(factories.classroom(factories.teacher())).user)
    assert [client.get(ADDRESS).status_code, client.post(ADDRESS, {"text": TEXT}).status_code] == [404, 404]
    assert ArticleDraft.objects.count() == 0


def test_a_length_that_is_no_number_is_not_trusted(client, marit):
    response = client.generic("POST", ADDRESS, b"text=x", "application/x-www-form-urlencoded", CONTENT_LENGTH="-5")
    assert (response.status_code, ArticleDraft.objects.count()) == (422, 0)


def test_after_120_texts_in_an_hour_the_next_waits_and_keeps_what_was_pasted(client, marit):
    for _text in range(limits.UPLOAD.most - 1):
        limits.attempt_add(limit=limits.UPLOAD, who=str(marit.uuid))
    assert client.post(ADDRESS, {"text": TEXT}).status_code == 302
    ArticleDraft.objects.all().delete()
    assert refusal(client, 429, text=TEXT) == limits.UPLOAD.message
    assert refusal(client, 429, file=file()) == limits.UPLOAD.message
    response = client.post(ADDRESS, {"text": TEXT})
    assert response.headers["Retry-After"] == "3600"
    assert "It left at six. It was full." in response.content.decode()
    client.force_login(factories.teacher("ilse"))
    assert client.post(ADDRESS, {"text": TEXT}).status_code == 302


def test_a_refused_text_counts_too_and_an_empty_form_does_not(client, marit):
    refusal(client, 422, text="")
    assert Attempt.objects.count() == 0
    refusal(client, 422, file=file(b"%PDF-1.7 no pdf", name="ferry.pdf"))
    assert Attempt.objects.filter(scope="upload").count() == 1
