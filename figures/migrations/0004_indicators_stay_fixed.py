"""What a pilot is judged by was said beforehand (K5), and what was answered in a survey stays as it was."""

from django.db import migrations

SQL = """
CREATE FUNCTION pilot_indicators_stay_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Once fixed nothing is reworded, taken away or thought of: only another version may come to stand beside it.
    IF (TG_OP <> 'INSERT' OR NEW.version = 1) AND EXISTS (
        SELECT 1 FROM figures_pilot p WHERE p.id = CASE WHEN TG_OP = 'INSERT' THEN NEW.pilot_id ELSE OLD.pilot_id END
        AND (p.locked_at IS NOT NULL OR p.starts_on <= (app_now() AT TIME ZONE 'Europe/Amsterdam')::date)
    ) THEN
        RAISE EXCEPTION 'the indicators of this pilot are fixed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER pilot_indicators_stay_fixed BEFORE INSERT OR UPDATE OR DELETE ON figures_pilotindicator
    FOR EACH ROW EXECUTE FUNCTION pilot_indicators_stay_fixed();
REVOKE UPDATE, DELETE ON figures_survey FROM vinger_app;
"""
REVERSE = """
DROP TRIGGER pilot_indicators_stay_fixed ON figures_pilotindicator; DROP FUNCTION pilot_indicators_stay_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [("figures", "0003_pilot"), ("core", "0001_database_roles")]
    operations = [migrations.RunSQL(SQL, REVERSE)]
