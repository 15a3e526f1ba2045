from django.db import migrations

SQL = """
CALL guard_by_family('signals_addressrequest');
CALL same_family('signals_addressrequest', 'report_id', 'signals_veiligthuisreport');
CALL same_family('signals_addressrequest', 'place_id', 'cases_protectedplace');

-- Veilig Thuis asks and reads the answer; it has no other door to the family, and none to answer itself.
CREATE POLICY app_received ON signals_addressrequest FOR SELECT TO vinger_app USING (EXISTS (
    SELECT 1 FROM signals_veiligthuisreport r WHERE r.id = signals_addressrequest.report_id
    AND r.to_organisation_id = ANY ((SELECT app_organisations())::uuid[])));
CREATE POLICY app_asks ON signals_addressrequest FOR INSERT TO vinger_app WITH CHECK (status = 'waiting' AND EXISTS (
    SELECT 1 FROM signals_veiligthuisreport r WHERE r.id = signals_addressrequest.report_id
    AND r.family_id = signals_addressrequest.family_id
    AND r.to_organisation_id = ANY ((SELECT app_organisations())::uuid[])));
"""


class Migration(migrations.Migration):
    dependencies = [("signals", "0006_address_requests"), ("cases", "0004_protected_places")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
