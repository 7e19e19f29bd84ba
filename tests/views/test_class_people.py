"""A class's page: its pupils, its list, its door and clock, its cards; and what each mistake is told."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotator.domain.roster import RosterRow
from annotator.models import Classroom, Door, Membership, RosterEntry
from annotator.services.roster import roster_add
from tests import factories
from tests.views import joining

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(client):
    made = joining.class_with_door()
    client.force_login(made.memberships.get().user)
    return made


@pytest.fixture
def otter(room):
    return factories.reader(room, "otter", pseudonym="Amber Otter")


def address(name, room, *more):
    return reverse(name, args=[room.uuid, *(each.uuid for each in more)])


def said(response) -> str:
    """What the page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_page_shows_pupils_the_list_and_the_door(client, room, otter):
    roster_add(classroom=room, rows=[RosterRow("Noor Salim", "1001", section="9B")])
    page = said(client.get(address("classroom", room)))
    door = joining.door_of(room)
    for part in ("Amber Otter", otter.code, "Noor Salim", "1001", "9B", "1 has not joined yet", "not joined"):
        assert part in page
    assert f"{door.code[:4]}-{door.code[4:]}" in page
    assert door.token in client.get(address("classroom", room)).content.decode()


def test_the_door_says_until_when_by_the_class_s_clock(client, room):
    page = said(client.get(address("classroom", room)))
    assert ", 16:00" in page
    client.post(address("classroom-door", room), {"do": "keep", "until": "2027-01-05T09:30"})
    assert "until 5 January, 09:30" in said(client.get(address("classroom", room)))


def test_locking_renewing_and_opening_the_door(client, room):
    before = joining.door_of(room)
    client.post(address("classroom-door", room), {"do": "lock"})
    assert joining.door_of(room).is_locked
    assert "locked: nobody new comes in" in said(client.get(address("classroom", room)))
    client.post(address("classroom-door", room), {"do": "unlock"})
    assert not joining.door_of(room).is_locked
    client.post(address("classroom-door", room), {"do": "renew"})
    after = joining.door_of(room)
    assert after.code != before.code
    assert after.token != before.token
    assert client.get(reverse("join-link", args=[before.token])).status_code == 404
    Door.objects.all().delete()
    assert "Make a join code" in said(client.get(address("classroom", room)))
    client.post(address("classroom-door", room), {"do": "open"})
    assert joining.door_of(room).code


@pytest.mark.parametrize(
    "sent", [{"do": "explode"}, {}, {"do": "keep", "until": "tomorrow"}, {"do": "keep", "until": "2020-01-01T00:00"},
             {"do": "keep", "until": "2099-01-01T00:00"}]
)  # fmt: skip
def test_a_door_is_not_changed_by_nonsense(client, room, sent):
    before = Door.objects.values().get()
    assert client.post(address("classroom-door", room), sent).status_code == 422
    assert Door.objects.values().get() == before


def test_the_door_leads_back_to_our_own_pages_alone(client, room):
    sent = {"do": "lock", "next": "https://evil.example/"}
    assert client.post(address("classroom-door", room), sent).headers["Location"] == "/"


def test_a_new_code_is_shown_once(client, room, otter):
    answer = client.post(address("person-code", room, otter))
    code = joining.code_in(answer)
    assert code not in client.get(address("classroom", room)).content.decode()
    browser = joining.Client()
    assert joining.come_back(browser, room, "Amber Otter", code).status_code == 302


def test_names_are_looked_at_before_anything_is_stored(client, room):
    page = client.post(address("roster", room), {"names": "Sam\nSam\n\nNoor Salim"})
    assert "3 new names" in said(page)
    assert "Sam (2)" in said(page)
    assert RosterEntry.objects.count() == 0
    rows = re.search(r'name="rows" value="([^"]+)"', page.content.decode())[1].replace("&quot;", '"')
    for _twice in range(2):
        assert client.post(address("roster-save", room), {"rows": rows}).status_code == 302
    entries = RosterEntry.objects.filter(classroom=room)
    assert [each.name for each in entries] == ["Sam", "Sam (2)", "Noor Salim"]
    again = client.post(address("roster", room), {"names": "Noor Salim\nSam\nSam\nLev"})
    assert "1 new name" in said(again)
    assert "3 names are on the list already" in said(again)


