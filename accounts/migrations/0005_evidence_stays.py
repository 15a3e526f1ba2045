"""A finished review of access is evidence: neither it nor its lines change any more, whoever writes. And the job that
closes unused accounts may end their sessions.
"""

from django.db import migrations

SQL = """
GRANT DELETE ON usersessions_usersession TO vinger_jobs;

CREATE FUNCTION evidence_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'accounts_accessreview' THEN
        IF OLD.finished_at IS NOT NULL THEN
            RAISE EXCEPTION 'a finished review of access cannot be changed';
        END IF;
    ELSIF EXISTS (SELECT 1 FROM accounts_accessreview WHERE id = OLD.review_id AND finished_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a line of a finished review of access cannot be changed';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evidence_stays BEFORE UPDATE OR DELETE ON accounts_accessreview
    FOR EACH ROW EXECUTE FUNCTION evidence_stays();
CREATE TRIGGER evidence_stays BEFORE UPDATE OR DELETE ON accounts_reviewedmembership
    FOR EACH ROW EXECUTE FUNCTION evidence_stays();
"""
REVERSE = """
DROP TRIGGER evidence_stays ON accounts_reviewedmembership; DROP TRIGGER evidence_stays ON accounts_accessreview;
DROP FUNCTION evidence_stays;
REVOKE DELETE ON usersessions_usersession FROM vinger_jobs;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_ways_in_and_reviews")]
    operations = [migrations.RunSQL(SQL, REVERSE)]
