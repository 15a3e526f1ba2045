"""Each decision about a departure keeps the day and the destination it planned, so that moving it loses nothing."""

import django.db.models.deletion
from django.db import migrations, models

# Of earlier decisions only the latest is known: what they planned was written over.
LATEST = """
UPDATE handover_departuredecision d SET departs_on = t.departs_on, destination = t.destination,
    municipality_id = t.municipality_id, involvement_ends_on = t.involvement_ends_on
FROM cases_trajectory t WHERE t.id = d.trajectory_id AND d.id = (
    SELECT l.id FROM handover_departuredecision l WHERE l.trajectory_id = t.id ORDER BY l.recorded_at DESC, l.id DESC LIMIT 1
);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("handover", "0009_why_a_supporter_comes_and_stops"),
        ("organisations", "0007_words_on_papers"),
    ]

    operations = [
        migrations.AddField(
            model_name="departuredecision",
            name="departs_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="departuredecision",
            name="destination",
            field=models.CharField(
                blank=True,
                choices=[("municipality", "A municipality"), ("protected", "Protected"), ("unknown", "Unknown")],
                default="",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="departuredecision",
            name="involvement_ends_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="departuredecision",
            name="municipality",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.municipality",
            ),
        ),
        migrations.RunSQL(LATEST, migrations.RunSQL.noop),
    ]
