from datetime import date

from django.db import migrations

SQL = """
CALL guard_by_family('signals_weighinganswer');
CALL guard_by_family('signals_meldcodedecision');
CALL guard_by_family('signals_signalperson');
CALL guard_by_family('signals_policecontact');
CALL guard_by_family('signals_monitoring');
CALL same_family('signals_weighinganswer', 'signal_id', 'signals_signal');
CALL same_family('signals_meldcodedecision', 'signal_id', 'signals_signal');
CALL same_family('signals_signalperson', 'signal_id', 'signals_signal');
CALL same_family('signals_signalperson', 'person_id', 'cases_person');
CALL same_family('signals_policecontact', 'signal_id', 'signals_signal');
REVOKE UPDATE ON signals_weighinganswer, signals_meldcodedecision, signals_policecontact, signals_monitoring
    FROM vinger_app, vinger_jobs;

-- What was sent to Veilig Thuis stays what was sent, for every role, the owner of the table too.
CREATE FUNCTION stays_as_it_was_sent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was sent to Veilig Thuis cannot be changed or removed';
END $$;
CREATE TRIGGER stays_as_it_was_sent BEFORE UPDATE OR DELETE ON signals_veiligthuisreport
    FOR EACH ROW EXECUTE FUNCTION stays_as_it_was_sent();

-- Veilig Thuis reads what was sent to it, and answers; it has no other door to the family.
CREATE POLICY app_received ON signals_veiligthuisreport FOR SELECT TO vinger_app
    USING (to_organisation_id = ANY ((SELECT app_organisations())::uuid[]));
CREATE POLICY app_received ON signals_veiligthuisanswer FOR SELECT TO vinger_app USING (EXISTS (
    SELECT 1 FROM signals_veiligthuisreport r WHERE r.id = signals_veiligthuisanswer.report_id
    AND r.to_organisation_id = ANY ((SELECT app_organisations())::uuid[])));
CREATE POLICY app_answers ON signals_veiligthuisanswer FOR INSERT TO vinger_app WITH CHECK (EXISTS (
    SELECT 1 FROM signals_veiligthuisreport r WHERE r.id = signals_veiligthuisanswer.report_id
    AND r.family_id = signals_veiligthuisanswer.family_id
    AND r.to_organisation_id = ANY ((SELECT app_organisations())::uuid[])));
"""

TERMS = (
    (
        "assessment",
        "Veiligheidsbeoordeling",
        "Safety assessment",
        5,
        "working_days",
        "Handelingsprotocol Veilig Thuis (te bevestigen)",
    ),
    (
        "judgement",
        "Oordeel na onderzoek",
        "Judgement after an investigation",
        10,
        "weeks",
        "Uitvoeringsbesluit Wmo 2015, art. 4.1.7",
    ),
    (
        "informing",
        "Veilig Thuis vertelt de betrokkenen dat er een melding is",
        "Veilig Thuis tells those it is about that there is a report",
        4,
        "weeks",
        "Wmo 2015, art. 5.3.1",
    ),
)


def write_terms(apps, schema_editor):
    term = apps.get_model("signals", "VeiligThuisTerm")
    for slug, label_nl, label_en, amount, unit, source in TERMS:
        term.objects.get_or_create(
            slug=slug,
            valid_from=date(2019, 1, 1),
            defaults={
                "label_nl": label_nl,
                "label_en": label_en,
                "amount": amount,
                "unit": unit,
                "legal_source": source,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("signals", "0003_desk_row_level_security"), ("cases", "0002_row_level_security")]
    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunPython(write_terms, migrations.RunPython.noop),
    ]
