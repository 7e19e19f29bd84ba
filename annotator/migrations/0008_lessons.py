import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a lesson needs: doors and rosters, steps and clocks, rounds and snapshots, who was dealt what."""

    dependencies = [
        ("annotator", "0007_agreement_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.CreateModel(
            name="Door",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=8, unique=True)),
                ("token", models.CharField(max_length=32, unique=True)),
                ("is_locked", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("extra_seconds", models.PositiveIntegerField(default=0)),
                ("nudged_at", models.DateTimeField(blank=True, null=True)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("exit_answer", models.TextField(blank=True)),
                ("exit_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="RosterEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("student_ref", models.CharField(blank=True, max_length=100)),
                ("external_id", models.CharField(blank=True, max_length=255)),
                ("section", models.CharField(blank=True, max_length=100)),
            ],
            options={
                "ordering": ["classroom", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Reading"), ("submitted", "Handed in"), ("collected", "Collected")],
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("spans", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["reading", "pk"],
            },
        ),
        migrations.CreateModel(
            name="WarmUpVote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sentence", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=40)),
            ],
        ),
        migrations.AddField(
            model_name="classroom",
            name="context_id",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddField(
            model_name="classroom",
            name="forgets_marks",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="classroom",
            name="forgotten_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="classroom",
            name="kept_days",
            field=models.PositiveSmallIntegerField(default=30),
        ),
        migrations.AddField(
            model_name="exercise",
            name="asks_sources",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="exercise",
            name="closed_by_clock",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="exercise",
            name="distribution",
            field=models.CharField(
                choices=[
                    ("all", "Everybody reads every article"),
                    ("balanced", "Different articles for different readers, equally often"),
                    ("random", "Different articles for different readers, at random"),
                ],
                default="all",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="exercise",
            name="ends_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="exercise",
            name="exit_question",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="exercise",
            name="has_discussion",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="exercise",
            name="has_key",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="exercise",
            name="has_revision",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="exercise",
            name="has_warm_up",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="exercise",
            name="is_homework",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="exercise",
            name="is_side_by_side",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="exercise",
            name="key_points",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="exercise",
            name="made_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="annotator.exercise",
            ),
        ),
        migrations.AddField(
            model_name="exercise",
            name="minutes",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="exercise",
            name="overlap",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="exercise",
            name="paused_seconds",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="exercise",
            name="points",
            field=models.PositiveSmallIntegerField(default=10),
        ),
        migrations.AddField(
            model_name="exercise",
            name="projector_token",
            field=models.CharField(blank=True, max_length=32, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="exercise",
            name="shows_class_while_revising",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="exercise",
            name="shows_clock",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="exercise",
            name="shows_score",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="exercise",
            name="step",
            field=models.CharField(
                blank=True,
                choices=[
                    ("lobby", "Joining"),
                    ("warm_up", "Warm-up"),
                    ("discuss", "Passage by passage"),
                    ("exit", "Exit question"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="exercise",
            name="warm_up_sentence",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="membership",
            name="anonymised_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="membership",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="annotator.membership",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="resume_hash",
            field=models.CharField(blank=True, max_length=128),
        ),
        migrations.AddField(
            model_name="span",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="copies",
                to="annotator.span",
            ),
        ),
        migrations.AddIndex(
            model_name="exercise",
            index=models.Index(
                condition=models.Q(("ends_at__isnull", False), ("phase", "open")),
                fields=["ends_at"],
                name="exercise_clock",
            ),
        ),
        migrations.AddConstraint(
            model_name="exercise",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", ["", "lobby", "warm_up", "discuss", "exit"])),
                name="exercise_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="exercise",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at", None), ("paused_seconds", None), _connector="OR"),
                name="exercise_clock_runs_or_stands",
            ),
        ),
        migrations.AddConstraint(
            model_name="exercise",
            constraint=models.CheckConstraint(
                condition=models.Q(("key_points__lte", models.F("points"))), name="exercise_key_points_in_points"
            ),
        ),
        migrations.AddConstraint(
            model_name="exercise",
            constraint=models.CheckConstraint(
                condition=models.Q(("distribution__in", ["all", "balanced", "random"])),
                name="exercise_distribution_known",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="annotator.article"
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="exercise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to="annotator.exercise"
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="annotator.membership"
            ),
        ),
        migrations.AddField(
            model_name="door",
            name="classroom",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="door", to="annotator.classroom"
            ),
        ),
        migrations.AddField(
            model_name="participation",
            name="exercise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="participations", to="annotator.exercise"
            ),
        ),
        migrations.AddField(
            model_name="participation",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="participations", to="annotator.membership"
            ),
        ),
        migrations.AddField(
            model_name="rosterentry",
            name="classroom",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="roster", to="annotator.classroom"
            ),
        ),
        migrations.AddField(
            model_name="rosterentry",
            name="member",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="roster_entry",
                to="annotator.membership",
            ),
        ),
        migrations.AddField(
            model_name="snapshot",
            name="reading",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="annotator.reading"
            ),
        ),
        migrations.AddField(
            model_name="warmupvote",
            name="exercise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="warm_up_votes", to="annotator.exercise"
            ),
        ),
        migrations.AddField(
            model_name="warmupvote",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="warm_up_votes", to="annotator.membership"
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(fields=("exercise", "article", "member"), name="assignment_once"),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(fields=("exercise", "member"), name="participation_once"),
        ),
        migrations.AddConstraint(
            model_name="rosterentry",
            constraint=models.UniqueConstraint(fields=("classroom", "name"), name="roster_name_once"),
        ),
        migrations.AddConstraint(
            model_name="warmupvote",
            constraint=models.UniqueConstraint(fields=("exercise", "member", "sentence"), name="warm_up_vote_once"),
        ),
        migrations.AddConstraint(
            model_name="warmupvote",
            constraint=models.CheckConstraint(condition=models.Q(("sentence__gte", 1)), name="warm_up_sentence_from_1"),
        ),
    ]
