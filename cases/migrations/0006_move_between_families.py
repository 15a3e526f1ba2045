"""Moving everything that hangs from one family to another, table by table, as the catalogue lists them.

As the owner: it moves class A without reading it. Each function keeps to two families that the asker's organisations
are both involved with, or that a merge which is not undone has put together.
"""

from django.db import migrations

SQL = """
CALL guard_by_family('cases_merge');

CREATE FUNCTION tables_of_families() RETURNS SETOF regclass
LANGUAGE sql STABLE SET search_path = public AS $$
    SELECT con.conrelid::regclass FROM pg_constraint con
    JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = con.conkey[1] AND a.attname = 'family_id'
    WHERE con.contype = 'f' AND cardinality(con.conkey) = 1 AND con.confrelid = 'cases_family'::regclass
    -- Doors first: what follows copies the next due day onto them.
    ORDER BY con.conrelid::regclass::text LIKE 'access_%' DESC, con.conrelid::regclass::text
$$;

CREATE FUNCTION may_be_merged(one uuid, other uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT (family_in_reach(one) AND family_in_reach(other)) OR (family_in_reach(one) AND EXISTS (
        SELECT 1 FROM cases_merge m WHERE m.family_id = one AND m.merged_id = other AND m.undone_at IS NULL
    ))
$$;

CREATE FUNCTION rows_of_family(of_family uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE listed regclass; keys jsonb; found jsonb := '{}';
BEGIN
    IF NOT family_in_reach(of_family) THEN RETURN found; END IF;
    FOR listed IN SELECT * FROM tables_of_families() LOOP
        EXECUTE format('SELECT jsonb_agg(id::text) FROM %s WHERE family_id = $1', listed) INTO keys USING of_family;
        IF keys IS NOT NULL THEN found := found || jsonb_build_object(listed::text, keys); END IF;
    END LOOP;
    RETURN found;
END $$;

-- A unique index with the family in it can be broken by moving; all other ones cannot.
CREATE FUNCTION family_conflicts(one uuid, other uuid) RETURNS TABLE(in_table text, rule text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE listed record; wanted text; is_broken boolean;
BEGIN
    IF NOT may_be_merged(one, other) THEN RETURN; END IF;
    FOR listed IN
        SELECT i.indrelid::regclass AS of_table, i.indexrelid::regclass AS of_index,
            coalesce(pg_get_expr(i.indpred, i.indrelid), 'true') AS holds,
            (SELECT string_agg(quote_ident(a.attname), ', ') FROM pg_attribute a
             WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) AND a.attname <> 'family_id') AS columns
        FROM pg_index i JOIN tables_of_families() t ON t = i.indrelid
        JOIN pg_attribute f ON f.attrelid = i.indrelid AND f.attname = 'family_id' AND f.attnum = ANY (i.indkey)
        WHERE i.indisunique
    LOOP
        wanted := coalesce(listed.columns, '1');
        CONTINUE WHEN wanted = 'id';
        EXECUTE format(
            'SELECT EXISTS (SELECT %1$s FROM %2$s WHERE family_id = $1 AND (%3$s)'
            ' INTERSECT SELECT %1$s FROM %2$s WHERE family_id = $2 AND (%3$s))',
            wanted, listed.of_table, listed.holds) INTO is_broken USING one, other;
        IF is_broken THEN
            in_table := listed.of_table::text; rule := listed.of_index::text; RETURN NEXT;
        END IF;
    END LOOP;
END $$;

CREATE FUNCTION move_family_rows(source uuid, target uuid, listed jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE known regclass; touched uuid;
BEGIN
    IF NOT may_be_merged(source, target) THEN
        RAISE EXCEPTION 'these families are out of reach' USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR known IN SELECT * FROM tables_of_families() LOOP
        CONTINUE WHEN NOT listed ? known::text;
        EXECUTE format('UPDATE %s SET family_id = $1 WHERE family_id = $2 AND id::text = ANY ($3)', known)
            USING target, source, ARRAY(SELECT jsonb_array_elements_text(listed -> known::text));
    END LOOP;
    -- Both files get their next due day copied anew.
    FOREACH touched IN ARRAY ARRAY[source, target] LOOP
        UPDATE access_involvement SET next_due_on = next_due_of(touched) WHERE family_id = touched AND closed_at IS NULL;
        UPDATE access_assignment SET next_due_on = next_due_of(touched) WHERE family_id = touched AND closed_at IS NULL;
    END LOOP;
END $$;

REVOKE ALL ON FUNCTION rows_of_family, family_conflicts, move_family_rows FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rows_of_family, family_conflicts, move_family_rows TO vinger_app;
"""
REVERSE = """
DROP FUNCTION move_family_rows; DROP FUNCTION family_conflicts; DROP FUNCTION rows_of_family;
DROP FUNCTION may_be_merged; DROP FUNCTION tables_of_families;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_lock_the_whole_file"), ("follow_ups", "0002_guards")]
    operations = [migrations.RunSQL(SQL, REVERSE)]
