"""The sealing job adds seals; nobody changes or removes one, and a request has no business with them."""

from django.db import migrations

SQL = """
REVOKE ALL ON audit_seal FROM vinger_app, vinger_jobs;
GRANT SELECT, INSERT ON audit_seal TO vinger_jobs;
ALTER TABLE audit_seal ENABLE ROW LEVEL SECURITY;
CREATE POLICY jobs_all ON audit_seal TO vinger_jobs USING (true) WITH CHECK (true);
"""
REVERSE = """
DROP POLICY jobs_all ON audit_seal; ALTER TABLE audit_seal DISABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON audit_seal TO vinger_app, vinger_jobs;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunSQL(SQL, REVERSE)]
