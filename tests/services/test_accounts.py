"""Teachers' accounts, links that sign in once, invitations."""

from datetime import timedelta

import pytest

from annotator.domain.errors import RuleError
from annotator.domain.tokens import token_hash
from annotator.models import Classroom, Invitation, Membership, SignInLink, User
from annotator.services.accounts import (
    invitation_accept,
    invitation_add,
    invitation_join,
    invitation_revoke,
    password_set,
    sign_in_link_add,
    sign_in_link_use,
    teacher_add,
)
from annotator.services.readings import whole_seconds
from tests import factories

pytestmark = pytest.mark.django_db

ACCOUNT = {"username": "ilse.varga", "password": "the ferry was late", "name": "Ilse Varga"}


def refusal(action, **arguments):
    with pytest.raises(RuleError) as caught:
        action(**arguments)
    return caught.value.code


# Accounts


def test_a_teacher_is_added_without_a_password():
    user = teacher_add(username="marit", name="Marit van Aldervale")
    user.refresh_from_db()
    assert (user.is_teacher, user.is_staff, user.is_superuser, user.has_usable_password()) == (
        True,
        False,
        False,
        False,
    )
    assert (user.name, user.email) == ("Marit van Aldervale", "")


def test_an_operator_may_open_the_admin_and_teaches_too():
    user = teacher_add(username="marit", password="the ferry was late", is_operator=True)
    assert (user.is_teacher, user.is_staff, user.is_superuser) == (True, True, True)
    assert user.check_password("the ferry was late")


@pytest.mark.parametrize("second", ["ÅSA.Ek", "åsa.ek", "Åsa.Ek", "A\u030asa.ek"])
def test_a_user_name_in_another_case_is_the_same_name(second):
    teacher_add(username="Åsa.Ek")
    assert refusal(teacher_add, username=second) == "name_taken"
    assert User.objects.get().username == "åsa.ek"


def test_a_person_is_found_by_a_name_in_any_case():
    user = teacher_add(username="Åsa.Ek")
    assert User.objects.get_by_natural_key("ÅSA.EK") == user


def test_a_new_password_replaces_the_old():
    user = teacher_add(username="marit", password="the ferry was late")
    password_set(user=user, password="the ferry was early")
    user.refresh_from_db()
    assert user.check_password("the ferry was early")
    assert not user.check_password("the ferry was late")


# Links that sign in once


def test_a_link_lets_its_person_in_once():
    user = factories.teacher("marit")
    token = sign_in_link_add(user=user)
    assert sign_in_link_use(token=token) == user
    assert refusal(sign_in_link_use, token=token) == "link_gone"


def test_the_token_itself_is_not_stored():
    token = sign_in_link_add(user=factories.teacher())
    link = SignInLink.objects.get()
    assert link.token_hash == token_hash(token)
    assert token not in str(SignInLink.objects.values())
    assert len(token) >= 32


def test_a_link_runs_out():
    token = sign_in_link_add(user=factories.teacher(), lifetime=timedelta(hours=1))
    assert SignInLink.objects.get().expires_at - SignInLink.objects.get().created_at == timedelta(hours=1)
    SignInLink.objects.update(expires_at=whole_seconds())
    assert refusal(sign_in_link_use, token=token) == "link_gone"
    assert SignInLink.objects.get().used_at is None


def test_used_run_out_unknown_and_barred_get_the_same_sentence():
    sentences = set()
    barred = factories.teacher("barred", is_active=False)
    used = sign_in_link_add(user=factories.teacher("marit"))
    sign_in_link_use(token=used)
    old = sign_in_link_add(user=factories.teacher("hedda"), lifetime=timedelta(0))
    for token in (used, old, "unknown", "\udcff", sign_in_link_add(user=barred)):
        with pytest.raises(RuleError) as caught:
            sign_in_link_use(token=token)
        sentences.add((caught.value.code, str(caught.value)))
    assert len(sentences) == 1


def test_a_new_link_sweeps_away_the_person_s_old_ones():
    user = factories.teacher()
    sign_in_link_add(user=user, lifetime=timedelta(0))
    working = sign_in_link_add(user=user)
    sign_in_link_add(user=user)
    assert SignInLink.objects.count() == 2
    assert sign_in_link_use(token=working) == user


# Invitations


@pytest.fixture
def teacher():
    return factories.teacher("marit")


@pytest.fixture
def team(teacher):
    return factories.classroom(teacher, name="Desk", kind=Classroom.Kind.TEAM)


def test_an_invitation_makes_a_teacher_once(teacher):
    token = invitation_add(created_by=teacher)
    user = invitation_accept(token=token, **ACCOUNT)
    assert (user.username, user.name, user.is_teacher, user.is_staff) == ("ilse.varga", "Ilse Varga", True, False)
    assert user.check_password("the ferry was late")
    assert Invitation.objects.get().used_by == user
    assert refusal(invitation_accept, token=token, **ACCOUNT | {"username": "second"}) == "invitation_gone"
    assert not Membership.objects.exists()


