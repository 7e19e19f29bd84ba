"""The researcher's table on the screen: rounded engine numbers, reasons, choices, files, few queries."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator.exporters import csv_file
from annotator.models import Exercise, Phase
from annotator.reports.research import research
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
    assert "Alpha of “Claim” among the others." in html
    change = next(each.change for each in research(work, 1, "claim").left_out.readers if each.change is not None)
    assert f"{signed(change)}</td>" in html


@pytest.mark.parametrize("query", [{"round": "9"}, {"round": "x"}, {"tag": "nothing"}, {"tag": "<script>"}])
def test_what_nobody_offers_shows_the_first_round_and_all_labels(client: Client, query: dict[str, str]) -> None:
    response = get(client, read_class(3, articles=1), **query)
    assert response.status_code == 200
    assert "Alpha of any label among the others." in response.content.decode()


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
    assert counts[0] == counts[1] <= 50
