"""A link and an invitation pressed by many at the same moment: one gets in."""

import pytest

from annotator.domain.errors import RuleError
from annotator.models import SignInLink, User
from annotator.services.accounts import invitation_accept, invitation_add, sign_in_link_add, sign_in_link_use
from tests import factories
from tests.services.together import together

pytestmark = pytest.mark.django_db(transaction=True)


def code_of(action, **arguments):
    """A job that says how `action` ended."""

    def job():
        try:
            action(**arguments)
        except RuleError as error:
            return error.code
        return "in"

    return job


def test_a_link_pressed_ten_times_at_once_lets_in_once():
    token = sign_in_link_add(user=factories.teacher())
    answers = together([code_of(sign_in_link_use, token=token)] * 10)
    assert sorted(answers) == ["in"] + ["link_gone"] * 9
    assert SignInLink.objects.get().used_at is not None


def test_an_invitation_accepted_by_eight_at_once_makes_one_account():
    token = invitation_add(created_by=factories.teacher("marit"))
    jobs = [code_of(invitation_accept, token=token, username=f"new{each}", password="x" * 12) for each in range(8)]
    assert sorted(together(jobs)) == ["in"] + ["invitation_gone"] * 7
    assert User.objects.exclude(username="marit").count() == 1


def test_one_user_name_asked_for_by_five_at_once_is_given_once():
    marit = factories.teacher("marit")
    tokens = [invitation_add(created_by=marit) for _ in range(5)]
    jobs = [code_of(invitation_accept, token=each, username="Ilse", password="x" * 12) for each in tokens]
    assert sorted(together(jobs)) == ["in"] + ["name_taken"] * 4
    assert User.objects.filter(username="ilse").count() == 1
