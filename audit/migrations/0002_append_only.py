"""The application writes here and can do nothing else: not change, not delete, and for now not read."""

from django.db import migrations

SQL = """
REVOKE ALL ON audit_auditevent FROM vinger_app, vinger_jobs;
GRANT INSERT ON audit_auditevent TO vinger_app;
GRANT SELECT, INSERT ON audit_auditevent TO vinger_jobs;
ALTER TABLE audit_auditevent ENABLE ROW LEVEL SECURITY;
CREATE POLICY app_writes ON audit_auditevent FOR INSERT TO vinger_app WITH CHECK (true);
CREATE POLICY jobs_all ON audit_auditevent TO vinger_jobs USING (true) WITH CHECK (true);
"""
REVERSE = """
DROP POLICY app_writes ON audit_auditevent; DROP POLICY jobs_all ON audit_auditevent;
ALTER TABLE audit_auditevent DISABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON audit_auditevent TO vinger_app, vinger_jobs;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("core", "0001_database_roles")]
    operations = [migrations.RunSQL(SQL, REVERSE)]
