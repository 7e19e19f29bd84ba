"""The source ledger's page: what it says to whom, and that every view and choice is a plain address."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from annotator.models import Exercise, Membership, Phase, ReadingState
from tests import factories

pytestmark = pytest.mark.django_db

QUOTE = "the council said"


@pytest.fixture
def work() -> Exercise:
    room = factories.classroom(factories.teacher("rosa"))
    return factories.exercise(room, [factories.article(factories.teacher())], phase=Phase.REVEALED)


def read(work: Exercise, readers: int, **fields: object) -> Membership:
    """So many readers who marked the council; the last of them."""
    start = factories.TEXT.index(QUOTE)
    for _ in range(readers):
        member = factories.reader(work.classroom)
        made = factories.reading(work, member, state=ReadingState.SUBMITTED, submitted_at=factories.NOON)
        factories.span(made, start, start + len(QUOTE), "attribution", **fields)
    return member


def get(work: Exercise, member: Membership, query: str = "") -> tuple[int, str]:
    client = Client()
    client.force_login(member.user)
    response = client.get(reverse("sources", args=[work.uuid]) + query)
    return response.status_code, unescape(response.content.decode())


def teacher(work: Exercise) -> Membership:
    return work.classroom.memberships.get(is_teacher=True)


def test_a_reader_sees_the_ledger_with_what_it_counts(work: Exercise) -> None:
    status, text = get(work, read(work, 5))
    assert status == 200
    assert "“the council said”" in text
    assert "more than half of 5 readers marked in the first round" in text


def test_each_sentence_is_on_the_page_as_it_is_stored(work: Exercise) -> None:
    _status, text = get(work, read(work, 5), "?view=written")
    shown = re.findall(r'class="voice-(?:own|src|skip)" id="s\d+">(.*?)</span>', text)
    assert [re.sub(r"</?mark>", "", each) for each in shown] == factories.TEXT.split("\n\n")
    assert 'class="voices written"' in text


def test_too_few_readers_are_a_sentence_and_nothing_else(work: Exercise) -> None:
    member = read(work, 4)
    _status, text = get(work, member)
    assert "Too few to show" in text
    assert QUOTE not in text
    assert "ledger-table" in get(work, teacher(work))[1]


@pytest.mark.proves("S02")
def test_what_one_reader_called_a_source_stays_that_readers(work: Exercise) -> None:
    read(work, 4)
    member = read(work, 1, source_name="Somebody I made up")
    for viewer in (member, teacher(work)):
        assert "Somebody I made up" not in get(work, viewer)[1]


@pytest.mark.proves("S02")
def test_the_key_is_no_readers_before_the_wrap_up_however_it_is_asked_for(work: Exercise) -> None:
    member = read(work, 5)
    made = factories.reading(work, teacher(work), round=0, is_key=True)
    factories.span(made, 28, 40, "attribution", source_name="Key name")
    factories.span(made, 41, 50, "attribution", source_name="the MARKET hall")
    assert "Key name" not in get(work, member, "?from=key")[1]
    assert "From the key" not in get(work, member)[1]
    assert "Key name" in get(work, teacher(work))[1]
    Exercise.objects.update(phase=Phase.WRAPPED_UP)
    # Then a name is told as far as the article itself holds it; the rest of what the teacher wrote is the teacher's.
    assert "the MARKET hall" in get(work, member)[1]
    assert "Key name" not in get(work, member)[1]
    assert "A source has its name as far as the article says it" in get(work, member)[1]
    assert "A source has its name as far as the article says it" not in get(work, teacher(work))[1]
    assert "the MARKET hall" not in get(work, member, "?from=readers")[1]


@pytest.mark.parametrize("query", ["?view=nonsense", "?from=nonsense", "?article=&view=&from=", "?view=only"])
def test_what_nobody_offers_is_the_usual_page(work: Exercise, query: str) -> None:
    assert get(work, read(work, 5), query)[0] == 200


@pytest.mark.parametrize("asked", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_an_article_that_is_not_in_the_exercise_is_not_there(work: Exercise, asked: str) -> None:
    assert get(work, read(work, 5), f"?article={asked}")[0] == 404


@pytest.mark.proves("S01")
def test_an_article_dealt_to_others_is_not_there(work: Exercise) -> None:
    other = factories.article(factories.teacher(), title="Dealt elsewhere")
    work.places.create(article=other, position=2)
    member = read(work, 5)
    Exercise.objects.update(distribution="balanced")
    work.assignments.create(member=member, article=work.articles.first())
    assert "Dealt elsewhere" not in get(work, member)[1]
    assert get(work, member, f"?article={other.uuid}")[0] == 404
    assert get(work, teacher(work), f"?article={other.uuid}")[0] == 200


def test_an_article_without_attributions_says_so(work: Exercise) -> None:
    assert "Nobody has finished reading this article" in get(work, teacher(work))[1]
    factories.reading(work, factories.reader(work.classroom), state=ReadingState.SUBMITTED, submitted_at=factories.NOON)
    assert "No attribution was marked by most readers" in get(work, teacher(work))[1]
