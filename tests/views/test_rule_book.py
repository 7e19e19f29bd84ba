"""The rule book’s pages: what was decided, taking back, publishing, and what is new in a version."""

import html
import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from annotator.models import Exercise, Membership, Phase, RuleEntry
from annotator.services.rule_books import Example, Rule, rule_take_back, rule_write, version_publish
from annotator.services.withdrawal import article_withdraw
from tests import factories
from tests.reports.agreeing import SUBMITTED
from tests.views.test_classroom import text

pytestmark = pytest.mark.django_db

START = factories.TEXT.index("Some 900 visitors")


@pytest.fixture
def work():
    teacher = factories.teacher("rosa")
    return factories.exercise(factories.classroom(teacher), [factories.article(teacher)], phase=Phase.REVEALED)


def leader(work):
    return work.classroom.memberships.get(is_teacher=True, user__username="rosa")


def write(work, words="Visitors can be counted.", **fields):
    example = Example(work.articles.get(), START, START + 17, START, START + 33)
    rule = Rule(**{"uuid": uuid.uuid4(), "text": words, "includes": ("claim",), "example": example, **fields})
    return rule_write(exercise=work, member=leader(work), rule=rule)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def page(work, user=None):
    response = client_of(user or leader(work).user).get(reverse("rule-book", args=[work.classroom.uuid]))
    assert response.status_code == 200
    return text(response)


def test_before_anything_is_decided_it_says_how(work):
    assert "Nothing is decided yet." in page(work)


def test_a_rule_stands_there_with_its_cards_words_place_and_writer(work):
    write(work, excludes=("opinion",))
    said = page(work)
    for words in (
        "Four tags for the news, Class 9B", "Version 2, draft", "Claim · in", "Opinion · out", "Some 900 visitors",
        "Visitors can be counted.", "Rosa", "Who says so?", "Open in the article", "Publish version 2", "Take back",
    ):  # fmt: skip
        assert words in said, words


def test_taking_back_moves_it_out_of_the_list(work):
    entry = write(work)
    client = client_of(leader(work).user)
    address = reverse("rule-take-back", args=[work.classroom.uuid, entry.uuid])
    said = text(client.post(address, follow=True))
    assert "Taken back. The cards say what they said before." in said
    assert "1 rule taken back" in said
    assert "Publish version 2" not in said
    assert client.post(address).status_code == 302


def test_publishing_offers_the_version_for_a_new_exercise(work):
    entry = write(work)
    client = client_of(leader(work).user)
    done = client.post(reverse("rule-book-publish", args=[work.classroom.uuid, entry.version.uuid]), follow=True)
    said = text(done)
    assert "Version 2 is published." in said
    assert "Take back" not in said
    chosen = f"codebook={entry.version.uuid}"
    assert chosen in done.content.decode()
    offered = client.get(reverse("exercise-add"), {"classroom": work.classroom.uuid, "codebook": entry.version.uuid})
    assert f'value="{entry.version.uuid}" selected' in offered.content.decode()


def test_an_empty_draft_is_not_published(work):
    entry = write(work)
    rule_take_back(entry=entry)
    address = reverse("rule-book-publish", args=[work.classroom.uuid, entry.version.uuid])
    response = client_of(leader(work).user).post(address)
    assert (response.status_code, "no rule in this draft" in text(response)) == (422, True)


def test_what_is_published_is_not_taken_back(work):
    entry = write(work)
    version_publish(version=entry.version)
    response = client_of(leader(work).user).post(reverse("rule-take-back", args=[work.classroom.uuid, entry.uuid]))
    assert (response.status_code, "published versions never change" in text(response)) == (422, True)


def test_a_colleague_of_the_class_sees_it_publishes_it_and_may_choose_it(work):
    entry = write(work)
    colleague = factories.teacher("ilse")
    Membership.objects.create(classroom=work.classroom, user=colleague, is_teacher=True)
    assert "Visitors can be counted." in page(work, colleague)
    client = client_of(colleague)
    client.post(reverse("rule-book-publish", args=[work.classroom.uuid, entry.version.uuid]))
    assert str(entry.version.uuid) in client.get(reverse("exercise-add")).content.decode()
    stranger = client_of(factories.teacher("otto"))
    assert str(entry.version.uuid) not in stranger.get(reverse("exercise-add")).content.decode()


