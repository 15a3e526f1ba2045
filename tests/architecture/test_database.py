"""The truths that the database holds: none goes away unseen, and none is for show."""

import os
import re
from pathlib import Path

import pytest
from django.db import connection, transaction

from tests.architecture.database import by_room, held
from tests.long import long_or_short

PAGES = Path(__file__).resolve().parents[2] / "docs" / "database"
_WRITE = "WRITE_DATABASE_PAGES"


@pytest.mark.row("R47")
def test_nothing_that_the_database_holds_goes_or_comes_unseen(db):
    """Take away a check, a key, a pointer, a trigger, a rule about rows or a right, and a line here says which."""
    found = by_room(held())
    if os.environ.get(_WRITE):
        for old in PAGES.glob("*.txt"):
            old.unlink()
        for room, page in found.items():
            (PAGES / f"{room}.txt").write_text(page, encoding="utf-8")

    kept = {path.stem: path.read_text(encoding="utf-8") for path in PAGES.glob("*.txt")}

    told = [
        f"{'gone' if line in before else 'new'}, {room}: {line.strip()}"
        for room in sorted(found.keys() | kept.keys())
        for before, now in [(_placed(kept.get(room, "")), _placed(found.get(room, "")))]
        for line in sorted(before ^ now)
    ]
    assert told == [], f"meant so? Then read docs/database after running this once with {_WRITE}=1"


def _placed(page: str) -> set[str]:
    """Return the lines of a page, each with its table."""
    placed, table = set(), ""
    for line in page.splitlines():
        table = table if line.startswith(" ") else line
        placed.add(f"{table} {line.strip()}" if line.startswith(" ") else line)
    return placed


TAKEN_AWAY = [
    ("ALTER TABLE accounts_user DROP CONSTRAINT user_nobody_is_superuser", "user_nobody_is_superuser"),
    ("ALTER TABLE accounts_user DROP CONSTRAINT user_one_per_email", "user_one_per_email"),
    ("DROP TRIGGER regie_ends_with_the_account ON accounts_user", "regie_ends_with_the_account"),
    ("DROP POLICY app_family ON cases_stay", "app_family"),
    ("ALTER TABLE cases_stay DISABLE ROW LEVEL SECURITY", "locked by row"),
    ("GRANT DELETE ON audit_auditevent TO vinger_app", "vinger_app may"),
    ("ALTER TABLE cases_person ALTER surname DROP NOT NULL", "never empty"),
]


@pytest.mark.parametrize(("statement", "named"), TAKEN_AWAY)
def test_what_is_taken_away_is_told_by_its_name(db, statement, named):
    before = _lines()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        changed = before ^ _lines()
        transaction.set_rollback(True)
    assert len(changed) in (1, 2)
    assert all(named in line for line in changed)


EACH_OF_THEM = """
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', conrelid::regclass, conname), conname FROM pg_constraint
    WHERE contype IN ('c', 'u', 'f') AND conrelid <> 0 AND connamespace = 'public'::regnamespace
    UNION ALL SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass), tgname FROM pg_trigger
    WHERE NOT tgisinternal
    UNION ALL SELECT format('DROP POLICY %I ON %s', polname, polrelid::regclass), polname FROM pg_policy
    UNION ALL SELECT format('DROP INDEX %s CASCADE', indexrelid::regclass), indexrelid::regclass::text FROM pg_index
    WHERE indisunique AND indrelid::regclass::text ~ '^[a-z]' AND indrelid::regclass::text !~ '^pg_'
    AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
"""


@pytest.mark.proof
@pytest.mark.row("R47")
def test_each_of_them_is_missed_when_it_is_taken_away(db):
    before, unseen = _lines(), []
    with connection.cursor() as cursor:
        cursor.execute(EACH_OF_THEM)
        statements = cursor.fetchall()
        for statement, name in statements[:: long_or_short(1, 80)]:
            with transaction.atomic():
                cursor.execute(statement)
                unseen += [] if before - _lines() else [name]
                transaction.set_rollback(True)
    assert len(statements) > 1000
    assert unseen == []


def _lines():
    return {f"{table} {line}" for table, lines in held().items() for line in lines}


CHECKS = """
    SELECT conname, pg_get_expr(conbin, conrelid), array_agg(attname::text ORDER BY attnum),
           array_agg(format_type(atttypid, atttypmod) ORDER BY attnum), array_agg(NOT attnotnull ORDER BY attnum)
    FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey)
    WHERE contype = 'c' AND connamespace = 'public'::regnamespace GROUP BY 1, 2 ORDER BY 1
"""
# Something of each type that a rule may refuse; the words that a rule itself names are tried besides.
TRIED = {
    "boolean": ["true", "false"],
    "char": ["''", "'Straat 3'"],
    "int": ["-1", "0", "1", "9999"],
    "date": ["'2001-01-01'", "'2026-03-02'", "'9999-01-01'"],
    "timestamp": ["'2001-01-01'", "'2026-03-02 09:00'", "'9999-01-01'"],
    "uuid": ["'00000000-0000-0000-0000-000000000000'", "'00000000-0000-0000-0000-000000000001'"],
    "jsonb": ["'{}'", "'[]'", "'1'"],
    "[]": ["'{}'", "'{1}'"],
}


def test_every_check_refuses_something_and_is_unknown_of_nothing(db):
    """One that is true or unknown of every row lets every row in: a comparison with NULL is the usual way there.

    And what is unknown is let in: an end that must come after a beginning, for one, where the end is not there.
    """
    for_show, unknown = [], []
    with connection.cursor() as cursor:
        cursor.execute(CHECKS)
        checks = cursor.fetchall()
        for name, rule, *columns in checks:
            rows = ", ".join(_values(rule, *column) for column in zip(*columns, strict=True))
            asked = f"SELECT EXISTS (SELECT 1 FROM {rows} WHERE NOT ({rule}))"
            if len(columns[0]) > 1:
                asked += f", EXISTS (SELECT 1 FROM {rows} WHERE ({rule}) IS NULL)"
            cursor.execute(asked.replace("%", "%%"))
            refuses, *lets_in = cursor.fetchone()
            for_show += [] if refuses else [f"{name}: {rule}"]
            unknown += [f"{name}: {rule}"] if any(lets_in) else []
    assert len(checks) > 400
    assert for_show == []
    assert unknown == []


def _values(rule, column, kind, may_be_empty):
    """Return a column of values to try, as a list of rows in SQL."""
    tried = next(TRIED[like] for like in reversed(TRIED) if like in kind.replace("text", "char"))
    if tried == TRIED["char"]:
        tried = [*tried, *dict.fromkeys(re.findall(r"'[a-z_]+'(?=::character varying|::text)", rule))]
    values = ", ".join(f"({value}::{kind})" for value in [*tried, *(["NULL"] if may_be_empty else [])])
    return f'(VALUES {values}) AS "of {column}" ("{column}")'


def test_what_may_be_there_once_is_not_let_in_twice_by_being_empty(db):
    """Two rows that are empty in one column of a key are two different rows to the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, attname FROM pg_index"
            " JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey) AND NOT attnotnull"
            " WHERE indisunique AND NOT indnullsnotdistinct AND indrelid::regclass::text !~ '^(pg_|socialaccount_)'"
            " AND coalesce(pg_get_expr(indpred, indrelid), '') NOT LIKE '%%' || attname || ' IS NOT NULL%%' ORDER BY 1"
        )
        # Its other column is the row's own key, so that no two rows are alike in any case.
        assert cursor.fetchall() == [("signals_signal_of_family", "family_id")]
