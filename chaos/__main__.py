"""Run the scenarios: python -m chaos [--short] [--seed N] [--only R49 ...]"""

import argparse
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
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
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
    }
    os.environ.update(shared)
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], env=shared, cwd=ROOT, check=True)

    import django

    django.setup()


def run(machines: Machines, chosen: argparse.Namespace) -> list:  # type: ignore[type-arg]
    """Run what was chosen and print each figure as soon as it is there."""
    from chaos import queue, raising, sending
    from chaos.figures import write_proof

    short = chosen.short
    scenarios = {
        "R48": lambda dice: raising.killed_while_sweeping(
            machines, dice, kills=15 if short else 210, due=300 if short else 1500
        ),
        "R54": lambda dice: sending.killed_while_sending(
            machines, dice, kills=15 if short else 200, messages=150 if short else 1500
        ),
        "R55 sweepers": lambda dice: raising.many_at_once(machines, dice, seconds=3 if short else 30, due=300),
        "R57": lambda dice: raising.clock_jumps(machines, dice, jumps=10 if short else 100, due=300),
        "R49": lambda dice: queue.queue_is_disposable(
            machines, dice, faults=3 if short else 60, changes=30 if short else 500
        ),
        "R55": lambda dice: queue.three_beats(machines, dice, seconds=5 if short else 60),
        "R50": lambda dice: queue.dead_mans_switch(machines, dice),
        "R48 database": lambda dice: raising.database_killed(
            machines, dice, kills=2 if short else 50, due=300 if short else 1500
        ),
    }
    if short and not chosen.only:
        # Half a minute of its own for each part that is stopped: the pages' tests show each bar already.
        del scenarios["R50"]
    print(f"seed {chosen.seed}", flush=True)
    figures = []
    for name, scenario in scenarios.items():
        if chosen.only and name.split()[0] not in chosen.only:
            continue
        began = time.monotonic()
        figures.append(scenario(random.Random(f"{chosen.seed} {name}")))
        print(f"{figures[-1]}  [{time.monotonic() - began:.0f} s]", flush=True)
    if not short:
        write_proof(figures)
    return figures


if __name__ == "__main__":
    main()
