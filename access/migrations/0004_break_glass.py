"""The second lock on emergencies and the grants they open."""

from django.db import migrations

SQL = """
CALL guard_by_family('access_breakglass');
CALL guard_by_family('access_familygrant');
-- A grant that ended is no row any more; the row that says why stays.
GRANT DELETE ON access_familygrant TO vinger_app, vinger_jobs;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0003_row_level_security")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
