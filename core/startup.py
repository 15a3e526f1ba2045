"""What must be true before this installation may serve anybody. The web process and the worker ask at their start.

The test is what the process can do, not what it was told: the rights of its own login, the values it was given.
"""

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

EXIT_CODE = 3
_THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]", "::1"}
_SHORTEST_KEY = 50
_FEWEST_CHARACTERS = 10
_EXAMPLES = ("django-insecure-", "test-", "example", "change-me", "changeme", "build-only")
# In the public repository, so known to everyone: the key of the test run.
_PUBLIC_FIELD_KEYS = {"uXwJvD7a6v0cV0PqD5s0m0k8dQn9Vb0E4q5a1b2c3d4="}
# What row-level security does not hold, or what could make itself so. Roles that a login may become count as its own.
_RIGHTS = """
SELECT mine.rolname,
       bool_or(other.rolsuper),
       bool_or(other.rolbypassrls),
       bool_or(other.rolcreaterole),
       EXISTS (SELECT 1 FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
               WHERE n.nspname = 'public' AND t.relkind IN ('r', 'p') AND pg_has_role(mine.oid, t.relowner, 'MEMBER'))
FROM pg_roles mine JOIN pg_roles other ON pg_has_role(mine.oid, other.oid, 'MEMBER')
WHERE mine.rolname IN (session_user, current_user)
GROUP BY mine.oid, mine.rolname ORDER BY mine.rolname
"""
# A worry that was received must survive the power going off a second later.
_DURABLE = {"fsync": {"on"}, "full_page_writes": {"on"}, "synchronous_commit": {"on", "remote_apply"}}


def reasons_not_to_start(connection: BaseDatabaseWrapper, settings: Any) -> list[str]:
    """Return every reason, as a sentence for the person who installs this. Empty means safe to start.

    Do not call it from `migrate`: that runs with the owner's login, which is itself a reason.
    """
    return [*settings_reasons(settings), *database_reasons(connection)]


def settings_reasons(settings: Any) -> list[str]:
    """Return the reasons that need no database. Also shown by `manage.py check --deploy`."""
    return [
        *(["DEBUG is on: error pages would show what is in a file. Remove DEBUG."] if settings.DEBUG else []),
        *_key_reasons(settings.SECRET_KEY, settings.FIELD_KEYS),
        *_folder_reasons(settings),
        *_transport_reasons(settings),
    ]


def _key_reasons(secret_key: str, field_keys: list[str]) -> list[str]:
    reasons = []
    if len(secret_key) < _SHORTEST_KEY or len(set(secret_key)) < _FEWEST_CHARACTERS:
        reasons.append(
            f"SECRET_KEY is too short or too simple. Make a random one of at least {_SHORTEST_KEY} characters."
        )
    if secret_key.lower().startswith(_EXAMPLES):
        reasons.append("SECRET_KEY is an example value that others know. Make a random one.")
    if not field_keys:
        reasons.append("FIELD_KEYS is empty: protected places could not be encrypted. Make a Fernet key.")
    if not all(_is_fernet_key(key) for key in field_keys):
        reasons.append("FIELD_KEYS holds something that is not a Fernet key. See .env.example for how to make one.")
    if _PUBLIC_FIELD_KEYS & set(field_keys):
        reasons.append("FIELD_KEYS holds the key of the test run, which is public. Make a Fernet key.")
    return reasons


def _folder_reasons(settings: Any) -> list[str]:
    folder = Path(settings.PROTECTED_KEYS)
    there = next(path for path in [folder, *folder.parents] if path.exists())
    if there.is_dir() and os.access(there, os.R_OK | os.W_OK | os.X_OK):
        return []
    return ["PROTECTED_KEYS is no folder in which this process may write: no protected place could be kept."]


def _is_fernet_key(key: str) -> bool:
    try:
        Fernet(key)
    except ValueError:
        return False
    return True


def _transport_reasons(settings: Any) -> list[str]:
    reasons = []
    here_only = set(settings.ALLOWED_HOSTS) <= _THIS_MACHINE
    if "*" in settings.ALLOWED_HOSTS:
        reasons.append("ALLOWED_HOSTS holds *: links in mail could be made to point anywhere. Name the hosts.")
    if settings.DEMO and not here_only:
        reasons.append("DEMO is on and ALLOWED_HOSTS holds more than this machine. A demonstration stays on localhost.")
    if not settings.SECURE_TRANSPORT and not here_only:
        reasons.append(
            "SECURE_TRANSPORT is off and ALLOWED_HOSTS holds more than this machine. Turn it on and use TLS."
        )
    if settings.SECURE_TRANSPORT and urlsplit(settings.SITE_ORIGIN).scheme != "https":
        reasons.append("SITE_ORIGIN does not start with https://. Links in mail would go out without TLS.")
    return reasons


def database_reasons(connection: BaseDatabaseWrapper) -> list[str]:
    """Return what is wrong with the rights of this login and with how safely the database writes."""
    reasons = []
    with connection.cursor() as cursor:
        cursor.execute(_RIGHTS)
        for name, superuser, bypasses, creates_roles, owns in cursor.fetchall():
            said = f"The database login {name}"
            if superuser:
                reasons.append(
                    f"{said} is a superuser, or may become one. Use the login of this process: see ops/roles.py."
                )
            if bypasses and not superuser:
                reasons.append(f"{said} passes by row-level security (BYPASSRLS). Use the login of this process.")
            if creates_roles and not superuser:
                reasons.append(f"{said} may create roles, and so give itself any right. Use the login of this process.")
            if owns and not superuser:
                reasons.append(
                    f"{said} owns tables, or may act as their owner. The owner's login is for migrations only."
                )
        for name, safe in _DURABLE.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            (value,) = cursor.fetchone()
            if value not in safe:
                reasons.append(
                    f"The database has {name} = {value}: what was saved may be lost when the power fails. Turn it on."
                )
    return reasons


def refuse_unsafe() -> None:
    """Print every reason not to start and stop with exit code 3; return only when there is none."""
    from django.conf import settings
    from django.db import connection

    try:
        reasons = reasons_not_to_start(connection, settings)
    except OperationalError:
        # Not its message: that holds the address. Unchecked is not the same as safe.
        reasons = [*settings_reasons(settings), "The database does not answer, so its rights could not be checked."]
    finally:
        # A web server forks after this; two processes must not share one connection.
        connection.close()
    if reasons:
        for reason in reasons:
            print(f"Not started. {reason}", file=sys.stderr, flush=True)  # noqa: T201 -- logging may not be up yet
        raise SystemExit(EXIT_CODE)
