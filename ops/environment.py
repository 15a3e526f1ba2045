"""The environment that the application gets from `make run` and `make test`: every variable of .env.example."""

import os
from collections.abc import Mapping
from pathlib import Path

from ops.kept import ROOT
from ops.logins import Logins

# A variable of this name that happens to be set in somebody's shell belongs to another project.
_OURS = (
    "DEBUG",
    "SECRET_KEY",
    "FIELD_KEYS",
    "DEMO",
    "EMAIL_URL",
    "TRUSTED_PROXIES",
    "STATIC_ROOT",
    "SESSION_IDLE_MINUTES",
)
_ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_WEB_URL", "DATABASE_WORKER_URL")


def for_demonstration(
    shell: Mapping[str, str], *, secrets: Mapping[str, str], redis_url: str, broker_url: str, port: int, mail_port: int
) -> dict[str, str]:
    """Return what all programs of `make run` share. The database login is not in it: each program has its own."""
    return (
        _without_ours(shell)
        | dict(secrets)
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "SITE_ORIGIN": f"http://localhost:{port}",
            "SECURE_TRANSPORT": "off",
            "DEMO": "on",
            "REDIS_URL": redis_url,
            "CELERY_BROKER_URL": broker_url,
            "EMAIL_URL": f"smtp://localhost:{mail_port}",
            "MAIL_FROM": "noreply@vinger.example",
            "PYTHONUNBUFFERED": "1",
            # Celery advises against root each time; here it is the root of a container or a trial machine.
            "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
        }
    )


def for_tests(shell: Mapping[str, str], logins: Logins, redis_url: str, broker_url: str) -> dict[str, str]:
    """Return the environment of the tests. They run as the owner, who makes the test database, and act as each role."""
    return _without_ours(shell) | {
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "DATABASE_URL": logins.owner,
        "DATABASE_WEB_URL": logins.web,
        "DATABASE_WORKER_URL": logins.worker,
        "REDIS_URL": redis_url,
        "CELERY_BROKER_URL": broker_url,
    }


def libraries(shell: Mapping[str, str], root: Path = ROOT) -> dict[str, str]:
    """Return where system libraries and programs are that ops/syslibs.sh unpacked for a user without root."""
    unpacked = root / ".tools" / "sys" / "root" / "usr"
    # The papers use the fonts of this repository only, so that they look the same everywhere.
    variables = {"FONTCONFIG_FILE": str(root / "ops" / "fonts.conf")}
    for folder in sorted((unpacked / "lib").glob("*-linux-gnu"))[:1]:
        variables["LD_LIBRARY_PATH"] = str(folder)
        # Last, so that nothing of the machine itself is replaced.
        variables["PATH"] = f"{shell.get('PATH', os.defpath)}:{unpacked / 'bin'}"
    return variables


def _without_ours(shell: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in shell.items() if name not in (*_OURS, *_ADDRESSES)} | libraries(shell)
