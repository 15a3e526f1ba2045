from django.db import migrations

SQL = """
ALTER TABLE cases_family ENABLE ROW LEVEL SECURITY;
CREATE POLICY app_family ON cases_family TO vinger_app
    USING (EXISTS (
        SELECT 1 FROM access_involvement v WHERE v.family_id = cases_family.id
        AND v.organisation_id = ANY ((SELECT app_organisations())::uuid[])
        AND v.closed_at IS NULL AND v.starts_at <= (SELECT app_now())
        AND (v.ends_at IS NULL OR v.ends_at > (SELECT app_now()))
        OFFSET 0
    ))
    -- A new family is written before anybody is involved with it: by, and only by, the organisation that opens it.
    WITH CHECK (opened_by_id = ANY ((SELECT app_organisations())::uuid[]) OR family_in_reach(id));
CREATE POLICY jobs_all ON cases_family TO vinger_jobs USING (true) WITH CHECK (true);

CALL guard_by_family('cases_trajectory');
CALL guard_by_family('cases_person');
CALL guard_by_family('cases_parentalauthority');
CALL guard_by_family('cases_stay');
CALL guard_by_family('cases_regisseurperiod');
CALL guard_by_family('cases_ground');
CALL guard_by_family('cases_share');
CALL same_family('cases_parentalauthority', 'child_id', 'cases_person');
CALL same_family('cases_parentalauthority', 'holder_id', 'cases_person');
CALL same_family('cases_stay', 'person_id', 'cases_person');
CALL same_family('cases_share', 'ground_id', 'cases_ground');
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("access", "0003_row_level_security")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
