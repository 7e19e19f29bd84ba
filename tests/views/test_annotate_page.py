"""The annotate page and its plain forms: who sees it, in which state, and that a GET changes nothing."""

import json
import re
import uuid
from html import unescape
from itertools import accumulate

import pytest
from django.urls import reverse

from annotator.models import Classroom, Exercise, Membership, Phase, Reading, Span, SpanOperation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading():
    teacher = factories.teacher("teacher")
    room = factories.classroom(teacher)
    work = factories.exercise(room, [factories.article(teacher)])
    return factories.reading(work, factories.reader(room, "reader"))


def address(name, reading, *more):
    return reverse(name, args=[reading.uuid, *more])


def page(client, reading, query="", name="reading"):
    client.force_login(reading.member.user)
    return client.get(address(name, reading) + query)


def form(kind, **fields):
    return {"do": kind, "operation": str(uuid.uuid4())} | fields


def test_the_page_tells_the_script_all_it_needs(client, reading):
    factories.span(reading, 28, 50)
    html = page(client, reading).content.decode()
    main = re.search(r'<main class="reading" id="reading"([^>]*)>', html).group(1)
    for name in ("reading", "operations-url", "csrf", "codebook", "sha256", "state", "history", "labels"):
        assert f"data-{name}=" in main
    assert f'data-sha256="{reading.article.text_sha256}"' in main
    assert re.search(r'<body [^>]*data-member-key="\w+"', html)
    assert 'data-state="open"' in main
    for element in ("text", "cards", "legend", "saved", "undo", "redo", "popover", "sheet", "status", "hint", "map"):
        assert html.count(f'id="{element}"') == 1
    assert re.search(r'<article id="text"[^>]*tabindex="0"[^>]*hx-disable>', html)


def test_the_title_stands_once_whether_or_not_the_text_begins_with_it(client, reading):
    title = reading.article.title
    html = page(client, reading).content.decode()
    assert (html.count("<h1"), html.count(f"{title}</h1>")) == (1, 1)
    type(reading.article).objects.update(title="Elsewhere")
    html = page(client, reading).content.decode()
    assert html.count("<h1") == 1
    assert f"{title}</h2>" in html


def test_a_get_changes_no_row(client, reading):
    span = factories.span(reading, 28, 50, deleted_at=factories.NOON)
    before = (list(Reading.objects.values()), list(Span.objects.values()))
    for query in ("", "?open=1", f"?deleted={span.number}", "?hand-in=1", "?open=x&deleted=²&page=-3"):
        assert page(client, reading, query).status_code == 200
        assert page(client, reading, query, "reading-sentences").status_code == 200
    assert (list(Reading.objects.values()), list(Span.objects.values())) == before


@pytest.mark.parametrize("name", ["reading", "reading-sentences"])
def test_a_strangers_page_is_the_404_of_none_and_names_nothing(client, reading, name):
    client.force_login(factories.reader(reading.exercise.classroom).user)
    hidden = client.get(address(name, reading))
    absent = client.get(reverse(name, args=[uuid.uuid4()]))
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert reading.article.title not in hidden.content.decode()


@pytest.mark.parametrize("name", ["reading", "reading-sentences", "reading-hand-in", "reading-reopen"])
def test_a_signed_out_visitor_is_sent_to_sign_in(client, reading, name):
    method = client.get if name in {"reading", "reading-sentences"} else client.post
    response = method(address(name, reading))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("sign-in"))


def test_a_removed_reader_gets_404(client, reading):
    Membership.objects.filter(pk=reading.member_id).update(removed_at=factories.NOON)
    assert page(client, reading).status_code == 404


@pytest.mark.parametrize(
    ("kind", "phase", "state", "can_reopen"),
    [
        ("class", Phase.OPEN, "submitted", False),
        ("team", Phase.OPEN, "submitted", True),
        ("team", Phase.CLOSED, "submitted", False),
        ("class", Phase.CLOSED, "collected", False),
        ("class", Phase.ARCHIVED, "open", False),
    ],
)
def test_a_closed_reading_is_shown_to_read_only(client, reading, kind, phase, state, can_reopen):
    Classroom.objects.update(kind=kind)
    Exercise.objects.update(phase=phase)
    Reading.objects.update(state=state, submitted_at=None if state == "open" else factories.NOON)
    factories.span(reading, 28, 50)
    html = page(client, reading, "?open=1").content.decode()
    assert 'data-state="open"' not in html
    assert ('id="popover"' in html, 'id="hand-in"' in html, "data-card-tools" in html) == (False, False, False)
    assert (address("reading-reopen", reading) in html) == can_reopen
    assert ("Handed in at 12:00" in html) == (state == "submitted")
    assert 'id="h1"' in html


