"""R50: each part is killed in turn, and every page of everybody who works here must say so within two intervals."""

import contextlib
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random

import psycopg
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from chaos import world
from chaos.clockwork import BEAT, PATIENCE, SILENCE, WORKER, Clockwork
from chaos.figures import Figure
from chaos.processes import wait_until
from chaos.sending import mail_server
from chaos.servers import Machines
from follow_ups.models import Trigger
from overview import clock
from reminders.sweep import sweep

_SLACK = 2.0  # seconds: how often is looked, and a machine that is busy
_HEALTH = ("healthy_sweep", "healthy_dispatch", "healthy_mail")


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
    took: dict[str, float | None] = {}
    silent_pages: list[str] = []
    world.build(10, due=10)
    staff = world.staff()
    with _sped_up(), _pages_readable(), contextlib.ExitStack() as mail:
        mail.enter_context(mail_server(machines))
        for part, stopped in parts.items():
            took[part] = _until_red(stopped, staff, silent_pages)
        if not short:
            # Last, because what waits for it goes on waiting.
            took["mail"] = _until_red(lambda: _without_mail(mail), staff, silent_pages)
    said = ", ".join(f"{part} {'NOT SEEN' if took[part] is None else f'{took[part]:.0f}'}" for part in took)
    holds = not silent_pages and all(one is not None and one <= 2 * SILENCE + _SLACK for one in took.values())
    pages = f"pages that said nothing {len(silent_pages)}"
    if silent_pages:
        pages += f" ({', '.join(silent_pages[:5])})"
    return Figure("R50", f"seconds until red, of {2 * SILENCE:.0f} allowed: {said}; {pages}", holds)


def _until_red(
    stopped: Callable[[], contextlib.AbstractContextManager[None]], staff: list[User], silent_pages: list[str]
) -> float | None:
    if wait_until(_is_green, seconds=PATIENCE) is None:
        return None
    with stopped():
        took = wait_until(lambda: not _is_green(), seconds=PATIENCE)
        if took is not None:
            silent_pages += list(_pages_without_banner(staff))
    return took


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
    options = settings.DATABASES["default"]
    with psycopg.connect(host=options["HOST"], dbname=options["NAME"], user=options["USER"]) as held:
        held.execute("LOCK TABLE follow_ups_sweeprun IN SHARE MODE")
        yield


def _is_green() -> bool:
    connections.close_all()
    found = clock.state_of_reminders(timezone.now())
    return found.swept_at is not None and found.dispatched_at is not None and found.works
