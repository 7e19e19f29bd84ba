import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    """Every invitation has its own name by now."""

    dependencies = [("annotator", "0005_fold_user_names")]
    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
