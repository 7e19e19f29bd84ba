"""The page of a class or team: people, invitations, who leads, the name, the archive."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator.models import Classroom, Exercise, Invitation, Membership, Phase, User
from annotator.services.classrooms import member_add
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client):
    made = factories.teacher("marit")
    client.force_login(made)
    return made


@pytest.fixture
def team(lead):
    return factories.classroom(lead, name="Checking desk", kind=Classroom.Kind.TEAM)


def address(name, room, *more):
    return reverse(name, args=[room.uuid, *more])


def text(response):
    """What a page says, without markup and with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def shown(client, room):
    response = client.get(address("classroom", room))
    assert response.status_code == 200
    return text(response)


def test_it_says_who_belongs_as_what_those_who_lead_first(client, lead, team):
    both = member_add(classroom=team, user=factories.teacher("ada", is_active=True), is_teacher=True, is_reader=True)
    reader = member_add(classroom=team, user=factories.teacher("aaron"), is_reader=True)
    gone = factories.reader(team, "gone")
    Membership.objects.filter(pk=gone.pk).update(removed_at=factories.NOON)
    said = shown(client, team)
    assert "Checking desk 2 readers times in UTC" in said
    places = [
        said.index(f"Ada leads and reads as {both.code} in exports"),
        said.index("Marit (you) leads"),
        said.index(f"Aaron reads as {reader.code} in exports"),
    ]
    assert places == sorted(places)
    assert "Gone" not in said


def test_a_pseudonym_stands_for_the_name(client, lead):
    room = factories.classroom(lead)
    factories.reader(room, "realname", pseudonym="Amber Otter")
    said = shown(client, room)
    assert "Amber Otter joined" in said
    assert "Realname" not in said


def test_it_lists_all_exercises_those_in_the_archive_apart(client, lead, team):
    article = factories.article(lead)
    for number in range(8):
        factories.exercise(team, [article], title=f"Week {number:02d}", phase=Phase.CLOSED)
    factories.exercise(team, [article], title="Old news", phase=Phase.ARCHIVED)
    factories.exercise(factories.classroom(lead), [article], title="Elsewhere")
    said = shown(client, team)
    assert [week for week in range(8) if f"Week {week:02d}" in said] == list(range(8))
    assert said.index("1 in the archive") < said.index("Old news")
    assert "Elsewhere" not in said


def test_an_invitation_link_is_shown_once_and_lets_a_teammate_in(client, lead, team):
    response = client.post(address("classroom-invite", team))
    link = re.search(r'id="link" value="http://testserver([^"]+)"', response.content.decode())[1]
    assert link.split("/")[2] not in client.get(address("classroom", team)).content.decode()
    newcomer = Client()
    joined = {"username": "ole", "name": "Ole Marsh", "password": "three grey ferries"}
    assert newcomer.post(link, joined).status_code == 302
    member = Membership.objects.get(user=User.objects.get(username="ole"))
    assert (member.classroom, member.is_reader, member.is_teacher) == (team, True, False)
    assert newcomer.get(address("classroom", team)).status_code == 404
    assert "Ole Marsh reads" in shown(client, team)


def test_a_class_has_no_such_links(client, lead):
    room = factories.classroom(lead)
    assert "Invite a teammate" not in shown(client, room)
    assert client.post(address("classroom-invite", room)).status_code == 404
    assert not Invitation.objects.exists()


def test_a_team_in_the_archive_invites_nobody(client, team):
    Classroom.objects.update(archived_at=factories.NOON)
    response = client.post(address("classroom-invite", team))
    assert (response.status_code, Invitation.objects.count()) == (422, 0)
    assert "Bring it back first" in text(response)


def test_who_leads_begins_to_read(client, lead, team):
    response = client.post(address("classroom-read-too", team))
    assert response.url == address("classroom", team)
    member = Membership.objects.get()
    assert (member.is_reader, member.is_teacher, member.code_number is not None) == (True, True, True)


@pytest.mark.parametrize("came_from", ["x", ""])
def test_reading_too_from_nowhere_in_particular_leads_back_here(client, team, came_from):
    assert client.post(address("classroom-read-too", team), {"exercise": came_from}).url == address("classroom", team)


def test_a_teammate_is_made_lead_and_can_then_close(client, lead, team):
    other = member_add(classroom=team, user=factories.teacher("ole"), is_reader=True)
    exercise = factories.exercise(team, [factories.article(lead)])
    theirs = Client()
    theirs.force_login(other.user)
    assert theirs.post(reverse("exercise-move", args=[exercise.uuid]), {"phase": "closed"}).status_code == 404
    assert client.post(address("classroom-lead", team, other.uuid)).status_code == 302
    assert theirs.post(reverse("exercise-move", args=[exercise.uuid]), {"phase": "closed"}).status_code == 302
    assert Exercise.objects.get().phase == Phase.CLOSED


