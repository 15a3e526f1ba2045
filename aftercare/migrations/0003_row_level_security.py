"""Puts the tables behind row-level security, and enters the first rhythm of contacts."""

from uuid import UUID

from django.db import migrations

SQL = """
CALL guard_by_family('aftercare_contactschedule');
CALL guard_by_family('aftercare_checkin');
CALL guard_by_family('aftercare_seenperson');
CALL guard_by_family('aftercare_outofsight');
CALL guard_by_family('aftercare_outofsightstep');
CALL guard_by_family('aftercare_trajectoryclosing');
CALL guard_by_family('aftercare_strippenkaart');
CALL guard_by_family('aftercare_strip');
CALL same_family('aftercare_contactschedule', 'trajectory_id', 'cases_trajectory');
CALL same_family('aftercare_checkin', 'trajectory_id', 'cases_trajectory');
CALL same_family('aftercare_checkin', 'follow_up_id', 'follow_ups_followup');
CALL same_family('aftercare_seenperson', 'check_in_id', 'aftercare_checkin');
CALL same_family('aftercare_seenperson', 'person_id', 'cases_person');
CALL same_family('aftercare_outofsight', 'trajectory_id', 'cases_trajectory');
CALL same_family('aftercare_outofsightstep', 'out_of_sight_id', 'aftercare_outofsight');
CALL same_family('aftercare_trajectoryclosing', 'trajectory_id', 'cases_trajectory');
CALL same_family('aftercare_strippenkaart', 'trajectory_id', 'cases_trajectory');
CALL same_family('aftercare_strip', 'strippenkaart_id', 'aftercare_strippenkaart');
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
        ("aftercare", "0002_initial"),
        ("access", "0003_row_level_security"),
        ("cases", "0002_row_level_security"),
        ("follow_ups", "0002_guards"),
    ]
    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunPython(enter_default, migrations.RunPython.noop),
    ]
