"""Making the key: what the page proposes and shows, and where each decision leads."""

import csv
import html
import re
import uuid
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from annotator.models import Classroom, Decision, Exercise, Phase, Reading, ReadingState, Span
from annotator.reports.adjudicate_page import Asked, adjudicate_page
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = "Title here.\n\nShe called the plan reckless and said a third would not survive. No more.\n\nThe end came early."
SHORT, LONG, END = "a third would not survive", "called the plan reckless and said a third would not survive", "The end"
SUBMITTED = {"state": ReadingState.SUBMITTED, "submitted_at": factories.NOON}


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.fixture
def work() -> Exercise:
    room = factories.classroom(factories.teacher("rosa"))
    work = factories.exercise(room, [factories.article(factories.teacher(), text=TEXT)], phase=Phase.CLOSED)
    marks = [
        [(SHORT, "claim"), (LONG, "opinion"), (END, "claim")],
        [(SHORT, "claim"), (END, "claim")],
        [(LONG, "claim"), (END, "claim")],
        [(LONG, "opinion")],
        [],
    ]
    for own in marks:
        made = factories.reading(work, factories.reader(room), **SUBMITTED)
        for words, label in own:
            factories.mark(made, words, label)
    return work


def asked(**fields: object) -> Asked:
    return Asked(**{"share": 50, **fields})


def page(work: Exercise, **fields: object) -> object:
    return adjudicate_page(work, work.articles.get(), asked(**fields))


def client_of(work: Exercise) -> Client:
    client = Client()
    client.force_login(work.created_by)
    return client


def shown(work: Exercise, **query: object) -> str:
    response = client_of(work).get(reverse("adjudicate", args=[work.uuid]), query)
    assert response.status_code == 200
    return response.content.decode()


def words_of(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def form(words: str = SHORT, **fields: object) -> dict[str, object]:
    start, end = place(words)
    given = {"uuid": uuid.uuid4(), "share": 50, "number": 1, "label": "claim", "start": start, "end": end,
             "first": start, "last": end, "do": "accept"}  # fmt: skip
    return {**given, **fields}


def send(work: Exercise, data: dict[str, object]) -> object:
    address = reverse("decide", args=[work.uuid, work.articles.get().uuid])
    return client_of(work).post(address, data)


def test_proposals_stand_in_text_order_with_how_readers_drew_them(work: Exercise) -> None:
    found = page(work)
    assert [(each.quote, each.offer.readers) for each in found.steps] == [(SHORT, 3), (END, 3)]
    drawn = [(each.label.slug, each.says, each.extent.readers, each.line) for each in found.panel.drawn]
    assert drawn == [
        ("claim", "This extent", 2, 1),
        ("claim", "Starts earlier", 1, 2),
        ("opinion", "Starts earlier", 2, 3),
    ]
    assert [(each.label.slug, each.extent.readers) for each in found.panel.others] == [("opinion", 2)]


def test_the_text_is_whole_under_marks_and_lines(work: Exercise) -> None:
    blocks = page(work).blocks
    text = ["".join(each.text for each in block.stretches) for block in blocks]
    assert text == TEXT.split("\n\n")
    markup = shown(work)
    inside = re.findall(r'data-skip aria-hidden="true" dir="ltr">.*?</span>(.*?)</(?:h1|h2|p)>', markup, re.DOTALL)
    assert [html.unescape(re.sub(r"<[^>]+>", "", each)) for each in inside] == TEXT.split("\n\n")
    assert markup.count('id="now"') == 1


def test_accepting_goes_on_to_the_next_that_waits(work: Exercise) -> None:
    response = send(work, form(why="It can be checked."))
    assert response.status_code == 302
    assert response["Location"].endswith("&then=1#now")
    found = page(work)
    assert [each.state for each in found.steps] == ["accepted", ""]
    assert (found.panel.step.number, found.left, found.in_key) == (2, 1, 1)
    markup = words_of(shown(work))
    assert "1 as proposed · 0 edited · 0 rejected · 1 to go" in markup
    assert "It can be checked." in markup


def test_all_decided_says_so_and_leads_to_the_key_and_the_export(work: Exercise) -> None:
    send(work, form())
    send(work, form(END, number=2, do="reject"))
    markup = shown(work)
    assert "Every proposal is decided" in markup
    assert "The key holds 1 highlight." in words_of(markup)
    key = Reading.objects.get(is_key=True)
    assert reverse("reading", args=[key.uuid]) in markup
    assert reverse("exercise-export", args=[work.uuid]) in markup


def test_another_tag_and_other_edges_are_what_the_form_says(work: Exercise) -> None:
    start, end = place(LONG)
    send(work, form(do="", other="opinion", first=start, last=end))
    assert [(each.label.slug, each.quote) for each in Span.objects.filter(reading__is_key=True)] == [("opinion", LONG)]


def test_edges_move_by_words(work: Exercise) -> None:
    start, end = place(SHORT)
    nudges = {each.key: TEXT[each.start : each.end] for each in page(work, at=1).panel.nudges}
    assert nudges == {
        "Shift+ArrowLeft": "said " + SHORT,
        "Shift+ArrowRight": "third would not survive",
        "ArrowLeft": "a third would not",
        "ArrowRight": SHORT + ". No",
    }
    edited = page(work, at=1, start=start, end=end - 8).panel
    assert (edited.quote, edited.is_edited) == ("a third would not", True)
    assert page(work, at=1, start=5, end=10_000).panel.quote == SHORT


def test_a_decision_is_taken_back_from_its_log(work: Exercise) -> None:
    send(work, form())
    decision = Decision.objects.get()
    address = reverse("decision-undo", args=[work.uuid, work.articles.get().uuid, decision.uuid])
    assert address in shown(work)
    assert client_of(work).post(address, {"share": 50}).status_code == 302
    assert page(work).left == 2
    assert "taken back" in shown(work)


def test_the_time_of_a_decision_is_that_of_the_class(work: Exercise) -> None:
    Classroom.objects.update(time_zone="Asia/Tokyo")
    send(work, form())
    Decision.objects.update(made_at=factories.NOON)
    clock = factories.NOON.astimezone(ZoneInfo("Asia/Tokyo"))
    assert f"{clock:%Y %H:%M}" in words_of(shown(work))


def test_a_refusal_keeps_what_was_typed_and_says_what_to_do(work: Exercise) -> None:
    response = send(work, form(other="nonsense", why="My long reason."))
    assert response.status_code == 422
    markup = response.content.decode()
    assert "Choose one of its tags." in markup
    assert "My long reason.</textarea>" in markup
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "bad", [{"uuid": "x"}, {"share": 51}, {"number": 0}, {"start": -1}, {"last": ""}, {"why": "x" * 1001}, {"do": "x"}]
)
def test_a_field_that_makes_no_sense_is_refused(work: Exercise, bad: dict) -> None:
    assert send(work, form(**bad)).status_code == 422
    assert not Decision.objects.exists()


