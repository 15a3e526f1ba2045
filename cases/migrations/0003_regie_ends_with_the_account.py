"""When an account is shut, whatever shut it, the regie of its holder ends in that second and does not come back by itself."""

from django.db import migrations

SQL = """
-- As the owner: whoever ends an account sees none of the families it is about. The period first, then the assignment:
-- the order in which a handover does it, so that the two cannot wait for each other.
CREATE FUNCTION regie_ends_with_the_account() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    UPDATE cases_regisseurperiod SET ends_at = greatest(app_now(), starts_at)
    WHERE user_id = NEW.id AND ends_at IS NULL;
    UPDATE access_assignment SET closed_at = greatest(app_now(), starts_at)
    WHERE user_id = NEW.id AND kind = 'regisseur' AND closed_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER regie_ends_with_the_account AFTER UPDATE OF is_active ON accounts_user
    FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION regie_ends_with_the_account();
"""

REVERSE = """
DROP TRIGGER regie_ends_with_the_account ON accounts_user;
DROP FUNCTION regie_ends_with_the_account;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_row_level_security"), ("accounts", "0001_initial")]
    operations = [migrations.RunSQL(SQL, REVERSE)]
