"""The three logins of the database (see ops/roles.py) and where they come from.

Embedded: all three are trusted on a private socket. On a server of one's own: DATABASE_URL is a login that may create
roles, and the passwords of the three are made here and kept in var/. Where that is not allowed the three are given.
"""

import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from ops import kept, roles

GIVEN = ("DATABASE_OWNER_URL", "DATABASE_WEB_URL", "DATABASE_WORKER_URL")


@dataclass(frozen=True)
class Logins:
    """Addresses of one database, one for each login. Only the owner may migrate."""

    owner: str
    web: str
    worker: str


def on_socket(directory: Path, database: str = "vinger") -> Logins:
    """Return the logins of the embedded server, which trusts whoever can reach its socket."""
    return _all(f"postgresql:///{database}?host={quote(str(directory))}", {})


def given(environment: Mapping[str, str]) -> Logins | None:
    """Return the logins that were set by hand, or None. Two out of three is a mistake and ends here."""
    present = [name for name in GIVEN if environment.get(name)]
    if not present:
        return None
    if absent := [name for name in GIVEN if name not in present]:
        sys.exit(f"{' and '.join(present)} is set, so {' and '.join(absent)} must be set too.")
    return Logins(*(environment[name] for name in GIVEN))


def on_server(admin_url: str, *, tests: bool = False, var: Path = kept.VAR) -> Logins:
    """Create roles and database through a login that may, and return the three logins with their passwords.

    Roles that exist already without their passwords being kept here are left alone: they may be somebody's production.
    """
    if not admin_url.startswith(("postgresql://", "postgres://")):
        sys.exit("DATABASE_URL must start with postgresql:// (a login that may create roles).")
    database = urlsplit(admin_url).path.strip("/") or "vinger"
    try:
        entrance = _entrance(admin_url, database)
        passwords = _passwords(entrance, var)
        roles.create(entrance, database=database, passwords=passwords, tests=tests)
        _hand_over(entrance, database)
    except psycopg.errors.InsufficientPrivilege:
        sys.exit(
            "The login in DATABASE_URL may not create roles and databases: take one that may,"
            f" or have `python -m ops.roles` run once and set {', '.join(GIVEN)}."
        )
    except psycopg.OperationalError as error:
        sys.exit(f"The database in DATABASE_URL cannot be reached: {str(error).strip().splitlines()[-1].strip()}")
    return _all(_in_database(admin_url, database), passwords)


def with_login(url: str, login: str, password: str = "") -> str:
    """Return the address of the same server, database and options for another login."""
    parts = urlsplit(url)
    options = [(name, value) for name, value in parse_qsl(parts.query) if name not in ("user", "password")]
    secret = f":{quote(password, safe='')}" if password else ""
    place = f"{quote(login)}{secret}@{parts.netloc.rpartition('@')[2]}"
    return urlunsplit(parts._replace(netloc=place, query=urlencode(options, quote_via=quote, safe="/")))


def _all(url: str, passwords: Mapping[str, str]) -> Logins:
    return Logins(*(with_login(url, login, passwords.get(login, "")) for login in roles.LOGINS))


def _in_database(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _entrance(admin_url: str, database: str) -> str:
    """Return an address that can be connected to: the database itself may not exist yet."""
    wanted = _in_database(admin_url, database)
    try:
        psycopg.connect(wanted, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        if f'"{database}" does not exist' not in str(error):
            raise
        return _in_database(admin_url, "postgres")
    return wanted


def _passwords(entrance: str, var: Path) -> dict[str, str]:
    path = var / "database.json"
    everywhere = kept.read(path)
    server = urlsplit(entrance).netloc.rpartition("@")[2] or "local"
    if server not in everywhere:
        with psycopg.connect(entrance) as connection:
            found = connection.execute(
                "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) ORDER BY 1", [list(roles.LOGINS)]
            ).fetchall()
        if found:
            sys.exit(
                f"{found[0][0]} exists on this server already and its password is not kept in {path.name}:"
                f" set {', '.join(GIVEN)}, or take another server."
            )
        kept.write(path, everywhere | {server: {login: secrets.token_urlsafe(24) for login in roles.LOGINS}})
    return dict(kept.read(path)[server])


def _hand_over(entrance: str, database: str) -> None:
    """Give an empty database that was made by hand to its owner. One with tables in it is somebody's: it is refused."""
    with psycopg.connect(entrance, autocommit=True) as connection:
        owner = connection.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [database]
        ).fetchone()
        if owner is None or owner[0] == "vinger_owner":
            return
        if connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchone():
            sys.exit(f"The database {database} belongs to {owner[0]} and holds tables: name an empty or a new one.")
        connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO vinger_owner").format(sql.Identifier(database)))
