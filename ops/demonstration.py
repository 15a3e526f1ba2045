"""The demonstration that `make run` has going: how to reach it from a second terminal.

python -m ops.demonstration manage.py dbshell      any command, beside it and with the login of the owner
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping

from ops import kept
from ops.embedded import dying_with_parent
from ops.kept import ROOT, VAR

RUNNING = VAR / "running.json"


@contextlib.contextmanager
def known(variables: Mapping[str, str]) -> Iterator[None]:
    """Keep the variables for other terminals as long as the demonstration runs."""
    kept.write(RUNNING, {"pid": os.getpid(), "variables": _added(variables)})
    try:
        yield
    finally:
        RUNNING.unlink(missing_ok=True)


def ask_sign_ins(owner_url: str, shared: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start the command that prints logins and current codes."""
    command = [*dying_with_parent("TERM"), sys.executable, "manage.py", "demo_sign_ins", "--skip-checks"]
    return subprocess.Popen(command, env={**shared, "DATABASE_URL": owner_url}, cwd=ROOT, stdout=subprocess.PIPE)


def _added(variables: Mapping[str, str]) -> dict[str, str]:
    # What the shell had is not ours to write down.
    return {name: value for name, value in variables.items() if os.environ.get(name) != value}


def main() -> None:
    found = kept.read(RUNNING)
    # A run that was killed with -9 could not remove its note.
    if not found or not os.path.exists(f"/proc/{found['pid']}"):
        sys.exit("Nothing is running here: start it with `make run` in another terminal.")
    command = [*dying_with_parent("TERM"), sys.executable, *sys.argv[1:]]
    sys.exit(subprocess.run(command, env={**os.environ, **found["variables"]}, cwd=ROOT, check=False).returncode)


if __name__ == "__main__":
    main()
