"""An exercise's page for who teaches and for who reads, and what it must not say while it is blind."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from annotator.models import Classroom, Membership, Phase, Reading
from tests import factories
from tests.views.exercise_screen import group, html, in_phase, text

pytestmark = pytest.mark.django_db
DONE = {"state": "submitted", "submitted_at": factories.NOON}
BLIND = [Phase.DRAFT, Phase.OPEN]


@pytest.fixture
def teacher():
    return factories.teacher("marit")


@pytest.fixture
def room(teacher):
    return factories.classroom(teacher)


@pytest.fixture
def work(teacher, room):
    return factories.exercise(room, [factories.article(teacher)])


def test_a_draft_says_who_will_read_it(client, teacher, room, work):
    factories.reader(room, "amber")
    in_phase(work, Phase.DRAFT)
    page = html(client, teacher, work)
    assert group(page, "waiting") == "Will read it 1 Amber"
    assert "handed in" not in text(page)


def test_readers_stand_in_groups_by_how_far_they_are(client, teacher, room, work):
    names = ("zoe", "reading", "quiet", "done")
    members = {name: factories.reader(room, name) for name in names}
    now = timezone.now().replace(second=0, microsecond=0)
    factories.reading(work, members["reading"], seen_at=now, started_at=now - timedelta(minutes=11))
    factories.reading(work, members["quiet"], seen_at=now - timedelta(minutes=9), active_seconds=70)
    factories.reading(work, members["done"], active_seconds=300, **DONE)
    page = html(client, teacher, work)
    assert group(page, "look").startswith("Needs a look 1 Quiet Nothing heard for ")
    assert re.search(r"for (9|10) minutes", group(page, "look"))
    assert re.match(r"Reading 1 Nudge all Reading 1[12] min", group(page, "reading"))
    assert group(page, "waiting") == "Not begun 1 Zoe"
    assert group(page, "handed_in") == "Handed in 1 Done Reopen for… Reopen for Done"
    assert "4 joined 2 reading 1 handed in" in text(page)
    assert "Takes in 2 unfinished. You can reopen it." in text(page)


def test_a_team_is_not_watched_for_silence(client, teacher, work):
    Classroom.objects.update(kind="team")
    factories.reading(work, factories.reader(work.classroom), seen_at=factories.NOON)
    page = html(client, teacher, work)
    assert group(page, "look") == ""
    assert group(page, "reading").startswith("Reading 1")


def test_one_is_not_reminded_of_oneself(client, teacher, work):
    Membership.objects.update(is_reader=True, code_number=5)
    factories.reading(work, Membership.objects.get(), seen_at=factories.NOON)
    page = html(client, teacher, work)
    assert (group(page, "look"), group(page, "reading")) == ("", "Reading 1 Nudge all Marit (you) 0 min")


def readers(page):
    """The first of the three figures."""
    return int(re.search(r'<b class="figures">(\d+)</b><span>(?:readers?|joined)</span>', page)[1])


@pytest.mark.parametrize(("kind", "before"), [("class", 1), ("team", 2)])
def test_nobody_waits_for_a_classs_teacher_who_counts_from_the_first_reading_on(
    client, teacher, room, work, kind, before
):
    Classroom.objects.update(kind=kind)
    Membership.objects.update(is_reader=True, code_number=5)
    factories.reader(room, "ilse")
    page = html(client, teacher, work)
    assert (readers(page), "Marit" in group(page, "waiting")) == (before, kind == "team")
    factories.reading(work, room.memberships.get(is_teacher=True))
    page = html(client, teacher, work)
    assert (readers(page), "Marit" in group(page, "reading")) == (2, True)


def test_after_closing_it_says_who_was_collected_and_what_does_not_count(client, teacher, room, work):
    members = [factories.reader(room, name) for name in ("blank", "some", "never", "done")]
    _blank, some = [
        factories.reading(work, member, state="collected", submitted_at=factories.NOON) for member in members[:2]
    ]
    factories.span(some, 28, 50)
    factories.span(some, 60, 70, deleted_at=factories.NOON)
    factories.reading(work, members[3], **DONE)
    in_phase(work, Phase.CLOSED)
    page = html(client, teacher, work)
    unfinished = group(page, "unfinished")
    assert "Blank 0 min · 0 highlights · does not count" in unfinished
    assert unfinished.endswith("Some 0 min · 1 highlight")
    assert group(page, "missed") == "Never began 1 Never"
    assert group(page, "handed_in") == "Handed in 1 Done 0 min · 0 highlights"


def test_several_articles_are_told_apart(client, teacher, room):
    articles = [factories.article(teacher, title=title) for title in ("Ferry", "Bakery", "Bridge")]
    work = factories.exercise(room, articles)
    member = factories.reader(room, "amber")
    factories.reading(work, member, text=articles[0], active_seconds=120, **DONE)
    factories.reading(work, member, text=articles[2], seen_at=timezone.now(), active_seconds=60)
    found = group(html(client, teacher, work), "reading")
    assert "Amber 1 of 3 articles handed in" in found
    assert "Ferry handed in · 2 min Reopen for Amber: Ferry Bridge reading · 0 min" in found


def without_tokens(page):
    """A page without the form tokens, which differ every time."""
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', "", page)


@pytest.mark.proves("S02")
@pytest.mark.parametrize(
    ("phase", "role"),
    [(phase, role) for phase in BLIND for role in ("teacher", "who leads and reads")] + [(Phase.OPEN, "reader")],
)
def test_while_blind_a_page_is_the_same_whatever_others_have_marked(client, teacher, room, work, phase, role):
    reader = factories.reader(room, "amber")
    others = factories.reader(room, "otto")
    room.memberships.filter(user=teacher).update(is_reader=role == "who leads and reads", code_number=3)
    other = factories.reading(work, others, seen_at=timezone.now())
    in_phase(work, phase)
    viewer = reader.user if role == "reader" else teacher
    before = without_tokens(html(client, viewer, work))
    for start in range(28, 60, 4):
        factories.span(other, start, start + 9, "claim", note="Canary-note", source_name="Canary-source")
    Reading.objects.filter(pk=other.pk).update(version=8)
    assert without_tokens(html(client, viewer, work)) == before
    assert "highlight saved" not in before


@pytest.mark.proves("S02")
@pytest.mark.parametrize("phase", Phase.values)
def test_a_reader_never_meets_the_others_here(client, teacher, room, work, phase):
    mine = factories.reading(work, factories.reader(room, "amber"))
    factories.reading(work, factories.reader(room, "otto", pseudonym="Canary Crane"), **DONE)
    in_phase(work, phase)
    client.force_login(mine.member.user)
    response = client.get(reverse("exercise", args=[work.uuid]))
    assert response.status_code == (404 if phase == Phase.DRAFT else 200)
    # A token is random: it may hold "r1".
    page = without_tokens(response.content.decode())
    for words in ("Canary", "Otto", "r1", "1 of 2", "not for the projector", "exercise-move", "/move/"):
        assert words not in page


@pytest.mark.parametrize("phase", Phase.values)
def test_reveal_and_export_are_locked_with_the_reason_until_it_closes(client, teacher, work, phase):
    in_phase(work, phase)
    page = html(client, teacher, work)
    is_locked = page.count('aria-disabled="true"') == 2
    assert is_locked == (phase in BLIND)
    assert ("They open when you close the reading." in page) == is_locked


def test_who_leads_and_reads_may_export_the_own_reading_while_it_is_blind(client, teacher, work):
    Membership.objects.update(is_reader=True, code_number=5)
    address = reverse("exercise-export", args=[work.uuid])
    assert address not in html(client, teacher, work)
    factories.reading(work, Membership.objects.get())
    assert f'href="{address}">Export my highlights' in html(client, teacher, work)


def test_a_removed_teacher_is_a_stranger(client, teacher, work):
    Membership.objects.update(removed_at=factories.NOON)
    client.force_login(teacher)
    assert client.get(reverse("exercise", args=[work.uuid])).status_code == 404


@pytest.mark.parametrize(
    ("phase", "state", "words", "offer"),
    [
        (Phase.OPEN, None, "Not begun Start reading", "start"),
        (Phase.OPEN, "open", "You have begun Go on reading", "reading"),
        (Phase.OPEN, "submitted", "Handed in Look at it", "reading"),
        (Phase.CLOSED, "collected", "Collected before you handed in Look at it", "reading"),
        (Phase.CLOSED, None, "Closed before you began", ""),
    ],
)
def test_a_reader_is_offered_the_next_thing_to_do(client, room, work, phase, state, words, offer):
    reader = factories.reader(room, "amber")
    mine = None
    if state:
        mine = factories.reading(work, reader, state=state, submitted_at=None if state == "open" else factories.NOON)
    in_phase(work, phase)
    page = html(client, reader.user, work)
    assert f"Lantern fair moves indoors {words}" in text(page)
    start = reverse("reading-start", args=[work.uuid, work.articles.get().uuid])
    assert (f'action="{start}"' in page) == (offer == "start")
    assert (mine is not None and reverse("reading", args=[mine.uuid]) in page) == (offer == "reading")


def test_only_the_next_article_is_primary(client, teacher, room):
    articles = [factories.article(teacher, title=title) for title in ("Ferry", "Bakery", "Bridge")]
    work = factories.exercise(room, articles)
    reader = factories.reader(room)
    factories.reading(work, reader, text=articles[0], **DONE)
    page = html(client, reader.user, work)
    assert re.findall(r'primary">[^<]*<span class="visually-hidden">: (\w+)', page) == ["Bakery"]
    assert "1 of 3 handed in" in text(page)


def test_who_leads_a_team_and_reads_has_both(client, teacher, work):
    Classroom.objects.update(kind="team")
    Membership.objects.update(is_reader=True, code_number=5)
    page = html(client, teacher, work)
    assert "Your own reading" in page
    assert "Marit (you) r05" in group(page, "waiting")
    start = reverse("reading-start", args=[work.uuid, work.articles.get().uuid])
    response = client.post(start)
    assert response.status_code == 302
    assert reverse("reading", args=[Reading.objects.get().uuid]) == response.url


def test_who_only_teaches_may_begin_to_read(client, teacher, work):
    page = html(client, teacher, work)
    assert "Your own reading" not in page
    action = reverse("classroom-read-too", args=[work.classroom.uuid])
    assert f'action="{action}"' in page
    response = client.post(action, {"exercise": work.uuid})
    assert response.url == reverse("exercise", args=[work.uuid])
    assert "Your own reading" in html(client, teacher, work)


def test_a_reading_is_reopened_from_the_progress(client, teacher, room, work):
    reading = factories.reading(work, factories.reader(room), **DONE)
    action = reverse("reading-reopen", args=[reading.uuid])
    assert f'formaction="{action}"' in html(client, teacher, work)
    assert client.post(action).url == reverse("exercise", args=[work.uuid])
    reading.refresh_from_db()
    assert reading.state == "open"


def test_articles_link_to_the_library_only_where_one_may_open_them(client, teacher, room, work):
    address = reverse("article", args=[work.articles.get().uuid])
    assert f'href="{address}"' in html(client, teacher, work)
    work.articles.update(deleted_at=factories.NOON)
    assert f'href="{address}"' not in html(client, teacher, work)


def test_an_exercise_without_readers_says_what_to_do(client, teacher, work):
    assert "Nobody has joined this class yet." in html(client, teacher, work)
    Classroom.objects.update(kind="team")
    assert "Invite teammates by a link" in html(client, teacher, work)


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.CLOSED])
def test_the_number_of_queries_does_not_depend_on_the_readers(client, teacher, room, phase):
    articles = [factories.article(teacher) for _ in range(3)]
    work = factories.exercise(room, articles)
    reader = factories.reader(room)
    in_phase(work, phase)

    def count(user):
        client.force_login(user)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("exercise", args=[work.uuid]))
        return len(captured)

    first = [count(teacher), count(reader.user)]
    for _ in range(12):
        member = factories.reader(room)
        for article in articles:
            factories.span(factories.reading(work, member, text=article), 28, 50)
    assert [count(teacher), count(reader.user)] == first
    # Five for session, user and deadlines, two for exercise and membership, then five of the report, one for
    # the door, two for what the options are locked by, two for the key, three for a reader; from the closing on, one
    # for what is said about it.
    assert first == [17 if phase == Phase.OPEN else 18, 10]
