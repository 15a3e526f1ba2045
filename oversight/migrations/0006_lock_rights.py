"""The second lock on what somebody asked about her part of a file."""

from django.db import migrations

SQL = """
CALL guard_by_family('oversight_rightsrequest');
CALL same_family('oversight_rightsrequest', 'about_id', 'cases_person');
CALL same_family('oversight_rightsrequest', 'asked_by_id', 'cases_person');
"""


class Migration(migrations.Migration):
    dependencies = [("oversight", "0005_rights_request"), ("cases", "0002_row_level_security")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
