"""Many at once: parallel identical saves, parallel readers, and one span UUID claimed by two readings."""

import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from annotator.access import member_key
from annotator.models import Reading, Span, SpanOperation
from tests import factories
from tests.services.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def work():
    teacher = factories.teacher()
    return factories.exercise(factories.classroom(teacher), [factories.article(teacher)])


def payload(reading, start, end, span=None):
    words = reading.article.text[start:end]
    operation = {
        "uuid": str(uuid.uuid4()), "op": "add", "span": str(span or uuid.uuid4()), "label": "claim",
        "start": start, "end": end, "quote_start": words[:32], "quote_end": words[-32:],
    }  # fmt: skip
    return json.dumps({
        "text_sha256": reading.article.text_sha256, "codebook_version": str(reading.exercise.codebook_version.uuid),
        "member_key": member_key(reading.member.user), "operations": [operation],
    })  # fmt: skip


def poster(reading, *bodies):
    """A job that posts `bodies` one after another as the reading's own reader, and returns their statuses."""
    client = Client()
    client.force_login(reading.member.user)
    address = reverse("reading-operations", args=[reading.uuid])
    return lambda: [client.post(address, body, content_type="application/json").status_code for body in bodies]


@pytest.mark.proves("S12")
def test_a_hundred_identical_saves_at_once_store_one_row_and_all_succeed(work):
    reading = factories.reading(work, factories.reader(work.classroom))
    body = payload(reading, 28, 50)
    jobs = [poster(reading, *[body] * 5) for _ in range(20)]
    statuses = sorted(status for answers in together(jobs) for status in answers)
    assert statuses == [200] * 99 + [201]
    assert (Span.objects.count(), SpanOperation.objects.count()) == (1, 1)
    assert Reading.objects.get().version == 1


@pytest.mark.proves("S15")
def test_thirty_readers_of_four_saves_each_lose_none(work):
    readings = [factories.reading(work, factories.reader(work.classroom)) for _ in range(30)]
    bodies = [[payload(reading, 28 + n, 60 + n) for n in range(4)] for reading in readings]
    jobs = [poster(reading, *mine) for reading, mine in zip(readings, bodies, strict=True)]
    assert {status for answers in together(jobs) for status in answers} == {201}
    assert Span.objects.count() == 120
    assert sorted(Span.objects.filter(reading=readings[0]).values_list("number", flat=True)) == [1, 2, 3, 4]


def test_one_readers_two_windows_number_their_highlights_without_a_clash(work):
    reading = factories.reading(work, factories.reader(work.classroom))
    jobs = [poster(reading, *[payload(reading, 28 + n * 10 + i, 90) for i in range(10)]) for n in range(4)]
    assert {status for answers in together(jobs) for status in answers} == {201}
    assert sorted(Span.objects.values_list("number", flat=True)) == list(range(1, 41))


def test_a_span_uuid_claimed_by_two_readings_at_once_goes_to_one_and_is_404_to_the_other(work):
    readings = [factories.reading(work, factories.reader(work.classroom)) for _ in range(2)]
    for _ in range(8):
        span = uuid.uuid4()
        start = 28 + Span.objects.count()
        answers = together([poster(reading, payload(reading, start, 90, span)) for reading in readings])
        assert sorted(status for [status] in answers) == [201, 404]
    assert Span.objects.count() == 8
