"""Keeps by which criterion a supporter came, and for which reason one stopped (E29)."""

from django.conf import settings
from django.db import migrations, models

STOPPED_BEFORE = """
UPDATE handover_supporterassignment
SET ended_as = CASE WHEN ended_because = 'handover' THEN 'handed_over' ELSE 'supporter_left' END
WHERE ended_at IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_why_outside_the_region"),
        ("handover", "0008_words_that_go_along"),
        ("organisations", "0005_norm_for_unused_accounts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="supporterassignment",
            name="supporterassignment_ended_for_a_reason",
        ),
        migrations.AddField(
            model_name="supporterassignment",
            name="criterion",
            field=models.CharField(
                choices=[
                    ("alone", "Hardly anybody to lean on"),
                    ("many_helpers", "Many organisations at once: one face keeps the thread"),
                    ("help_stops", "Help stopped before, or threatens to stop"),
                    ("waiting", "Help has not begun yet: somebody is there until then"),
                    ("far_away", "The family goes to live where it knows nobody"),
                    ("asked_for", "The family asks for it"),
                ],
                default="alone",
                max_length=20,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="supporterassignment",
            name="ended_as",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_needed", "It is not needed any more"),
                    ("declined", "The family does not want it any more"),
                    ("no_match", "It does not work between the two"),
                    ("supporter_left", "The supporter stops or is away"),
                    ("moved", "The family moved"),
                    ("handed_over", "The regie went to another organisation"),
                ],
                default="",
                max_length=20,
            ),
        ),
        migrations.RunSQL(STOPPED_BEFORE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="supporterassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_as", ""), ("ended_at", None), ("ended_because", ""), ("ended_by", None)),
                    models.Q(
                        ("ended_at__gte", models.F("assigned_at")),
                        ("ended_by__isnull", False),
                        (
                            "ended_as__in",
                            ["not_needed", "declined", "no_match", "supporter_left", "moved", "handed_over"],
                        ),
                        models.Q(("ended_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="supporterassignment_ended_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="supporterassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("criterion__in", ["alone", "many_helpers", "help_stops", "waiting", "far_away", "asked_for"])
                ),
                name="supporterassignment_for_a_reason",
            ),
        ),
    ]
