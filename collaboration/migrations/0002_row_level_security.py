"""The second lock on the two tables that are about a family. What is evaluated stays what was said."""

from django.db import migrations

SQL = """
CALL guard_by_family('collaboration_summons');
CALL guard_by_family('collaboration_caseevaluation');
REVOKE UPDATE ON collaboration_caseevaluation, collaboration_collaborationevaluation FROM vinger_app, vinger_jobs;
"""


class Migration(migrations.Migration):
    dependencies = [("collaboration", "0001_initial"), ("access", "0003_row_level_security")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
