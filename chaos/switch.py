"""R50: each part is killed in turn, and every page of everybody who works here must say so within two intervals.

An interval is five minutes, ten beats of the harness being two of them, and it is counted from the last thing that the
part did: what it still had in hand when it was told to stop is work, not silence. A part is seen in time when no look
later than that found a page that was still green, however long a look takes on a machine that is busy.
"""

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import connection, connections
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from chaos import world
from chaos.clockwork import BEAT, PATIENCE, SILENCE, WORKER, Clockwork
from chaos.figures import Figure, carries
from chaos.processes import wait_until
from chaos.sending import mail_server
from chaos.servers import Machines
from chaos.watchdog import watchdog
from follow_ups.models import DispatchRun, Trigger
from overview import clock
from reminders.sweep import sweep

# Whoever keeps a watchdog hears of each round that succeeded; it barks when it hears nothing for two intervals.
_SILENT_SOUNDS = frozenset({"worker", "beat", "dispatcher", "queue", "a round that hangs"})
_HEALTH = ("healthy_sweep", "healthy_dispatch", "healthy_mail")


@carries("R50")
def dead_mans_switch(machines: Machines, running: Clockwork, random: Random, *, short: bool) -> Figure:
    """Kill, hang or take away each part; count the seconds until red, and the pages that said nothing.

    A look kills the three processes only.
    """
    parts: dict[str, Callable[[], contextlib.AbstractContextManager[None]]] = {
        "worker": lambda: _killed(running, WORKER),
        "beat": lambda: _killed(running, BEAT),
        "dispatcher": lambda: _only_raising(running),
    }
    if not short:
        parts |= {"queue": lambda: _without_queue(machines), "a round that hangs": _hanging_rounds}
    seen: dict[str, _Seen | None] = {}
    silent_pages: list[str] = []
    world.build(10, due=10)
    staff = world.staff()
    with _sped_up(), _pages_readable(), watchdog(machines) as heard, contextlib.ExitStack() as mail:
        mail.enter_context(mail_server(machines))
        # A watchdog that was told nothing yet does not notice when the first part falls silent.
        wait_until(lambda: bool(heard), seconds=PATIENCE)
        for part, stopped in parts.items():
            seen[part] = _until_red(stopped, staff, silent_pages)
        if not short:
            # Last, because what waits for it goes on waiting.
            seen["mail"] = _until_red(lambda: _without_mail(mail), staff, silent_pages)
    barked = [part for part, one in seen.items() if part in _SILENT_SOUNDS and one and one.was_told_until_then(heard)]
    said = ", ".join(f"{part} {one.still_green:.1f}" if one else f"{part} NOT SEEN" for part, one in seen.items())
    holds = not silent_pages and len(barked) == len(_SILENT_SOUNDS & set(seen))
    holds &= all(one is not None and one.still_green <= SILENCE for one in seen.values())
    pages = f"pages that said nothing {len(silent_pages)}"
    if silent_pages:
        pages += f" ({', '.join(silent_pages[:5])})"
    text = (
        f"seconds after its last round at which a look was still green, of {SILENCE:.1f} allowed: {said}; {pages}; "
        f"a watchdog outside went without a word for {len(barked)} of {len(_SILENT_SOUNDS & set(seen))}"
    )
    return Figure("R50", text, holds)


@dataclass(frozen=True)
class _Seen:
    """How one part was missed. `last_act` is the last thing it did, `green_at` when a look last found nothing wrong."""

    last_act: datetime
    green_at: datetime
    red_at: datetime
    left_at: datetime

    @property
    def still_green(self) -> float:
        return max((self.green_at - self.last_act).total_seconds(), 0)

    def was_told_until_then(self, heard: list[datetime]) -> bool:
        """Say whether a watchdog heard of the rounds before, and of none from red on while the part stood still."""
        return any(at < self.red_at for at in heard) and not any(self.red_at < at <= self.left_at for at in heard)


