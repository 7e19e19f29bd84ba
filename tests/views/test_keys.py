"""The page of the key: its teachers' alone, without a hand-in, with explanations instead of notes."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from annotator import access
from annotator.models import Exercise, Membership, Phase, Reading, Span
from annotator.reports.keys import keys_of, may_readers_see_key
from annotator.services.keys import key_start
from tests import factories
from tests.views.test_annotate_operations import payload

pytestmark = pytest.mark.django_db


@pytest.fixture
def work() -> Exercise:
    room = factories.classroom(factories.teacher("rosa"))
    return factories.exercise(room, [factories.article(factories.teacher())])


@pytest.fixture
def key(work: Exercise) -> Reading:
    return key_start(exercise=work, article=work.articles.get(), member=work.classroom.memberships.get())


def colleague(work: Exercise) -> Membership:
    return Membership.objects.create(classroom=work.classroom, user=factories.teacher("ilse"), is_teacher=True)


def page(client: Client, key: Reading, name: str = "reading") -> str:
    response = client.get(reverse(name, args=[key.uuid]))
    assert response.status_code == 200
    return response.content.decode()


def test_starting_leads_to_the_page_of_the_key(client: Client, work: Exercise) -> None:
    client.force_login(work.created_by)
    response = client.post(reverse("key-start", args=[work.uuid, work.articles.get().uuid]))
    assert response.headers["Location"] == reverse("reading", args=[Reading.objects.get(is_key=True).uuid])


def test_an_article_of_another_exercise_has_no_key_here(client: Client, work: Exercise) -> None:
    client.force_login(work.created_by)
    other = factories.article(work.created_by, text="Another text.", title="Another")
    assert client.post(reverse("key-start", args=[work.uuid, other.uuid])).status_code == 404
    assert not Reading.objects.exists()


def test_in_the_archive_the_refusal_says_why(client: Client, work: Exercise) -> None:
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.ARCHIVED)
    client.force_login(work.created_by)
    response = client.post(reverse("key-start", args=[work.uuid, work.articles.get().uuid]))
    assert (response.status_code, Reading.objects.count()) == (422, 0)
    assert "archive" in response.content.decode()


@pytest.mark.parametrize("name", ["reading", "reading-sentences"])
def test_the_page_says_it_is_the_key_and_hands_nothing_in(client: Client, key: Reading, name: str) -> None:
    client.force_login(key.member.user)
    found = page(client, key, name)
    assert "This is the key." in found
    assert "Hand in" not in found


def test_its_notes_are_explanations_for_readers(client: Client, key: Reading) -> None:
    factories.span(key, 28, 50, note="A body that speaks.")
    client.force_login(key.member.user)
    found = client.get(reverse("reading", args=[key.uuid]) + "?open=1").content.decode()
    assert "Explanation for readers" in found
    assert "Save note" not in found


def test_a_reader_page_has_notes_and_no_word_of_a_key(client: Client, work: Exercise) -> None:
    reading = factories.reading(work, factories.reader(work.classroom))
    client.force_login(reading.member.user)
    found = page(client, reading)
    assert "Explanation for readers" not in found
    assert "key-banner" not in found


def test_a_colleague_saves_into_the_same_key_under_her_own_name(client: Client, key: Reading) -> None:
    other = colleague(key.exercise)
    client.force_login(other.user)
    page(client, key)
    body = json.dumps(payload(key) | {"member_key": access.member_key(other.user)})
    response = client.post(reverse("reading-operations", args=[key.uuid]), body, content_type="application/json")
    assert response.status_code == 201
    assert key.operations.get().actor == other


def test_the_plain_form_of_a_card_notes_the_colleague_down(client: Client, key: Reading) -> None:
    factories.span(key, 28, 50)
    other = colleague(key.exercise)
    client.force_login(other.user)
    fields = {"do": "detail", "operation": "2d4f7a3e-9a0b-4c1d-8e2f-3a4b5c6d7e8f", "version": 1, "note": "Who says it."}
    assert client.post(reverse("reading-span", args=[key.uuid, 1]), fields).status_code == 302
    assert (Span.objects.get().note, key.operations.get().actor) == ("Who says it.", other)


@pytest.mark.parametrize("phase", Phase.values)
def test_no_address_of_the_key_is_there_for_anybody_else(client: Client, key: Reading, phase: str) -> None:
    work = key.exercise
    Exercise.objects.filter(pk=work.pk).update(phase=phase)
    reader = factories.reader(work.classroom).user
    removed = colleague(work)
    Membership.objects.filter(pk=removed.pk).update(removed_at=factories.NOON)
    for user in (reader, removed.user, factories.teacher(), factories.user("root", is_superuser=True)):
        client.force_login(user)
        for name in ("reading", "reading-sentences"):
            assert client.get(reverse(name, args=[key.uuid])).status_code == 404
        for name in ("reading-hand-in", "reading-reopen"):
            assert client.post(reverse(name, args=[key.uuid])).status_code == 404
        body = json.dumps(payload(key) | {"member_key": access.member_key(user)})
        address = reverse("reading-operations", args=[key.uuid])
        assert client.post(address, body, content_type="application/json").status_code == 404


def test_a_key_is_no_reading_of_ones_own_to_export(client: Client, key: Reading) -> None:
    client.force_login(key.member.user)
    assert client.get(reverse("exercise-export", args=[key.exercise.uuid])).status_code == 403


def test_the_keys_of_an_exercise_take_two_queries(key: Reading, django_assert_num_queries: object) -> None:
    factories.span(key, 28, 50)
    factories.span(key, 0, 7, note="Why.")
    factories.span(key, 8, 12, deleted_at=factories.NOON)
    with django_assert_num_queries(2):
        [found] = keys_of(key.exercise)
    assert (found.reading, found.spans, found.unexplained) == (key.uuid, 2, 1)


@pytest.mark.parametrize("phase", Phase.values)
def test_readers_see_the_key_from_the_wrap_up_on_unless_it_is_switched_off(work: Exercise, phase: str) -> None:
    work.phase = phase
    assert may_readers_see_key(work) is (phase in {Phase.WRAPPED_UP, Phase.ARCHIVED})
    work.has_key = False
    assert not may_readers_see_key(work)
