"""Migrations that change what is stored, on rows that an older version left behind."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

pytestmark = pytest.mark.django_db(transaction=True)


def migrated(name):
    """The tables as they were after this migration."""
    executor = MigrationExecutor(connection)
    executor.migrate([("annotator", name)])
    return MigrationExecutor(connection).loader.project_state([("annotator", name)]).apps


@pytest.fixture
def older():
    """The tables before user names were folded; brought up to date again afterwards."""
    yield migrated("0002_default_codebook")
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_user_names_are_folded_and_invitations_named(older):
    users = older.get_model("annotator", "User").objects
    marit = users.create(username="Marit.Aldervale")
    users.create(username="ÅSA")
    invitations = older.get_model("annotator", "Invitation").objects
    for number in range(3):
        invitations.create(created_by=marit, token_hash=f"{number}", expires_at=timezone.now())
    newer = migrated("0006_invitation_uuid_unique")
    assert set(newer.get_model("annotator", "User").objects.values_list("username", flat=True)) == {
        "marit.aldervale",
        "åsa",
    }
    names = newer.get_model("annotator", "Invitation").objects.values_list("uuid", flat=True)
    assert len(set(names)) == 3
    assert None not in names


def test_a_name_that_somebody_has_already_stays_as_it_is(older):
    users = older.get_model("annotator", "User").objects
    users.create(username="\ufb01nn")
    users.create(username="finn")
    newer = migrated("0006_invitation_uuid_unique").get_model("annotator", "User").objects
    assert set(newer.values_list("username", flat=True)) == {"\ufb01nn", "finn"}