def _until_red(
    stopped: Callable[[], contextlib.AbstractContextManager[None]], staff: list[User], silent_pages: list[str]
) -> _Seen | None:
    if wait_until(_works, seconds=PATIENCE) is None:
        return None
    with stopped():
        stopped_at = green_at = timezone.now()
        until = time.monotonic() + PATIENCE
        while (found := _look(asked_at := timezone.now())).works:
            green_at = asked_at
            if time.monotonic() > until:
                return None
            time.sleep(0.1)
        silent_pages += list(_pages_without_banner(staff))
        return _Seen(max(stopped_at, _last_act(found, stopped_at)), green_at, asked_at, timezone.now())


def _last_act(found: clock.Clock, stopped_at: datetime) -> datetime:
    """Return the last thing that the part which is missed did. Of the mail: when a message began to wait for it."""
    acts = {clock.SWEEP: found.swept_at, clock.DISPATCH: found.dispatched_at}
    missed = [at for fault in found.faults if (at := acts.get(fault))]
    if clock.MAIL in found.faults:
        missed += DispatchRun.objects.order_by("-finished_at").values_list("oldest_waiting_at", flat=True)[:1]
    return min(missed, default=stopped_at)


def _works() -> bool:
    """Say whether both rounds were held and nothing is wrong: before the first there is nothing to judge."""
    found = _look(timezone.now())
    return found.swept_at is not None and found.dispatched_at is not None and found.works


def _look(now: datetime) -> clock.Clock:
    connections.close_all()
    return clock.state_of_reminders(now)


def _pages_without_banner(staff: list[User]) -> Iterator[str]:
    """Yield each page in somebody's menu that is not red, and the answer to a monitor when none of them is."""
    connections.close_all()
    red = clock.banner(clock.state_of_reminders(timezone.now()))
    assert red
    for user in staff:
        browser = signed_in(user)
        for entry in browser.get(reverse("accounts:drafts")).context["nav"]:
            if red.title not in browser.get(entry.url).content.decode():
                yield entry.url
    if all(Client().get(reverse(f"overview:{name}")).status_code == 200 for name in _HEALTH):
        yield "monitor"


def signed_in(user: User) -> Client:
    """Return a browser in which this user has shown both factors."""
    browser = Client()
    browser.force_login(user, backend="accounts.backends.Password")
    session = browser.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return browser


@contextlib.contextmanager
def _pages_readable() -> Iterator[None]:
    """Let the test client tell what a page was made of."""
    setup_test_environment()
    try:
        yield
    finally:
        teardown_test_environment()


@contextlib.contextmanager
def _sped_up() -> Iterator[None]:
    limits = (clock.SILENCE, clock.LONGEST_WAIT)
    clock.SILENCE, clock.LONGEST_WAIT = timedelta(seconds=SILENCE), timedelta(seconds=0.8 * SILENCE)
    try:
        yield
    finally:
        clock.SILENCE, clock.LONGEST_WAIT = limits


@contextlib.contextmanager
def _killed(running: Clockwork, part: str) -> Iterator[None]:
    running.kill(part)
    yield
    running.start(part)


@contextlib.contextmanager
def _only_raising(running: Clockwork) -> Iterator[None]:
    """Kill what sends while rounds go on from opened pages: what is due is raised, and nobody is told."""
    running.kill(WORKER)
    # As if pages went on doing so: a round that is fresh until the dispatcher's silence is over.
    sweep(today=timezone.localdate(), now=timezone.now() + timedelta(minutes=1), trigger=Trigger.PAGE)
    yield
    world.forget_rounds()
    running.start(WORKER)


@contextlib.contextmanager
def _without_queue(machines: Machines) -> Iterator[None]:
    machines.kill_broker()
    yield
    machines.start_broker()


@contextlib.contextmanager
def _without_mail(mail: contextlib.ExitStack) -> Iterator[None]:
    mail.close()
    world.add_due(10, on=timezone.localdate(), kind=world.Kind.TRIAGE_SIGNAL)
    yield


@contextlib.contextmanager
def _hanging_rounds() -> Iterator[None]:
    """Hold what a round writes in, so that the sweep itself never ends while every process is alive."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as held:
            held.execute("LOCK TABLE follow_ups_sweeprun IN SHARE MODE")
        yield
    finally:
        other.close()
