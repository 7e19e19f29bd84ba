"""A reading on paper: its text is the stored text, and nothing of others is on it."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from annotator.models import Reading
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = "Quay & slip\n\nThe quay opens on Friday, the harbour office said. It is so.\n\nBring\u00a0a friend.\nOr two."


@pytest.fixture
def reading() -> Reading:
    """A reading with a highlight and its note."""
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    work = factories.exercise(room, [factories.article(teacher, text=TEXT, title="Quay & slip")])
    found = factories.reading(work, factories.reader(room))
    start = TEXT.index("the harbour office said")
    factories.span(found, start, start + 23, "attribution", note="Who <exactly>?")
    return found


def sheet(client: Client, reading: Reading) -> str:
    """The page's HTML."""
    client.force_login(reading.member.user)
    return client.get(reverse("reading-print", args=[reading.uuid])).content.decode()


def test_each_block_s_text_is_the_stored_text(client: Client, reading: Reading) -> None:
    page = sheet(client, reading)
    blocks = re.findall(r'<(\w+) class="block [^>]*data-start="(\d+)"[^>]*>(.*?)</\1>', page, re.DOTALL)
    assert len(blocks) == 3
    for _tag, start, inside in blocks:
        words = re.sub(r'<span class="line-letters".*?</span>(?=<span class="line")', "", inside, flags=re.DOTALL)
        words = html.unescape(re.sub(r"<[^>]*>", "", words))
        assert words == TEXT[int(start) : int(start) + len(words)]
        assert words


def test_highlight_line_and_note_stand_in_the_list(client: Client, reading: Reading) -> None:
    page = sheet(client, reading)
    assert '<mark class="tint-2 line-dashed">the harbour office said</mark>' in page
    assert "line 2</span>" in page
    assert "Who &lt;exactly&gt;?" in page
    assert "1 highlight</h2>" in page


def test_without_highlights_there_is_no_list(client: Client, reading: Reading) -> None:
    reading.spans.all().delete()
    assert "marked-list" not in sheet(client, reading)


def test_a_classmate_s_highlights_are_on_no_sheet(client: Client, reading: Reading) -> None:
    other = factories.reading(reading.exercise, factories.reader(reading.exercise.classroom))
    factories.span(other, 13, 21, "claim", note="Canary")
    page = sheet(client, reading)
    assert "Canary" not in page
    assert page.count("<mark") == 1
