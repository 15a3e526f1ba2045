"""The real worker and the real beat, each to be killed and started again on its own."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta

from chaos.beat import SECONDS
from chaos.servers import Machines
from ops.embedded import dying_with_parent

# How long the application's ten minutes of silence take here: its minute is one turn of the beat.
SILENCE = 10 * SECONDS
PATIENCE = 40.0
WORKER, BEAT, TIMER = "worker", "beat", "timer"


class Clockwork:
    """The processes that run now, by name. `start` gives a part that was killed a new process."""

    def __init__(self, machines: Machines) -> None:
        self._folder = machines.base
        with (machines.base / "nursery.log").open("ab") as messages:
            self._nursery = subprocess.Popen(
                [*dying_with_parent("KILL"), sys.executable, "-m", "chaos.nursery"],
                env=dict(machines.environment),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=messages,
            )
        self._running: dict[str, int] = {}

    def start(self, part: str) -> None:
        """Start a worker, the timer, or a beat: any other name is that of a beat beside the first."""
        words = {WORKER: (WORKER,), TIMER: (TIMER,)}.get(part, (BEAT,))
        log = str(self._folder / f"{part}.log")
        schedule = (str(self._folder / part),) if words == (BEAT,) else ()
        assert self._nursery.stdin
        assert self._nursery.stdout
        self._nursery.stdin.write(f"{' '.join((*words, log, *schedule))}\n".encode())
        self._nursery.stdin.flush()
        self._running[part] = int(self._nursery.stdout.readline())

    def kill(self, part: str, how: signal.Signals = signal.SIGKILL) -> None:
        """Kill -9 a part and everything it started, as when the power of its machine goes off.

        `how` is another signal for one that is asked to go: what then does not go is killed after all.
        """
        pid = self._running.pop(part)
        for sent in (how, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, sent)
            if self._gone(pid):
                return

    def run_timer(self) -> None:
        """Let the command of the machine's timer do one round, to its end."""
        self.start(TIMER)
        self._gone(self._running.pop(TIMER))

    def close(self) -> None:
        for part in list(self._running):
            self.kill(part)
        assert self._nursery.stdin
        self._nursery.stdin.close()
        self._nursery.wait()

    @staticmethod
    def _gone(pid: int) -> bool:
        until = time.monotonic() + timedelta(minutes=1).total_seconds()
        while time.monotonic() < until:
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                return True
            time.sleep(0.01)
        return False


@contextlib.contextmanager
def clockwork(machines: Machines) -> Iterator[Clockwork]:
    """Run a worker and a beat as in production."""
    running = Clockwork(machines)
    try:
        running.start(WORKER)
        running.start(BEAT)
        yield running
    finally:
        running.close()
