import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Agreement figures kept for each article of an exercise and round; filled when an exercise is closed next."""

    dependencies = [("annotator", "0006_invitation_uuid_unique")]
    operations = [
        migrations.CreateModel(
            name="AgreementRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField()),
                ("summary", models.BinaryField()),
                ("readers", models.JSONField(default=list)),
                ("source", models.CharField(max_length=64)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreement_rows",
                        to="annotator.article",
                    ),
                ),
                (
                    "exercise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreement_rows",
                        to="annotator.exercise",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["exercise", "article", "round"], name="agreement_row_once"),
                    models.CheckConstraint(condition=models.Q(round__gte=1), name="agreement_row_round_from_1"),
                ],
            },
        ),
    ]
