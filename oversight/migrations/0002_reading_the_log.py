"""The second lock on what comes of reading the log, and the only three ways in which a request can read the log itself.

The functions run as the owner, because the application's role has no right on the log, and ask by themselves who it is
that asks: her role at the organisation, and that she is barred from nothing of it.
"""

from django.db import migrations

LOCKS = """
CALL guard_by_family('oversight_judgement');
CALL guard_by_family('oversight_decoy');
CALL same_family('oversight_judgement', 'glass_id', 'access_breakglass');

-- An alert hangs from an organisation; it may be about a family that this organisation does not know.
ALTER TABLE oversight_alert ENABLE ROW LEVEL SECURITY;
CREATE POLICY app_organisation ON oversight_alert TO vinger_app
    USING (organisation_id = ANY ((SELECT app_organisations())::uuid[]))
    WITH CHECK (organisation_id = ANY ((SELECT app_organisations())::uuid[]));
CREATE POLICY jobs_all ON oversight_alert TO vinger_jobs USING (true) WITH CHECK (true);
"""

READING = """
CREATE FUNCTION is_privacy_officer_of(of_organisation uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT of_organisation = ANY (app_organisations()) AND EXISTS (
        SELECT 1 FROM accounts_membership m JOIN accounts_user u ON u.id = m.user_id AND u.is_active
        WHERE m.user_id = app_user() AND m.organisation_id = of_organisation AND m.role = 'privacy_officer'
        AND m.starts_on <= app_now()::date AND (m.ends_on IS NULL OR m.ends_on > app_now()::date)
    )
$$;

CREATE FUNCTION is_barred_from(of_family uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT EXISTS (
        SELECT 1 FROM access_assignment a WHERE a.family_id = of_family AND a.user_id = app_user()
        AND a.kind = 'barred' AND a.closed_at IS NULL AND a.starts_at <= app_now()
        AND (a.ends_at IS NULL OR a.ends_at > app_now())
    )
$$;

-- What one's own people did, by name. Of a family that the organisation never worked with: nothing.
CREATE FUNCTION own_log(of_organisation uuid, since timestamptz, until timestamptz, by_whom uuid, on_family uuid)
RETURNS TABLE(id uuid, occurred_at timestamptz, event text, result text, actor_id uuid, family_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT e.id, e.occurred_at, e.event::text, e.result::text, e.actor_id, e.family_id FROM audit_auditevent e
    WHERE is_privacy_officer_of(of_organisation) AND e.occurred_at >= since AND e.occurred_at < until
    AND (by_whom IS NULL OR e.actor_id = by_whom) AND (on_family IS NULL OR e.family_id = on_family)
    AND EXISTS (
        SELECT 1 FROM accounts_membership m WHERE m.user_id = e.actor_id AND m.organisation_id = of_organisation
        AND m.starts_on <= e.occurred_at::date AND (m.ends_on IS NULL OR m.ends_on > e.occurred_at::date)
    )
    AND (e.organisation_id IS NULL OR e.organisation_id = of_organisation)
    AND (e.family_id IS NULL OR (NOT is_barred_from(e.family_id) AND EXISTS (
        SELECT 1 FROM access_involvement v WHERE v.family_id = e.family_id AND v.organisation_id = of_organisation
    )))
$$;

-- What others did with the families that one works with now: what kind of organisation, no name, no place.
CREATE FUNCTION outward_log(of_organisation uuid, since timestamptz, until timestamptz, on_family uuid)
RETURNS TABLE(id uuid, occurred_at timestamptz, event text, result text, kind text, family_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT e.id, e.occurred_at, e.event::text, e.result::text, coalesce((
        SELECT min(k.slug) FROM accounts_membership m JOIN organisations_organisation o ON o.id = m.organisation_id
        JOIN organisations_organisationkind k ON k.id = o.kind_id WHERE m.user_id = e.actor_id
        AND m.starts_on <= e.occurred_at::date AND (m.ends_on IS NULL OR m.ends_on > e.occurred_at::date)
    ), '')::text, e.family_id
    FROM audit_auditevent e
    WHERE is_privacy_officer_of(of_organisation) AND e.occurred_at >= since AND e.occurred_at < until
    AND (on_family IS NULL OR e.family_id = on_family) AND e.actor_id IS NOT NULL
    AND NOT is_barred_from(e.family_id)
    AND EXISTS (
        SELECT 1 FROM access_involvement v WHERE v.family_id = e.family_id AND v.organisation_id = of_organisation
        AND v.relation IN ('working', 'regisseur') AND v.closed_at IS NULL AND v.starts_at <= app_now()
        AND (v.ends_at IS NULL OR v.ends_at > app_now())
    )
    AND NOT EXISTS (
        SELECT 1 FROM accounts_membership m WHERE m.user_id = e.actor_id AND m.organisation_id = of_organisation
        AND m.starts_on <= e.occurred_at::date AND (m.ends_on IS NULL OR m.ends_on > e.occurred_at::date)
    )
$$;

-- Who looked into one file, to go through with the client. By name: one's own people, and the readers that a share names.
CREATE FUNCTION readers_of(of_family uuid)
RETURNS TABLE(actor_id uuid, kind text, times bigint, days bigint, first_at timestamptz, last_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH read AS (
        SELECT e.actor_id AS who, e.occurred_at, (
            SELECT min(k.slug) FROM accounts_membership m JOIN organisations_organisation o ON o.id = m.organisation_id
            JOIN organisations_organisationkind k ON k.id = o.kind_id WHERE m.user_id = e.actor_id
        ) AS kind, (EXISTS (
            SELECT 1 FROM accounts_membership m WHERE m.user_id = e.actor_id
            AND m.organisation_id = ANY (app_organisations())
        ) OR EXISTS (
            SELECT 1 FROM cases_share s WHERE s.family_id = of_family AND s.reader_id = e.actor_id
            AND s.opened_at IS NOT NULL
        )) AS named
        FROM audit_auditevent e WHERE e.family_id = of_family AND e.actor_id IS NOT NULL AND e.result = 'done'
        AND e.event ~ '(viewed|revealed)$' AND e.event NOT IN ('log.viewed', 'readers.viewed', 'disclosures.viewed')
        AND family_in_reach(of_family) AND NOT is_barred_from(of_family)
    )
    SELECT CASE WHEN named THEN who END, coalesce(kind, '')::text, count(*),
        count(DISTINCT (occurred_at AT TIME ZONE 'Europe/Amsterdam')::date), min(occurred_at), max(occurred_at)
    FROM read GROUP BY CASE WHEN named THEN who END, coalesce(kind, '')
$$;

-- The same rows as `own_log`, with all that a seal is made of, for who has to prove what the log says.
CREATE FUNCTION proof_of(of_organisation uuid, since timestamptz, until timestamptz, most int)
RETURNS TABLE("position" bigint, previous text, digest text, sealed_at timestamptz, facts jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT s."position", coalesce(b.digest, repeat('0', 64)), s.digest::text, s.sealed_at, to_jsonb(e)
    FROM own_log(of_organisation, since, until, NULL, NULL) o
    JOIN audit_auditevent e ON e.id = o.id JOIN audit_seal s ON s.event_id = e.id
    LEFT JOIN audit_seal b ON b."position" = s."position" - 1
    ORDER BY s."position" LIMIT most
$$;

REVOKE ALL ON FUNCTION is_privacy_officer_of, is_barred_from, own_log, outward_log, readers_of, proof_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION own_log, outward_log, readers_of, proof_of TO vinger_app;
"""
REVERSE = """
DROP FUNCTION proof_of; DROP FUNCTION readers_of; DROP FUNCTION outward_log; DROP FUNCTION own_log;
DROP FUNCTION is_barred_from; DROP FUNCTION is_privacy_officer_of;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0001_initial"),
        ("audit", "0003_seal_append_only"),
        ("access", "0004_break_glass"),
        ("cases", "0002_row_level_security"),
    ]
    operations = [
        migrations.RunSQL(LOCKS, migrations.RunSQL.noop),
        migrations.RunSQL(READING, REVERSE),
    ]
