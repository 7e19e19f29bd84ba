"""The researcher's table on the screen: rounded engine numbers, reasons, choices, files, few queries."""

import io
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator.exporters import csv_file
from annotator.models import Exercise, Phase
from annotator.reports.research import research
from annotator.reports.research_passages import Asked, passages_of
from annotator.services import limits
from annotator.templatetags.figures import chance, signed, thousandths
from tests import factories
from tests.reports.agreeing import read_class, second_round

pytestmark = pytest.mark.django_db


def get(client: Client, work: Exercise, name: str = "research", **query: str) -> Any:
    client.force_login(work.created_by)
    return client.get(reverse(name, args=[work.uuid]), query)


def test_every_alpha_stands_on_the_page_with_its_interval_and_its_chances(client: Client) -> None:
    work = read_class(8, articles=6)
    html = get(client, work).content.decode()
    for row in research(work).measures:
        if row.figure.value is None:
            assert row.figure.reason in html
            continue
        assert f"{thousandths(row.figure.value)}</td>" in html
        assert row.figure.interval is not None
        assert f"{thousandths(row.figure.interval.low)} – {thousandths(row.figure.interval.high)}" in html
        assert chance(row.figure.interval.below_667).replace("<", "&lt;").replace(">", "&gt;") in html


def test_a_tag_chooses_whose_pairs_are_shown(client: Client) -> None:
    work = read_class(4, articles=1)
    html = get(client, work, tag="claim").content.decode()
    claim = research(work, 1, "claim")
    assert claim.reader is not None
    assert claim.reader.kappa != research(work).reader.kappa
    assert f"<dd>{thousandths(claim.reader.kappa)}</dd>" in html


def test_a_readers_panel_and_the_matrix_alone_come_for_htmx(client: Client) -> None:
    work = read_class(6, articles=2)
    names = research(work).matrix.names
    client.force_login(work.created_by)
    address = reverse("research", args=[work.uuid])
    part = client.get(address, {"reader": names[3]}, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<section class="research-part" id="research-matrix"')
    assert f'id="reader-title">{names[3]}</p>' in part
    assert part.strip() in get(client, work, reader=names[3]).content.decode()


def test_the_numbers_without_each_reader_stand_in_a_table_by_label(client: Client) -> None:
    work = read_class(6, articles=2)
    html = get(client, work).content.decode()
    for row in research(work).left_out_rows:
        for each in row.cells:
            assert f"{thousandths(each.value)}</td>" in html if each.value is not None else each.reason in html
    changed = next(each.change for each in research(work).left_out.readers if each.change is not None)
    assert f"{signed(changed)}</td>" in html


@pytest.mark.parametrize("query", [{"round": "9"}, {"round": "x"}, {"tag": "nothing"}, {"tag": "<script>"}])
def test_what_nobody_offers_shows_the_first_round_and_all_labels(client: Client, query: dict[str, str]) -> None:
    response = get(client, read_class(3, articles=1), **query)
    assert response.status_code == 200
    assert research_of_all(response)


def research_of_all(response: Any) -> bool:
    """Whether the pairs shown are those of all labels together, in the first round."""
    shown = response.content.decode()
    return 'id="pairs-of-all"' in shown and "Round 1 · independent" in shown and response.context["page"].tag is None


def test_the_second_round_is_a_page_of_its_own(client: Client) -> None:
    work = read_class(4, articles=1)
    second_round(work)
    html = get(client, work, round="2").content.decode()
    assert "Round 2 · informed" in html
    assert "measures.csv&amp;round=2" in html


def test_one_reader_alone_sees_reasons_instead_of_numbers(client: Client) -> None:
    response = get(client, read_class(1, articles=1))
    assert response.status_code == 200
    assert "needs a second reader" in response.content.decode()


def test_nobody_at_all_is_a_page_too(client: Client) -> None:
    teacher = factories.teacher()
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.CLOSED)
    assert "needs a second reader" in get(client, work).content.decode()


@pytest.mark.parametrize("name", ["measures.csv", "pairs.csv", "readers.csv"])
def test_each_file_arrives_as_csv(client: Client, name: str) -> None:
    response = get(client, read_class(3, articles=1), "research-file", file=name)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert name in response.headers["Content-Disposition"]
    assert csv_file.decode(b"".join(response.streaming_content))


