"""The second lock on the points of the conversation."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("handover", "0002_row_level_security")]
    operations = [
        migrations.RunSQL(
            "CALL guard_by_family('handover_agendapoint');"
            "CALL same_family('handover_agendapoint', 'handover_id', 'handover_handover');",
            migrations.RunSQL.noop,
        )
    ]
