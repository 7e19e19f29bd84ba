"""Joining at the same moment: a name is given once, a double press joins once, everybody gets an own number."""

import pytest

from annotator.domain.errors import RuleError
from annotator.domain.roster import RosterRow
from annotator.models import Membership
from annotator.services.doors import door_of
from annotator.services.joining import member_join, offer_made
from annotator.services.roster import roster_add
from tests.services.together import together
from tests.views.joining import class_with_door

pytestmark = pytest.mark.django_db(transaction=True)


def joining(door, offer, **choice):
    """A job that says how joining ended."""

    def job():
        try:
            member_join(door=door, offer=offer, **choice)
        except RuleError as error:
            return error.code
        return "in"

    return job


def test_one_name_asked_for_by_eight_at_once_is_given_once():
    room = class_with_door()
    door = door_of(classroom=room)
    answers = together([joining(door, offer_made(door), name="Amber Otter") for _ in range(8)])
    assert sorted(answers) == ["in"] + ["taken"] * 7
    assert Membership.objects.readers().filter(classroom=room).count() == 1


def test_one_entry_of_the_list_is_picked_once():
    room = class_with_door()
    door = door_of(classroom=room)
    [entry] = roster_add(classroom=room, rows=[RosterRow("Noor Salim")])
    answers = together([joining(door, offer_made(door), listed=entry.uuid) for _ in range(6)])
    assert sorted(answers) == ["entry_gone"] * 5 + ["in"]


def test_a_press_sent_five_times_at_once_joins_once():
    room = class_with_door()
    door = door_of(classroom=room)
    offer = offer_made(door)
    assert together([joining(door, offer, name="Amber Otter")] * 5) == ["in"] * 5
    assert Membership.objects.readers().filter(classroom=room).count() == 1


def test_thirty_at_once_get_a_number_each():
    room = class_with_door()
    door = door_of(classroom=room)
    jobs = [joining(door, offer_made(door), name=f"Reader {number}") for number in range(30)]
    assert together(jobs) == ["in"] * 30
    numbers = Membership.objects.readers().filter(classroom=room).values_list("code_number", flat=True)
    assert len(set(numbers)) == 30
