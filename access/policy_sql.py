"""The questions of access.policy as PostgreSQL answers them fast (docs/adr/0009). Who may, is decided there."""

# Each window is asked as WindowQuerySet.live asks it.
ANYBODY_THERE = """
    SELECT v.family_id FROM unnest(%s::uuid[], %s::text[], %s::int[]) AS line (organisation_id, relation, level)
    JOIN access_involvement v
    ON v.organisation_id = line.organisation_id AND v.relation = line.relation AND v.level >= line.level
    WHERE v.closed_at IS NULL AND v.starts_at <= %s AND (v.ends_at IS NULL OR v.ends_at > %s)
"""
# Both doors: the person's own assignment, and the organisation's involvement.
ASSIGNED = """
    SELECT v.family_id
    FROM unnest(%s::uuid[], %s::text[], %s::int[], %s::text[]) AS line (organisation_id, relation, level, kind)
    JOIN access_assignment a ON a.organisation_id = line.organisation_id AND a.kind = line.kind
    JOIN access_involvement v ON v.family_id = a.family_id AND v.organisation_id = line.organisation_id
    AND v.relation = line.relation AND v.level >= line.level
    WHERE a.user_id = %s
    AND a.closed_at IS NULL AND a.starts_at <= %s AND (a.ends_at IS NULL OR a.ends_at > %s)
    AND v.closed_at IS NULL AND v.starts_at <= %s AND (v.ends_at IS NULL OR v.ends_at > %s)
"""
# A colleague in an emergency: the row that says why and until when, and guardian's personal grant beside it.
BROKEN = """
    SELECT v.family_id FROM unnest(%s::uuid[], %s::text[], %s::int[]) AS line (organisation_id, relation, level)
    JOIN access_breakglass b ON b.organisation_id = line.organisation_id
    JOIN access_familygrant g ON g.family_id = b.family_id AND g.user_id = b.user_id
    JOIN auth_permission p ON p.id = g.permission_id AND p.codename = 'broke_glass'
    JOIN access_involvement v ON v.family_id = b.family_id AND v.organisation_id = line.organisation_id
    AND v.relation = line.relation AND v.level >= line.level
    WHERE b.user_id = %s AND b.closed_at IS NULL AND b.starts_at <= %s AND b.ends_at > %s
    AND v.closed_at IS NULL AND v.starts_at <= %s AND (v.ends_at IS NULL OR v.ends_at > %s)
"""
BARRED = """
    SELECT a.family_id FROM access_assignment a WHERE a.user_id = %s AND a.kind = 'barred'
    AND a.closed_at IS NULL AND a.starts_at <= %s AND (a.ends_at IS NULL OR a.ends_at > %s)
"""
