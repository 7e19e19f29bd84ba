import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Pair counts beside each kept row of figures; filled when that row is written next."""

    dependencies = [("annotator", "0008_lessons")]
    operations = [
        migrations.CreateModel(
            name="AgreementPairs",
            fields=[
                (
                    "row",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="pairs",
                        serialize=False,
                        to="annotator.agreementrow",
                    ),
                ),
                ("counts", models.BinaryField()),
            ],
        ),
    ]
