"""A PostgreSQL that writes as in production, and a Valkey, both to be killed and started again."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from ops import embedded, logins, roles


class Machines:
    """The servers of one run. `environment` is what a program of the application needs to reach them."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.environment: dict[str, str] = {}
        self.mail_folder = base / "mail"
        self._postgres: contextlib.ExitStack | None = None
        self._valkey: contextlib.ExitStack | None = None
        self._server: embedded.Server | None = None
        self._broker: embedded.Server | None = None

    def start_database(self) -> logins.Logins:
        self._postgres = contextlib.ExitStack()
        folder, self._server = self._postgres.enter_context(embedded.postgres(self.base / "pg", durable=True))
        roles.create(f"postgresql://postgres@/postgres?host={folder}", tests=True)
        return logins.on_socket(folder)

    def kill_database(self) -> None:
        """Kill -9 the server and every process of it at the same moment, as when the power goes off."""
        assert self._server
        assert self._postgres
        pids = [self._server.child.pid, *_below(self._server.child.pid)]
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._server.child.wait()
        for _ in range(200):
            if not any(Path(f"/proc/{pid}").exists() and _is_postgres(pid) for pid in pids):
                break
            time.sleep(0.02)
        self._postgres.close()

    def start_broker(self, *, durable: bool = True) -> Path:
        self._valkey = contextlib.ExitStack()
        socket, self._broker = self._valkey.enter_context(embedded.valkey(self.base / "valkey", durable=durable))
        return socket

    def kill_broker(self) -> None:
        assert self._broker
        assert self._valkey
        self._broker.child.kill()
        self._broker.child.wait()
        self._valkey.close()

    def close(self) -> None:
        for stack in (self._valkey, self._postgres):
            if stack:
                stack.close()


def accepts(url: str) -> bool:
    with contextlib.suppress(psycopg.OperationalError):
        psycopg.connect(url).close()
        return True
    return False


def _below(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    children = [int(word) for word in found.stdout.split()]
    return [*children, *(one for child in children for one in _below(child))]


def _is_postgres(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
    return False
