"""What Celery runs for oversight. The command `review_audit_log` does the same from a timer, or by hand."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from audit.record import from_origin
from core.database import DatabaseRole, acting_as
from oversight.models import Pattern
from oversight.retention import TOMBSTONES, carry_out, propose
from oversight.review import review, tell_owners
from reminders.mail import tell


@shared_task(ignore_result=True)
def review_audit_log(**_ignored: object) -> None:
    """Every morning, before work."""
    _review(None)


@shared_task(ignore_result=True)
def watch_decoys(**_ignored: object) -> None:
    """Every two minutes: who opens a decoy file is known within five."""
    _review(frozenset({Pattern.DECOY}))


@shared_task(ignore_result=True)
def keep_to_terms(**_ignored: object) -> None:
    """Every night: propose what may be destroyed, and destroy what two persons approved."""
    with from_origin("job keep_to_terms"), acting_as(DatabaseRole.JOBS):
        propose(now=timezone.now())
    with from_origin("job keep_to_terms"), acting_as(DatabaseRole.JOBS):
        carry_out(now=timezone.now(), tombstones=settings.AUDIT_ANCHORS.with_name(TOMBSTONES))


def _review(only: frozenset[Pattern] | None) -> None:
    with from_origin("job review_audit_log"), acting_as(DatabaseRole.JOBS):
        review(now=timezone.now(), only=only)
    with from_origin("job review_audit_log"), acting_as(DatabaseRole.JOBS):
        tell_owners(now=timezone.now(), send=tell)
