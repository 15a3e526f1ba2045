"""The second lock on the tables about consents and papers, and what no form may forget about a consent."""

from django.db import migrations

SQL = """
CALL guard_by_family('cases_consent');
CALL guard_by_family('cases_issuedpaper');
CALL guard_by_family('cases_notshared');
CALL same_family('cases_consent', 'ground_id', 'cases_ground');
CALL same_family('cases_consent', 'given_by_id', 'cases_person');
CALL same_family('cases_consent', 'about_id', 'cases_person');

ALTER TABLE cases_consent ADD CONSTRAINT consent_holds_a_year_at_most
    CHECK (ends_on <= given_on + interval '1 year' + interval '1 day');

-- Consent without anybody who gave it is none. Looked at when the transaction ends: the ground is written first.
CREATE FUNCTION consent_is_given_by_somebody() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF NEW.kind = 'consent' AND NOT EXISTS (SELECT 1 FROM cases_consent WHERE ground_id = NEW.id) THEN
        RAISE EXCEPTION 'a ground of consent without a consent' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ground_consent_is_given_by_somebody AFTER INSERT OR UPDATE ON cases_ground
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION consent_is_given_by_somebody();
"""
REVERSE = """
DROP TRIGGER ground_consent_is_given_by_somebody ON cases_ground;
DROP FUNCTION consent_is_given_by_somebody;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_move_between_families")]
    operations = [migrations.RunSQL(SQL, REVERSE)]
