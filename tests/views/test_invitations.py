"""Inviting a teacher, taking an invitation back, accepting one, and open registration."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from annotator.models import Classroom, Invitation, User
from annotator.services.accounts import invitation_add, teacher_add
from annotator.services.limits import REGISTER, attempt_add
from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD = "the ferry was late"
VALID = {"username": "Ilse.Varga", "name": "Ilse Varga", "password": PASSWORD}


@pytest.fixture
def marit():
    return factories.teacher("marit")


@pytest.fixture
def team(marit):
    return factories.classroom(marit, name="Desk", kind=Classroom.Kind.TEAM)


@pytest.fixture
def link(marit):
    return reverse("invitation", args=[invitation_add(created_by=marit)])


@pytest.fixture
def team_link(marit, team):
    return reverse("invitation", args=[invitation_add(created_by=marit, classroom=team)])


def inside(user):
    client = Client()
    client.force_login(user)
    return client


# Making one


def test_the_link_is_shown_once_and_works(marit):
    client = inside(marit)
    page = client.post(reverse("invitation-add")).content.decode()
    found = re.search(r'value="http://testserver(/invitations/[^"]+)"', page)
    assert found is not None
    assertNotContains(client.get(reverse("invitation-add")), found[1])
    assertContains(Client().get(found[1]), "Make your account")


def test_opening_the_page_makes_nothing(marit):
    assertContains(inside(marit).get(reverse("invitation-add")), "None. Nobody can make an account")
    assert not Invitation.objects.exists()


def test_one_sees_and_takes_back_one_s_own_alone(marit):
    invitation_add(created_by=marit)
    invitation_add(created_by=factories.teacher("hedda"))
    client = inside(marit)
    assertContains(client.get(reverse("invitation-add")), "Take back", count=2)
    others = Invitation.objects.get(created_by__username="hedda")
    assert client.post(reverse("invitation-revoke", args=[others.uuid])).status_code == 404
    own = Invitation.objects.get(created_by=marit)
    assertRedirects(client.post(reverse("invitation-revoke", args=[own.uuid])), reverse("invitation-add"))
    assert Invitation.objects.get() == others


def test_a_list_of_invitations_asks_the_database_no_more_for_more(marit, django_assert_num_queries):
    client = inside(marit)
    for _each in range(7):
        invitation_add(created_by=marit)
    client.get(reverse("invitation-add"))
    with django_assert_num_queries(4):
        client.get(reverse("invitation-add"))


def test_readers_invite_nobody(marit):
    client = inside(factories.user("amber"))
    assert client.get(reverse("invitation-add")).status_code == 404
    assert client.post(reverse("invitation-add")).status_code == 404
    assert not Invitation.objects.exists()


# A new account


def test_the_page_says_who_invites_and_makes_nothing(client, link):
    assertContains(client.get(link), "Marit")
    assert Invitation.objects.get().used_at is None


def test_accepting_makes_a_teacher_and_signs_in(client, link):
    assertRedirects(client.post(link, VALID), reverse("home"), fetch_redirect_response=False)
    user = User.objects.get(username="ilse.varga")
    assert (user.is_teacher, user.is_staff, user.name) == (True, False, "Ilse Varga")
    assert user.check_password(PASSWORD)
    assert client.session["_auth_user_id"] == str(user.pk)
    assertContains(Client().get(link), "used already", status_code=404)
    assertContains(Client().post(link, VALID | {"username": "second"}), "used already", status_code=404)


def test_what_else_is_sent_gives_no_rights(client, link):
    client.post(link, VALID | {"is_staff": "1", "is_superuser": "1", "is_operator": "1"})
    user = User.objects.get(username="ilse.varga")
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_a_name_stands_on_one_line(client, link):
    client.post(link, VALID | {"name": " Ilse\r\n \tVarga "})
    assert User.objects.get(username="ilse.varga").name == "Ilse Varga"


def test_a_new_reader_of_a_team_is_told_which_and_is_in_it(client, team_link, team):
    assertContains(client.get(team_link), "Desk")
    client.post(team_link, VALID)
    assert team.memberships.get(user__username="ilse.varga").is_reader


def test_a_new_reader_of_a_team_finds_its_open_exercise_at_home(client, team_link, team, marit):
    factories.exercise(team, [factories.article(marit)], title="Who says it is free?")
    client.post(team_link, VALID)
    assertContains(client.get(reverse("home")), "Who says it is free?")


BAD = [
    ({"username": ""}, "Choose a user name"),
    ({"username": "has space"}, "no spaces"),
    ({"username": "x" * 151}, "at most 150"),
    ({"username": "MARIT"}, "has this user name already"),
    ({"username": "\x00"}, "Null characters"),
    ({"name": "x" * 151}, "at most 150"),
    ({"password": ""}, "Choose a password"),
    ({"password": "short"}, "at least 10 characters"),
    ({"password": "ilse.varga.1"}, "too similar"),
    ({"password": "1234567890"}, "too common"),
]


@pytest.mark.parametrize(("changed", "sentence"), BAD)
def test_each_bad_field_gets_its_sentence_and_the_invitation_stays_open(client, link, changed, sentence):
    response = client.post(link, VALID | changed)
    assertContains(response, sentence, status_code=422)
    assertNotContains(response, PASSWORD, status_code=422)
    assert Invitation.objects.get().used_at is None
    assert User.objects.count() == 1


@pytest.mark.parametrize("token", ["unknown", "%00", "a" * 500])
def test_an_invitation_that_never_was_looks_like_a_used_one(client, token):
    assertContains(client.get(f"/invitations/{token}/"), "used already", status_code=404)
    assertContains(client.post(f"/invitations/{token}/", VALID), "used already", status_code=404)


# With an account


def test_somebody_with_an_account_presses_join(team_link, team):
    amber = factories.user("amber")
    client = inside(amber)
    assertContains(client.get(team_link), "Join")
    assertRedirects(client.post(team_link), reverse("home"), fetch_redirect_response=False)
    assert team.memberships.get(user=amber).is_reader
    assertContains(client.post(team_link), "used already", status_code=404)


def test_a_reader_accepts_and_is_a_teacher(link):
    amber = factories.user("amber")
    inside(amber).post(link)
    amber.refresh_from_db()
    assert amber.is_teacher


def test_a_teacher_is_told_to_pass_it_on(link):
    client = inside(factories.teacher("hedda"))
    assertContains(client.get(link), "it stays unused")
    assertContains(client.post(link), "it stays unused", status_code=422)
    assert Invitation.objects.get().used_at is None


def test_who_made_the_link_is_told_to_send_it(team_link, marit):
    assertContains(inside(marit).get(team_link), "your own invitation")
    assertContains(inside(marit).post(team_link), "your own invitation", status_code=422)
    assert Invitation.objects.get().used_at is None


# Open registration


def test_without_the_operator_s_word_there_is_no_such_page(client):
    absent = client.get("/nothing/here/").content
    assert (client.get("/register/").status_code, client.get("/register/").content) == (404, absent)
    assert client.post("/register/", VALID).status_code == 404
    assert not User.objects.exists()
    assertNotContains(client.get("/sign-in/"), "/register/")


@pytest.fixture
def open_house(settings: Settings):
    settings.OPEN_REGISTRATION = True


@pytest.mark.usefixtures("open_house")
class TestOpenRegistration:
    """With SOURCEWISE_OPEN_REGISTRATION."""

    def test_the_sign_in_page_leads_there_and_anybody_makes_an_account(self, client):
        assertContains(client.get("/sign-in/"), 'href="/register/"')
        assertContains(client.get("/register/"), "Make your account")
        assertRedirects(client.post("/register/", VALID), reverse("home"), fetch_redirect_response=False)
        user = User.objects.get()
        assert (user.username, user.is_teacher, user.is_staff) == ("ilse.varga", True, False)
        assert client.session["_auth_user_id"] == str(user.pk)

    @pytest.mark.parametrize(("changed", "sentence"), BAD)
    def test_each_bad_field_gets_its_sentence(self, client, marit, changed, sentence):
        assertContains(client.post("/register/", VALID | changed), sentence, status_code=422)
        assert User.objects.get() == marit

    def test_one_address_makes_a_hundred_accounts_an_hour(self, client):
        for _each in range(99):
            attempt_add(limit=REGISTER, who="127.0.0.1")
        assert client.post("/register/", VALID).status_code == 302
        second = Client().post("/register/", VALID | {"username": "second"})
        assert (second.status_code, second.headers["Retry-After"]) == (429, "3600")
        assert User.objects.count() == 1

    def test_who_is_signed_in_goes_home(self):
        client = inside(teacher_add(username="hedda"))
        assertRedirects(client.get("/register/"), reverse("home"), fetch_redirect_response=False)
        assertRedirects(client.post("/register/", VALID), reverse("home"), fetch_redirect_response=False)
        assert User.objects.count() == 1
