"""The ground everything stands on: extensions, default rights, and the procedures with which a later migration puts a
table behind row-level security. They live in the database so that no migration depends on code that may change.
"""

from django.db import migrations

ROLES = """
DO $$
DECLARE missing text;
BEGIN
    SELECT string_agg(wanted, ', ') INTO missing
    FROM unnest(ARRAY['vinger_app', 'vinger_jobs', 'vinger_protected']) AS wanted
    WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = wanted);
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'Database roles are missing: %. Run: python -m ops.roles', missing;
    END IF;
END $$;

CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;

GRANT USAGE ON SCHEMA public TO vinger_app, vinger_jobs, vinger_protected;
-- No DELETE: what may disappear (a session, a draft) says so in a migration of its own.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE ON TABLES TO vinger_app, vinger_jobs;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO vinger_app, vinger_jobs;
"""

CONTEXT = """
CREATE FUNCTION app_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT nullif(current_setting('app.user_id', true), '')::uuid $$;
CREATE FUNCTION app_organisations() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT coalesce(nullif(current_setting('app.organisations', true), ''), '{}')::uuid[] $$;
CREATE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) $$;
"""

# A procedure per kind of lock. `guard_by_family` is the EXISTS form: the IN form was up to a hundred times slower. Its
# OFFSET 0 keeps the planner from reading all families of an organisation to look at fifty rows.
GUARDS = """
CREATE PROCEDURE guard_by_family(guarded regclass, family text DEFAULT 'family_id') LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format(
        'CREATE POLICY app_family ON %1$s TO vinger_app USING (EXISTS ('
        '  SELECT 1 FROM access_involvement v WHERE v.family_id = %1$s.%2$I'
        '  AND v.organisation_id = ANY ((SELECT app_organisations())::uuid[])'
        '  AND v.closed_at IS NULL AND v.starts_at <= (SELECT app_now())'
        '  AND (v.ends_at IS NULL OR v.ends_at > (SELECT app_now()))'
        ' OFFSET 0)) WITH CHECK (family_in_reach(%2$I))', guarded, family);
    EXECUTE format('CREATE POLICY jobs_all ON %s TO vinger_jobs USING (true) WITH CHECK (true)', guarded);
END $$;

-- A row of `child` may only point at a row of `parent` of the same family.
CREATE PROCEDURE same_family(child regclass, pointer text, parent regclass) LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = parent AND conname = parent::text || '_of_family') THEN
        EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I UNIQUE (family_id, id)', parent, parent::text || '_of_family');
    END IF;
    EXECUTE format(
        'ALTER TABLE %s ADD CONSTRAINT %I FOREIGN KEY (family_id, %I) REFERENCES %s (family_id, id)'
        ' DEFERRABLE INITIALLY DEFERRED',
        child, child::text || '_' || pointer || '_same_family', pointer, parent);
END $$;
"""

REVERSE = """
DROP PROCEDURE same_family; DROP PROCEDURE guard_by_family;
DROP FUNCTION app_now; DROP FUNCTION app_organisations; DROP FUNCTION app_user;
"""


class Migration(migrations.Migration):
    dependencies = []
    # Before any table exists, so that every table is made under these default rights.
    run_before = [
        ("contenttypes", "0001_initial"),
        ("sessions", "0001_initial"),
        ("organisations", "0001_initial"),
        ("audit", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(ROLES, migrations.RunSQL.noop),
        migrations.RunSQL(CONTEXT, migrations.RunSQL.noop),
        migrations.RunSQL(GUARDS, REVERSE),
    ]