def test_a_reader_without_an_account_is_not_offered_to_lead_and_cannot(client, team):
    reader = factories.reader(team, "amber")
    assert "Let them lead too" not in shown(client, team)
    response = client.post(address("classroom-lead", team, reader.uuid))
    assert response.status_code == 422
    assert "Only somebody with a teacher’s account can lead." in text(response)
    reader.refresh_from_db()
    assert not reader.is_teacher


def test_a_removed_reader_is_out_at_once_and_all_work_stays(client, lead, team):
    reader = factories.reader(team, "amber")
    exercise = factories.exercise(team, [factories.article(lead)])
    reading = factories.reading(exercise, reader)
    factories.span(reading, 28, 50)
    theirs = Client()
    theirs.force_login(reader.user)
    assert theirs.get(reverse("reading", args=[reading.uuid])).status_code == 200
    response = client.post(address("classroom-remove", team, reader.uuid), follow=True)
    assert "Amber no longer belongs to “Checking desk”." in text(response)
    for name, uuid in (("reading", reading.uuid), ("exercise", exercise.uuid)):
        assert theirs.get(reverse(name, args=[uuid])).status_code == 404
    assert (exercise.readings.count(), reading.spans.count()) == (1, 1)


def test_the_last_who_leads_cannot_leave_and_is_not_offered_to(client, team):
    assert "Leave" not in shown(client, team)
    response = client.post(address("classroom-remove", team, Membership.objects.get().uuid))
    assert response.status_code == 422
    assert "Somebody has to lead." in text(response)
    assert Membership.objects.current().exists()


def test_one_of_two_who_lead_leaves_and_goes_home(client, lead, team):
    member_add(classroom=team, user=factories.teacher("ole"), is_teacher=True)
    response = client.post(address("classroom-remove", team, Membership.objects.get(user=lead).uuid))
    assert response.url == reverse("home")
    assert client.get(address("classroom", team)).status_code == 404


@pytest.mark.parametrize("name", ["classroom-remove", "classroom-lead"])
def test_somebody_of_another_room_is_not_there(client, lead, team, name):
    elsewhere = factories.reader(factories.classroom(lead, name="Class 8A"), "amber")
    assert client.post(address(name, team, elsewhere.uuid)).status_code == 404
    elsewhere.refresh_from_db()
    assert (elsewhere.removed_at, elsewhere.is_teacher) == (None, False)


def test_it_is_renamed(client, team):
    assert client.post(address("classroom-rename", team), {"name": "Night\0 desk\n"}).status_code == 302
    assert "Night desk" in shown(client, team)


@pytest.mark.parametrize(
    ("name", "words"), [(" ", "Give it a name"), (None, "Give it a name"), ("n" * 121, "too long")]
)
def test_a_name_that_is_none_keeps_the_old_one_and_what_was_typed(client, team, name, words):
    response = client.post(address("classroom-rename", team), {} if name is None else {"name": name})
    assert response.status_code == 422
    assert words in text(response)
    if name:
        assert f'value="{name}"' in response.content.decode()
    team.refresh_from_db()
    assert team.name == "Checking desk"


def test_it_is_put_away_and_brought_back(client, lead, team):
    client.post(address("classroom-archive", team), {"do": "archive"})
    assert "This is in the archive" in shown(client, team)
    assert "Checking desk" not in text(client.get(reverse("home")))
    client.post(address("classroom-archive", team), {"do": "bring-back"})
    assert "This is in the archive" not in shown(client, team)


def test_neither_of_the_two_is_refused(client, team):
    assert client.post(address("classroom-archive", team), {"do": "burn"}).status_code == 422
    team.refresh_from_db()
    assert team.archived_at is None


@pytest.mark.parametrize("who", ["teammate", "stranger", "other teacher", "removed lead"])
@pytest.mark.parametrize(
    "name", ["classroom", "classroom-invite", "classroom-rename", "classroom-archive", "classroom-read-too"]
)
def test_it_is_there_for_those_who_lead_and_nobody_else(client, lead, team, who, name):
    member_add(classroom=team, user=factories.teacher("ole"), is_teacher=True)
    people = {
        "teammate": factories.reader(team).user, "stranger": factories.user(), "other teacher": factories.teacher(),
        "removed lead": lead,
    }  # fmt: skip
    if who == "removed lead":
        Membership.objects.filter(user=lead).update(removed_at=factories.NOON)
    before = (list(Classroom.objects.values()), list(Membership.objects.values()), Invitation.objects.count())
    client.force_login(people[who])
    ask = client.get if name == "classroom" else client.post
    assert ask(address(name, team), {"name": "Ours now", "do": "archive"}).status_code == 404
    after = (list(Classroom.objects.values()), list(Membership.objects.values()), Invitation.objects.count())
    assert after == before


def test_the_number_of_queries_does_not_depend_on_people_and_exercises(client, lead, team):
    article = factories.article(lead)
    factories.exercise(team, [article])

    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get(address("classroom", team))
        return len(captured)

    client.get(address("classroom", team))
    first = count()
    for _ in range(9):
        factories.reading(factories.exercise(team, [article]), factories.reader(team))
    # Session and user, the room and oneself in it, then the five of reports/classroom_page.py.
    assert (count(), first) == (10, 10)
