"""The second lock on the two tables that policy reads, and the question the other tables ask when a row is written."""

from django.db import migrations

SQL = """
-- Runs as the owner, so that it can look past the very policies it serves. The second half lets an organisation that
-- has just opened a family write its own first involvement.
CREATE FUNCTION family_in_reach(family uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (
        SELECT 1 FROM access_involvement v
        WHERE v.family_id = family AND v.organisation_id = ANY (app_organisations()) AND v.closed_at IS NULL
        AND v.starts_at <= app_now() AND (v.ends_at IS NULL OR v.ends_at > app_now())
    ) OR EXISTS (
        SELECT 1 FROM cases_family f
        WHERE f.id = family AND f.opened_by_id = ANY (app_organisations())
        AND NOT EXISTS (SELECT 1 FROM access_involvement v WHERE v.family_id = family)
    )
$$;

ALTER TABLE access_involvement ENABLE ROW LEVEL SECURITY;
CREATE POLICY app_family ON access_involvement TO vinger_app
    USING (organisation_id = ANY ((SELECT app_organisations())::uuid[]) OR family_in_reach(family_id))
    WITH CHECK (family_in_reach(family_id));
CREATE POLICY jobs_all ON access_involvement TO vinger_jobs USING (true) WITH CHECK (true);

CALL guard_by_family('access_assignment');
"""
REVERSE = """
ALTER TABLE access_assignment DISABLE ROW LEVEL SECURITY;
DROP POLICY app_family ON access_assignment; DROP POLICY jobs_all ON access_assignment;
ALTER TABLE access_involvement DISABLE ROW LEVEL SECURITY;
DROP POLICY app_family ON access_involvement; DROP POLICY jobs_all ON access_involvement;
DROP FUNCTION family_in_reach;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_initial"), ("cases", "0001_initial"), ("core", "0001_database_roles")]
    operations = [migrations.RunSQL(SQL, REVERSE)]
