"""The confusion page and its form: numbers that open their passages, and a rule in one press."""

import html
import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from annotator.models import CodebookVersion, Exercise, Membership, Phase, RuleEntry
from tests import factories
from tests.reports.agreeing import SUBMITTED, read_class

pytestmark = pytest.mark.django_db


def teacher_of(work: Exercise) -> Client:
    client = Client()
    client.force_login(Membership.objects.get(classroom=work.classroom, is_teacher=True).user)
    return client


def address(work: Exercise) -> str:
    return reverse("confusion", args=[work.uuid])


def split_class() -> Exercise:
    """Six readers; half call the visitors a claim, half an opinion."""
    teacher = factories.teacher("rosa")
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.REVEALED)
    start = factories.TEXT.index("Some 900 visitors")
    for number in range(6):
        reading = factories.reading(work, factories.reader(work.classroom, pseudonym=f"Otter {number}"), **SUBMITTED)
        factories.span(reading, start, start + 17, "claim" if number % 2 else "opinion")
    return work


def form(work: Exercise, **fields: object) -> dict[str, object]:
    start = factories.TEXT.index("Some 900 visitors")
    sent = {
        "uuid": uuid.uuid4(), "cell": "claim:opinion", "card": "claim", "text": "Visitors can be counted.",
        "example": f"{work.articles.get().uuid}:{start}:{start + 17}",
    }  # fmt: skip
    return {**sent, **fields}


def test_every_number_opens_its_passages() -> None:
    work = read_class(8)
    client = teacher_of(work)
    page = client.get(address(work)).content.decode()
    links = {html.unescape(each) for each in re.findall(r'href="(\?[^"]*cell=[^"]*)"', page)}
    assert len(links) > 8
    for each in links:
        shown = client.get(address(work) + each).content.decode()
        assert 'class="confusion-passage"' in shown, each
        assert shown.count('aria-current="true"') == 1, each


def test_each_passage_opens_in_the_article_and_names_nobody() -> None:
    work = split_class()
    client = teacher_of(work)
    page = client.get(address(work), {"cell": "claim:opinion"}).content.decode()
    [link] = re.findall(r'<a class="link" href="([^"]+reveal[^"]+)"', page)
    assert client.get(html.unescape(link)).status_code == 200
    assert "3 of 6 claim" in page
    assert "3 of 6 opinion" in page
    main = page[page.index("<main") :]
    assert "Otter" not in main
    assert [each.code for each in Membership.objects.all() if each.code and each.code in main] == []


def test_it_is_not_for_the_projector_and_shows_small_groups() -> None:
    work = read_class(3, articles=1)
    page = teacher_of(work).get(address(work)).content.decode()
    assert "Not for the projector" in page
    assert "too few" not in page
    assert 'class="confusion-table"' in page


def test_htmx_gets_the_part_alone() -> None:
    work = split_class()
    response = teacher_of(work).get(address(work), {"cell": "claim:opinion"}, headers={"HX-Request": "true"})
    assert response.content.decode().lstrip().startswith('<div class="wrap confusion-page" id="confusion"')
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("query", [{"article": "x"}, {"article": str(uuid.uuid4())}])
def test_an_article_that_is_not_there_is_404(query: dict[str, str]) -> None:
    work = split_class()
    assert teacher_of(work).get(address(work), query).status_code == 404


def test_without_a_table_the_reason_stands_there() -> None:
    teacher = factories.teacher()
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.CLOSED)
    page = teacher_of(work).get(address(work)).content.decode()
    assert "needs a second reader" in page
    assert "<form" not in page[page.index('id="confusion"') : page.index("</main>")]


def test_a_press_writes_the_rule_with_its_words() -> None:
    work = split_class()
    response = teacher_of(work).post(reverse("rule-write", args=[work.uuid]), form(work, other="1"), follow=True)
    assert response.redirect_chain[-1][0].startswith(address(work))
    assert "Your rule is in the draft of version 2." in response.content.decode()
    entry = RuleEntry.objects.get()
    assert (entry.includes, entry.excludes, entry.quote) == (["claim"], ["opinion"], "Some 900 visitors")
    example = entry.version.labels.get(slug="claim").examples[-1]
    assert (example["text"], example["marks"]) == (factories.TEXT.split("\n\n")[1], ["Some 900 visitors"])


@pytest.mark.parametrize(
    ("fields", "ins", "outs"),
    [
        ({"card": "opinion"}, ["opinion"], []),
        ({"card": "both"}, ["claim", "opinion"], []),
        ({"card": "both", "other": "1"}, ["claim", "opinion"], []),
        ({"cell": "claim:_blank", "card": "none", "example": ""}, [], ["claim"]),
    ],
)
def test_the_form_says_on_which_side_of_which_card(fields: dict[str, str], ins: list[str], outs: list[str]) -> None:
    work = split_class()
    assert teacher_of(work).post(reverse("rule-write", args=[work.uuid]), form(work, **fields)).status_code == 302
    entry = RuleEntry.objects.get()
    assert (entry.includes, entry.excludes) == (ins, outs)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": " "}, "Write the rule in one sentence first."),
        ({"text": "w" * 301}, "at most 300 characters"),
        ({"card": ""}, "Say which card the rule belongs to."),
        ({"card": "boilerplate"}, "Say which card the rule belongs to."),
        ({"example": f"{uuid.uuid4()}:0:4"}, "That passage is not in the list any more."),
        ({"example": "nonsense"}, "That passage is not in the list any more."),
        ({"text": "numbers and dates"}, "says that already"),
        ({"cell": "_blank:_blank"}, "Left blank by both"),
    ],
)
def test_a_bad_form_is_refused_in_words_and_keeps_what_was_typed(fields: dict[str, str], said: str) -> None:
    work = split_class()
    sent = {"text": "A typed rule.", **fields}
    response = teacher_of(work).post(reverse("rule-write", args=[work.uuid]), form(work, **sent))
    page = response.content.decode()
    assert (response.status_code, said in page) == (422, True)
    # Where nobody marked anything there is no card, and no form either.
    assert sent["text"] in page or "cell" in fields
    assert not RuleEntry.objects.exists()


def test_the_next_form_says_that_a_draft_is_begun() -> None:
    work = split_class()
    client = teacher_of(work)
    client.post(reverse("rule-write", args=[work.uuid]), form(work))
    assert "See the draft of version 2" in client.get(address(work)).content.decode()
    assert CodebookVersion.objects.filter(published_at=None).count() == 1


def test_the_page_asks_few_queries(django_assert_max_num_queries: object) -> None:
    work = split_class()
    client = teacher_of(work)
    client.get(address(work))
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        client.get(address(work))
