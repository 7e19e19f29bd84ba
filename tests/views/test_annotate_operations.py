"""The endpoint that saves highlights: one valid payload, and everything that can be wrong with it."""

import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from annotator.access import member_key
from annotator.models import Exercise, Membership, Phase, Reading, Span, SpanOperation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading():
    teacher = factories.teacher("teacher")
    room = factories.classroom(teacher)
    work = factories.exercise(room, [factories.article(teacher)])
    return factories.reading(work, factories.reader(room, "reader"))


def payload(reading, start=28, end=50, **fields):
    """A valid request that adds one claim."""
    words = reading.article.text[start:end]
    operation = {
        "uuid": str(uuid.uuid4()), "op": "add", "span": str(uuid.uuid4()), "label": "claim", "start": start, "end": end,
        "quote_start": words[:32], "quote_end": words[-32:], "undoes": None,
    }  # fmt: skip
    return {
        "text_sha256": reading.article.text_sha256,
        "codebook_version": str(reading.exercise.codebook_version.uuid),
        "member_key": member_key(reading.member.user),
        "operations": [operation | fields],
    }


def spoiled(reading, fields):
    """The valid request with some fields replaced."""
    content = payload(reading)
    content["operations"][0] |= fields
    return content


def post(client, reading, content):
    body = content if isinstance(content, str | bytes) else json.dumps(content)
    return client.post(reverse("reading-operations", args=[reading.uuid]), body, content_type="application/json")


def signed_in(client, reading):
    client.force_login(reading.member.user)
    return client


def rows():
    """What no refusal may change."""
    spans = Span.objects.order_by("pk").values_list("uuid", "label__slug", "start", "end", "note", "deleted_at")
    return list(spans), SpanOperation.objects.count(), list(Reading.objects.order_by("pk").values("version", "state"))


def assert_refused(response, status, before):
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/json"
    assert response.json()["message"].endswith((".", "."))
    assert rows() == before


def test_a_save_answers_with_the_touched_block_card_and_counts(client, reading):
    factories.span(reading, 40, 60, "opinion")
    content = payload(reading)
    response = post(signed_in(client, reading), reading, content)
    answer = response.json()
    assert response.status_code == 201
    assert answer["results"] == [
        {
            "uuid": content["operations"][0]["uuid"], "status": 201, "message": "",
            "span": content["operations"][0]["span"], "number": 2, "version": 1,
        }
    ]  # fmt: skip
    assert list(answer["blocks"]) == ["b2"]
    assert answer["blocks"]["b2"].startswith('<p id="b2" class="block paragraph" data-start="28"')
    assert list(answer["cards"]) == ["h2"]
    assert 'data-label="claim"' in answer["cards"]["h2"]
    assert (answer["removed"], answer["card_order"], answer["state"]) == ([], None, "open")
    assert answer["counts"] == {"claim": 1, "attribution": 0, "opinion": 1, "boilerplate": 0}
    assert answer["total"] == 2


def test_a_highlight_over_two_blocks_paints_both_and_no_third(client, reading):
    end = reading.article.text.index("winter")
    answer = post(signed_in(client, reading), reading, payload(reading, 100, end)).json()
    assert list(answer["blocks"]) == ["b2", "b3"]


def test_a_moved_highlight_repaints_where_it_was_and_where_it_is(client, reading):
    span = factories.span(reading, 28, 50)
    place = reading.article.text.index("Keep")
    content = payload(reading, place, place + 4, op="move", span=str(span.uuid))
    answer = post(signed_in(client, reading), reading, content).json()
    assert list(answer["blocks"]) == ["b2", "b4"]
    assert "<mark" not in answer["blocks"]["b2"]


def test_a_deleted_highlight_is_named_as_removed(client, reading):
    span = factories.span(reading, 28, 50)
    answer = post(signed_in(client, reading), reading, payload(reading, op="delete", span=str(span.uuid))).json()
    assert (answer["removed"], answer["cards"], answer["total"]) == (["h1"], {}, 0)


def test_a_repeat_answers_200_and_changes_nothing(client, reading):
    content = payload(reading)
    first = post(signed_in(client, reading), reading, content)
    before = rows()
    again = post(client, reading, content)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["results"][0]["number"] == first.json()["results"][0]["number"]
    assert again.json()["blocks"] == first.json()["blocks"]
    assert rows() == before


