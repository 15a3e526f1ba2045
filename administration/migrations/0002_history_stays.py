"""The history of settings is added to, never changed."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("administration", "0001_setting_changes")]
    operations = [
        migrations.RunSQL(
            "REVOKE UPDATE ON administration_settingchange FROM vinger_app, vinger_jobs",
            "GRANT UPDATE ON administration_settingchange TO vinger_app, vinger_jobs",
        )
    ]
