"""The details of a highlight on the pages: cards, plain forms, the list of sentences, what a save answers, exports."""

import csv
import io
import json
import re
import uuid

import pytest
from django.urls import reverse

from annotator.access import member_key
from annotator.models import Phase, Span, SpanOperation
from annotator.services.spans import operations_apply
from tests import factories
from tests.services.saving import operation

pytestmark = pytest.mark.django_db


@pytest.fixture
def work():
    teacher = factories.teacher("teacher")
    made = factories.exercise(factories.classroom(teacher), [factories.article(teacher)])
    made.asks_sources = made.asks_links = made.asks_confidence = True
    made.save()
    return made


@pytest.fixture
def reading(work):
    return factories.reading(work, factories.reader(work.classroom, "reader"))


def mark(reading, words, label="attribution", **fields):
    return factories.mark(reading, words, label, **fields)


def page(client, reading, query="", name="reading"):
    client.force_login(reading.member.user)
    answer = client.get(reverse(name, args=[reading.uuid]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client, reading, span, **fields):
    """A card's plain form."""
    client.force_login(reading.member.user)
    form = {"do": "detail", "operation": str(uuid.uuid4())} | fields
    return client.post(reverse("reading-span", args=[reading.uuid, span.number]), form)


def fieldset(html, label):
    """Whether the fields for a tag are switched on, in the first form of the page that has them."""
    found = re.search(rf'<fieldset class="detail-fields" data-for="{label}"([^>]*)>', html)
    return found and "disabled" not in found[1]


def test_in_a_first_class_a_card_has_its_note_and_nothing_else(client, reading, work):
    type(work).objects.update(asks_sources=False, asks_links=False, asks_confidence=False)
    span = mark(reading, "the council said", source_name="the council", confidence=1)
    html = page(client, reading, f"?open={span.number}")
    assert 'name="note"' in html
    for name in ("source_name", "source_kind", "reported_by", "confidence", "data-source-name", "let’s talk"):
        assert name not in html, name
    assert 'data-asked=""' in html


def test_an_open_card_asks_what_fits_its_tag(client, reading):
    said, claim = mark(reading, "the council said"), mark(reading, "Some 900 visitors", "claim")
    html = page(client, reading, f"?open={said.number}")
    assert (fieldset(html, "attribution"), fieldset(html, "claim")) == (True, False)
    html = page(client, reading, f"?open={claim.number}")
    assert (fieldset(html, "attribution"), fieldset(html, "claim")) == (False, True)
    assert len(re.findall(r'<option value="[a-z_]+"', html.split('name="source_kind"')[1].split("</select>")[0])) == 9


def test_the_plain_form_saves_what_it_brings_along_as_one_change_that_can_be_undone(client, reading):
    said = mark(reading, "the council said", note="stays")
    assert send(client, reading, said, source_name=" The council ", source_kind="organisation", confidence="2")
    said.refresh_from_db()
    assert (said.source_name, said.source_kind, said.confidence, said.note) == (
        "The council", "organisation", 2, "stays",
    )  # fmt: skip
    [row] = SpanOperation.objects.all()
    assert row.before == {"source_name": "", "source_kind": "", "confidence": None}
    assert send(client, reading, said, confidence="", source_name="").status_code == 302
    said.refresh_from_db()
    assert (said.source_name, said.source_kind, said.confidence) == ("", "organisation", None)


def test_the_proposed_link_is_a_button_of_the_same_form_and_the_last_word(client, reading):
    said, claim = mark(reading, "the council said"), mark(reading, "will be held in the market hall", "claim")
    html = page(client, reading, f"?open={claim.number}")
    button = re.search(r'<button class="btn tiny propose" name="reported_by" value="([^"]+)" data-propose>', html)
    assert button[1] == str(said.uuid)
    # A browser sends the choice and then the button.
    assert send(client, reading, claim, reported_by=["", button[1]]).status_code == 302
    claim.refresh_from_db()
    assert claim.reported_by == said
    html = page(client, reading, f"?open={claim.number}")
    assert not re.search(r"data-propose>", html.split('<template id="card-tools">')[0])
    assert re.search(rf'data-reporter="{said.uuid}">.*?<q dir="auto">the council said</q>', html)
    assert send(client, reading, claim, reported_by="").status_code == 302
    claim.refresh_from_db()
    assert claim.reported_by is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"source_name": "n" * 201}, "too long"),
        ({"source_kind": "No Such Kind"}, "kinds of source"),
        ({"confidence": "4"}, "how sure you are"),
        ({"confidence": "much"}, "not complete"),
        ({"reported_by": "nobody"}, "not complete"),
        ({"reported_by": str(uuid.uuid4())}, "your own attributions"),
    ],
)
def test_a_detail_that_does_not_fit_is_a_sentence_and_saves_nothing(client, reading, fields, words):
    claim = mark(reading, "Some 900 visitors", "claim")
    answer = send(client, reading, claim, note="lost", **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Span.objects.get().note == ""


def test_another_readers_attribution_is_no_source(client, reading, work):
    theirs = mark(factories.reading(work, factories.reader(work.classroom)), "the council said")
    claim = mark(reading, "Some 900 visitors", "claim")
    assert send(client, reading, claim, reported_by=str(theirs.uuid)).status_code == 422
    assert "the council said" not in page(client, reading, f"?open={claim.number}").split('id="card-tools"')[0].split(
        'id="cards"'
    )[1]  # fmt: skip


def test_the_list_of_sentences_shows_and_saves_the_same(client, reading):
    said, claim = mark(reading, "the council said"), mark(reading, "Some 900 visitors", "claim")
    html = page(client, reading, f"?open={claim.number}", "reading-sentences")
    assert fieldset(html, "claim")
    answer = send(client, reading, claim, reported_by=str(said.uuid), confidence="1", then="sentences", page="1")
    assert answer.headers["Location"].endswith(f"/sentences/?page=1#h{claim.number}")
    html = page(client, reading, "", "reading-sentences")
    assert "Not sure, let’s talk" in html
    assert f'href="#h{said.number}" data-reporter=' in html


def test_a_save_answers_with_the_details_on_the_card(client, reading):
    said, claim = mark(reading, "the council said", source_name="the council"), mark(reading, "Some 900", "claim")
    client.force_login(reading.member.user)
    work = reading.exercise
    body = {
        "text_sha256": reading.article.text_sha256, "codebook_version": str(work.codebook_version.uuid),
        "member_key": member_key(reading.member.user),
        "operations": [{"uuid": str(uuid.uuid4()), "op": "detail", "span": str(claim.uuid),
                        "reported_by": str(said.uuid), "confidence": 1}],
    }  # fmt: skip
    url = reverse("reading-operations", args=[reading.uuid])
    answer = client.post(url, json.dumps(body), content_type="application/json").json()
    card = answer["cards"][f"h{claim.number}"]
    assert f'data-reported-by="{said.uuid}"' in card
    assert "the council said" in card
    assert "Not sure, let’s talk" in card
    # Another save of the claim knows its source, though that stands in no touched block.
    body["operations"] = [{"uuid": str(uuid.uuid4()), "op": "detail", "span": str(claim.uuid), "note": "Who counted?"}]
    card = client.post(url, json.dumps(body), content_type="application/json").json()["cards"][f"h{claim.number}"]
    assert "the council said" in card


def exported(client, reading):
    """The rows of one's own spans.csv by label."""
    client.force_login(reading.member.user)
    answer = client.get(reverse("exercise-export-file", args=[reading.exercise.uuid]), {"file": "spans.csv"})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return {row["label"]: row for row in rows}


def test_exports_carry_the_details_and_a_deleted_source_only_once_it_is_back(client, reading):
    said = mark(reading, "the council said", source_name="the council", source_kind="organisation", confidence=3)
    mark(reading, "Some 900 visitors", "claim", reported_by=said)
    rows = exported(client, reading)
    assert rows["claim"]["reported_by"] == str(said.uuid)
    assert [rows["attribution"][name] for name in ("source_name", "source_kind", "confidence")] == [
        "the council", "organisation", "3",
    ]  # fmt: skip
    operations_apply(reading=reading, operations=[operation(reading, "delete", said.uuid)])
    assert exported(client, reading)["claim"]["reported_by"] == ""
    operations_apply(reading=reading, operations=[operation(reading, "restore", said.uuid)])
    assert exported(client, reading)["claim"]["reported_by"] == str(said.uuid)


def test_names_of_the_class_reach_a_reader_with_the_reveal_and_no_sooner(client, reading, work):
    for number in range(6):
        other = factories.reading(
            work, factories.reader(work.classroom), state="submitted", submitted_at=factories.NOON, round=1
        )
        mark(other, "the council said", source_name="Town council" if number < 2 else "Mr Secret" * (number == 2))
    for phase, is_shown in [(Phase.OPEN, False), (Phase.REVEALED, True), (Phase.REVISING, False)]:
        type(work).objects.update(phase=phase)
        second = factories.reading(work, reading.member, round=2) if phase == Phase.REVISING else reading
        html = page(client, second)
        assert "Mr Secret" not in html
        # In the discussion nobody writes, so nothing is suggested.
        assert ("Town council" in html) is (is_shown and phase == Phase.REVISING)
    type(work).objects.update(shows_class_while_revising=True)
    assert '<option value="Town council">' in page(client, second)