@pytest.mark.parametrize("query", [{}, {"file": "people.csv"}, {"file": "pairs.csv", "round": "9"}])
def test_a_file_that_does_not_exist_is_422(client: Client, query: dict[str, str]) -> None:
    assert get(client, read_class(2, articles=1), "research-file", **query).status_code == 422


def test_after_sixty_files_in_an_hour_the_next_waits(client: Client) -> None:
    work = read_class(2, articles=1)
    for _ in range(limits.EXPORT.most):
        limits.attempt_add(limit=limits.EXPORT, who=str(work.created_by.uuid))
    assert get(client, work, "research-file", file="pairs.csv").status_code == 429


def test_more_readers_and_articles_take_no_more_queries(client: Client) -> None:
    counts = []
    for readers, articles in [(5, 2), (14, 4)]:
        work = read_class(readers, articles=articles)
        get(client, work)
        with CaptureQueriesContext(connection) as queries:
            get(client, work)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 40


def codes(work: Exercise) -> list[str]:
    return list(research(work).matrix.names)


def test_a_cell_opens_the_sentences_of_its_two_readers_and_these_open_in_the_article(client: Client) -> None:
    work = read_class(6, articles=2)
    one, other = codes(work)[:2]
    html = get(client, work).content.decode()
    address = f"{reverse('research-passages', args=[work.uuid])}?reader={one}&amp;other={other}&amp;round=1"
    assert f'<a href="{address}">' in html
    shown = get(client, work, "research-passages", reader=one, other=other).content.decode()
    assert f"Where {one} and {other} differ" in shown
    first = passages_of(work, Asked(one, other)).listed[0]
    link = f"{reverse('reveal', args=[work.uuid])}?article={first.article}&amp;tag=disagreement&amp;at={first.start}"
    assert link in shown
    assert client.get(link.replace("&amp;", "&")).context["page"].shown.start == first.start


@pytest.mark.parametrize(
    "query",
    [{}, {"reader": "r999999"}, {"reader": "x"}, {"reader": "ONE", "other": "<b>"}, {"reader": "ONE", "other": "ONE"}],
)
def test_a_code_nobody_is_compared_under_is_not_there(client: Client, query: dict[str, str]) -> None:
    work = read_class(3, articles=1)
    asked = {name: codes(work)[0] if value == "ONE" else value for name, value in query.items()}
    assert get(client, work, "research-passages", **asked).status_code == 404


def test_two_who_agree_and_two_without_a_common_text_get_a_sentence(client: Client) -> None:
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    texts = [factories.article(teacher, title=title) for title in ("One", "Two")]
    work = factories.exercise(room, texts, phase=Phase.CLOSED)
    done = {"state": "submitted", "submitted_at": factories.NOON}
    people = [factories.reader(room) for _each in range(3)]
    for member, text in zip(people, (texts[0], texts[0], texts[1]), strict=True):
        factories.span(factories.reading(work, member, text=text, **done), 0, 7)
    one, other, third = (each.code for each in people)
    assert "do not differ" in get(client, work, "research-passages", reader=one, other=other).content.decode()
    assert "no article in common" in get(client, work, "research-passages", reader=one, other=third).content.decode()


def test_the_bundle_arrives_as_a_zip(client: Client) -> None:
    response = get(client, read_class(3, articles=1), "research-file", file="bundle.zip")
    assert response.headers["Content-Type"] == "application/zip"
    assert "_bundle.zip" in response.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert "README.txt" in archive.namelist()


@pytest.mark.parametrize("name", ["research-passages", "research-file"])
def test_passages_and_bundle_ask_no_more_of_a_larger_class(client: Client, name: str) -> None:
    counts = []
    for readers, articles in [(5, 2), (12, 4)]:
        work = read_class(readers, articles=articles)
        one, other = codes(work)[:2]
        query = {"reader": one, "other": other} if name == "research-passages" else {"file": "pairs.csv"}
        consumed(get(client, work, name, **query))
        with CaptureQueriesContext(connection) as queries:
            consumed(get(client, work, name, **query))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30


def consumed(response: Any) -> None:
    """Read what is streamed."""
    if response.streaming:
        list(response.streaming_content)
