"""Recognising a person by user name and password."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.utils import timezone

from annotator.domain.errors import RuleError
from annotator.models import Attempt
from annotator.services.accounts import teacher_add
from annotator.services.sign_in import past_forget, person_recognise, session_end
from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD = "the ferry was late"
HERE = "192.0.2.7"


@pytest.fixture
def marit():
    return teacher_add(username="marit.aldervale", password=PASSWORD)


def refusal(username, password, address=HERE):
    with pytest.raises(RuleError) as caught:
        person_recognise(username=username, password=password, address=address)
    return caught.value.code, str(caught.value)


@pytest.mark.parametrize("username", ["marit.aldervale", "Marit.Aldervale", "MARIT.ALDERVALE"])
def test_the_user_name_counts_in_any_case(marit, username):
    assert person_recognise(username=username, password=PASSWORD, address=HERE) == marit


def test_the_password_counts_in_its_own_case(marit):
    assert refusal("marit.aldervale", PASSWORD.upper())[0] == "wrong"


def test_unknown_wrong_barred_and_passwordless_get_the_same_sentence(marit):
    factories.teacher("linked")
    teacher_add(username="barred", password=PASSWORD)
    type(marit).objects.filter(username="barred").update(is_active=False)
    refusals = {refusal("marit.aldervale", "wrong"), refusal("nobody", PASSWORD), refusal("barred", PASSWORD)}
    assert refusals | {refusal("linked", ""), refusal("linked", "!")} == refusals
    assert len(refusals) == 1


def test_an_unknown_name_costs_the_same_work(marit, monkeypatch):
    worked = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: worked.append(1) or encode(*given))
    refusal("marit.aldervale", "wrong")
    known = len(worked)
    refusal("nobody", "wrong")
    assert known > 0
    assert len(worked) - known == known


def test_only_failures_are_counted(marit):
    person_recognise(username="marit.aldervale", password=PASSWORD, address=HERE)
    assert Attempt.objects.count() == 0
    refusal("marit.aldervale", "wrong")
    assert Attempt.objects.count() == 1


def test_thirty_pupils_behind_one_address_may_each_mistype_three_times(marit):
    for _pupil in range(30):
        for _mistake in range(3):
            assert refusal("marit.aldervale", "wrong")[0] == "wrong"
    assert person_recognise(username="marit.aldervale", password=PASSWORD, address=HERE) == marit


def test_the_hundred_and_first_failure_is_refused_unread_and_only_from_there(marit):
    for _guess in range(100):
        assert refusal("marit.aldervale", "wrong")[0] == "wrong"
    assert refusal("marit.aldervale", PASSWORD)[0] == "too_many"
    assert Attempt.objects.count() == 100
    assert person_recognise(username="marit.aldervale", password=PASSWORD, address="192.0.2.8") == marit


def test_a_reader_s_session_is_shorter_than_a_teacher_s(marit):
    assert session_end(user=marit, now=1000) == 1000 + 12 * 3600
    assert session_end(user=factories.user(), now=1000) == 1000 + 8 * 3600


def test_what_is_past_is_forgotten_and_what_lives_is_kept(client, marit):
    client.force_login(marit)
    Session.objects.create(session_key="ended", session_data="", expire_date=timezone.now())
    Attempt.objects.create(scope="sign_in", who="x", at=timezone.now() - timedelta(hours=25))
    young = Attempt.objects.create(scope="sign_in", who="x", at=timezone.now() - timedelta(hours=23))
    past_forget()
    assert [each.session_key for each in Session.objects.all()] == [client.session.session_key]
    assert [*Attempt.objects.all()] == [young]
