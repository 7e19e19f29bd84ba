"""The printed report's page: what it says, and that nobody is named on it."""

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
    response = client.get(reverse("exercise-report", kwargs={"exercise_uuid": work.uuid}))
    assert response.status_code == 200
    return response.content.decode()


def test_it_names_nobody() -> None:
    work = read_class(8, articles=1)
    Membership.objects.filter(classroom=work.classroom, is_reader=True).update(pseudonym="Amber Otter")
    text = page(work)
    assert "Amber Otter" not in text
    report = text[text.index('id="report"') :].split("</article>", 1)[0]
    for member in Membership.objects.filter(classroom=work.classroom):
        assert not member.code or member.code not in report
        assert member.user.get_full_name() == "" or member.user.get_full_name() not in report


def test_figures_stand_with_their_interval_and_counts() -> None:
    teacher = factories.teacher("rosa")
    article = factories.article(teacher, text="\n\n".join(f"Sentence {n} of a long text." for n in range(12)))
    work = factories.exercise(factories.classroom(teacher), [article], phase=Phase.CLOSED)
    for number in range(6):
        made = factories.reading(work, factories.reader(work.classroom), **SUBMITTED)
        for place in range(number, 12, 2):
            start = article.text.index(f"Sentence {place} ")
            factories.span(made, start, start + 10 + number, "claim" if number % 2 else "opinion")
    text = page(work)
    expected = ["Marked the same text", "Beyond chance, any tag", "Why they differ", "seed 20240", "one left it blank"]
    assert [words for words in expected if words not in text] == []
    assert "15 pairs of readers" in text


def test_too_few_readers_are_told_and_nothing_else() -> None:
    work = read_class(3, articles=1)
    text = page(work)
    assert "too few to show" in text
    assert 'id="report-figures"' not in text
    assert "highlights before" not in text


def test_undefined_figures_give_their_reason() -> None:
    teacher = factories.teacher("rosa")
    work = factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.CLOSED)
    for _each in range(6):
        factories.reading(work, factories.reader(work.classroom), **SUBMITTED)
    text = page(work)
    assert "nobody has marked anything yet" in text
    assert "not used yet" in text
    assert "nan" not in text[text.index('id="report"') :].replace("nance", "").lower().split()
