"""How many families of others the asker read, with the ones she is about to read. As the owner: a request cannot read
the log. It answers about the asker alone, with two numbers.
"""

from django.db import migrations

SQL = """
CREATE FUNCTION reading_with(families uuid[]) RETURNS TABLE(this_hour bigint, this_day bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH own AS (
        SELECT a.family_id FROM access_assignment a WHERE a.user_id = app_user()
        AND a.kind IN ('worker', 'regisseur', 'supporter', 'stand_in')
        AND a.closed_at IS NULL AND a.starts_at <= app_now() AND (a.ends_at IS NULL OR a.ends_at > app_now())
    ), wanted AS (
        SELECT unnest(families) AS family EXCEPT SELECT family_id FROM own
    ), since AS (
        SELECT coalesce(max(e.occurred_at), '-infinity') AS resumed FROM audit_auditevent e
        WHERE e.actor_id = app_user() AND e.event = 'reading.resumed' AND e.occurred_at > app_now() - interval '1 day'
    ), read AS (
        SELECT e.family_id AS family, e.occurred_at FROM audit_auditevent e
        WHERE e.actor_id = app_user() AND e.occurred_at > app_now() - interval '1 day' AND e.result = 'done'
        AND e.family_id IS NOT NULL AND e.event ~ '(viewed|revealed)$'
        UNION ALL
        SELECT found::uuid, e.occurred_at FROM audit_auditevent e,
            jsonb_array_elements_text(e.details -> 'found') AS found
        WHERE e.actor_id = app_user() AND e.occurred_at > app_now() - interval '1 day'
        AND e.event = 'families.searched'
    ), counted AS (
        SELECT r.family, r.occurred_at FROM read r, since WHERE r.occurred_at > since.resumed
        AND r.family NOT IN (SELECT family_id FROM own)
        UNION ALL SELECT family, app_now() FROM wanted
    )
    SELECT CASE WHEN EXISTS (SELECT 1 FROM wanted) THEN
            count(DISTINCT family) FILTER (WHERE occurred_at > app_now() - interval '1 hour') ELSE 0 END,
        CASE WHEN EXISTS (SELECT 1 FROM wanted) THEN count(DISTINCT family) ELSE 0 END
    FROM counted
$$;
REVOKE ALL ON FUNCTION reading_with FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reading_with TO vinger_app;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0004_break_glass"), ("audit", "0001_initial")]
    operations = [migrations.RunSQL(SQL, "DROP FUNCTION reading_with")]
