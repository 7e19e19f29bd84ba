import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """An invitation may lead into a team, and has a name for addresses; the next step fills it in."""

    dependencies = [("annotator", "0003_reader_codes")]
    operations = [
        migrations.AddField(
            model_name="invitation",
            name="classroom",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="annotator.classroom",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
    ]
