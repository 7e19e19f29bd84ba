"""Changing one's password, and setting a first one."""

import time
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import MinimumLengthValidator, get_default_password_validators
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from annotator.models import Attempt
from annotator.services.accounts import sign_in_link_add, teacher_add
from annotator.services.limits import SIGN_IN, attempt_add
from annotator.views.visitor import CAME_BY_LINK

pytestmark = pytest.mark.django_db

OLD, NEW = "the ferry was late", "the ferry was early"
VALID = {"old": OLD, "new": NEW}


@pytest.fixture
def address():
    return reverse("password-change")


@pytest.fixture
def marit():
    return teacher_add(username="marit.aldervale", password=OLD, name="Marit van Aldervale")


@pytest.fixture
def inside(client, marit):
    client.post("/sign-in/", {"username": "marit.aldervale", "password": OLD})
    return client


def test_a_new_password_is_set_and_this_session_goes_on(inside, marit, address):
    key = inside.session.session_key
    assertRedirects(inside.post(address, VALID), reverse("home"), fetch_redirect_response=False)
    marit.refresh_from_db()
    assert marit.check_password(NEW)
    assert inside.get(address).status_code == 200
    assert inside.session.session_key != key


@pytest.mark.proves("S05")
def test_every_other_session_of_the_person_ends(inside, address):
    elsewhere = Client()
    elsewhere.post("/sign-in/", {"username": "marit.aldervale", "password": OLD})
    assert elsewhere.get(address).status_code == 200
    inside.post(address, VALID)
    assert elsewhere.get(address).status_code == 302


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"old": "wrong"}, "not the password you have now"),
        ({"old": ""}, "Type the password you have now"),
        ({"new": ""}, "Choose a new password"),
        ({"new": "short"}, "at least 10 characters"),
        ({"new": "qwertyuiop"}, "too common"),
        ({"new": "marit.aldervale1"}, "too similar"),
        ({"new": "Marit van Aldervale"}, "too similar"),
        ({"new": "\x00" * 12}, "Null characters"),
    ],
)
def test_each_bad_field_gets_its_sentence_and_changes_nothing(inside, marit, address, changed, sentence):
    response = inside.post(address, VALID | changed)
    assertContains(response, sentence, status_code=422)
    marit.refresh_from_db()
    assert marit.check_password(OLD)


def test_no_password_is_ever_sent_back(inside, address):
    response = inside.post(address, VALID | {"old": "a wrong guess"})
    assertNotContains(response, "a wrong guess", status_code=422)
    assertNotContains(response, NEW, status_code=422)


def test_guessing_the_old_password_is_counted_and_limited(inside, marit, address):
    inside.post(address, VALID | {"old": "wrong"})
    assert Attempt.objects.count() == 1
    for _guess in range(99):
        attempt_add(limit=SIGN_IN, who="127.0.0.1")
    assert inside.post(address, VALID).status_code == 429
    marit.refresh_from_db()
    assert marit.check_password(OLD)


def test_who_came_by_a_link_sets_a_password_without_the_old_one(client, marit, address):
    client.post(reverse("sign-in-link", args=[sign_in_link_add(user=marit)]))
    assertNotContains(client.get(address), "Present password")
    client.post(address, {"new": NEW})
    marit.refresh_from_db()
    assert marit.check_password(NEW)
    assertContains(client.get(address), "Present password")


def test_an_hour_after_the_link_the_old_password_is_asked_again(client, marit, address):
    client.post(reverse("sign-in-link", args=[sign_in_link_add(user=marit)]))
    session = client.session
    session[CAME_BY_LINK] = int(time.time()) - 3601
    session.save()
    assertContains(client.post(address, {"new": NEW}), "Type the password you have now", status_code=422)
    marit.refresh_from_db()
    assert marit.check_password(OLD)


def test_who_never_had_a_password_sets_a_first_one_at_any_time(client, address):
    user = teacher_add(username="linked")
    client.force_login(user)
    assertContains(client.get(address), "Set a password")
    client.post(address, {"new": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_nobody_is_sent_to_sign_in(client, address):
    assertRedirects(client.get(address), f"/sign-in/?next={address}")
    assertRedirects(client.post(address, VALID), "/sign-in/?next=%2F&unsent=1")


def test_the_page_s_script_counts_to_the_length_that_is_required():
    script = (Path(__file__).resolve().parents[2] / "static/annotator/js/doors.js").read_text()
    length = next(each for each in get_default_password_validators() if isinstance(each, MinimumLengthValidator))
    assert f"const LEAST = {length.min_length};" in script