def test_a_file_is_read_and_what_is_not_read_is_said(client, room):
    file = SimpleUploadedFile(
        "9b.csv", "First name;Last name;ID number;Email\nZoë;Åsén;7;z@example.org".encode("cp1252")
    )
    page = client.post(address("roster", room), {"file": file})
    assert "Zoë Åsén" in said(page)
    assert "Not read, and not stored: Email" in said(page)
    assert "z@example.org" not in page.content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"names": ""}, "no name here yet"),
        ({"names": "\n".join(f"Pupil {number}" for number in range(301))}, "at most 300 names"),
        ({"names": "x" * 80}, "too long for a name"),
        ({"file": b"PK\x03\x04..."}, "save it as CSV"),
        ({"file": b"a,b\n1,2"}, "Which column holds the names?"),
    ],
)
def test_a_bad_list_gets_one_sentence_and_nothing_is_stored(client, room, sent, sentence):
    if "file" in sent:
        sent = {"file": SimpleUploadedFile("9b.csv", sent["file"])}
    answer = client.post(address("roster", room), sent)
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert RosterEntry.objects.count() == 0


@pytest.mark.parametrize(
    "rows", ["", "no JSON", "{}", "[1]", '[{"name": "Sam"}]', "[[]]",
             '[{"name": 1, "student_ref": "", "external_id": "", "section": ""}]']
)  # fmt: skip
def test_made_up_rows_are_refused(client, room, rows):
    assert client.post(address("roster-save", room), {"rows": rows}).status_code == 422
    assert RosterEntry.objects.count() == 0


def test_an_entry_is_mended_and_its_reader_goes_along(client, room):
    [entry] = roster_add(classroom=room, rows=[RosterRow("Nor Salim")])
    joining.join(joining.Client(), room, pick="list", listed=str(entry.uuid))
    client.post(address("roster-mend", room, entry), {"name": "Noor Salim", "student_ref": "7", "section": "9B"})
    entry.refresh_from_db()
    assert (entry.name, entry.student_ref, entry.section) == ("Noor Salim", "7", "9B")
    assert entry.member.pseudonym == entry.member.user.name == "Noor Salim"
    client.post(address("roster-remove", room, entry))
    assert not RosterEntry.objects.exists()
    assert Membership.objects.readers().get().pseudonym == "Noor Salim"


def test_cards_carry_new_codes_only_when_asked(client, room, otter):
    roster_add(classroom=room, rows=[RosterRow("Noor Salim")])
    page = client.get(address("join-cards", room), {"blank": "3"})
    assert page.content.decode().count('class="qr"') == 5
    otter.refresh_from_db()
    assert otter.resume_hash == ""
    printed = client.post(address("join-cards", room))
    otter.refresh_from_db()
    assert otter.resume_hash
    codes = re.findall(r"\b[2-9A-Z]{3}-[2-9A-Z]{3}\b", said(printed))
    assert len(codes) == 1
    assert joining.come_back(joining.Client(), room, "Amber Otter", codes[0]).status_code == 302


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd"])
def test_an_unknown_clock_is_refused(client, room, zone):
    assert client.post(address("classroom-zone", room), {"time_zone": zone}).status_code == 422
    assert Classroom.objects.get(pk=room.pk).time_zone == "Europe/Oslo"


@pytest.mark.parametrize(
    "name", ["roster", "join-cards", "roster-save", "person-code", "person-rename", "person-merge"]
)
def test_a_team_has_neither_list_nor_codes(client, name):
    lead = factories.teacher()
    team = factories.classroom(lead, kind=Classroom.Kind.TEAM)
    client.force_login(lead)
    more = [factories.reader(team)] if name.startswith("person") else []
    ask = client.get if name in {"roster", "join-cards"} else client.post
    assert ask(address(name, team, *more)).status_code == 404


def test_a_pupil_of_another_class_is_not_there(client, room):
    stranger = factories.reader(joining.class_with_door("Class 8A"))
    for name in ("person-rename", "person-code", "person-merge", "person-back"):
        assert client.post(address(name, room, stranger), {"name": "X", "into": stranger.uuid}).status_code == 404


def test_the_number_of_queries_does_not_depend_on_the_pupils(client, room):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            client.get(address("classroom", room))
        return len(captured)

    asked()
    first = asked()
    roster_add(classroom=room, rows=[RosterRow(f"Pupil {number}") for number in range(30)])
    for _ in range(20):
        factories.reader(room)
    assert asked() == first