def test_the_time_of_handing_in_is_the_classrooms(client, reading):
    Classroom.objects.update(time_zone="Europe/Oslo")
    Reading.objects.update(state="submitted", submitted_at=factories.NOON)
    assert "Handed in at 13:00" in page(client, reading).content.decode()


def test_handing_in_asks_first_and_says_when_nothing_was_marked(client, reading):
    html = page(client, reading, "?hand-in=1").content.decode()
    dialog = html[html.index('id="hand-in-dialog"') :]
    assert "You marked nothing. Hand in anyway? Blank is an answer." in dialog
    assert re.match(r'id="hand-in-dialog"[^>]* open>', dialog)
    assert not re.match(r'id="hand-in-dialog"[^>]* open>', html[html.index('id="help-dialog"') :])


def test_handing_in_and_opening_again_in_a_team(client, reading):
    Classroom.objects.update(kind="team")
    client.force_login(reading.member.user)
    assert client.post(address("reading-hand-in", reading)).headers["Location"] == address("reading", reading)
    reading.refresh_from_db()
    assert reading.state == "submitted"
    assert client.post(address("reading-reopen", reading)).headers["Location"] == address("reading", reading)
    reading.refresh_from_db()
    assert reading.state == "open"


def test_in_a_class_only_the_teacher_opens_again(client, reading):
    Reading.objects.update(state="submitted", submitted_at=factories.NOON)
    for person in (reading.member.user, factories.reader(reading.exercise.classroom).user, factories.teacher("other")):
        client.force_login(person)
        assert client.post(address("reading-reopen", reading)).status_code == 404
    reading.refresh_from_db()
    assert reading.state == "submitted"
    client.force_login(reading.exercise.created_by)
    response = client.post(address("reading-reopen", reading))
    assert response.headers["Location"] == reverse("exercise", args=[reading.exercise.uuid])
    reading.refresh_from_db()
    assert reading.state == "open"


def test_a_teacher_cannot_open_again_once_the_exercise_is_closed(client, reading):
    Reading.objects.update(state="submitted", submitted_at=factories.NOON)
    Exercise.objects.update(phase=Phase.CLOSED)
    client.force_login(reading.exercise.created_by)
    assert client.post(address("reading-reopen", reading)).status_code == 422
    reading.refresh_from_db()
    assert reading.state == "submitted"


def test_nobody_hands_in_for_another(client, reading):
    for person in (factories.reader(reading.exercise.classroom).user, reading.exercise.created_by):
        client.force_login(person)
        assert client.post(address("reading-hand-in", reading)).status_code == 404
    reading.refresh_from_db()
    assert reading.state == "open"


def test_starting_leads_to_the_same_reading_every_time(client, reading):
    member = factories.reader(reading.exercise.classroom)
    client.force_login(member.user)
    start = reverse("reading-start", args=[reading.exercise.uuid, reading.article.uuid])
    first, again = client.post(start), client.post(start)
    own = Reading.objects.get(member=member)
    assert first.headers["Location"] == again.headers["Location"] == address("reading", own)


def test_starting_is_refused_with_a_sentence_once_the_exercise_is_closed(client, reading):
    Exercise.objects.update(phase=Phase.CLOSED)
    client.force_login(factories.reader(reading.exercise.classroom).user)
    response = client.post(reverse("reading-start", args=[reading.exercise.uuid, reading.article.uuid]))
    assert response.status_code == 422
    assert "This exercise is closed" in response.content.decode()


@pytest.mark.parametrize("who", ["stranger", "teacher who does not read"])
def test_only_readers_of_the_class_start(client, reading, who):
    client.force_login(factories.user() if who == "stranger" else reading.exercise.created_by)
    response = client.post(reverse("reading-start", args=[reading.exercise.uuid, reading.article.uuid]))
    assert (response.status_code, Reading.objects.count()) == (404, 1)


def test_an_article_of_another_exercise_cannot_be_started_here(client, reading):
    other = factories.article(reading.exercise.created_by, title="Other")
    client.force_login(reading.member.user)
    assert client.post(reverse("reading-start", args=[reading.exercise.uuid, other.uuid])).status_code == 404


