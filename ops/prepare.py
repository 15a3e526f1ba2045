"""Bring database, translations and static files up to date, in one process: each start of Django costs a second.

python -m ops.prepare      with the owner's DATABASE_URL; safe to repeat
"""

import hashlib
import io
import os
import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from ops import messages
from ops.children import say
from ops.kept import VAR

STEPS = 7  # install.sh and syslibs.sh are the first two, ops.up has the third and the last


def static_state() -> str:
    """Return a digest that changes when a static file does."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = os.stat(storage.path(name))
            digest.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static() -> None:
    """Collect and compress the static files, unless nothing changed since the last time."""
    mark = VAR / "static.state"
    state = static_state()
    if mark.exists() and mark.read_text() == state and (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(state)


def stop_on_other_tables() -> None:
    """Stop with one sentence when the database went through migrations that this checkout does not have."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    migrations = MigrationLoader(connection)
    if set(migrations.applied_migrations) - set(migrations.disk_migrations):
        say(
            "The kept data was made by another version of this program and cannot be brought up to date. "
            "`make clean DATA=yes` removes it; `make run` then starts anew."
        )
        sys.exit(1)


def main() -> None:
    started = time.monotonic()
    messages.compile_all()
    django.setup()
    stop_on_other_tables()
    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    say(f"4/{STEPS} tables, translations, static files ({time.monotonic() - started:.1f} s)")
    for number, name, command in ((5, "reference data", "load_reference_data"), (6, "demo families", "load_demo")):
        started = time.monotonic()
        # What they count is of no use to somebody who waits for the address.
        call_command(command, verbosity=0, stdout=io.StringIO())
        say(f"{number}/{STEPS} {name} ({time.monotonic() - started:.1f} s)")


if __name__ == "__main__":
    main()