def test_another_class_that_reads_with_it_sees_the_rule_but_not_where_it_was_written(work):
    entry = write(work)
    version = version_publish(version=entry.version)
    colleague = factories.teacher("ilse")
    Membership.objects.create(classroom=work.classroom, user=colleague, is_teacher=True)
    room = factories.classroom(colleague, name="Class 8A")
    other = factories.exercise(room, [factories.article(colleague)], phase=Phase.OPEN, title="Another")
    Exercise.objects.filter(pk=other.pk).update(codebook_version=version)
    said = page(other, colleague)
    assert "Visitors can be counted." in said
    assert "Written in another class" in said
    assert "Rosa" not in said
    assert "Open in the article" not in said
    assert client_of(colleague).post(reverse("rule-take-back", args=[room.uuid, entry.uuid])).status_code == 404


def test_a_withdrawn_text_shows_no_mask(work):
    entry = write(work)
    article_withdraw(article=entry.article, by=leader(work).user)
    said = page(work)
    assert "The text of its example was withdrawn." in said
    assert "xxxx" not in said


def test_a_version_says_what_came_and_what_is_as_before(work):
    entry = write(work, excludes=("opinion",))
    response = client_of(leader(work).user).get(
        reverse("rule-book-version", args=[work.classroom.uuid, entry.version.uuid])
    )
    said = text(response)
    assert "Beside version 1." in said
    assert response.content.decode().count("<ins>") == 4
    assert "<del>" not in response.content.decode()
    assert said.count("As before.") == 2


def test_more_rules_cost_no_more_queries(work, django_assert_max_num_queries):
    for number in range(6):
        write(work, words=f"Rule {number}.")
    version_publish(version=RuleEntry.objects.first().version)
    write(work, words="One more.")
    client = client_of(leader(work).user)
    client.get(reverse("rule-book", args=[work.classroom.uuid]))
    with django_assert_max_num_queries(10):
        client.get(reverse("rule-book", args=[work.classroom.uuid]))


def test_the_class_s_page_and_each_passage_of_the_reveal_lead_there(work):
    client = client_of(leader(work).user)
    room = client.get(reverse("classroom", args=[work.classroom.uuid])).content.decode()
    assert reverse("rule-book", args=[work.classroom.uuid]) in room
    for label in ("claim", "opinion"):
        reading = factories.reading(work, factories.reader(work.classroom), **SUBMITTED)
        factories.span(reading, START, START + 17, label)
    reveal = client.get(reverse("reveal", args=[work.uuid])).content.decode()
    [address] = re.findall(r'<a class="link" href="([^"]+)#rule"[^>]*>Write this into our rule book<', reveal)
    assert 'id="rule"' in client.get(html.unescape(address)).content.decode()


def test_the_next_exercise_s_readers_have_the_rule_on_their_cards_and_the_first_s_have_not(work):
    version = version_publish(version=write(work).version)
    again = factories.exercise(work.classroom, [work.articles.get()], phase=Phase.OPEN, title="Again")
    Exercise.objects.filter(pk=again.pk).update(codebook_version=version)
    member = factories.reader(work.classroom)
    for exercise, is_told in ((Exercise.objects.get(pk=again.pk), True), (work, False)):
        reading = factories.reading(exercise, member)
        said = text(client_of(member.user).get(reverse("reading", args=[reading.uuid])))
        assert ("Visitors can be counted." in said) is is_told


def test_the_printed_report_repeats_what_was_decided(work):
    client = client_of(leader(work).user)
    address = reverse("exercise-report", args=[work.uuid])
    assert 'class="report-lines"' in client.get(address).content.decode().split('id="report-decided"')[1][:200]
    taken = write(work, words="This one was taken back.")
    rule_take_back(entry=taken)
    for number in range(4):
        write(work, words=f"Rule number {number}.", excludes=("opinion",))
    said = text(client.get(address))
    assert "Rule number 0." in said
    assert "Rule number 3." not in said
    assert "and 1 more in the rule book" in said
    assert "This one was taken back." not in said
    assert "not opinion:" in said
