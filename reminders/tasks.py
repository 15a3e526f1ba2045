"""What Celery runs. Each task reads the clock and calls one function; switched off, nothing is lost but the push."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from accounts import drafts
from audit import seal
from audit.record import from_origin
from cases.basis_of_disclosures import orphans
from cases.comparing import compare_waiting
from core.database import DatabaseRole, acting_as
from reminders.dispatch import dispatch
from reminders.links import send_links
from reminders.mail import post, send, tell
from reminders.outside import clock_skew, tell_watchdog
from reminders.sweep import sweep
from reminders.unused import suspend_unused
from signals.desks import tell_desks
from signals.routing import route_waiting

log = logging.getLogger(__name__)


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
        now = timezone.now()
        route_waiting(now=now)
        tell_desks(now=now, send=tell)


@shared_task(ignore_result=True)
def send_letters(**_ignored: object) -> None:
    """Every minute: links that open a way in."""
    with from_origin("job send_letters"):
        send_links(now=timezone.now(), send=post)


@shared_task(ignore_result=True)
def suspend_unused_accounts(**_ignored: object) -> None:
    """Every night."""
    with from_origin("job suspend_unused_accounts"):
        suspend_unused(now=timezone.now())


@shared_task(ignore_result=True)
def compare_files(**_ignored: object) -> None:
    """Every minute."""
    with from_origin("job compare_files"):
        compare_waiting(now=timezone.now())


@shared_task(ignore_result=True)
def seal_audit_log(**_ignored: object) -> None:
    """Every minute."""
    with from_origin("job seal_audit_log"), acting_as(DatabaseRole.JOBS):
        seal.seal(now=timezone.now())


@shared_task(ignore_result=True)
def anchor_audit_log(**_ignored: object) -> None:
    """Every five minutes."""
    with from_origin("job anchor_audit_log"), acting_as(DatabaseRole.JOBS):
        seal.anchor(now=timezone.now(), file=settings.AUDIT_ANCHORS)


@shared_task(ignore_result=True)
def check_audit_log(**_ignored: object) -> None:
    """Every night. What it finds, an operator must act on."""
    with from_origin("job check_audit_log"), acting_as(DatabaseRole.JOBS):
        found = seal.check(now=timezone.now(), file=settings.AUDIT_ANCHORS)
    for one in found:
        log.error("the audit log was broken", extra={"first": one.first, "last": one.last, "what": one.what})


@shared_task(ignore_result=True)
def check_disclosures(**_ignored: object) -> None:
    """Every night: what another organisation saw without a ground. Each is an incident."""
    with from_origin("job check_disclosures"), acting_as(DatabaseRole.JOBS):
        found = orphans()
    for one in found:
        log.error("a disclosure without a ground", extra={"kind": one.kind, "row": one.row_id})
