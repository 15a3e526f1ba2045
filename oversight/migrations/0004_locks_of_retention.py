"""The terms of the law, the second lock on what is proposed, and the one way in which a file can disappear.

`destroy_family` runs as the owner and asks by itself whether two different persons approved: the application's role can
remove no row of a family, and the jobs' role none by its own word.
"""

from django.db import migrations

TERMS = """
INSERT INTO oversight_retentionterm (id, law, years, article, valid_from) VALUES
    (gen_random_uuid(), 'wmo', 15, 'Wmo 2015, artikel 5.3.4', '2015-01-01'),
    (gen_random_uuid(), 'jeugdwet', 20, 'Jeugdwet, artikel 7.3.8', '2015-01-01'),
    (gen_random_uuid(), 'veilig_thuis', 20, 'Wmo 2015, artikel 5.3.4', '2015-01-01');
"""

LOCKS = """
ALTER TABLE oversight_destruction ENABLE ROW LEVEL SECURITY;
CREATE POLICY app_organisation ON oversight_destruction TO vinger_app
    USING (organisation_id = ANY ((SELECT app_organisations())::uuid[]))
    WITH CHECK (organisation_id = ANY ((SELECT app_organisations())::uuid[]));
CREATE POLICY jobs_all ON oversight_destruction TO vinger_jobs USING (true) WITH CHECK (true);
ALTER TABLE oversight_destructionitem ENABLE ROW LEVEL SECURITY;
CREATE POLICY app_organisation ON oversight_destructionitem FOR SELECT TO vinger_app
    USING (organisation_id = ANY ((SELECT app_organisations())::uuid[]));
CREATE POLICY jobs_all ON oversight_destructionitem TO vinger_jobs USING (true) WITH CHECK (true);
REVOKE INSERT, UPDATE ON oversight_destructionitem FROM vinger_app;
-- What remains of a file is written once, by a job, and read by who oversees it as nothing but a number.
REVOKE ALL ON oversight_tombstone FROM vinger_app;
REVOKE UPDATE ON oversight_tombstone FROM vinger_jobs;
REVOKE INSERT, UPDATE ON oversight_retentionterm FROM vinger_app, vinger_jobs;
"""

DESTROY = """
-- Every row of a family, and the rows without a family of their own that point at one of them. Constraints wait until
-- the end; what was sent and may not be changed is removed all the same: that trigger is lifted for as long as it takes.
CREATE FUNCTION remove_family(gone uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE listed record; removed integer := 0; counted integer; kept_triggers regclass[];
BEGIN
    SET CONSTRAINTS ALL IMMEDIATE;
    SELECT coalesce(array_agg(DISTINCT t.tgrelid::regclass), '{}') INTO kept_triggers
    FROM pg_trigger t JOIN tables_of_families() f ON f = t.tgrelid::regclass
    WHERE NOT t.tgisinternal AND (t.tgtype & 8) <> 0 AND (t.tgtype & 2) <> 0;
    FOR listed IN SELECT unnest(kept_triggers) AS of_table LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', listed.of_table);
    END LOOP;
    SET CONSTRAINTS ALL DEFERRED;
    FOR listed IN
        SELECT con.conrelid::regclass AS child, con.confrelid::regclass AS parent, a.attname AS pointer
        FROM pg_constraint con JOIN tables_of_families() f ON f = con.confrelid::regclass
        JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = con.conkey[1]
        WHERE con.contype = 'f' AND cardinality(con.conkey) = 1
        AND con.conrelid::regclass NOT IN (SELECT * FROM tables_of_families())
        AND con.conrelid <> 'cases_family'::regclass
    LOOP
        EXECUTE format(
            'DELETE FROM %s WHERE %I IN (SELECT id FROM %s WHERE family_id = $1)',
            listed.child, listed.pointer, listed.parent) USING gone;
        GET DIAGNOSTICS counted = ROW_COUNT;
        removed := removed + counted;
    END LOOP;
    FOR listed IN SELECT t AS of_table FROM tables_of_families() t LOOP
        EXECUTE format('DELETE FROM %s WHERE family_id = $1', listed.of_table) USING gone;
        GET DIAGNOSTICS counted = ROW_COUNT;
        removed := removed + counted;
    END LOOP;
    DELETE FROM cases_family WHERE id = gone;
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    FOR listed IN SELECT unnest(kept_triggers) AS of_table LOOP
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', listed.of_table);
    END LOOP;
    RETURN removed + 1;
END $$;

CREATE FUNCTION destroy_family(item uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE gone uuid;
BEGIN
    SELECT i.family_key INTO gone FROM oversight_destructionitem i
    JOIN oversight_destruction d ON d.id = i.destruction_id
    WHERE i.id = item AND d.status = 'approved' AND i.destroyed_at IS NULL
    AND d.first_by_id IS NOT NULL AND d.second_by_id IS NOT NULL AND d.first_by_id <> d.second_by_id
    AND i.from_day <= app_now()::date
    AND NOT EXISTS (SELECT 1 FROM access_hold h WHERE h.family_id = i.family_key AND h.ended_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM cases_trajectory t WHERE t.family_id = i.family_key AND t.ends_on IS NULL);
    IF gone IS NULL THEN RAISE EXCEPTION 'this file may not be destroyed'; END IF;
    RETURN remove_family(gone);
END $$;

-- After an older backup was put back: only what was named by a tombstone outside the database.
CREATE FUNCTION destroy_again(gone uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM access_hold h WHERE h.family_id = gone AND h.ended_at IS NULL) THEN
        RAISE EXCEPTION 'this file is on hold';
    END IF;
    RETURN remove_family(gone);
END $$;

REVOKE ALL ON FUNCTION remove_family, destroy_family, destroy_again FROM PUBLIC;
GRANT EXECUTE ON FUNCTION destroy_family TO vinger_jobs;
"""
REVERSE = "DROP FUNCTION destroy_again; DROP FUNCTION destroy_family; DROP FUNCTION remove_family;"


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0003_retention"),
        ("access", "0007_lock_holds"),
        ("cases", "0006_move_between_families"),
    ]
    operations = [
        migrations.RunSQL(TERMS, "DELETE FROM oversight_retentionterm"),
        migrations.RunSQL(LOCKS, migrations.RunSQL.noop),
        migrations.RunSQL(DESTROY, REVERSE),
    ]
