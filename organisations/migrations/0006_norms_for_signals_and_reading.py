"""Enters the terms of signals, how long they weigh together, and the reading budget, and lets the database ask a norm."""

from uuid import UUID

from django.db import migrations

NORMS = (
    ("signal_mild", 2, "Our own choice"),
    ("signal_serious", 1, "Our own choice"),
    ("signals_add_up", 42, "Our own choice: six weeks"),
    ("read_in_an_hour", 15, "Our own choice"),
    ("read_in_a_day", 40, "Our own choice"),
)

SQL = """
-- One norm for all kinds, as `NormQuerySet.days_for` finds it: of the municipality, else of its region, else everywhere.
CREATE FUNCTION norm_days(of_subject text, of_municipality uuid, on_day date) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT n.days::integer FROM organisations_norm n
    WHERE n.subject = of_subject AND n.kind = '' AND n.valid_from <= on_day
    AND (n.valid_until IS NULL OR n.valid_until > on_day)
    AND ((n.municipality_id IS NULL AND n.region_id IS NULL) OR n.municipality_id = of_municipality
        OR n.region_id = (SELECT m.veilig_thuis_region_id FROM organisations_municipality m WHERE m.id = of_municipality))
    ORDER BY n.municipality_id IS NULL, n.region_id IS NULL, n.valid_from DESC, n.id DESC LIMIT 1
$$;
REVOKE ALL ON FUNCTION norm_days FROM PUBLIC;
GRANT EXECUTE ON FUNCTION norm_days TO vinger_app, vinger_jobs;
"""


def enter(apps, schema_editor):
    for number, (subject, days, source) in enumerate(NORMS, 9):
        apps.get_model("organisations", "Norm").objects.get_or_create(
            id=UUID(f"7a1e0000-0000-4000-8000-{number:012}"),
            defaults={
                "subject": subject,
                "kind": "",
                "days": days,
                "basis": "memory",
                "source": source,
                "valid_from": "2023-01-01",
            },
        )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0005_norm_for_unused_accounts")]
    operations = [
        migrations.RunSQL(SQL, "DROP FUNCTION norm_days"),
        migrations.RunPython(enter, migrations.RunPython.noop),
    ]
