"""What was written in a file stays as it was written while a calamity is investigated (B27).

The database holds it, so that no form, operation or job can forget. In a frozen file a row may be added, an empty place
may be filled (a box that was not ticked is one), and words may be added after words. Nothing else that stands there may
become something else, and nobody may remove a row of any file as it is. What has to move on so that nobody is less safe
stands below, per table: a state, a day, who does it. Never words; the log keeps each of those changes.

Left out: who may come in and what is owed (`access_*`, `follow_ups_*`). Those are no part of what was written, and
reminders must never stop.
"""

from django.db import migrations

RULE = """
CREATE FUNCTION is_frozen(file uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM access_hold h WHERE h.family_id = file AND h.kind = 'calamity' AND h.ended_at IS NULL)
$$;

CREATE FUNCTION stays_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE file uuid; changed text;
BEGIN
    IF TG_TABLE_NAME = 'cases_family' THEN file := OLD.id; ELSE file := OLD.family_id; END IF;
    IF NOT is_frozen(file) THEN RETURN NEW; END IF;
    SELECT string_agg(was.key, ', ' ORDER BY was.key) INTO changed FROM jsonb_each(to_jsonb(OLD)) was
    WHERE to_jsonb(NEW) -> was.key IS DISTINCT FROM was.value
    AND was.value NOT IN ('null', '""', '[]', '{}', 'false')
    -- Added after what is there; nothing at all in its place is not.
    AND NOT starts_with(
        regexp_replace(coalesce(to_jsonb(NEW) ->> was.key, ''), '[[:space:]]', ' ', 'g'),
        regexp_replace(was.value #>> '{}', '[[:space:]]', ' ', 'g') || ' '
    )
    AND was.key <> ALL (coalesce(TG_ARGV, '{}'))
    -- What the database itself makes of the others is not known yet.
    AND NOT EXISTS (
        SELECT 1 FROM pg_attribute a WHERE a.attrelid = TG_RELID AND a.attname = was.key AND a.attgenerated <> ''
    );
    IF changed IS NOT NULL THEN
        -- core.database.FROZEN is this number.
        RAISE EXCEPTION 'frozen: % of %', changed, TG_TABLE_NAME USING ERRCODE = 'VP027';
    END IF;
    RETURN NEW;
END $$;

-- Calling it again for a table replaces what may move on there.
CREATE PROCEDURE stays_as_written(guarded regclass, VARIADIC but_for text[] DEFAULT '{}') LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('DROP TRIGGER IF EXISTS stays_as_written ON %s', guarded);
    EXECUTE format(
        'CREATE TRIGGER stays_as_written BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION stays_as_written(%s)',
        guarded, (SELECT coalesce(string_agg(quote_literal(name), ', '), '') FROM unnest(but_for) AS name));
END $$;

DO $$
DECLARE listed regclass;
BEGIN
    FOR listed IN SELECT * FROM tables_of_families() UNION SELECT 'cases_family'::regclass LOOP
        CONTINUE WHEN listed::text ~ '^(access|follow_ups)_';
        CALL stays_as_written(listed);
    END LOOP;
END $$;
"""

MOVES_ON = {
    "cases_family": ["compared_at"],
    # A departure that moves is planned anew: the decisions keep every earlier day and destination.
    "cases_trajectory": ["departs_on", "destination", "municipality_id", "involvement_ends_on", "ends_on"],
    # Whether a ban still holds, and who decides about a child, is what others act on today.
    "cases_protectivemeasure": ["ends_on"],
    "cases_parentalauthority": ["source"],
    "cases_helpconsent": ["answer", "answered_on"],
    # That somebody who causes harm has found out where they are.
    "cases_perpetrator": ["knows_address", "recorded_by_id", "recorded_at"],
    "safety_plans_safetyplan": ["status"],
    "safety_plans_safetyplanitem": ["line"],
    "family_plans_familyplan": ["coordinator_id", "agreed_on"],
    "family_plans_practicalneed": ["settled", "changed_by_id", "changed_at"],
    "family_plans_bindingrequest": ["recorded_by_id"],
    "family_plans_stagnation": [
        "status", "escalated_on", "answer_by", "answered_by_id", "answered_at", "addressed_id", "happens_by",
    ],
    "family_plans_helpline": ["version"],
    "family_plans_incomeline": ["version"],
    "family_plans_housingline": ["version"],
    # Also away from this family, when it was another that it was about.
    "signals_signal": [
        "family_id", "status", "severity", "nobody_active", "adds_up", "routed_at", "unmatched_at", "desk_id", "desk_since",
        "returned_at", "returned_by_id", "returned_because",
    ],
    "signals_addressrequest": ["status"],
    "signals_reopening": ["status"],
    "handover_handover": ["status"],
    "handover_agendapoint": ["state"],
    "handover_departurecheck": ["state"],
    "handover_agreedmeasure": ["state"],
    "handover_watchrole": ["state", "answered_at"],
    "handover_supporterassignment": ["told_on", "confirmed_at"],
    "aftercare_outofsight": ["status"],
    "oversight_rightsrequest": ["status"],
}  # fmt: skip
REVERSE = """
DO $$
DECLARE listed regclass;
BEGIN
    FOR listed IN SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'stays_as_written' LOOP
        EXECUTE format('DROP TRIGGER stays_as_written ON %s', listed);
    END LOOP;
END $$;
DROP PROCEDURE stays_as_written; DROP FUNCTION stays_as_written; DROP FUNCTION is_frozen;
"""


def _called(table: str, columns: list[str]) -> str:
    names = ", ".join(f"'{name}'" for name in columns)
    return f"CALL stays_as_written('{table}', {names});"


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0007_decoys_stand_in_access"),
        ("access", "0009_decoys_stand_here"),
        ("aftercare", "0006_lock_year_answers"),
        ("cases", "0010_names_are_found_in_one_look"),
        ("collaboration", "0003_first_requirements"),
        ("family_plans", "0004_way_of_working"),
        ("follow_ups", "0003_raise_in_one_statement"),
        ("handover", "0010_every_day_that_was_planned"),
        ("safety_plans", "0003_row_level_security_of_what_came"),
        ("signals", "0009_terms_by_the_norm"),
    ]
    operations = [
        migrations.RunSQL(RULE, REVERSE),
        migrations.RunSQL("".join(_called(*one) for one in MOVES_ON.items()), migrations.RunSQL.noop),
    ]
