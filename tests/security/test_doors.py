"""The doors of a class: guessing finds nothing, a school is not locked out, nobody poses as a classmate."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotator.domain.codes import DOOR_LENGTH, code_shown
from annotator.models import Attempt, Classroom, Door, Membership
from annotator.services.doors import code_made, door_lock
from annotator.services.joining import JOIN_CODE
from tests.views import joining

pytestmark = pytest.mark.django_db
JOIN = reverse("join")


def guess(code: str = "", *, address: str = "192.0.2.7"):
    """One try from a browser of its own; a random code unless told."""
    return Client(REMOTE_ADDR=address).post(JOIN, {"code": code or code_made(DOOR_LENGTH)})


def without_tokens(page) -> str:
    """The page without what is random in every answer."""
    return re.sub(r'value="[^"]{64}"', "", page.content.decode())


@pytest.mark.proves("S03")
def test_a_thousand_guesses_find_nothing_and_are_slowed():
    # A tenth: tests/bench/bench_guesses.py makes all ten thousand.
    joining.class_with_door()
    answers = [guess().status_code for _ in range(1000)]
    assert set(answers) == {422, 429}
    assert answers.index(429) == JOIN_CODE.most
    assert answers.count(422) == JOIN_CODE.most


@pytest.mark.proves("S03")
def test_a_refused_network_is_told_how_long_to_wait():
    for _ in range(JOIN_CODE.most):
        guess()
    answer = guess()
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "600"
    assert "Wait ten minutes" in answer.content.decode()


@pytest.mark.proves("S03")
def test_wrong_locked_outdated_and_archived_codes_answer_alike(django_assert_num_queries):
    rooms = {what: joining.class_with_door(what) for what in ("locked", "outdated", "archived")}
    door_lock(classroom=rooms["locked"], is_locked=True)
    Door.objects.filter(classroom=rooms["outdated"]).update(expires_at=timezone.now() - timedelta(seconds=1))
    Classroom.objects.filter(pk=rooms["archived"].pk).update(archived_at=timezone.now())
    client = Client()
    pages = []
    for code in ["22222222", *[joining.door_of(room).code for room in rooms.values()]]:
        with django_assert_num_queries(9):
            answer = client.post(JOIN, {"code": code})
        assert answer.status_code == 422
        pages.append(without_tokens(answer).replace(code, ""))
    assert len(set(pages)) == 1


@pytest.mark.proves("S03")
def test_a_locked_or_outdated_link_opens_nothing():
    room = joining.class_with_door()
    link = joining.link_of(room)
    page = Client().get(link)
    door_lock(classroom=room, is_locked=True)
    assert Client().get(link).status_code == 404
    pressed = {"do": "start", "offer": joining.hidden(page), "pick": joining.names_in(page)[0]}
    assert Client().post(link, pressed).status_code == 404
    assert Membership.objects.filter(classroom=room, is_reader=True).count() == 0


@pytest.mark.proves("S04")
def test_thirty_join_from_one_address_after_ninety_nine_wrong_codes():
    room = joining.class_with_door()
    for _ in range(99):
        guess()
    for _ in range(30):
        pupil = Client(REMOTE_ADDR="192.0.2.7")
        found = pupil.post(JOIN, {"code": code_shown(joining.door_of(room).code).lower()})
        assert found.headers["Location"] == joining.link_of(room)
        assert joining.join(pupil, room)[0].status_code == 302
    assert Membership.objects.readers().filter(classroom=room).count() == 30


@pytest.mark.proves("S04")
def test_the_link_works_where_typed_codes_are_refused():
    room = joining.class_with_door()
    for _ in range(JOIN_CODE.most):
        guess()
    assert guess(joining.door_of(room).code).status_code == 429
    pupil = Client(REMOTE_ADDR="192.0.2.7")
    assert joining.join(pupil, room)[0].status_code == 302
    assert guess(joining.door_of(room).code, address="198.51.100.1").status_code == 302


@pytest.mark.proves("S03")
def test_many_wrong_codes_from_everywhere_are_said_once_in_the_log_and_stop_nobody(caplog):
    room = joining.class_with_door()
    now = timezone.now()
    Attempt.objects.bulk_create([Attempt(scope=JOIN_CODE.scope, who=str(each), at=now) for each in range(1999)])
    guess()
    guess()
    said = [record.getMessage() for record in caplog.records if record.name == "sourcewise.joining"]
    assert said == ["join codes: more than 2000 wrong ones within ten minutes"]
    assert guess(joining.door_of(room).code).status_code == 302


@pytest.mark.proves("S06")
def test_nobody_takes_a_name_in_use_without_its_code():
    room = joining.class_with_door()
    joining.join(Client(), room, "Amber Otter")
    thief = Client()
    for typed in ("Amber Otter", "amber  otter", "ÁMBER OTTER"):
        answer, _code = joining.join(thief, room, typed)
        assert answer.status_code == 422
        assert "already called" in answer.content.decode()
    for code in ("", "222222", "T4W-9RX"):
        assert joining.come_back(thief, room, "Amber Otter", code).status_code in {422, 429}
    assert "_auth_user_id" not in thief.session
    assert Membership.objects.readers().filter(classroom=room).count() == 1


@pytest.mark.proves("S06")
def test_only_a_hash_of_the_resume_code_is_kept():
    room = joining.class_with_door()
    _answer, code = joining.join(Client(), room, "Amber Otter")
    member = Membership.objects.get(pseudonym="Amber Otter")
    plain = code.replace("-", "")
    assert member.resume_hash
    assert plain.lower() not in member.resume_hash.lower()
    assert joining.come_back(Client(), room, "Amber Otter", code).status_code == 302


@pytest.mark.proves("S06")
def test_an_unknown_name_and_a_wrong_code_answer_alike():
    room = joining.class_with_door()
    joining.join(Client(), room, "Amber Otter")
    wrong = joining.come_back(Client(), room, "Amber Otter", "222222")
    unknown = joining.come_back(Client(), room, "Quiet Heron", "222222")
    assert wrong.status_code == unknown.status_code == 422
    assert without_tokens(wrong).replace("Amber Otter", "") == without_tokens(unknown).replace("Quiet Heron", "")


@pytest.mark.proves("S06")
@pytest.mark.parametrize("name", ["Amber Otter", "Nobody"])
def test_the_sixth_wrong_try_for_a_name_has_to_wait_and_then_may_go_on(name, monkeypatch):
    room = joining.class_with_door()
    _answer, code = joining.join(Client(), room, "Amber Otter")
    assert [joining.come_back(Client(), room, name, "222222").status_code for _ in range(6)] == [422] * 5 + [429]
    slowed = joining.come_back(Client(), room, name, code)
    assert slowed.status_code == 429
    assert 1 <= int(slowed.headers["Retry-After"]) <= 5
    Attempt.objects.update(at=timezone.now() - timedelta(seconds=6))
    answer = joining.come_back(Client(), room, name, code)
    assert answer.status_code == (302 if name == "Amber Otter" else 422)


@pytest.mark.proves("S05")
def test_a_join_begins_a_session_under_another_key_and_the_old_one_is_dead():
    room = joining.class_with_door()
    browser, planted = Client(), Client()
    session = browser.session
    session["planted"] = "by somebody who knows the key"
    session.save()
    joining.join(browser, room, "Amber Otter")
    assert browser.session.session_key != session.session_key
    assert "planted" not in browser.session
    planted.cookies["session"] = session.session_key
    assert planted.get("/").status_code == 302


@pytest.mark.proves("S05")
def test_two_people_at_one_computer_have_nothing_of_each_other():
    room = joining.class_with_door()
    browser = Client()
    joining.join(browser, room, "Amber Otter")
    first = browser.session.session_key
    left = browser.post(reverse("leave"))
    assert left.headers["Location"] == "/join/?left"
    assert "_auth_user_id" not in browser.session
    joining.join(browser, room, "Quiet Heron")
    assert browser.session.session_key != first
    page = browser.get("/")
    assert "Amber Otter" not in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    old = Client()
    old.cookies["session"] = first
    assert old.get("/").status_code == 302


@pytest.mark.proves("S05")
def test_a_pupil_of_another_class_is_signed_out_by_joining():
    mine, other = joining.class_with_door(), joining.class_with_door("Class 8A")
    browser = Client()
    joining.join(browser, mine, "Amber Otter")
    first = browser.session.session_key
    assert "will be signed out when you start" in browser.get(joining.link_of(other)).content.decode()
    joining.join(browser, other, "Quiet Heron")
    assert browser.session.session_key != first
    assert "Amber Otter" not in browser.get("/").content.decode()
    assert browser.session.get_expire_at_browser_close()
