"""Create the database roles, their logins and the database itself. Safe to repeat.

    python -m ops.roles          with DATABASE_ADMIN_URL, a login that may create roles

Roles own rights, logins own nothing: `vinger_web` may act as app and protected, `vinger_worker` as jobs, and neither
inherits anything, so a connection that forgot to choose a role reads nothing. `vinger_owner` owns the tables.
Passwords come from OWNER_PASSWORD, WEB_PASSWORD and WORKER_PASSWORD; without them a login has none (socket and trust).
"""

import os
import sys

import psycopg
from psycopg import sql

ROLES = ("vinger_app", "vinger_jobs", "vinger_protected")
LOGINS = {
    "vinger_owner": ROLES,
    "vinger_web": ("vinger_app", "vinger_protected"),
    "vinger_worker": ("vinger_jobs",),
}


def create(
    admin_url: str, *, database: str = "vinger", passwords: dict[str, str] | None = None, tests: bool = False
) -> None:
    """Make roles, logins and the database where they are absent; set passwords where they are given.

    `tests` lets the owner create databases, which the test runner needs and production must not have.
    """
    with psycopg.connect(admin_url, autocommit=True) as connection:
        existing = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        for role in ROLES:
            if role not in existing:
                connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
        for login, roles in LOGINS.items():
            name = sql.Identifier(login)
            if login not in existing:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN NOINHERIT").format(name))
            if password := (passwords or {}).get(login):
                connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(password)))
            for role in roles:
                connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), name))
        # The owner's own work needs no choice of role; psycopg's admin may not be a superuser, so it must be a member.
        connection.execute(sql.SQL("ALTER ROLE vinger_owner INHERIT {}").format(sql.SQL("CREATEDB" if tests else "")))
        connection.execute("GRANT vinger_owner TO CURRENT_USER")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER vinger_owner TEMPLATE template0 ENCODING 'UTF8'").format(
                    sql.Identifier(database)
                )
            )


def main() -> None:
    admin_url = os.environ.get("DATABASE_ADMIN_URL")
    if not admin_url:
        sys.exit("Set DATABASE_ADMIN_URL to a login that may create roles.")
    given = {login: os.environ.get(f"{login.removeprefix('vinger_').upper()}_PASSWORD", "") for login in LOGINS}
    create(admin_url, database=os.environ.get("DATABASE_NAME", "vinger"), passwords=given)


if __name__ == "__main__":
    main()
