import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("cases", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DispatchRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("finished_at", models.DateTimeField()),
                (
                    "trigger",
                    models.CharField(
                        choices=[
                            ("beat", "The beat"),
                            ("command", "The timer of the machine"),
                            ("page", "Somebody who opened a page"),
                        ],
                        default="beat",
                        max_length=10,
                    ),
                ),
                ("sent", models.PositiveIntegerField()),
                ("failed", models.PositiveIntegerField()),
                ("without_recipient", models.PositiveIntegerField()),
                ("oldest_waiting_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["-finished_at"], name="dispatchrun_latest")],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", core.fields.WordField(max_length=40)),
                ("about_id", models.UUIDField()),
                ("due_on", models.DateField()),
                (
                    "falls_to",
                    models.CharField(
                        choices=[
                            ("worker", "Worker"),
                            ("regisseur", "Regisseur"),
                            ("supporter", "Supporter"),
                            ("stand_in", "Stand-in"),
                            ("reader", "Reader of what was shared"),
                            ("barred", "May not see this family"),
                            ("privacy_officer", "Privacy officer"),
                        ],
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("done", "done"), ("lapsed", "no longer needed")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="follow_ups", to="cases.family"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["family", "due_on"],
                        name="followup_open_of_family",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["due_on", "id"], name="followup_open_by_day"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("family", "kind", "about_id", "due_on", "version"), name="followup_planned_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__regex", "^[a-z_]+(\\.[a-z_]+)?$")), name="followup_kind_is_a_word"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "falls_to__in",
                                ["worker", "regisseur", "supporter", "stand_in", "reader", "barred", "privacy_officer"],
                            )
                        ),
                        name="followup_falls_to_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("state", "open")),
                            models.Q(("closed_at__isnull", False), ("state__in", ["done", "lapsed"])),
                            _connector="OR",
                        ),
                        name="followup_closed_at_exactly_when_not_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quarantine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Due"), (2, "Stand In"), (5, "Team Lead"), (8, "Coordinator")]
                    ),
                ),
                ("since", models.DateTimeField()),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "follow_up",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="follow_ups.followup"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "quarantine",
                "constraints": [
                    models.UniqueConstraint(fields=("follow_up", "step"), name="quarantine_one_per_follow_up_and_step")
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Due"), (2, "Stand In"), (5, "Team Lead"), (8, "Coordinator")]
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "follow_up",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to="follow_ups.followup"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("follow_up", "step"), name="reminder_one_per_follow_up_and_step"),
                    models.CheckConstraint(condition=models.Q(("step__in", [0, 2, 5, 8])), name="reminder_step_known"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outbox",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField(blank=True, null=True)),
                ("nobody_since", models.DateTimeField(blank=True, null=True)),
                ("lease", models.UUIDField(blank=True, null=True)),
                ("leased_until", models.DateTimeField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "sent_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reminder",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outbox", to="follow_ups.reminder"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "outbox",
                "indexes": [
                    models.Index(
                        condition=models.Q(("dropped_at", None), ("sent_at", None)),
                        fields=["next_try_at", "made_at"],
                        name="outbox_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sent_at", None), ("dropped_at", None), _connector="OR"),
                        name="outbox_not_both_sent_and_dropped",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at", None), ("sent_to", None)),
                            models.Q(("sent_at__isnull", False), ("sent_to__isnull", False)),
                            _connector="OR",
                        ),
                        name="outbox_sent_to_exactly_when_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease", None), ("leased_until", None)),
                            models.Q(("lease__isnull", False), ("leased_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="outbox_leased_until_exactly_when_leased",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SweepRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("finished_at", models.DateTimeField()),
                (
                    "trigger",
                    models.CharField(
                        choices=[
                            ("beat", "The beat"),
                            ("command", "The timer of the machine"),
                            ("page", "Somebody who opened a page"),
                        ],
                        default="beat",
                        max_length=10,
                    ),
                ),
                ("due_seen", models.PositiveIntegerField()),
                ("raised", models.PositiveIntegerField()),
                ("left", models.PositiveIntegerField(default=0)),
                ("stuck_rounds", models.PositiveIntegerField(default=0)),
                ("quarantined", models.PositiveIntegerField(default=0)),
                ("skew_seconds", models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["-finished_at"], name="sweeprun_latest")],
            },
        ),
    ]