def test_several_operations_answer_200_each_with_its_own_status(client, reading):
    content = payload(reading)
    content["operations"] += [
        dict(payload(reading, label="lie")["operations"][0]),
        dict(payload(reading, 60, 70)["operations"][0]),
    ]
    response = post(signed_in(client, reading), reading, content)
    assert response.status_code == 200
    assert [result["status"] for result in response.json()["results"]] == [201, 422, 201]
    assert Span.objects.count() == 2


def test_a_hint_travels_with_the_success(client, reading):
    factories.span(reading, 40, 60, "claim")
    answer = post(signed_in(client, reading), reading, payload(reading, label="boilerplate")).json()
    assert answer["results"][0]["status"] == 201
    assert "Boilerplate" in answer["results"][0]["message"]


@pytest.mark.parametrize(
    "body",
    [
        "", "{", "null", "[]", '"text"', "7", "NaN", "[[[", b"\xff\xfe", '{"operations": null}', '{"operations": {}}',
        '{"operations": [null]}', '{"operations": []}', "[" * 100_000, '{"operations": [NaN]}', "9" * 5000,
    ],
)  # fmt: skip
def test_junk_is_400_and_a_sentence(client, reading, body):
    before = rows()
    assert_refused(post(signed_in(client, reading), reading, body), 400, before)


@pytest.mark.parametrize(
    "fields",
    [
        {"start": True}, {"end": "50"}, {"start": 1.5}, {"start": None}, {"start": [28]}, {"end": {}},
        {"label": None}, {"label": 1}, {"label": ["claim"]}, {"quote_start": None}, {"quote_end": 7},
        {"uuid": None}, {"uuid": "7"}, {"uuid": 7}, {"uuid": "not-a-uuid"}, {"span": None}, {"span": "x" * 36},
        {"op": "explode"}, {"op": None}, {"op": ["add"]}, {"op": {}}, {"undoes": "x"}, {"undoes": 3},
        {"base_version": "1"}, {"base_version": True}, {"op": "detail", "note": None}, {"op": "detail", "note": {}},
        {"op": "detail", "confidence": True}, {"op": "detail", "confidence": "1"}, {"op": "detail", "confidence": 1.0},
        {"op": "detail", "reported_by": "x"}, {"op": "detail", "source_name": 7}, {"op": "detail", "source_kind": []},
        {"after": "x"}, {"after": None}, {"after": [7]}, {"after": ["x"]}, {"after": ["0" * 32] * 101},
    ],
    ids=str,
)  # fmt: skip
def test_a_field_of_the_wrong_kind_is_400_and_a_sentence(client, reading, fields):
    before = rows()
    assert_refused(post(signed_in(client, reading), reading, spoiled(reading, fields)), 400, before)


@pytest.mark.parametrize("name", ["uuid", "op", "span", "label", "start", "end", "quote_start", "quote_end"])
def test_a_missing_field_is_400_and_a_sentence(client, reading, name):
    content = payload(reading)
    del content["operations"][0][name]
    before = rows()
    assert_refused(post(signed_in(client, reading), reading, content), 400, before)


@pytest.mark.parametrize("name", ["text_sha256", "codebook_version", "member_key"])
@pytest.mark.parametrize("value", [None, 7, [], "missing"])
def test_an_envelope_field_of_the_wrong_kind_is_refused(client, reading, name, value):
    content = payload(reading)
    content[name] = value
    before = rows()
    status = {"text_sha256": 409, "member_key": 401}.get(name, 400) if isinstance(value, str) else 400
    assert_refused(post(signed_in(client, reading), reading, content), status, before)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"start": -1}, 409),
        ({"start": 50, "end": 28}, 409),
        ({"start": 28, "end": 28}, 409),
        ({"end": 10**9}, 409),
        ({"start": 10**300, "end": 10**301}, 409),
        ({"quote_start": "other words"}, 409),
        ({"quote_end": "\ud800"}, 409),
        ({"label": "lie"}, 422),
        ({"label": "\x00"}, 422),
        ({"label": "\udfff"}, 422),
        ({"op": "relabel"}, 404),
        ({"op": "move"}, 404),
        ({"op": "delete"}, 404),
        ({"op": "restore"}, 404),
        ({"op": "detail", "note": "x"}, 404),
    ],
    ids=str,
)
def test_a_wrong_operation_has_its_status_and_a_sentence(client, reading, fields, status):
    before = rows()
    assert_refused(post(signed_in(client, reading), reading, spoiled(reading, fields)), status, before)