def test_an_invitation_works_for_fourteen_days(teacher):
    token = invitation_add(created_by=teacher)
    invitation = Invitation.objects.get()
    assert invitation.expires_at - invitation.created_at == timedelta(days=14)
    assert token not in str(Invitation.objects.values())
    Invitation.objects.update(expires_at=whole_seconds())
    assert refusal(invitation_accept, token=token, **ACCOUNT) == "invitation_gone"


def test_an_invitation_ends_with_the_account_that_made_it(teacher):
    token = invitation_add(created_by=teacher)
    User.objects.update(is_active=False)
    assert refusal(invitation_accept, token=token, **ACCOUNT) == "invitation_gone"


def test_a_taken_user_name_leaves_the_invitation_open(teacher):
    token = invitation_add(created_by=teacher)
    assert refusal(invitation_accept, token=token, **ACCOUNT | {"username": "MARIT"}) == "name_taken"
    assert Invitation.objects.get().used_at is None
    assert invitation_accept(token=token, **ACCOUNT).username == "ilse.varga"


def test_an_invitation_into_a_team_makes_a_reader_there(teacher, team):
    user = invitation_accept(token=invitation_add(created_by=teacher, classroom=team), **ACCOUNT)
    member = team.memberships.get(user=user)
    assert (member.is_reader, member.is_teacher, user.is_teacher) == (True, False, True)


def test_somebody_with_an_account_joins_the_team_and_stays_who_they_are(teacher, team):
    reader = factories.user("amber")
    token = invitation_add(created_by=teacher, classroom=team)
    assert invitation_join(token=token, user=reader) == reader
    reader.refresh_from_db()
    assert (team.memberships.get(user=reader).is_reader, reader.is_teacher) == (True, False)
    assert refusal(invitation_join, token=token, user=factories.user("second")) == "invitation_gone"


def test_a_reader_becomes_a_teacher_by_invitation(teacher):
    reader = factories.user("amber")
    invitation_join(token=invitation_add(created_by=teacher), user=reader)
    reader.refresh_from_db()
    assert reader.is_teacher


def test_an_invitation_is_not_used_up_for_nothing(teacher, team):
    hedda = factories.teacher("hedda")
    member = factories.reader(team, "amber")
    for user, classroom, code in [
        (teacher, None, "own_invitation"),
        (teacher, team, "own_invitation"),
        (hedda, None, "already_teacher"),
        (member.user, team, "already_in_team"),
    ]:
        token = invitation_add(created_by=teacher, classroom=classroom)
        assert refusal(invitation_join, token=token, user=user) == code
    assert not Invitation.objects.exclude(used_at=None).exists()


def test_who_was_removed_from_the_team_comes_back_by_invitation(teacher, team):
    member = factories.reader(team, "amber", removed_at=whole_seconds())
    invitation_join(token=invitation_add(created_by=teacher, classroom=team), user=member.user)
    member.refresh_from_db()
    assert member.removed_at is None


def test_an_invitation_into_a_team_ends_with_its_maker_s_lead(teacher, team):
    factories.reader(team, "amber")
    token = invitation_add(created_by=teacher, classroom=team)
    for change in ({"removed_at": whole_seconds()}, {"is_teacher": False, "is_reader": True, "code_number": 1}):
        Membership.objects.filter(user=teacher).update(**change)
        assert refusal(invitation_accept, token=token, **ACCOUNT) == "invitation_gone"
        Membership.objects.filter(user=teacher).update(removed_at=None, is_teacher=True)
    assert invitation_accept(token=token, **ACCOUNT).username == "ilse.varga"


def test_an_invitation_into_a_team_rests_while_the_team_is_archived(teacher, team):
    token = invitation_add(created_by=teacher, classroom=team)
    Classroom.objects.update(archived_at=whole_seconds())
    assert refusal(invitation_accept, token=token, **ACCOUNT) == "invitation_gone"
    assert not User.objects.filter(username="ilse.varga").exists()
    Classroom.objects.update(archived_at=None)
    assert invitation_accept(token=token, **ACCOUNT).username == "ilse.varga"


def test_an_invitation_taken_back_works_no_more(teacher):
    token = invitation_add(created_by=teacher)
    invitation_revoke(invitation=Invitation.objects.get())
    assert refusal(invitation_accept, token=token, **ACCOUNT) == "invitation_gone"


def test_taking_back_a_used_invitation_changes_nothing(teacher):
    invitation_accept(token=invitation_add(created_by=teacher), **ACCOUNT)
    invitation_revoke(invitation=Invitation.objects.get())
    assert Invitation.objects.get().used_by.username == "ilse.varga"