def test_what_the_key_held_before_counts_as_decided(work: Exercise) -> None:
    leader = work.classroom.memberships.get(is_teacher=True)
    key = factories.reading(work, leader, round=0, is_key=True, **SUBMITTED)
    factories.mark(key, END)
    factories.mark(key, LONG)
    found = page(work)
    assert [each.state for each in found.steps] == ["", "there"]
    assert found.panel.clash == "called the plan … not survive"


def test_the_explanation_in_the_key_is_read_before_it_is_replaced(work: Exercise) -> None:
    leader = work.classroom.memberships.get(is_teacher=True)
    key = factories.reading(work, leader, round=0, is_key=True, **SUBMITTED)
    factories.mark(key, END, note="Written by hand.")
    assert "in the key already Written by hand." in words_of(shown(work, at=2))
    assert page(work, at=1).panel.note == ""
    send(work, form(END, number=2))
    assert "Written by hand." in words_of(shown(work, at=2))
    send(work, form(END, number=2, why="ok"))
    assert (page(work, at=2).panel.note, page(work, at=2).panel.decision.why) == ("ok", "ok")
    panel = re.search(r'<p class="decided">.*?</p>', shown(work, at=2)).group()
    assert words_of(panel).endswith(" ok")
    send(work, form(END, number=2, do="reject", why="No."))
    assert words_of(re.search(r'<p class="decided">.*?</p>', shown(work, at=2)).group()).endswith(" No.")
    assert page(work, at=2).panel.note == "Written by hand."


WHOLE = "She called the plan reckless and said a third would not survive"
HEAD, TAIL, MOST = "She", "said a third would not survive", "the plan reckless and said a third would not survive"


