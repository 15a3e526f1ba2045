"""R49, R54, R55: the real worker and the real beat on a real queue, emptied, killed, forgotten and doubled."""

import time
from random import Random

import redis
from django.utils import timezone

from chaos import world
from chaos.clockwork import PATIENCE, Clockwork
from chaos.figures import Figure, carries
from chaos.processes import wait_until
from chaos.sending import mail_server
from chaos.servers import Machines

_FAULTS = ("emptied", "killed", "started empty")


@carries("R49")
def queue_is_disposable(machines: Machines, running: Clockwork, random: Random, *, faults: int, changes: int) -> Figure:
    """Empty, kill and forget the queue while things become due. Each kind comes up as often as the others."""
    world.build(40, due=40)
    each = -(-faults // len(_FAULTS))
    order = list(_FAULTS) * each
    random.shuffle(order)
    slowest = settled()
    for fault in order:
        world.add_due(-(-changes // len(order)), on=timezone.localdate())
        if fault == "emptied":
            with redis.Redis(unix_socket_path=str(machines.base / "valkey" / "valkey.sock")) as broker:
                broker.flushall()
        else:
            machines.kill_broker()
            time.sleep(random.uniform(0.1, 1))
            machines.start_broker(durable=fault == "killed")
        slowest = max(slowest, settled())
    counted = world.count_raised()
    said = ", ".join(f"{each} times {fault}" for fault in _FAULTS)
    text = f"queue {said} during {counted.due} changes: {counted}, slowest {slowest:.0f} s of which one a beat"
    return Figure("R49", text, counted.holds)


@carries("R55")
def three_beats(machines: Machines, running: Clockwork, random: Random, *, seconds: float) -> Figure:
    """Three beats, a worker, and the command of the machine's timer, all at once."""
    world.build(40, due=200)
    rounds = 0
    with mail_server(machines):
        for other in ("second beat", "third beat"):
            running.start(other)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            running.run_timer()
            rounds += 1
            world.add_due(20, on=timezone.localdate())
        settled()
    for other in ("second beat", "third beat"):
        running.kill(other)
    counted = world.count_raised()
    text = f"3 beats, a worker and {rounds} rounds of the timer for {seconds:.0f} s: {counted}"
    return Figure("R55", text, counted.holds)


def settled() -> float:
    """Wait until everything due was raised; return how long that took, all patience when it was not."""
    took = wait_until(lambda: world.unraised() == 0, seconds=PATIENCE)
    return PATIENCE if took is None else took
