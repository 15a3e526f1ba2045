"""R48, R55, R57: raising, while the processes that raise are killed, doubled, stopped, or told another time."""

import os
import signal
import time
from datetime import datetime, timedelta
from random import Random

from django.db import connections
from django.utils import timezone

from chaos import world
from chaos.figures import Figure, carries
from chaos.processes import finish, fork, kill_after, storm
from chaos.servers import Machines
from reminders import sweep as rounds
from reminders.sweep import sweep

# Small, so that a kill falls between two batches as well as inside one.
rounds.BATCH = 25


def _something_due() -> None:
    if not world.unraised():
        world.add_due(50, on=timezone.localdate())


def one_round() -> None:
    sweep(today=timezone.localdate(), now=timezone.now())


@carries("R48")
def killed_while_sweeping(machines: Machines, random: Random, *, kills: int, due: int) -> Figure:
    """Kill -9 one, two and three sweepers beside each other at random moments."""
    died, results = 0, []
    for sweepers in (1, 2, 3):
        world.build(60, due=due)
        died += storm(
            one_round, kills=-(-kills // 3), side_by_side=sweepers, longest=0.15, random=random, again=_something_due
        )
        finish(one_round)
        results.append(world.count_raised())
    total = world.Counted(*(sum(getattr(one, name) for one in results) for name in ("due", "lost", "doubled")))
    return Figure("R48", f"{died} kills in the middle of a sweep, with 1, 2 and 3 sweepers: {total}", total.holds)


@carries("R48")
def database_killed(machines: Machines, random: Random, *, kills: int, due: int) -> Figure:
    """Kill the whole database server, all its processes at once, while three sweep."""
    world.build(60, due=due)
    for _ in range(kills):
        if not world.unraised():
            world.add_due(due // 4, on=timezone.localdate())
        started = [fork(one_round) for _ in range(3)]
        time.sleep(random.uniform(0.01, 0.2))
        machines.kill_database()
        for pid in started:
            kill_after(pid, 20)
        machines.start_database()
    finish(one_round)
    counted = world.count_raised()
    return Figure("R48 database", f"{kills} kills of PostgreSQL under three sweepers: {counted}", counted.holds)


@carries("R55")
def many_at_once(machines: Machines, random: Random, *, seconds: float, due: int) -> Figure:
    """Let six sweepers run beside each other while things keep becoming due."""
    world.build(60, due=due)

    def without_end() -> None:
        while True:
            one_round()

    started = [fork(without_end) for _ in range(6)]
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        world.add_due(20, on=timezone.localdate())
        time.sleep(0.1)
    for pid in started:
        kill_after(pid, 0)
    finish(one_round, times=1)
    counted = world.count_raised()
    return Figure("R55 sweepers", f"6 sweepers without a pause for {seconds:.0f} s: {counted}", counted.holds)


@carries("R57")
def clock_jumps(machines: Machines, random: Random, *, jumps: int, due: int) -> Figure:
    """Let the clock of the sweeper jump by an hour, back a day, three days on, and stop it for a while."""
    world.build(60, due=due, on=timezone.localdate() - timedelta(days=9))
    start = timezone.now()
    at, stopped, order = start, 0, []
    for _ in range(jumps):
        at += random.choice([timedelta(hours=1), -timedelta(hours=1), -timedelta(days=1), timedelta(days=3)])
        world.add_due(max(1, due // jumps), on=timezone.localdate(at))
        pid = fork(lambda at=at: _round_at(at))
        if random.random() < 0.3:
            os.kill(pid, signal.SIGSTOP)
            time.sleep(0.1)
            os.kill(pid, signal.SIGCONT)
            stopped += 1
        kill_after(pid, 20)
        order.append(at)
    last = max(order) + timedelta(days=30)
    finish(lambda: _round_at(last), times=1)
    connections.close_all()
    counted = world.count_raised(by=timezone.localdate(last))
    escalated = world.count_raised(step=5, by=timezone.localdate(last - timedelta(days=12)))
    total = world.Counted(counted.due, counted.lost + escalated.lost, counted.doubled + escalated.doubled)
    return Figure("R57", f"{jumps} jumps of the clock, {stopped} times stopped with SIGSTOP: {total}", total.holds)


def _round_at(at: datetime) -> None:
    sweep(today=timezone.localdate(at), now=at)
