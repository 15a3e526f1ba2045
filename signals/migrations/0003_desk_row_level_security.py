from django.db import migrations

SQL = """
-- A third door to a signal: the duty desk where it lies, and only while it lies there.
CREATE POLICY app_desk_read ON signals_signal FOR SELECT TO vinger_app
    USING (desk_id = ANY ((SELECT app_organisations())::uuid[]));
CREATE POLICY app_desk_judge ON signals_signal FOR UPDATE TO vinger_app
    USING (desk_id = ANY ((SELECT app_organisations())::uuid[]))
    WITH CHECK (desk_id = ANY ((SELECT app_organisations())::uuid[]));

-- Which families a signal may be about is read by that desk and by nobody else: not by the reporter, whose request
-- must not tell that a family is known, and not by whoever works for one of them.
ALTER TABLE signals_signalcandidate ENABLE ROW LEVEL SECURITY;
CREATE POLICY app_desk ON signals_signalcandidate TO vinger_app USING (EXISTS (
        SELECT 1 FROM signals_signal s WHERE s.id = signals_signalcandidate.about_id
        AND s.desk_id = ANY ((SELECT app_organisations())::uuid[])
    )) WITH CHECK (EXISTS (
        SELECT 1 FROM signals_signal s WHERE s.id = signals_signalcandidate.about_id
        AND s.desk_id = ANY ((SELECT app_organisations())::uuid[])
    ));
CREATE POLICY jobs_all ON signals_signalcandidate TO vinger_jobs USING (true) WITH CHECK (true);

-- Who was told is the job's own book.
ALTER TABLE signals_desknotice ENABLE ROW LEVEL SECURITY;
CREATE POLICY jobs_all ON signals_desknotice TO vinger_jobs USING (true) WITH CHECK (true);

CALL guard_by_family('signals_reopening');
"""


class Migration(migrations.Migration):
    dependencies = [("signals", "0002_row_level_security")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
