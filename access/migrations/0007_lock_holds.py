"""The second lock on holds."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0006_hold")]
    operations = [migrations.RunSQL("CALL guard_by_family('access_hold')", migrations.RunSQL.noop)]
