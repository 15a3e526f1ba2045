"""Run the scenarios: python -m chaos [--short] [--seed N] [--only R49 ...]"""

import argparse
import contextlib
import functools
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from cryptography.fernet import Fernet

from chaos.servers import Machines
from ops import environment
from ops.embedded import stop_on
from ops.kept import ROOT


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    words.add_argument("--short", action="store_true", help="a look, for CI")
    words.add_argument("--seed", type=int, default=int(time.time()))
    words.add_argument("--only", nargs="*", default=[], help="requirements, such as R49")
    chosen = words.parse_args()
    os.environ.setdefault("CHAOS_BEAT", "0.25" if chosen.short else "1")
    stop_on(signal.SIGTERM, signal.SIGHUP)
    with tempfile.TemporaryDirectory(prefix="vinger-chaos-") as folder:
        Path(folder).chmod(0o711)  # nobody's PostgreSQL must be able to walk through
        machines = Machines(Path(folder))
        try:
            prepare(machines)
            figures = run(machines, chosen)
        finally:
            machines.close()
    sys.exit(0 if all(figure.holds for figure in figures) else 1)


def prepare(machines: Machines) -> None:
    """Start the servers, make the tables, and become a process of the application."""
    known = machines.start_database()
    broker = machines.start_broker()
    port, other_port = _free_port(), _free_port()
    shared = environment.for_tests(os.environ, known, f"unix://{broker}?db=0", f"redis+socket://{broker}")
    shared |= {"EMAIL_URL": f"smtp://127.0.0.1:{port}", "PYTHONPATH": str(ROOT)}
    # Worker, beat and command run on the real settings, with the worker's own login, and refuse to start as in life.
    machines.environment = shared | {
        "DATABASE_URL": known.worker,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "FIELD_KEYS": Fernet.generate_key().decode(),
        "ALLOWED_HOSTS": "localhost",
        "SITE_ORIGIN": "http://localhost",
        "SECURE_TRANSPORT": "off",
        "MAIL_FROM": "noreply@vinger.example",
        "STATIC_ROOT": str(machines.base / "static"),
        "CHAOS_WATCHDOG": f"http://127.0.0.1:{other_port}/",
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
    }
    os.environ.update(shared)
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], env=shared, cwd=ROOT, check=True)

    import django

    django.setup()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def run(machines: Machines, chosen: argparse.Namespace) -> list:  # type: ignore[type-arg]
    """Run what was chosen and print each figure as soon as it is there."""
    from chaos.figures import write_proof

    print(f"seed {chosen.seed}", flush=True)
    figures = []
    with contextlib.ExitStack() as shared:
        for name, scenario in scenarios(machines, shared, short=chosen.short).items():
            if chosen.only and name.split()[0] not in chosen.only:
                continue
            began = time.monotonic()
            figures.append(scenario(random.Random(f"{chosen.seed} {name}")))
            print(f"{figures[-1]}  [{time.monotonic() - began:.0f} s]", flush=True)
    if not chosen.short:
        write_proof(figures)
    return figures


def scenarios(machines: Machines, shared: contextlib.ExitStack, *, short: bool) -> dict[str, Callable[[Random], Any]]:
    """Return what is done, in order. Worker and beat are started once and killed by whoever needs them dead."""
    from chaos import queue, raising, sending, switch
    from chaos.clockwork import clockwork

    many = 300 if short else 1500
    running = functools.cache(lambda: shared.enter_context(clockwork(machines)))
    # It waits for a lease of three minutes to run out: too long for a look.
    waits = (
        {} if short else {"R54 worker": lambda dice: queue.worker_is_told_to_go(machines, running(), dice, stops=60)}
    )
    return {
        "R48": lambda dice: raising.killed_while_sweeping(machines, dice, kills=9 if short else 210, due=many),
        "R54": lambda dice: sending.killed_while_sending(
            machines, dice, kills=10 if short else 200, messages=150 if short else 1500
        ),
        "R55 sweepers": lambda dice: raising.many_at_once(machines, dice, seconds=2 if short else 30, due=300),
        "R57": lambda dice: raising.clock_jumps(machines, dice, jumps=10 if short else 100, due=300),
        "R48 database": lambda dice: raising.database_killed(machines, dice, kills=2 if short else 50, due=many),
        "R49": lambda dice: queue.queue_is_disposable(
            machines, running(), dice, faults=3 if short else 60, changes=30 if short else 500
        ),
        "R55": lambda dice: queue.three_beats(machines, running(), dice, seconds=2 if short else 60),
        **waits,
        "R50": lambda dice: switch.dead_mans_switch(machines, running(), dice, short=short),
    }


if __name__ == "__main__":
    main()
