"""R49, R54, R55: the real worker and the real beat on a real queue, emptied, killed, forgotten and doubled."""

import signal
import time
from collections.abc import Iterator
from itertools import groupby
from random import Random

import redis
from django.utils import timezone

from chaos import world
from chaos.beat import SECONDS
from chaos.clockwork import PATIENCE, WORKER, Clockwork
from chaos.figures import Figure, carries
from chaos.processes import wait_until
from chaos.sending import mail_server, numbers
from chaos.servers import Machines
from follow_ups.models import Kind, Outbox
from reminders.dispatch import LEASE

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


@carries("R54")
def worker_is_told_to_go(machines: Machines, running: Clockwork, random: Random, *, stops: int) -> Figure:
    """Stop the worker while it tells people: asked to go, told to go at once, or killed. Each starts again."""
    world.build(20, due=0)
    at_work = 0
    with mail_server(machines):
        for _ in range(stops):
            world.add_due(20, on=timezone.localdate(), kind=Kind.TRIAGE_SIGNAL)
            at_work += wait_until(_is_telling, seconds=4 * SECONDS) is not None
            time.sleep(random.uniform(0, 0.1))
            running.kill(WORKER, random.choice([signal.SIGTERM, signal.SIGQUIT, signal.SIGKILL]))
            running.start(WORKER)
        settled()
        # What a killed worker had leased waits until its lease runs out, and goes out then.
        wait_until(lambda: world.untold() == 0, seconds=LEASE.total_seconds() + PATIENCE)
    lost = world.untold() + world.unraised()
    mails = numbers(machines.mail_folder)
    told = list(_told_together())
    lost += sum(len(rows) for rows in told if not rows & set(mails))
    repeats = sum(mails[row] for rows in told for row in rows) - len(told)
    text = (
        f"worker {stops} times stopped with SIGTERM, SIGQUIT or SIGKILL, {at_work} times while it told somebody, "
        f"{sum(map(len, told))} messages in {len(told)} mails: lost {lost}, told again {repeats}"
    )
    return Figure("R54 worker", text, lost == 0 and repeats <= stops)


def _is_telling() -> bool:
    return Outbox.objects.exclude(lease=None).exists()


def _told_together() -> Iterator[set[str]]:
    """Yield the numbers of what one person was told in one round: one mail is enough for those, under any of them."""
    rows = Outbox.objects.exclude(sent_at=None).order_by("sent_to_id", "sent_at", "pk")
    for _who, together in groupby(rows, key=lambda row: (row.sent_to_id, row.sent_at)):
        yield {str(row.pk) for row in together}


def settled() -> float:
    """Wait until everything due was raised; return how long that took, all patience when it was not."""
    took = wait_until(lambda: world.unraised() == 0, seconds=PATIENCE)
    return PATIENCE if took is None else took
