from django.db import migrations

SQL = """
-- The working days that hold for the reporter's municipality on the day of the report go along with the signal.
CREATE FUNCTION signal_takes_its_terms() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    place uuid := (SELECT o.municipality_id FROM organisations_organisation o WHERE o.id = NEW.organisation_id);
    that_day date := (NEW.reported_at AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
    NEW.mild_days := coalesce(norm_days('signal_mild', place, that_day), NEW.mild_days);
    NEW.serious_days := coalesce(norm_days('signal_serious', place, that_day), NEW.serious_days);
    RETURN NEW;
END $$;
CREATE TRIGGER signal_takes_its_terms BEFORE INSERT ON signals_signal
    FOR EACH ROW EXECUTE FUNCTION signal_takes_its_terms();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("signals", "0008_terms_of_a_signal"),
        ("organisations", "0006_norms_for_signals_and_reading"),
    ]
    operations = [
        migrations.RunSQL(
            SQL, "DROP TRIGGER signal_takes_its_terms ON signals_signal; DROP FUNCTION signal_takes_its_terms"
        )
    ]
