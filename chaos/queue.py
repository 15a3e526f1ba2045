"""R49, R50, R55: the real worker and the real beat on a real queue, emptied, killed, forgotten and doubled."""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from subprocess import Popen

import redis
from django.db import connections
from django.utils import timezone

from chaos import world
from chaos.figures import Figure
from chaos.processes import celery, program, wait_until
from chaos.sending import mail_server
from chaos.servers import Machines
from overview import clock

# The application's minute takes a second here, so its ten minutes of silence take ten.
_PATIENCE = 40.0


@contextlib.contextmanager
def clockwork(machines: Machines, *, beats: int = 1) -> Iterator[dict[str, int]]:
    """Run worker and beat as in production; yields their numbers."""
    with contextlib.ExitStack() as stack:
        worker = celery("worker", "-c", "1", "--without-mingle", "--without-gossip")
        running = {"worker": stack.enter_context(_program("worker", worker, machines)).pid}
        for n in range(beats):
            words = ["beat", "--schedule", str(machines.base / f"beat{n}"), "--pidfile="]
            running[f"beat{n}"] = stack.enter_context(_program(f"beat{n}", celery(*words), machines)).pid
        yield running


def _program(name: str, command: list[str], machines: Machines) -> contextlib.AbstractContextManager[Popen[bytes]]:
    return program(name, command, machines.environment, log=machines.base)


def queue_is_disposable(machines: Machines, random: Random, *, faults: int, changes: int) -> Figure:
    """Empty, kill and forget the queue while things become due."""
    world.build(40, due=40)
    counts = {"emptied": 0, "killed": 0, "started empty": 0}
    slowest = 0.0
    with clockwork(machines):
        _settled()
        for n in range(faults):
            world.add_due(-(-changes // faults), on=timezone.localdate())
            fault = random.choice(list(counts))
            counts[fault] += 1
            if fault == "emptied":
                with redis.Redis(unix_socket_path=str(machines.base / "valkey" / "valkey.sock")) as broker:
                    broker.flushall()
            else:
                machines.kill_broker()
                time.sleep(random.uniform(0.1, 1))
                machines.start_broker(durable=fault == "killed")
            took = _settled()
            slowest = max(slowest, took if took is not None else _PATIENCE)
            del n
    counted = world.count_raised()
    said = ", ".join(f"{number} times {what}" for what, number in counts.items())
    text = f"queue {said} during {counted.due} changes: {counted}, slowest {slowest:.0f} s of which one a beat"
    return Figure("R49", text, counted.holds)


def three_beats(machines: Machines, random: Random, *, seconds: float) -> Figure:
    """Three beats, a worker, and the command of the machine's timer, all at once."""
    world.build(40, due=200)
    command = [sys.executable, "manage.py", "send_reminders"]
    rounds = 0
    with clockwork(machines, beats=3), mail_server(machines):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with program("timer", command, machines.environment, log=machines.base) as timer:
                timer.wait(60)
            rounds += 1
            world.add_due(20, on=timezone.localdate())
        _settled()
    counted = world.count_raised()
    text = f"3 beats, a worker and {rounds} rounds of the timer for {seconds:.0f} s: {counted}"
    return Figure("R55", text, counted.holds)


def dead_mans_switch(machines: Machines, random: Random) -> Figure:
    """Stop each part in turn, and see after how long every page would say so."""
    limits = (clock.SILENCE, clock.LONGEST_WAIT)
    clock.SILENCE = timedelta(seconds=10)
    clock.LONGEST_WAIT = timedelta(seconds=8)
    took: dict[str, float | None] = {}
    try:
        for part in ("worker", "beat0", "queue", "mail", "database round"):
            took[part] = _until_red(part, machines)
    finally:
        clock.SILENCE, clock.LONGEST_WAIT = limits
    said = ", ".join(f"{part} {seconds:.0f}" if seconds else f"{part} NOT SEEN" for part, seconds in took.items())
    holds = all(seconds is not None and seconds <= 2 * 10 + 2 for seconds in took.values())
    return Figure("R50", f"seconds until red, of the 10 that stand for two intervals: {said}", holds)


def _until_red(part: str, machines: Machines) -> float | None:
    world.build(10, due=10)
    with contextlib.ExitStack() as stack:
        mail = stack.enter_context(contextlib.ExitStack())
        mail.enter_context(mail_server(machines))
        running = stack.enter_context(clockwork(machines))
        if wait_until(_is_green, seconds=60) is None:
            return None
        if part in running:
            os.killpg(running[part], signal.SIGSTOP if part == "worker" else signal.SIGKILL)
        elif part == "queue":
            machines.kill_broker()
            stack.callback(machines.start_broker)
        elif part == "mail":
            mail.close()
            world.add_due(10, on=timezone.localdate(), kind=world.Kind.TRIAGE_SIGNAL)
        else:
            _lock_rounds(stack)
        return wait_until(lambda: not _is_green(), seconds=_PATIENCE)


def _lock_rounds(stack: contextlib.ExitStack) -> None:
    """Hold what a round writes in, so that the sweep itself never ends while every process is alive."""
    import psycopg
    from django.conf import settings

    options = settings.DATABASES["default"]
    held = stack.enter_context(
        psycopg.connect(host=options["HOST"], dbname=options["NAME"], user=options["USER"], autocommit=False)
    )
    held.execute("LOCK TABLE follow_ups_sweeprun IN SHARE MODE")


def _is_green() -> bool:
    connections.close_all()
    found = clock.state_of_reminders(timezone.now())
    return found.swept_at is not None and found.dispatched_at is not None and found.works


def _settled() -> float | None:
    return wait_until(lambda: world.unraised() == 0, seconds=_PATIENCE)
