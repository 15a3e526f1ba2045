"""What Celery runs. Each task reads the clock and calls one function; switched off, nothing is lost but the push."""

from celery import shared_task
from django.utils import timezone

from accounts import drafts
from audit.record import from_origin
from core.database import DatabaseRole, acting_as
from reminders.dispatch import dispatch
from reminders.mail import send
from reminders.outside import clock_skew, tell_watchdog
from reminders.sweep import sweep
from signals.routing import route_waiting


@shared_task(ignore_result=True)
def sweep_reminders(**_ignored: object) -> None:
    """Every minute (see config/celery.py)."""
    with from_origin("job sweep_reminders"):
        now = timezone.now()
        sweep(today=timezone.localdate(), now=now, skew_seconds=clock_skew(now))
    tell_watchdog()


@shared_task(ignore_result=True)
def dispatch_messages(**_ignored: object) -> None:
    """Every minute."""
    with from_origin("job dispatch_messages"):
        dispatch(now=timezone.now(), send=send)


@shared_task(ignore_result=True)
def discard_expired_drafts(**_ignored: object) -> None:
    """Every night."""
    with from_origin("job discard_expired_drafts"), acting_as(DatabaseRole.JOBS):
        drafts.discard_expired(now=timezone.now())


@shared_task(ignore_result=True)
def route_signals(**_ignored: object) -> None:
    """Every minute."""
    with from_origin("job route_signals"):
        route_waiting(now=timezone.now())
