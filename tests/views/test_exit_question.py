"""The exit question: its form for readers, its answers for the teacher, and nobody else's answer for anybody."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from annotator.models import Exercise, Membership, Participation, Phase, Step
from annotator.services.exit_answers import exit_answer
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Exercise:
    room = factories.classroom(factories.teacher("rosa"))
    made = factories.exercise(room, [factories.article(factories.teacher())], phase=Phase.WRAPPED_UP)
    made.exit_question, made.step = "What changed your <b>mind</b>?", Step.EXIT
    made.save()
    return made


@pytest.fixture
def member(work: Exercise) -> Membership:
    return factories.reader(work.classroom, "amber", pseudonym="Amber Otter")


def get(client: Client, work: Exercise, user: object, status: int = 200) -> str:
    client.force_login(user)
    response = client.get(reverse("exercise-exit", args=[work.uuid]))
    assert response.status_code == status
    return response.content.decode()


def post(client: Client, work: Exercise, user: object, answer: str) -> object:
    client.force_login(user)
    return client.post(reverse("exercise-exit", args=[work.uuid]), {"answer": answer})


def test_a_reader_answers_and_finds_the_answer_again(client: Client, work: Exercise, member: Membership) -> None:
    assert "What changed your &lt;b&gt;mind&lt;/b&gt;?" in get(client, work, member.user)
    response = post(client, work, member.user, "The nurse <was> there.")
    assert response.headers["Location"] == reverse("exercise-exit", args=[work.uuid])
    assert "The nurse &lt;was&gt; there.</textarea>" in get(client, work, member.user)


def test_a_refused_answer_keeps_what_was_typed_and_says_why(client: Client, work: Exercise, member: Membership) -> None:
    response = post(client, work, member.user, "x" * 501)
    found = response.content.decode()
    assert response.status_code == 422
    assert "501 characters long, and 500 fit" in found
    assert "x" * 501 in found
    assert 'aria-invalid="true"' in found
    assert not Participation.objects.exists()


def test_before_the_step_the_page_says_when_it_comes(client: Client, work: Exercise, member: Membership) -> None:
    Exercise.objects.update(step="")
    assert "at the end of the lesson" in get(client, work, member.user, 403)
    assert post(client, work, member.user, "Early.").status_code == 422


def test_in_the_archive_the_answer_is_only_read(client: Client, work: Exercise, member: Membership) -> None:
    exit_answer(exercise=work, member=member, answer="The nurse.")
    Exercise.objects.update(phase=Phase.ARCHIVED, step="")
    found = get(client, work, member.user)
    assert "The nurse." in found
    assert "<textarea" not in found


def test_the_teacher_reads_all_answers_by_name_off_the_projector(
    client: Client, work: Exercise, member: Membership
) -> None:
    exit_answer(exercise=work, member=member, answer="The nurse.")
    gone = factories.reader(work.classroom, pseudonym="Blue Heron")
    exit_answer(exercise=work, member=gone, answer="I left.")
    Membership.objects.filter(pk=gone.pk).update(removed_at=factories.NOON)
    found = " ".join(re.sub(r"<[^>]+>", " ", get(client, work, work.created_by)).split())
    assert "Amber Otter" in found
    assert "The nurse." in found
    assert "1 of 1 answered" in found
    assert "Not for the projector" in found
    assert "I left." not in found


def test_no_classmate_reads_anothers_answer(client: Client, work: Exercise, member: Membership) -> None:
    exit_answer(exercise=work, member=member, answer="The nurse.")
    other = factories.reader(work.classroom)
    assert "The nurse." not in get(client, work, other.user)
    get(client, work, factories.user(), 404)
    get(client, work, factories.teacher(), 404)


def test_while_blind_not_even_the_teacher_reads_answers(client: Client, work: Exercise) -> None:
    Exercise.objects.update(phase=Phase.OPEN, step="")
    get(client, work, work.created_by, 403)


def test_a_teacher_who_does_not_read_answers_nothing(client: Client, work: Exercise) -> None:
    assert post(client, work, work.created_by, "Mine.").status_code == 404


def test_thirty_answers_cost_as_many_queries_as_one(
    client: Client, work: Exercise, member: Membership, django_assert_max_num_queries: object
) -> None:
    for place in range(30):
        exit_answer(exercise=work, member=factories.reader(work.classroom), answer=f"Answer {place}")
    client.force_login(work.created_by)
    with django_assert_max_num_queries(12):
        client.get(reverse("exercise-exit", args=[work.uuid]))
