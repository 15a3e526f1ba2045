"""Raising as one statement, which the sweep runs as jobs and a page view may run too, without reading any family."""

from django.db import migrations

LOCKS = """
CALL guard_by_family('follow_ups_quarantine');
CALL same_family('follow_ups_quarantine', 'follow_up_id', 'follow_ups_followup');
"""

# Definer functions: a page view runs as the application, which sees its own families only, and must still be able to
# start a round for everybody. They take no text and give back a number, so they tell nobody anything.
# NO KEY UPDATE, so that a check-in that points at the same follow-up does not wait for a round, nor a round for it.
FUNCTIONS = """
CREATE FUNCTION raise_reminders(wanted_step integer, due_until date, moment timestamptz, at_most integer)
RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    WITH due AS (
        SELECT f.id, f.family_id FROM follow_ups_followup f
        WHERE f.state = 'open' AND f.due_on <= due_until
          AND NOT EXISTS (SELECT 1 FROM follow_ups_reminder r WHERE r.follow_up_id = f.id AND r.step = wanted_step)
          AND NOT EXISTS (SELECT 1 FROM follow_ups_quarantine q
                          WHERE q.follow_up_id = f.id AND q.step = wanted_step AND q.released_at IS NULL)
        ORDER BY f.due_on, f.id LIMIT at_most
        FOR NO KEY UPDATE OF f SKIP LOCKED
    ), raised AS (
        INSERT INTO follow_ups_reminder (id, family_id, follow_up_id, step, raised_at)
        SELECT gen_random_uuid(), family_id, id, wanted_step, moment FROM due
        ON CONFLICT (follow_up_id, step) DO NOTHING RETURNING id, family_id
    ), queued AS (
        INSERT INTO follow_ups_outbox (id, family_id, reminder_id, made_at, attempts)
        SELECT gen_random_uuid(), family_id, id, moment, 0 FROM raised
    )
    SELECT count(*)::integer FROM raised
$$;

CREATE FUNCTION raise_these_reminders(wanted_step integer, follow_ups uuid[], moment timestamptz)
RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    WITH due AS (
        SELECT f.id, f.family_id FROM follow_ups_followup f
        WHERE f.id = ANY (follow_ups) AND f.state = 'open'
        FOR NO KEY UPDATE OF f SKIP LOCKED
    ), raised AS (
        INSERT INTO follow_ups_reminder (id, family_id, follow_up_id, step, raised_at)
        SELECT gen_random_uuid(), family_id, id, wanted_step, moment FROM due
        ON CONFLICT (follow_up_id, step) DO NOTHING RETURNING id, family_id
    ), queued AS (
        INSERT INTO follow_ups_outbox (id, family_id, reminder_id, made_at, attempts)
        SELECT gen_random_uuid(), family_id, id, moment, 0 FROM raised
    )
    SELECT count(*)::integer FROM raised
$$;

CREATE FUNCTION unraised_reminders(wanted_step integer, due_until date, at_most integer)
RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT f.id FROM follow_ups_followup f
    WHERE f.state = 'open' AND f.due_on <= due_until
      AND NOT EXISTS (SELECT 1 FROM follow_ups_reminder r WHERE r.follow_up_id = f.id AND r.step = wanted_step)
      AND NOT EXISTS (SELECT 1 FROM follow_ups_quarantine q
                      WHERE q.follow_up_id = f.id AND q.step = wanted_step AND q.released_at IS NULL)
    ORDER BY f.due_on, f.id LIMIT at_most
$$;

CREATE FUNCTION quarantine_reminder(wanted_step integer, follow_up uuid, moment timestamptz)
RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    INSERT INTO follow_ups_quarantine (id, family_id, follow_up_id, step, since)
    SELECT gen_random_uuid(), f.family_id, f.id, wanted_step, moment FROM follow_ups_followup f WHERE f.id = follow_up
    ON CONFLICT (follow_up_id, step) DO UPDATE SET since = excluded.since, released_at = NULL
    WHERE follow_ups_quarantine.released_at IS NOT NULL;
    SELECT 1
$$;

CREATE FUNCTION what_the_sweep_sees(due_until date, OUT due_seen integer, OUT unraised integer, OUT quarantined integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT (SELECT count(*) FROM follow_ups_followup WHERE state = 'open' AND due_on <= due_until)::integer,
           (SELECT count(*) FROM follow_ups_followup f WHERE state = 'open' AND due_on <= due_until
            AND NOT EXISTS (SELECT 1 FROM follow_ups_reminder r WHERE r.follow_up_id = f.id AND r.step = 0)
            AND NOT EXISTS (SELECT 1 FROM follow_ups_quarantine q
                            WHERE q.follow_up_id = f.id AND q.step = 0 AND q.released_at IS NULL))::integer,
           (SELECT count(*) FROM follow_ups_quarantine WHERE released_at IS NULL)::integer
$$;

REVOKE EXECUTE ON FUNCTION raise_reminders(integer, date, timestamptz, integer),
    raise_these_reminders(integer, uuid[], timestamptz), unraised_reminders(integer, date, integer),
    quarantine_reminder(integer, uuid, timestamptz), what_the_sweep_sees(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION raise_reminders(integer, date, timestamptz, integer),
    raise_these_reminders(integer, uuid[], timestamptz), unraised_reminders(integer, date, integer),
    quarantine_reminder(integer, uuid, timestamptz), what_the_sweep_sees(date) TO vinger_app, vinger_jobs;
"""
REVERSE = """
DROP FUNCTION raise_reminders; DROP FUNCTION raise_these_reminders; DROP FUNCTION unraised_reminders;
DROP FUNCTION quarantine_reminder; DROP FUNCTION what_the_sweep_sees;
"""


class Migration(migrations.Migration):
    dependencies = [("follow_ups", "0002_guards")]
    operations = [
        migrations.RunSQL(LOCKS, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIONS, REVERSE),
    ]