def marked(*readers: str) -> Exercise:
    """For each reader the words marked as a claim, or nothing."""
    room = factories.classroom(factories.teacher())
    work = factories.exercise(room, [factories.article(factories.teacher(), text=TEXT)], phase=Phase.CLOSED)
    for words in readers:
        made = factories.reading(work, factories.reader(room), **SUBMITTED)
        if words:
            factories.mark(made, words)
    return work


@pytest.mark.parametrize("share", [50, 60])
def test_two_stretches_with_the_same_commonest_edges_are_one_proposal(share: int) -> None:
    """Two of five mark the sentence, one its head, one its tail: three each, and two between them."""
    work = marked(WHOLE, WHOLE, HEAD, TAIL, "")
    found = page(work, share=share)
    assert [(each.quote, each.offer.readers) for each in found.steps] == [(WHOLE, 3)]
    assert send(work, form(WHOLE, share=share)).status_code == 302
    found = page(work, share=share)
    assert (found.accepted, found.left, found.in_key) == (1, 0, 1)


def test_of_such_stretches_the_one_that_fewer_marked_gives_the_number() -> None:
    """The head has four of six readers, the tail five, between them are three."""
    work = marked(WHOLE, WHOLE, WHOLE, HEAD, TAIL, TAIL)
    assert [(each.quote, each.offer.readers) for each in page(work, share=60).steps] == [(WHOLE, 4)]


@pytest.mark.parametrize(("do", "state"), [("accept", "accepted"), ("reject", "rejected")])
def test_a_decision_settles_no_other_proposal_of_the_same_share(do: str, state: str) -> None:
    """The head has three of six readers, and most of them end with the sentence; the rest has five and its own edges.

    The two have more than half in common, as one proposal has at two shares.
    """
    work = marked(WHOLE, WHOLE, HEAD, MOST, MOST, MOST)
    assert [(each.quote, each.offer.readers) for each in page(work).steps] == [(WHOLE, 3), (MOST, 5)]
    send(work, form(WHOLE, do=do))
    assert [each.state for each in page(work).steps] == [state, ""]
    assert page(work, share=75).steps[0].state == state
    decision = Decision.objects.get()
    assert page(work, back=decision.uuid).panel.step.number == 1
    send(work, form(MOST, do="reject", number=2))
    assert [each.state for each in page(work).steps] == [state, "rejected"]
    assert page(work, back=Decision.objects.latest("pk").uuid).panel.step.number == 2


def test_a_share_may_be_asked_for_and_nonsense_is_the_usual_one(work: Exercise) -> None:
    assert "No proposal at this share" in shown(work, share=75)
    assert "Proposal 1 of 2" in words_of(shown(work, share="x", at="-3", article=""))


def test_an_article_of_elsewhere_is_not_there(work: Exercise) -> None:
    other = factories.article(factories.teacher())
    address = reverse("adjudicate", args=[work.uuid])
    assert client_of(work).get(address, {"article": other.uuid}).status_code == 404
    assert client_of(work).post(reverse("decide", args=[work.uuid, other.uuid]), form()).status_code == 404


def test_one_reader_alone_proposes_nothing(work: Exercise) -> None:
    keep = Reading.objects.first()
    Reading.objects.exclude(pk=keep.pk).update(state=ReadingState.OPEN)
    assert "Proposals need at least two readings" in shown(work)


def test_in_the_archive_it_can_be_looked_at_and_no_more(work: Exercise) -> None:
    send(work, form())
    Exercise.objects.update(phase=Phase.ARCHIVED)
    markup = shown(work, at=2)
    assert 'name="do"' not in markup
    assert "Take back" not in markup


def test_more_readers_and_decisions_cost_no_more_queries(work: Exercise, django_assert_max_num_queries: object) -> None:
    send(work, form())
    for _ in range(12):
        made = factories.reading(work, factories.reader(work.classroom), **SUBMITTED)
        factories.mark(made, SHORT)
    with django_assert_max_num_queries(12):
        page(work)


def test_what_was_accepted_leaves_with_the_export_as_the_key(work: Exercise) -> None:
    send(work, form(why="It can be checked."))
    response = client_of(work).get(reverse("exercise-export-file", args=[work.uuid]), {"file": "spans.csv"})
    rows = list(csv.DictReader(b"".join(response.streaming_content).decode("utf-8-sig").splitlines()))
    [row] = [row for row in rows if row["is_key"] == "1"]
    assert (row["label"], int(row["start"]), int(row["end"])) == ("claim", *place(SHORT))
