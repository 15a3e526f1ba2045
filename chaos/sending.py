"""R54: telling, while the dispatcher is killed between leasing, sending and marking."""

import email
import email.policy
import socket
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from random import Random

from django.db import connections
from django.utils import timezone

from chaos import world
from chaos.figures import Figure, carries
from chaos.processes import finish, program, storm
from chaos.servers import Machines
from follow_ups.models import Kind, Outbox
from reminders import dispatch as rounds
from reminders.dispatch import LEASE, dispatch
from reminders.mail import send
from reminders.sweep import sweep

# Small, so that a kill falls between two leases as well as inside one.
rounds.BATCH = 20
MOST_REPEATS = 0.02


@carries("R54")
def killed_while_sending(machines: Machines, random: Random, *, kills: int, messages: int) -> Figure:
    """Kill -9 the dispatcher at random moments. Each message is for another person, through a real mail server."""
    world.build(messages, due=0)
    world.add_due(messages, on=timezone.localdate(), kind=Kind.TRIAGE_SIGNAL)
    sweep(today=timezone.localdate(), now=timezone.now())
    clock = _Clock()
    with mail_server(machines):
        died = storm(
            lambda: _one_round(clock.now),
            kills=kills,
            side_by_side=1,
            longest=0.12,
            random=random,
            again=lambda: clock.later(world.untold()),
        )
        for _ in range(20):
            clock.later(1)
            finish(lambda: _one_round(clock.now), times=1)
            connections.close_all()
            if not world.untold():
                break
    got = numbers(machines.mail_folder)
    raised = {str(pk) for pk in Outbox.objects.values_list("pk", flat=True)}
    lost = len(raised - set(got)) + world.untold()
    repeats = sum(got.values()) - len(got)
    holds = lost == 0 and not set(got) - raised and repeats <= max(MOST_REPEATS * len(raised), died)
    text = (
        f"{died} kills of the dispatcher, {len(raised):,} messages: lost {lost}, told again after a kill {repeats}"
        f" ({repeats / len(raised):.1%}), each under the number of the first"
    )
    return Figure("R54", text, holds)


class _Clock:
    """The dispatcher's clock. After a kill the lease of the dead must run out, which is minutes in life."""

    def __init__(self) -> None:
        self.now: datetime = timezone.now()

    def later(self, left: int) -> None:
        self.now += LEASE
        if not left:
            world.add_due(20, on=timezone.localdate(), kind=Kind.TRIAGE_SIGNAL)
            sweep(today=timezone.localdate(), now=timezone.now())


def _one_round(now: datetime) -> None:
    dispatch(now=now, send=send)


@contextmanager
def mail_server(machines: Machines) -> Iterator[None]:
    """Run the mail sink on the port that EMAIL_URL names, and leave it on its own."""
    port = int(machines.environment["EMAIL_URL"].rsplit(":", 1)[1])
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(50)
        command = [sys.executable, "-m", "ops.mail_sink", str(listener.fileno()), str(machines.mail_folder)]
        with program("mail", command, machines.environment, log=machines.base, pass_fds=[listener.fileno()]):
            yield


def numbers(folder: Path) -> Counter[str]:
    """Count the mails per message number."""
    found: Counter[str] = Counter()
    for path in folder.glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        found[str(message["Message-ID"]).strip("<>").split("@")[0]] += 1
    return found
