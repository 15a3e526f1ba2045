from django.db import migrations

SQL = """
-- A signal has no family until it is routed, so it has two doors: the organisation that reported it may see its own
-- row, and those who may reach the family may see and judge it. Nobody writes in another organisation's name.
ALTER TABLE signals_signal ENABLE ROW LEVEL SECURITY;
CREATE POLICY app_read ON signals_signal FOR SELECT TO vinger_app USING (
    organisation_id = ANY ((SELECT app_organisations())::uuid[])
    OR EXISTS (
        SELECT 1 FROM access_involvement v WHERE v.family_id = signals_signal.family_id
        AND v.organisation_id = ANY ((SELECT app_organisations())::uuid[])
        AND v.closed_at IS NULL AND v.starts_at <= (SELECT app_now())
        AND (v.ends_at IS NULL OR v.ends_at > (SELECT app_now()))
    ));
CREATE POLICY app_report ON signals_signal FOR INSERT TO vinger_app WITH CHECK (
    organisation_id = ANY ((SELECT app_organisations())::uuid[]) AND (family_id IS NULL OR family_in_reach(family_id)));
CREATE POLICY app_judge ON signals_signal FOR UPDATE TO vinger_app
    USING (family_id IS NOT NULL AND family_in_reach(family_id)) WITH CHECK (family_in_reach(family_id));
CREATE POLICY jobs_all ON signals_signal TO vinger_jobs USING (true) WITH CHECK (true);
CALL same_family('signals_signal', 'child_id', 'cases_person');

CALL guard_by_family('signals_meldcodestep');
CALL guard_by_family('signals_advicelink');
CALL guard_by_family('signals_veiligthuisreport');
CALL guard_by_family('signals_veiligthuisanswer');
CALL same_family('signals_meldcodestep', 'signal_id', 'signals_signal');
CALL same_family('signals_advicelink', 'signal_id', 'signals_signal');
CALL same_family('signals_veiligthuisreport', 'signal_id', 'signals_signal');
CALL same_family('signals_veiligthuisanswer', 'report_id', 'signals_veiligthuisreport');

-- Advice is between two organisations. Whoever works with the family later reads it by the link, which has its own guard.
ALTER TABLE signals_advicerequest ENABLE ROW LEVEL SECURITY;
CREATE POLICY app_read ON signals_advicerequest FOR SELECT TO vinger_app USING (
    from_organisation_id = ANY ((SELECT app_organisations())::uuid[])
    OR to_organisation_id = ANY ((SELECT app_organisations())::uuid[])
    OR EXISTS (SELECT 1 FROM signals_advicelink l WHERE l.advice_request_id = signals_advicerequest.id));
CREATE POLICY app_ask ON signals_advicerequest FOR INSERT TO vinger_app
    WITH CHECK (from_organisation_id = ANY ((SELECT app_organisations())::uuid[]) AND answer = '');
CREATE POLICY app_answer ON signals_advicerequest FOR UPDATE TO vinger_app
    USING (to_organisation_id = ANY ((SELECT app_organisations())::uuid[]));
CREATE POLICY jobs_all ON signals_advicerequest TO vinger_jobs USING (true) WITH CHECK (true);

-- What was sent stays what was sent.
REVOKE UPDATE ON signals_veiligthuisreport, signals_veiligthuisanswer, signals_meldcodestep
    FROM vinger_app, vinger_jobs;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("signals", "0001_initial"),
        ("access", "0003_row_level_security"),
        ("cases", "0002_row_level_security"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
