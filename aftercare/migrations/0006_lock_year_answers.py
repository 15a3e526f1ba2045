"""Puts the answers at the end of the year behind the lock."""

from django.db import migrations

SQL = """
CALL guard_by_family('aftercare_yearanswer');
CALL same_family('aftercare_yearanswer', 'trajectory_id', 'cases_trajectory');
"""


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0005_year_answer")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