@pytest.mark.parametrize(
    "note", ["a\x00b", "a\ud800", "n" * 1001, "\x1b[31m", "\ufffe"], ids=["nul", "surrogate", "long", "escape", "fffe"]
)
def test_a_note_that_cannot_be_kept_is_422(client, reading, note):
    span = factories.span(reading, 28, 50)
    before = rows()
    content = payload(reading, op="detail", span=str(span.uuid), note=note)
    assert_refused(post(signed_in(client, reading), reading, content), 422, before)


def test_a_change_to_a_deleted_highlight_is_410(client, reading):
    span = factories.span(reading, 28, 50, deleted_at=factories.NOON)
    before = rows()
    content = payload(reading, op="relabel", span=str(span.uuid), label="opinion")
    assert_refused(post(signed_in(client, reading), reading, content), 410, before)


def test_an_older_version_is_409_with_the_present_card(client, reading):
    span = factories.span(reading, 28, 50, version=3, note="theirs")
    before = rows()
    content = payload(reading, op="detail", span=str(span.uuid), note="mine", base_version=2)
    response = post(signed_in(client, reading), reading, content)
    assert_refused(response, 409, before)
    assert "theirs" in response.json()["cards"]["h1"]


def test_the_wrong_text_or_codebook_is_409(client, reading):
    before = rows()
    for name, value in [("text_sha256", "0" * 64), ("codebook_version", str(uuid.uuid4()))]:
        assert_refused(post(signed_in(client, reading), reading, payload(reading) | {name: value}), 409, before)


def test_more_than_fifty_operations_are_422_and_a_huge_body_413(client, reading):
    before = rows()
    many = payload(reading)
    many["operations"] *= 51
    assert_refused(post(signed_in(client, reading), reading, many), 422, before)
    assert_refused(post(client, reading, " " * (512 * 1024 + 1)), 413, before)


@pytest.mark.parametrize("state", ["submitted", "collected"])
def test_a_closed_reading_is_422(client, reading, state):
    Reading.objects.update(state=state, submitted_at=factories.NOON)
    before = rows()
    assert_refused(post(signed_in(client, reading), reading, payload(reading)), 422, before)
    several = payload(reading)
    several["operations"] += payload(reading, 60, 70)["operations"]
    response = post(client, reading, several)
    assert (response.status_code, rows()) == (422, before)


@pytest.mark.parametrize("phase", [Phase.CLOSED, Phase.REVEALED, Phase.REVISING, Phase.WRAPPED_UP])
def test_what_comes_after_the_cut_off_is_kept_as_late_and_the_reader_is_told(client, reading, phase):
    Exercise.objects.update(phase=phase)
    response = post(signed_in(client, reading), reading, payload(reading))
    assert response.status_code == 201
    assert response.json()["message"].startswith("This came after the reading was collected.")
    assert reading.spans.get().is_late


def test_an_exercise_in_the_archive_is_422(client, reading):
    Exercise.objects.update(phase=Phase.ARCHIVED)
    before = rows()
    assert_refused(post(signed_in(client, reading), reading, payload(reading)), 422, before)


def strangers():
    def team_mate(reading):
        return factories.reader(reading.exercise.classroom).user

    def teacher(reading):
        return reading.exercise.created_by

    def other_teacher(reading):
        return factories.teacher("other")

    def removed(reading):
        Membership.objects.filter(pk=reading.member_id).update(removed_at=factories.NOON)
        return reading.member.user

    def before_opening(reading):
        Exercise.objects.update(phase=Phase.DRAFT)
        return reading.member.user

    return [team_mate, teacher, other_teacher, removed, before_opening]


