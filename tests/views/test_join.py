"""Joining a class: the code, the names, the start; what each mistake is told; and only a press changes anything."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from annotator.domain.codes import code_shown
from annotator.domain.roster import RosterRow
from annotator.models import Classroom, Door, Membership, Phase, RosterEntry, Step, User
from annotator.services.doors import week_ahead
from annotator.services.roster import roster_add
from tests import factories
from tests.views import joining

pytestmark = pytest.mark.django_db
JOIN = reverse("join")


@pytest.fixture
def room():
    return joining.class_with_door()


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("typed", ["{}", "{:.4}-{rest}", "  {:.4} {rest} ", "{lower}", "{:.4}–{rest}", "{wide}"])
def test_a_code_is_taken_however_it_is_typed(room, typed):
    code = joining.door_of(room).code
    wide = "".join(chr(ord(each) + 0xFEE0) for each in code)
    answer = Client().post(JOIN, {"code": typed.format(code, rest=code[4:], lower=code.lower(), wide=wide)})
    assert answer.headers["Location"] == joining.link_of(room)


@pytest.mark.parametrize("typed", ["", " ", "K7MQ", "K7MQ-4XD0", "🦦" * 8, "x" * 5000, "K7MQ4XDPK7MQ4XDP", "\x00"])
def test_what_is_no_code_is_told_so(room, typed):
    answer = Client().post(JOIN, {"code": typed})
    assert answer.status_code == 422
    assert "This code does not open a class." in text(answer)


def test_looking_changes_nothing_and_begins_no_session(room):
    before = (User.objects.count(), Membership.objects.count())
    browser = Client()
    for address in (JOIN, joining.link_of(room), reverse("resume"), reverse("leave")):
        browser.get(address)
    assert (User.objects.count(), Membership.objects.count()) == before
    assert "session" not in browser.cookies


def test_a_pupil_joins_under_an_offered_name(room):
    browser = Client()
    page = browser.get(joining.link_of(room))
    names = joining.names_in(page)
    assert len(set(names)) == 3
    answer, code = joining.join(browser, room, pick=names[1], offer=joining.hidden(page))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    member = Membership.objects.readers().get(classroom=room)
    assert (member.pseudonym, member.user.get_full_name()) == (names[1], names[1])
    assert not member.user.has_usable_password()
    assert not member.user.is_teacher
    assert member.code_number is not None
    assert len(code) == 7


def test_three_other_names_keep_the_resume_code(room):
    browser = Client()
    page = browser.get(joining.link_of(room))
    again = browser.post(joining.link_of(room), {"do": "names", "offer": joining.hidden(page)})
    assert again.status_code == 200
    assert joining.code_in(again) == joining.code_in(page)
    assert not set(joining.names_in(again)) & set(joining.names_in(page))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("\u200b", "Type the name you want"),
        ("x" * 41, "too long"),
        ("Marit", "already called Marit"),
        ("<b>Quiet</b> Heron", None),
    ],
)
def test_a_name_of_ones_own(name, sentence):
    room = factories.classroom(factories.teacher("marit"))
    Door.objects.create(classroom=room, code="K7MQ4XDP", token="t" * 22, expires_at=timezone.now() + timedelta(hours=1))
    answer, _code = joining.join(Client(), room, name)
    if sentence is None:
        assert answer.status_code == 302
        assert Membership.objects.readers().get().pseudonym == name
    else:
        assert answer.status_code == 422
        assert sentence in text(answer)
        assert not Membership.objects.readers().exists()


def test_a_name_in_use_leads_to_the_resume_code(room):
    joining.join(Client(), room, "Amber Otter")
    answer, code = joining.join(Client(), room, "amber otter")
    link = f"{reverse('resume-link', args=[joining.door_of(room).token])}?name=amber%20otter"
    assert f'href="{link}"' in text(answer)
    assert joining.code_in(answer) == code


def test_a_name_of_the_class_list_is_picked_once(room):
    [noor, lev] = roster_add(classroom=room, rows=[RosterRow("Noor Salim"), RosterRow("Lev Castellane")])
    first, second = Client(), Client()
    answer, _code = joining.join(first, room, pick="list", listed=str(noor.uuid))
    assert answer.status_code == 302
    page = text(second.get(joining.link_of(room)))
    assert "Noor Salim" not in page
    assert str(lev.uuid) in page
    answer, _code = joining.join(second, room, pick="list", listed=str(noor.uuid))
    assert "Somebody has picked this name" in text(answer)
    answer, _code = joining.join(second, room, pick="list", listed="")
    assert answer.status_code == 422


def test_typing_a_name_of_the_list_picks_it(room):
    [noor] = roster_add(classroom=room, rows=[RosterRow("Noor Salim")])
    joining.join(Client(), room, "noor salim")
    noor.refresh_from_db()
    assert noor.member.pseudonym == "Noor Salim"


def test_names_of_the_list_are_shown_past_the_door_only(room):
    roster_add(classroom=room, rows=[RosterRow("Noor Salim")])
    for address in (JOIN, reverse("resume"), reverse("resume-link", args=[joining.door_of(room).token])):
        assert "Noor Salim" not in text(Client().get(address))


def test_an_offer_of_another_class_or_a_made_up_one_joins_nobody(room):
    other = joining.class_with_door("Class 8A")
    foreign = joining.hidden(Client().get(joining.link_of(other)))
    for offer in ("", "made-up", foreign):
        answer = Client().post(joining.link_of(room), {"do": "start", "offer": offer, "pick": "Amber Otter"})
        assert answer.status_code == 422
        assert "new resume code" in text(answer)
    assert not Membership.objects.readers().filter(classroom=room).exists()


def test_an_offer_that_was_used_long_ago_brings_nobody_in_as_somebody_else(room):
    page = Client().get(joining.link_of(room))
    sent = {"do": "start", "offer": joining.hidden(page), "pick": joining.names_in(page)[0]}
    Client().post(joining.link_of(room), sent)
    Membership.objects.readers().update(joined_at=timezone.now() - timedelta(minutes=2))
    browser = Client()
    assert browser.post(joining.link_of(room), sent).status_code == 422
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize(
    ("phase", "step", "is_led"),
    [
        (Phase.DRAFT, "", False),
        (Phase.DRAFT, Step.LOBBY, True),
        (Phase.DRAFT, Step.WARM_UP, True),
        (Phase.OPEN, "", True),
        (Phase.CLOSED, "", False),
    ],
)
def test_the_start_leads_to_what_the_class_is_doing(room, phase, step, is_led):
    exercise = factories.exercise(room, [factories.article(factories.teacher())], phase=phase)
    type(exercise).objects.filter(pk=exercise.pk).update(step=step)
    answer, _code = joining.join(Client(), room)
    assert answer.headers["Location"] == (reverse("exercise", args=[exercise.uuid]) if is_led else "/")


def test_who_is_in_already_is_asked_whether_it_is_them(room):
    browser = Client()
    joining.join(browser, room, "Amber Otter")
    page = browser.get(joining.link_of(room))
    assert "You are already" in text(page)
    assert "Amber Otter" in text(page)
    left = browser.post(reverse("leave"), {"next": joining.link_of(room)})
    assert left.headers["Location"] == joining.link_of(room)
    assert "Pick a name" in text(browser.get(left.headers["Location"]))


def test_the_class_s_own_teacher_is_told_what_the_link_is_for(room):
    browser = Client()
    browser.force_login(room.memberships.get(is_teacher=True).user)
    assert "This is your own class" in text(browser.get(joining.link_of(room)))


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_leaving_leads_nowhere_else(room, wanted):
    assert Client().post(reverse("leave"), {"next": wanted}).headers["Location"] == "/join/?left"


def test_leaving_takes_nothing_along_that_waits_here_for_somebody_else(room):
    assert "Clear-Site-Data" not in Client().post(reverse("leave"), secure=True).headers


def test_a_reader_comes_back_on_another_device_as_the_same(room):
    first, second = Client(), Client()
    _answer, code = joining.join(first, room, "Amber Otter")
    typed = {"code": code_shown(joining.door_of(room).code), "name": " amber OTTER ", "resume": code.lower()}
    Door.objects.update(is_locked=True)
    assert second.post(reverse("resume"), typed).status_code == 302
    assert second.session["_auth_user_id"] == first.session["_auth_user_id"]
    assert Membership.objects.readers().filter(classroom=room).count() == 1


def test_who_was_removed_does_not_come_back_by_the_code(room):
    _answer, code = joining.join(Client(), room, "Amber Otter")
    Membership.objects.readers().update(removed_at=timezone.now())
    assert joining.come_back(Client(), room, "Amber Otter", code).status_code == 422


def test_who_was_merged_comes_back_as_the_one_that_was_kept(room):
    _answer, code = joining.join(Client(), room, "Amber Otter")
    joining.join(Client(), room, "Quiet Heron")
    otter, heron = (Membership.objects.get(pseudonym=name) for name in ("Amber Otter", "Quiet Heron"))
    Membership.objects.filter(pk=otter.pk).update(removed_at=timezone.now(), merged_into=heron)
    browser = Client()
    assert joining.come_back(browser, room, "Amber Otter", code).status_code == 302
    assert browser.session["_auth_user_id"] == str(heron.user_id)


def test_codes_are_dealt_at_random(room):
    for number in range(12):
        joining.join(Client(), room, f"Reader {number:02d}")
    members = Membership.objects.readers().filter(classroom=room).order_by("joined_at", "pk")
    numbers = [each.code_number for each in members]
    assert len(set(numbers)) == 12
    # One chance in 479 million that this fails by itself.
    assert numbers != sorted(numbers)


def test_the_number_of_queries_does_not_grow_with_the_class(room):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            Client().get(joining.link_of(room))
        return len(captured)

    roster_add(classroom=room, rows=[RosterRow("Noor Salim")])
    first = asked()
    roster_add(classroom=room, rows=[RosterRow(f"Pupil {number}") for number in range(40)])
    for number in range(10):
        factories.reader(room, pseudonym=f"Reader {number}")
    assert asked() == first


@pytest.mark.parametrize(
    ("made", "until"),
    [
        ("2026-03-24T18:30", "2026-03-31T16:00+02:00"),  # the clocks change in between
        ("2026-10-21T08:00", "2026-10-28T16:00+01:00"),
        ("2026-06-01T00:05", "2026-06-08T16:00+02:00"),
    ],
)
def test_a_code_works_until_the_end_of_a_school_day_a_week_ahead(made, until):
    now = datetime.fromisoformat(made).replace(tzinfo=ZoneInfo("Europe/Oslo"))
    assert week_ahead(now.astimezone(ZoneInfo("UTC")), "Europe/Oslo") == datetime.fromisoformat(until)


def test_an_archived_class_lets_nobody_in(room):
    Classroom.objects.filter(pk=room.pk).update(archived_at=timezone.now())
    assert Client().get(joining.link_of(room)).status_code == 404
    assert RosterEntry.objects.count() == 0
