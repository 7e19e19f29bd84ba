"""The page of the teacher's figures: what stands beside each number, and that nobody is named."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from annotator.models import Exercise, Membership, Phase
from tests import factories
from tests.reports.agreeing import SUBMITTED, read_class

pytestmark = pytest.mark.django_db


def page(work: Exercise) -> str:
    client = Client()
    client.force_login(Membership.objects.get(classroom=work.classroom, is_teacher=True).user)
    response = client.get(reverse("figures", kwargs={"exercise_uuid": work.uuid}))
    assert response.status_code == 200
    return response.content.decode()


def read_by(readers: int) -> Exercise:
    """A class that marked a text of twelve sentences, claims and opinions at other edges."""
    teacher = factories.teacher("rosa")
    article = factories.article(teacher, text="\n\n".join(f"Sentence {n} of a long text." for n in range(12)))
    work = factories.exercise(factories.classroom(teacher), [article], phase=Phase.CLOSED)
    for number in range(readers):
        made = factories.reading(work, factories.reader(work.classroom), **SUBMITTED)
        for place in range(number, 12, 2):
            start = article.text.index(f"Sentence {place} ")
            factories.span(made, start, start + 10 + number, "claim" if number % 2 else "opinion")
    return work


def test_each_figure_says_what_it_means_rests_on_and_asks_for() -> None:
    text = page(read_by(6))
    for number in ("same", "beyond", "tags", "why"):
        part = text[text.index(f'id="figure-{number}"') :].split("</section>")[0]
        assert "1 article compared" in part
        assert "interval" in part
        assert "What to do" in part or number == "why"
    assert "Mean over 15 pairs of readers" in text
    assert "12 sentences" in text


def test_parts_and_their_sentences_lie_behind_one_press() -> None:
    text = page(read_by(6))
    for kind in ("missed", "boundary", "label"):
        part = text[text.index(f'id="figure-{kind}"') :].split("</details>")[0]
        assert "<summary>" in part
        assert "<blockquote" in part or "Nowhere in this text." in part


def test_each_sentence_opens_in_the_article() -> None:
    work = read_by(6)
    text = page(work)
    found = {html.unescape(each) for each in re.findall(r'class="in-article" href="([^"]+)"', text)}
    assert found
    client = Client()
    client.force_login(Membership.objects.get(classroom=work.classroom, is_teacher=True).user)
    article = work.articles.get()
    for address in found:
        assert f"article={article.uuid}" in address
        start = int(address.rsplit("at=")[1])
        assert article.text[start:].startswith("Sentence")
        assert client.get(address).status_code == 200


def test_it_names_nobody_and_calls_no_number_good_or_bad() -> None:
    work = read_class(8, articles=1)
    Membership.objects.filter(classroom=work.classroom, is_reader=True).update(pseudonym="Amber Otter")
    text = page(work)
    main = text[text.index("<main") :]
    assert "Amber Otter" not in main
    for member in Membership.objects.filter(classroom=work.classroom):
        assert not member.code or member.code not in main
    assert [words for words in ("0.667", "0.80", "excellent", "poor") if words in main] == []


def test_undefined_figures_give_their_reason() -> None:
    teacher = factories.teacher("rosa")
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.CLOSED)
    assert page(work).count("needs a second reader") == 3 + work.codebook_version.labels.count()
    for _each in range(6):
        factories.reading(work, factories.reader(work.classroom), **SUBMITTED)
    text = page(work)
    assert text.count("nobody has marked anything yet") == 3
    assert text.count("not used yet — nothing to compare") == work.codebook_version.labels.count()


def test_readers_who_do_not_differ_have_no_parts() -> None:
    teacher = factories.teacher("rosa")
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.CLOSED)
    for _each in range(5):
        factories.span(factories.reading(work, factories.reader(work.classroom), **SUBMITTED), 0, 9, "claim")
    text = page(work)
    assert "Nobody differs from anybody." in text
    assert 'id="figure-missed"' not in text


def test_the_exercise_leads_to_it_once_it_is_closed() -> None:
    work = read_by(2)
    client = Client()
    client.force_login(Membership.objects.get(classroom=work.classroom, is_teacher=True).user)
    address = reverse("figures", kwargs={"exercise_uuid": work.uuid})
    at = reverse("exercise", args=[work.uuid])
    assert address in client.get(at).content.decode()
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.OPEN)
    assert address not in client.get(at).content.decode()