@pytest.mark.parametrize("person", strangers(), ids=lambda person: person.__name__)
def test_whoever_does_not_own_the_reading_gets_the_404_of_none(client, reading, person):
    stranger = person(reading)
    client.force_login(stranger)
    content = payload(reading) | {"member_key": member_key(stranger)}
    before = rows()
    hidden = post(client, reading, content)
    assert_refused(hidden, 404, before)
    absent = client.post(
        reverse("reading-operations", args=[uuid.uuid4()]), json.dumps(content), content_type="application/json"
    )
    assert (absent.status_code, absent.content) == (hidden.status_code, hidden.content)


@pytest.mark.parametrize("key", ["", "0" * 32, "\ud800"])
def test_changes_kept_under_another_key_wait_for_their_reader_and_are_not_stored(client, reading, key):
    before = rows()
    content = payload(reading) | {"member_key": key}
    assert_refused(post(signed_in(client, reading), reading, content), 401, before)


@pytest.mark.parametrize("person", strangers()[:3], ids=lambda person: person.__name__)
def test_whoever_signs_in_next_sends_nothing_of_the_reader_before(client, reading, person):
    client.force_login(person(reading))
    before = rows()
    response = post(client, reading, payload(reading))
    assert_refused(response, 401, before)
    assert "another reader" in response.json()["message"]


def test_one_reader_has_one_key_for_all_readings_and_nobody_else_has_it(reading):
    others = [factories.reader(reading.exercise.classroom).user for _ in range(3)]
    keys = [member_key(user) for user in [reading.member.user, *others]]
    assert len(set(keys)) == 4
    assert keys[0] == member_key(type(others[0]).objects.get(pk=reading.member.user_id))
    assert str(reading.member.user.uuid).replace("-", "") not in keys[0]


def test_another_readers_span_uuid_reveals_nothing(client, reading):
    other = factories.reading(reading.exercise, factories.reader(reading.exercise.classroom))
    theirs = factories.span(other, 60, 70, note="canary")
    before = rows()
    response = post(signed_in(client, reading), reading, payload(reading, span=str(theirs.uuid)))
    assert_refused(response, 404, before)
    assert "canary" not in response.content.decode()
    assert response.json()["cards"] == {}


@pytest.mark.proves("S02")
def test_an_answer_holds_nothing_of_another_readers_highlights_in_the_same_block(client, reading):
    other = factories.reading(reading.exercise, factories.reader(reading.exercise.classroom))
    for start in range(28, 60, 4):
        factories.span(other, start, start + 30, "opinion", note="canary")
    content = payload(reading)
    content["operations"] += [
        spoiled(reading, {"op": "relabel", "span": str(theirs.uuid)})["operations"][0] for theirs in other.spans.all()
    ]
    response = post(signed_in(client, reading), reading, content)
    answer = response.json()
    assert [result["status"] for result in answer["results"]] == [201] + [404] * 8
    assert answer["counts"] == {"claim": 1, "attribution": 0, "opinion": 0, "boilerplate": 0}
    assert answer["blocks"]["b2"].count("<mark") == 1
    assert "canary" not in response.content.decode()


def test_a_signed_out_reader_gets_401_in_json_and_no_login_page(client, reading):
    before = rows()
    assert_refused(post(client, reading, payload(reading)), 401, before)


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete", "head"])
def test_any_other_method_is_405(client, reading, method):
    before = rows()
    response = getattr(signed_in(client, reading), method)(reverse("reading-operations", args=[reading.uuid]))
    assert response.status_code == 405
    assert rows() == before


@pytest.mark.proves("S26")
def test_a_post_without_its_token_is_403(reading):
    client = Client(enforce_csrf_checks=True)
    before = rows()
    response = post(signed_in(client, reading), reading, payload(reading))
    assert (response.status_code, rows()) == (403, before)
    assert response.headers["X-Sourcewise-Refusal"] == "csrf"


def test_a_save_asks_few_queries_however_many_highlights_there_are(client, reading, django_assert_num_queries):
    for start in range(28, 100, 2):
        factories.span(reading, start, start + 20, "opinion")
    signed_in(client, reading)
    post(client, reading, payload(reading, 60, 66))
    with django_assert_num_queries(14):
        assert post(client, reading, payload(reading, 70, 80)).status_code == 201
