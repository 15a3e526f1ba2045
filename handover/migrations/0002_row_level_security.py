from django.db import migrations

SQL = """
CALL guard_by_family('handover_departuredecision');
CALL guard_by_family('handover_departurecheck');
CALL guard_by_family('handover_handover');
CALL guard_by_family('handover_jointvisit');
CALL same_family('handover_departuredecision', 'trajectory_id', 'cases_trajectory');
CALL same_family('handover_departurecheck', 'trajectory_id', 'cases_trajectory');
CALL same_family('handover_departurecheck', 'person_id', 'cases_person');
CALL same_family('handover_jointvisit', 'handover_id', 'handover_handover');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("handover", "0001_initial"),
        ("access", "0003_row_level_security"),
        ("cases", "0002_row_level_security"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
