"""The tables, laid once per server: test databases are copies, made in half a second instead of twenty.

A copy is as good as migrating: PostgreSQL copies all but rights on the database itself, and no migration gives any.
"""

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from ops.kept import ROOT

_NAME = "laid_"
_LOCK = 5_270_114_603  # any number that nobody else locks


def laid(parameters: dict[str, Any]) -> str:
    """Return the name of a database with every migration of this checkout in it, made when it is not there yet.

    `parameters` are those of Django's connection: the owner's, who may create databases. Several may ask at once: the
    first makes it and the others wait. Copies of earlier migrations are dropped.
    """
    name = _NAME + _state()
    address = {part: parameters[part] for part in ("host", "port", "user", "password") if part in parameters}
    with psycopg.connect(make_conninfo(**address, dbname="postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        there = {row[0] for row in connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'laid\\_%'")}
        if name not in there:
            for old in there:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
            # Under another name until it is whole: an interrupted start leaves no half template.
            unfinished = sql.Identifier(f"{_NAME}unfinished")
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(unfinished))
            _migrate(f"{_NAME}unfinished")
            connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(unfinished, sql.Identifier(name)))
    return name


def _migrate(database: str) -> None:
    # In a program of its own: this one's connection is set up for another database.
    lines = (
        "import django; django.setup()",
        "from django.core.management import call_command",
        "from django.db import connection",
        f"connection.settings_dict['NAME'] = '{database}'",
        "call_command('migrate', interactive=False, verbosity=0)",
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", "\n".join(lines)], cwd=ROOT, check=True)


def _state() -> str:
    """Return a digest of what the tables follow from: our migrations and the versions of the libraries."""
    digest = hashlib.sha256()
    for path in sorted((*ROOT.glob("*/migrations/*.py"), *Path(ROOT, "requirements").glob("*.txt"))):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
