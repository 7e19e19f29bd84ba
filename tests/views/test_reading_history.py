"""The history of one's own reading: what it says, to whom, and the two ways back."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from annotator.models import Classroom, Exercise, Membership, Phase, Reading, ReadingState, Span, SpanOperation
from annotator.reports.reading_history import reading_history
from annotator.services.keys import key_start
from annotator.services.members import member_merge
from annotator.services.spans import operations_apply
from tests import factories
from tests.services.saving import add, apply, operation

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading():
    teacher = factories.teacher("teacher")
    room = factories.classroom(teacher)
    Classroom.objects.update(time_zone="Asia/Kathmandu")
    work = factories.exercise(room, [factories.article(teacher)])
    return factories.reading(work, factories.reader(room, "reader"))


def page(client, reading, query="", user=None, **headers):
    client.force_login(user or reading.member.user)
    return client.get(reverse("reading-history", args=[reading.uuid]) + query, **headers)


def said(html):
    """What the list says, without its hidden repetitions."""
    return [" ".join(re.sub(r"<[^>]+>", "", words).split()) for words in re.findall(r'<p dir="auto">(.*?)</p>', html)]


def test_it_says_in_words_what_was_done_newest_first(client, reading):
    first = add(reading)
    apply(
        reading,
        operation(reading, "relabel", first.span, label="opinion"),
        operation(reading, "move", first.span, start=28, end=44),
        operation(reading, "detail", first.span, details={"note": "loaded?", "confidence": 1}),
        operation(reading, "delete", first.span),
    )
    apply(reading, operation(reading, "restore", first.span, undoes=SpanOperation.objects.latest("pk").uuid))
    quote = reading.article.text[28:44].strip()
    assert said(page(client, reading).content.decode()) == [
        f"You brought back “{quote}”. undo",
        f"You deleted “{quote}”.",
        f"You wrote about “{quote}”: note, how sure.",
        f"You moved the edges of “{quote}”.",
        f"You changed “{quote}” from Claim to Opinion.",
        f"You tagged “{quote}” as Claim.",
    ]


def test_words_that_are_a_quotation_themselves_have_their_marks_once(client, reading):
    text = reading.article
    text.text = text.text[:28] + "“The fair,” she" + text.text[43:]
    text.save()
    add(Reading.objects.get(pk=reading.pk), start=28, end=43)
    assert said(page(client, reading).content.decode())[0].startswith("You tagged “‘The fair,’ she” as Claim.")


def test_times_and_days_are_the_classs_own(client, reading):
    add(reading)
    SpanOperation.objects.update(created_at=datetime(2026, 3, 9, 18, 30, 0, tzinfo=UTC))
    html = page(client, reading).content.decode()
    # Kathmandu is five hours and three quarters ahead.
    assert ">00:15</time>" in html
    assert "Tuesday, 10 March" in html


def test_a_deleted_highlight_is_brought_back_from_its_last_deletion_alone(client, reading):
    span = add(reading).span
    apply(reading, operation(reading, "delete", span))
    apply(reading, operation(reading, "restore", span), operation(reading, "delete", span))
    html = page(client, reading).content.decode()
    assert html.count('name="do" value="restore"') == 1
    form = re.search(r'name="operation" value="([^"]+)"><input type="hidden" name="then" value="history">', html)
    answer = client.post(
        reverse("reading-span", args=[reading.uuid, 1]), {"do": "restore", "operation": form[1], "then": "history"}
    )
    assert answer.headers["Location"].startswith(reverse("reading-history", args=[reading.uuid]))
    assert Span.objects.get().deleted_at is None
    assert 'value="restore"' not in page(client, reading).content.decode()


def test_going_back_is_a_form_that_says_what_came_of_it(client, reading):
    add(reading)
    kept = SpanOperation.objects.get()
    add(reading, 60, 80)
    html = page(client, reading).content.decode()
    assert html.count("Go back to here") == 1, "from the newest step there is nothing to go back"
    assert f'name="to" value="{kept.uuid}"' in html
    url = reverse("reading-back", args=[reading.uuid])
    answer = client.post(url, {"operation": str(uuid.uuid4()), "to": str(kept.uuid)}, follow=True)
    assert "You went back. 1 highlight changed." in answer.content.decode()
    assert [span.start for span in Span.objects.filter(deleted_at=None)] == [28]
    part = client.post(url, {"operation": str(uuid.uuid4())}, HTTP_HX_REQUEST="true").content.decode()
    assert part.lstrip().startswith('<div class="history" id="history" data-done="You went back.')
    assert not Span.objects.filter(deleted_at=None).exists()


@pytest.mark.parametrize("fields", [{}, {"operation": "no"}, {"operation": str(uuid.uuid4()), "to": "no"}])
def test_a_form_that_makes_no_sense_is_a_sentence(client, reading, fields):
    add(reading)
    client.force_login(reading.member.user)
    answer = client.post(reverse("reading-back", args=[reading.uuid]), fields)
    assert answer.status_code == 422
    assert "not complete" in answer.content.decode()
    assert Span.objects.get().deleted_at is None


def test_a_step_that_is_not_there_is_a_sentence(client, reading):
    client.force_login(reading.member.user)
    asked = {"operation": str(uuid.uuid4()), "to": str(uuid.uuid4())}
    answer = client.post(reverse("reading-back", args=[reading.uuid]), asked)
    assert answer.status_code == 422
    assert "not in the history" in answer.content.decode()


def test_handed_in_it_is_to_read_only(client, reading):
    span = add(reading).span
    apply(reading, operation(reading, "delete", span))
    add(reading, 60, 80)
    Reading.objects.update(state=ReadingState.SUBMITTED, submitted_at=factories.NOON)
    html = page(client, reading).content.decode()
    assert len(said(html)) == 3
    for word in ("Go back", "Bring back", 'method="post" action="/readings'):
        assert word not in html
    client.force_login(reading.member.user)
    answer = client.post(reverse("reading-back", args=[reading.uuid]), {"operation": str(uuid.uuid4())})
    assert answer.status_code == 422
    assert Span.objects.filter(deleted_at=None).count() == 1


def test_who_joined_twice_and_was_merged_has_done_all_of_it(client, reading):
    add(reading)
    again = factories.reader(reading.exercise.classroom, "reader, again")
    member_merge(member=reading.member, into=again)
    assert said(page(client, reading, user=again.user).content.decode())[0].startswith("You tagged ")


def test_of_a_key_it_says_who_did_what(client, reading):
    work = reading.exercise
    teacher = Membership.objects.get(user__username="teacher")
    other = Membership.objects.create(
        classroom=work.classroom, user=factories.teacher("ilse"), is_teacher=True
    )  # fmt: skip
    key = key_start(exercise=work, article=reading.article, member=teacher)
    span = add(key).span
    SpanOperation.objects.update(actor=teacher)
    Reading.objects.filter(pk=key.pk).update(version=1)
    operations_apply(reading=key, operations=[operation(key, "relabel", span, label="opinion")], actor=other)
    lines = said(page(client, key, user=teacher.user).content.decode())
    assert lines[0].startswith("Ilse changed")
    assert lines[1].startswith("You tagged")
    lines = said(page(client, key, user=other.user).content.decode())
    assert lines[0].startswith("You changed")
    assert lines[1].startswith("Teacher tagged")


def test_a_reader_without_any_step_is_told_what_will_stand_here(client, reading):
    html = page(client, reading).content.decode()
    assert "Nothing was done here yet" in html
    assert "Go back" not in html


def test_a_second_round_begins_as_a_copy(client, reading):
    Exercise.objects.update(phase=Phase.REVISING, opened_at=factories.NOON)
    second = factories.reading(reading.exercise, reading.member, round=2)
    add(second)
    assert "began this round with a copy" in page(client, second).content.decode()


@pytest.mark.parametrize("asked", ["2", "99", "0", "-1", "²", "x", "9" * 40])
def test_long_histories_come_in_pages_and_any_page_asked_for_is_answered(client, reading, asked):
    for start in range(101):
        add(reading, 28 + start, 60 + start)
    answer = page(client, reading, f"?page={asked}")
    assert answer.status_code == 200
    is_last = asked in {"2", "99"}
    assert len(said(answer.content.decode())) == (1 if is_last else 100)
    assert ("Go back to the beginning" in answer.content.decode()) is is_last


def test_others_and_strangers_get_404(client, reading):
    add(reading)
    other = factories.reader(reading.exercise.classroom)
    teacher = Membership.objects.get(user__username="teacher")
    for who in (other.user, teacher.user, factories.user()):
        assert page(client, reading, user=who).status_code == 404


def test_it_asks_a_known_number_of_queries(reading, django_assert_num_queries):
    for start in range(5):
        add(reading, 28 + start, 60 + start)
    apply(reading, operation(reading, "delete", Span.objects.first().uuid))
    fresh = Reading.objects.select_related("exercise__classroom").get(pk=reading.pk)
    with django_assert_num_queries(5):
        history = reading_history(fresh, viewer=None)
    assert history.total == 6
    assert timedelta(0) <= history.days[0].entries[0].at - history.days[0].entries[-1].at
