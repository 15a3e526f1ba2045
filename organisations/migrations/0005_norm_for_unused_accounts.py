"""Enters after how many days without signing in an account is closed, and leaves it to administrators."""

from uuid import UUID

from django.db import migrations


def enter(apps, schema_editor):
    apps.get_model("organisations", "Norm").objects.get_or_create(
        id=UUID("7a1e0000-0000-4000-8000-000000000008"),
        defaults={
            "subject": "account_unused",
            "kind": "",
            "days": 60,
            "basis": "memory",
            "source": "Our own choice",
            "valid_from": "2023-01-01",
        },
    )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0004_places_of_norms_and_dated_contact_points")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
