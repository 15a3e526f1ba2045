"""Puts the tables behind row-level security, and enters the first rhythm of contacts."""

from uuid import UUID

from django.db import migrations

SQL = """
CALL guard_by_family('aftercare_contactschedule');
CALL same_family('aftercare_contactschedule', 'trajectory_id', 'cases_trajectory');
-- The rhythm is chosen by whoever administers it: serving families only reads it.
REVOKE INSERT, UPDATE ON aftercare_scheduletemplate FROM vinger_app, vinger_jobs;
"""

# Most is at stake in the first weeks: a contact after one, two and four weeks, then every month.
DEFAULT = {
    "id": UUID("5d0d6c3e-3d0f-4b57-9a6a-0d6f2f5f7a01"),
    "name": "default",
    "version": 1,
    "valid_from": "2020-01-01",
    "weeks": [1, 2, 4],
    "months": list(range(2, 13)),
}


def enter_default(apps, schema_editor):
    apps.get_model("aftercare", "ScheduleTemplate").objects.get_or_create(id=DEFAULT["id"], defaults=DEFAULT)


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0001_initial"),
        ("access", "0002_row_level_security"),
        ("cases", "0002_row_level_security"),
    ]
    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunPython(enter_default, migrations.RunPython.noop),
    ]
