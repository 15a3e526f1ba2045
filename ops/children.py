"""The programs of `make run`: start them, show what they say, notice the first that ends, and leave none behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ops.embedded import Server, dying_with_parent

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_PATIENCE = 6.0  # seconds a program gets to finish what it was doing


@dataclass(frozen=True)
class Ended:
    """A program that ended without being asked to."""

    name: str
    code: int
    log: Path

    def __str__(self) -> str:
        how = f"exit code {self.code}" if self.code >= 0 else f"killed by {signal.Signals(-self.code).name}"
        return f"{self.name} stopped ({how}), so everything is stopped. See {self.log}"


def say(text: str) -> None:
    """Print at once. A terminal that went away must not stop the stopping."""
    with contextlib.suppress(OSError):
        print(text, flush=True)


def bind_to_parent() -> None:
    """Stop when the parent is gone, and become the parent of every orphan below, so that none can be lost."""
    prctl = ctypes.CDLL(None).prctl
    prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    if "MAKELEVEL" in os.environ:
        prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)


class Children:
    """Programs that live and die together. Start them from the main thread: the kernel ties their life to it."""

    def __init__(self, logs: Path) -> None:
        logs.mkdir(parents=True, exist_ok=True)
        self._logs = logs
        self._running: dict[str, tuple[subprocess.Popen[bytes], Path]] = {}
        self._own: list[str] = []
        self._readers: list[threading.Thread] = []
        self._stopping = False

    def watch(self, server: Server) -> None:
        """Notice when a server ends that somebody else started and will stop."""
        self._running[server.name] = (server.child, server.log)

    def start(
        self,
        name: str,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        cwd: Path,
        pass_fds: Sequence[int] = (),
    ) -> None:
        """Start a program; each line it prints is shown under its name and kept in its log."""
        log = self._logs / f"{name}.log"
        child = subprocess.Popen(
            [*dying_with_parent("TERM"), *command],
            env=dict(environment),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=pass_fds,
        )
        self._running[name] = (child, log)
        self._own.append(name)
        reader = threading.Thread(target=self._show, args=(name, child, log), daemon=True)
        reader.start()
        self._readers.append(reader)

    def ended(self) -> Ended | None:
        """Return the first program found to have ended."""
        for name, (child, log) in self._running.items():
            if (code := child.poll()) is not None:
                return Ended(name, code, log)
        return None

    def wait(self, until: Callable[[], bool] = lambda: False) -> Ended | None:
        """Wait until a program ends, which is returned, or until `until` is true."""
        while (ended := self.ended()) is None and not until():
            time.sleep(0.1)
        return ended

    def stop(self) -> None:
        """Ask, wait, then insist; the groups too, because a program that was killed leaves its workers behind."""
        self._stopping = True
        children = [self._running[name][0] for name in self._own]
        for child in children:
            _signal(child, signal.SIGTERM)
        deadline = time.monotonic() + _PATIENCE
        for child in children:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, deadline - time.monotonic()))
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        for reader in self._readers:
            reader.join(1)

    def _show(self, name: str, child: subprocess.Popen[bytes], log: Path) -> None:
        assert child.stdout  # noqa: S101  for the type checker: it was opened as a pipe
        with log.open("wb") as kept, child.stdout as lines:
            for line in lines:
                kept.write(line)
                kept.flush()
                # What they say on being stopped would bury why everything stops.
                if not self._stopping:
                    say(f"{name:>6} | {line.decode(errors='replace').rstrip()}")


def end_strays(keep: Sequence[int] = ()) -> None:
    """Kill what is still below this process, save `keep`: workers whose parent was killed have become our children."""
    for _ in range(20):
        below = Path(f"/proc/self/task/{os.getpid()}/children")
        strays = [int(pid) for pid in below.read_text().split() if int(pid) not in keep] if below.exists() else []
        if not strays:
            return
        for pid in strays:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _signal(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if child.poll() is None:
        child.send_signal(number)
