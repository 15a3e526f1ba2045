"""What was published is never changed, by nobody; and the rows it is counted from are for the jobs role alone."""

from django.db import migrations

SQL = """
CREATE FUNCTION figures_stay_as_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was published is never changed' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER release_is_frozen BEFORE UPDATE OR DELETE ON figures_release
    FOR EACH ROW EXECUTE FUNCTION figures_stay_as_published();
CREATE TRIGGER releasedcell_is_frozen BEFORE UPDATE OR DELETE ON figures_releasedcell
    FOR EACH ROW EXECUTE FUNCTION figures_stay_as_published();

REVOKE ALL ON figures_statisticsrow FROM vinger_app;
REVOKE UPDATE ON figures_statisticsrow FROM vinger_jobs;
REVOKE INSERT, UPDATE ON figures_release, figures_releasedcell FROM vinger_app;
REVOKE UPDATE ON figures_release, figures_releasedcell FROM vinger_jobs;
"""
REVERSE = """
DROP TRIGGER release_is_frozen ON figures_release; DROP TRIGGER releasedcell_is_frozen ON figures_releasedcell;
DROP FUNCTION figures_stay_as_published();
"""


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial"), ("core", "0001_database_roles")]
    operations = [migrations.RunSQL(SQL, REVERSE)]
