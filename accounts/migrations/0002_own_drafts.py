"""A draft is its writer's alone. And what may really disappear: drafts, sessions, second factors."""

from django.db import migrations

SQL = """
ALTER TABLE accounts_draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY app_own ON accounts_draft TO vinger_app USING (user_id = app_user()) WITH CHECK (user_id = app_user());
CREATE POLICY jobs_all ON accounts_draft TO vinger_jobs USING (true) WITH CHECK (true);
GRANT DELETE ON accounts_draft, django_session, mfa_authenticator, usersessions_usersession TO vinger_app;
GRANT DELETE ON accounts_draft, django_session TO vinger_jobs;
"""
REVERSE = """
REVOKE DELETE ON accounts_draft, django_session, mfa_authenticator, usersessions_usersession FROM vinger_app;
REVOKE DELETE ON accounts_draft, django_session FROM vinger_jobs;
DROP POLICY app_own ON accounts_draft; DROP POLICY jobs_all ON accounts_draft;
ALTER TABLE accounts_draft DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("sessions", "0001_initial"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("usersessions", "0001_initial"),
    ]
    operations = [migrations.RunSQL(SQL, REVERSE)]
