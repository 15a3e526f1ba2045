"""Processes to kill. A fork does the work with a connection of its own, and dies as a killed process dies."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

from django.db import connections

from ops.embedded import dying_with_parent


def fork(work: Callable[[], None]) -> int:
    """Start `work` in a process of its own and return its number. What it raises ends it with exit code 1."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    code = 0
    try:
        # What a killed server says to those it leaves is not for the figures.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        work()
    except BaseException:
        code = 1
    os._exit(code)


def kill_after(pid: int, seconds: float) -> bool:
    """Kill -9 a process after a while; say whether it was still at work."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if os.waitpid(pid, os.WNOHANG)[0]:
            return False
        time.sleep(0.001)
    os.kill(pid, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def storm(
    work: Callable[[], None],
    *,
    kills: int,
    side_by_side: int,
    longest: float,
    random: Random,
    again: Callable[[], None],
) -> int:
    """Start `work` so many times beside itself and kill each at a random moment, until that was done `kills` times.

    `again` is asked before each start: it keeps something to do. Returns how many died at work.
    """
    died = 0
    while died < kills:
        again()
        started = [fork(work) for _ in range(side_by_side)]
        died += sum(kill_after(pid, random.uniform(0.005, longest)) for pid in started)
    return died


def finish(work: Callable[[], None], *, times: int = 3) -> None:
    """Let `work` run to its end, undisturbed, in a process of its own."""
    for _ in range(times):
        os.waitpid(fork(work), 0)


@contextlib.contextmanager
def program(
    name: str, command: Sequence[str], environment: Mapping[str, str], *, log: Path, pass_fds: Sequence[int] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program beside this one, and stop it, and all that it started, on leaving."""
    with (log / f"{name}.log").open("ab") as messages:
        child = subprocess.Popen(
            [*dying_with_parent("KILL"), *command],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=messages,
            stderr=messages,
            start_new_session=True,
            pass_fds=pass_fds,
        )
    try:
        yield child
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def wait_until(reached: Callable[[], bool], *, seconds: float) -> float | None:
    """Return after how many seconds something was so; None when it was not within `seconds`."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        with contextlib.suppress(Exception):
            if reached():
                return time.monotonic() - began
        connections.close_all()
        time.sleep(0.1)
    return None
