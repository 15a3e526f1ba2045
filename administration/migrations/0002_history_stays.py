"""The history of settings is added to, never changed. And a rhythm gets a next version, while none is ever changed."""

from django.db import migrations

SQL = """
REVOKE UPDATE ON administration_settingchange FROM vinger_app, vinger_jobs;
GRANT INSERT ON aftercare_scheduletemplate TO vinger_app;
"""
REVERSE = """
REVOKE INSERT ON aftercare_scheduletemplate FROM vinger_app;
GRANT UPDATE ON administration_settingchange TO vinger_app, vinger_jobs;
"""


class Migration(migrations.Migration):
    dependencies = [("administration", "0001_setting_changes"), ("aftercare", "0004_guards_and_rhythms")]
    operations = [migrations.RunSQL(SQL, REVERSE)]
