from django.db import migrations

LOCKS = """
CALL guard_by_family('follow_ups_followup');
CALL guard_by_family('follow_ups_reminder');
CALL guard_by_family('follow_ups_outbox');
CALL same_family('follow_ups_reminder', 'follow_up_id', 'follow_ups_followup');
CALL same_family('follow_ups_outbox', 'reminder_id', 'follow_ups_reminder');
"""

# Lists page in one index on who may see a family and on what is owed to it first. The copy of that day is kept by the
# database, in the same transaction, so that no code path can forget it.
NEXT_DUE = """
CREATE FUNCTION next_due_of(family uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT coalesce(min(due_on), '9999-12-31') FROM follow_ups_followup WHERE family_id = family AND state = 'open'
$$;

CREATE FUNCTION copy_next_due() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    WITH due AS MATERIALIZED (
        SELECT family_id, next_due_of(family_id) AS day FROM (SELECT DISTINCT family_id FROM changed) t
    ), assigned AS (
        UPDATE access_assignment a SET next_due_on = due.day
        FROM due WHERE a.family_id = due.family_id AND a.closed_at IS NULL AND a.next_due_on <> due.day
    )
    UPDATE access_involvement i SET next_due_on = due.day
    FROM due WHERE i.family_id = due.family_id AND i.closed_at IS NULL AND i.next_due_on <> due.day;
    RETURN NULL;
END $$;
CREATE TRIGGER copy_next_due_of_new AFTER INSERT ON follow_ups_followup
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION copy_next_due();
CREATE TRIGGER copy_next_due_of_changed AFTER UPDATE ON follow_ups_followup
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION copy_next_due();

CREATE FUNCTION start_with_next_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.next_due_on := next_due_of(NEW.family_id);
    RETURN NEW;
END $$;
CREATE TRIGGER start_with_next_due BEFORE INSERT ON access_assignment
    FOR EACH ROW EXECUTE FUNCTION start_with_next_due();
CREATE TRIGGER start_with_next_due BEFORE INSERT ON access_involvement
    FOR EACH ROW EXECUTE FUNCTION start_with_next_due();
"""


class Migration(migrations.Migration):
    dependencies = [("follow_ups", "0001_initial"), ("access", "0003_row_level_security")]
    operations = [
        migrations.RunSQL(LOCKS, migrations.RunSQL.noop),
        migrations.RunSQL(NEXT_DUE, migrations.RunSQL.noop),
    ]
