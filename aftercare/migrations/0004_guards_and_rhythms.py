"""Puts the new tables behind the lock, and enters the two other rhythms."""

from uuid import UUID

from django.db import migrations

SQL = """
CALL guard_by_family('aftercare_helpanswer');
CALL guard_by_family('aftercare_factorchange');
CALL guard_by_family('aftercare_ownrequest');
CALL guard_by_family('aftercare_involvementchange');
CALL guard_by_family('aftercare_earlyclosing');
CALL same_family('aftercare_helpanswer', 'check_in_id', 'aftercare_checkin');
CALL same_family('aftercare_helpanswer', 'help_line_id', 'family_plans_helpline');
CALL same_family('aftercare_factorchange', 'check_in_id', 'aftercare_checkin');
CALL same_family('aftercare_involvementchange', 'trajectory_id', 'cases_trajectory');
CALL same_family('aftercare_earlyclosing', 'trajectory_id', 'cases_trajectory');
"""

RHYTHMS = (
    {
        "id": UUID("5d0d6c3e-3d0f-4b57-9a6a-0d6f2f5f7a02"),
        "name": "weekly",
        "version": 1,
        "valid_from": "2020-01-01",
        "days": [],
        "weeks": list(range(1, 53)),
        "months": [],
    },
    # The first month counts: after seven, fourteen and thirty days, then every month.
    {
        "id": UUID("5d0d6c3e-3d0f-4b57-9a6a-0d6f2f5f7a03"),
        "name": "cti",
        "version": 1,
        "valid_from": "2020-01-01",
        "days": [7, 14, 30],
        "weeks": [],
        "months": list(range(2, 13)),
    },
)


def enter_rhythms(apps, schema_editor):
    for rhythm in RHYTHMS:
        apps.get_model("aftercare", "ScheduleTemplate").objects.get_or_create(id=rhythm["id"], defaults=rhythm)


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0003_row_level_security"), ("family_plans", "0002_row_level_security")]
    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunPython(enter_rhythms, migrations.RunPython.noop),
    ]
