"""What the database itself holds the program to, read from its catalogue: a line each, under the table it stands on."""

from collections import defaultdict

from django.apps import apps
from django.db import connection

_STANDARD = "cases_person"
_QUERIES = (
    # Keys of one column that only name a row are left out; so is NOT NULL, told once for each table.
    """SELECT conrelid::regclass::text,
              CASE contype WHEN 'c' THEN 'check ' || conname WHEN 'u' THEN 'once ' || conname ELSE 'points' END,
              regexp_replace(pg_get_constraintdef(oid), '^(CHECK|UNIQUE|FOREIGN KEY) ', '')
       FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND contype IN ('c', 'u', 'f')""",
    """SELECT indrelid::regclass::text, 'once ' || indexrelid::regclass,
              regexp_replace(pg_get_indexdef(indexrelid), '^.* USING btree ', '')
       FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
       WHERE indisunique AND relnamespace = 'public'::regnamespace
         AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))""",
    """SELECT attrelid::regclass::text, 'never empty', string_agg(attname, ' ' ORDER BY attname)
       FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
       WHERE attnotnull AND attnum > 0 AND NOT attisdropped AND relkind = 'r' AND relnamespace = 'public'::regnamespace
       GROUP BY 1""",
    """SELECT tgrelid::regclass::text, 'trigger ' || tgname,
              regexp_replace(pg_get_triggerdef(oid), '^CREATE (CONSTRAINT )?TRIGGER [^ ]+ ', '')
       FROM pg_trigger WHERE NOT tgisinternal""",
    """SELECT polrelid::regclass::text,
              'rows ' || polname || ' of ' || array_to_string(ARRAY(
                  SELECT rolname FROM pg_roles WHERE oid = ANY (polroles) ORDER BY 1), ' ') || ' ' || polcmd::text,
              coalesce(pg_get_expr(polqual, polrelid), '-') || ' / '
              || coalesce(pg_get_expr(polwithcheck, polrelid), '-')
       FROM pg_policy""",
    """SELECT oid::regclass::text, 'locked by row', CASE WHEN relforcerowsecurity THEN 'for its owner too' ELSE '' END
       FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace""",
    """SELECT table_name::text, lower(grantee) || ' may', string_agg(lower(privilege_type), ' ' ORDER BY privilege_type)
       FROM information_schema.role_table_grants
       WHERE table_schema = 'public' AND grantee IN ('PUBLIC', 'vinger_app', 'vinger_jobs', 'vinger_protected')
       GROUP BY 1, 2""",
    # The body of a function is long; a digest of it is enough to see that it changed.
    """SELECT 'functions', proname || '(' || pg_get_function_identity_arguments(oid) || ')',
              CASE WHEN prosecdef THEN 'as its owner, ' ELSE '' END || left(md5(prosrc), 12)
              || ', for ' || array_to_string(ARRAY(
                  SELECT coalesce(rolname, 'everybody')
                  FROM aclexplode(coalesce(proacl, acldefault('f', proowner)))
                  LEFT JOIN pg_roles ON pg_roles.oid = grantee
                  WHERE rolname IS DISTINCT FROM 'vinger_owner' ORDER BY 1), ' ')
       FROM pg_proc WHERE pronamespace = 'public'::regnamespace
         AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')""",
)


def held() -> dict[str, set[str]]:
    """Return the lines of each table, without those that every table of a family has from `guard_by_family`."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    lines: dict[str, set[str]] = defaultdict(set)
    with connection.cursor() as cursor:
        for query in _QUERIES:
            cursor.execute(query.replace("%", "%%"))
            for table, what, says in cursor.fetchall():
                says = " ".join(says.split())
                lines[table].add(f"{what}: {says}".rstrip(": "))
                if what.startswith("rows "):
                    found[table][what] = says
    _shorten(lines, found)
    return dict(lines)


def _shorten(lines: dict[str, set[str]], rules: dict[str, dict[str, str]]) -> None:
    """Say in one word that the rows of a table are seen by the rule that most tables have."""
    for table, of_table in rules.items():
        for what, says in of_table.items():
            standard = rules[_STANDARD].get(what, "").replace(f"{_STANDARD}.", f"{table}.")
            if table != _STANDARD and says == standard:
                lines[table].remove(f"{what}: {says}")
                lines[table].add(f"{what}: as {_STANDARD}")


def by_room(lines: dict[str, set[str]]) -> dict[str, str]:
    """Return the page of each room: its tables by name, the lines of each below it."""
    labels = sorted((config.label for config in apps.get_app_configs()), key=len, reverse=True)
    pages: dict[str, list[str]] = defaultdict(list)
    for table in sorted(lines):
        room = next((label for label in labels if table.startswith(f"{label}_")), "database")
        pages[room] += [table, *(f"  {line}" for line in sorted(lines[table]))]
    return {room: "\n".join(page) + "\n" for room, page in pages.items()}