@pytest.mark.parametrize("name", ["reading-start", "reading-hand-in", "reading-reopen", "reading-span"])
def test_what_changes_something_cannot_be_fetched(client, reading, name):
    client.force_login(reading.member.user)
    args = {"reading-start": [reading.exercise.uuid, reading.article.uuid], "reading-span": [reading.uuid, 1]}
    assert client.get(reverse(name, args=args.get(name, [reading.uuid]))).status_code == 405


def test_the_open_cards_forms_change_tag_and_note_and_delete_and_bring_back(client, reading):
    span = factories.span(reading, 28, 50)
    tools = page(client, reading, "?open=1").content.decode()
    tools = tools[tools.index('id="h1"') : tools.index("</ol>", tools.index('id="h1"'))]
    action = address("reading-span", reading, 1)
    assert tools.count(f'action="{action}"') == 3
    assert client.post(action, form("relabel", label="opinion")).headers["Location"].endswith("#h1")
    client.post(action, form("detail", note="Whose model?"))
    span.refresh_from_db()
    assert (span.label.slug, span.note) == ("opinion", "Whose model?")
    gone = client.post(action, form("delete")).headers["Location"]
    html = client.get(gone).content.decode()
    notice = html[html.index('id="state"') : html.index("</div>", html.index('id="state"'))]
    key = re.search(r'name="operation" value="([^"]+)"', notice).group(1)
    assert "Deleted" in notice
    client.post(action, {"do": "restore", "operation": key})
    span.refresh_from_db()
    assert span.deleted_at is None


def test_a_plain_form_sent_twice_counts_once(client, reading):
    factories.span(reading, 28, 50)
    client.force_login(reading.member.user)
    body = form("relabel", label="opinion")
    for _ in range(2):
        assert client.post(address("reading-span", reading, 1), body).status_code == 302
    assert SpanOperation.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "explode"}, {"do": "add"}, {"operation": "x"}, {"operation": ""}, {"version": "x"},
        {"label": "lie"}, {"do": "detail", "note": "a\x00b"}, {"do": "detail", "note": "n" * 1001},
        {"do": "move"}, {"do": "move", "start": "50", "end": "28"}, {"do": "move", "start": "-1", "end": "5"},
        {"do": "move", "start": "28", "end": "999999999999999999999"}, {"do": "move", "start": "28", "end": "99999"},
        {"version": "7"},
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_plain_form_is_422_with_a_sentence_and_changes_nothing(client, reading, fields):
    factories.span(reading, 28, 50)
    client.force_login(reading.member.user)
    before = list(Span.objects.values())
    response = client.post(address("reading-span", reading, 1), form("relabel", label="opinion") | fields)
    assert response.status_code == 422
    assert (list(Span.objects.values()), SpanOperation.objects.count()) == (before, 0)


def test_another_readers_card_form_is_404(client, reading):
    factories.span(reading, 28, 50)
    other = factories.reading(reading.exercise, factories.reader(reading.exercise.classroom))
    client.force_login(other.member.user)
    for target in (reading, other):
        assert client.post(address("reading-span", target, 1), form("delete")).status_code == 404
    assert Span.objects.current().count() == 1


def test_the_page_asks_few_queries_however_many_highlights(client, reading, django_assert_max_num_queries):
    for start in range(28, 128):
        factories.span(reading, start, start + 5)
    page(client, reading)
    with django_assert_max_num_queries(11):
        assert client.get(address("reading", reading)).status_code == 200


@pytest.mark.parametrize(
    ("query", "first", "last"), [("?whole=1", 1, 100), ("?cards=5", 401, 401), ("?open=250", 101, 200)]
)
def test_of_very_many_highlights_a_hundred_are_whole_cards_and_none_is_left_out(client, reading, query, first, last):
    for number in range(401):
        start = 28 + number % 20
        factories.span(reading, start, start + 1 + number // 20, note="kept" if number == 350 else "")
    html = page(client, reading, query).content.decode()
    lists = re.split(r'<ol class="cards[^>]*>', html)[1:]
    whole = [int(number) for number in re.findall(r'<li id="h(\d+)" class="card', lists[1].split("</ol>")[0])]
    packed = [json.loads(unescape(each)) for each in re.findall(r'data-far="([^"]*)"', html)]
    far = [list(accumulate(each["numbers"])) for each in packed]
    assert [len(far[0]), len(whole), len(far[1])] == [first - 1, last - first + 1, 401 - last]
    assert len({*far[0], *whole, *far[1]}) == 401
    assert html.count('class="card-head"') == last - first + 1
    notes = [more["note"] for each in packed for more in each["more"].values()]
    assert notes + re.findall(r'<p class="note"[^>]*>(.*?)</p>', html) == ["kept"]
