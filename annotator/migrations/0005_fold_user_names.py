import unicodedata
import uuid

from django.db import migrations


def folded(username):
    """As `User.normalize_username` stores and looks for user names from here on."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", username).casefold())


def fold(apps, schema_editor):
    """Store each user name in the form in which it is looked for, unless somebody has that name already."""
    users = apps.get_model("annotator", "User").objects
    for user in users.order_by("pk"):
        name = folded(user.username)
        if name != user.username and not users.filter(username=name).exists():
            users.filter(pk=user.pk).update(username=name)


def name_invitations(apps, schema_editor):
    """Give every invitation a name of its own: the step before gave them all the same."""
    invitations = apps.get_model("annotator", "Invitation").objects
    for invitation in invitations.order_by("pk"):
        invitations.filter(pk=invitation.pk).update(uuid=uuid.uuid4())


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("annotator", "0004_invitation_team")]
    operations = [
        migrations.RunPython(fold, migrations.RunPython.noop),
        migrations.RunPython(name_invitations, migrations.RunPython.noop),
    ]
