import uuid

import django.utils.timezone
from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("occurred_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("event", core.fields.WordField(max_length=60)),
                (
                    "result",
                    models.CharField(
                        choices=[("done", "Done"), ("refused", "Refused"), ("failed", "Failed")],
                        default="done",
                        max_length=10,
                    ),
                ),
                ("actor_id", models.UUIDField(null=True)),
                ("organisation_id", models.UUIDField(null=True)),
                ("origin", models.CharField(max_length=80)),
                ("subject_type", models.CharField(blank=True, default="", max_length=60)),
                ("subject_id", models.UUIDField(null=True)),
                ("family_id", models.UUIDField(null=True)),
                ("details", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["family_id", "occurred_at"], name="auditevent_by_family"),
                    models.Index(fields=["actor_id", "occurred_at"], name="auditevent_by_actor"),
                    models.Index(fields=["occurred_at"], name="auditevent_by_moment"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("event__regex", "^[a-z_]+(\\.[a-z_]+)?$")),
                        name="auditevent_event_is_a_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["done", "refused", "failed"])),
                        name="auditevent_result_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("position", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.UUIDField(unique=True)),
                ("digest", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1)), name="seal_position_starts_at_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="seal_digest_has_its_form"
                    ),
                ],
            },
        ),
    ]
