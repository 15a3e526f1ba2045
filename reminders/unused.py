"""Accounts that nobody signs in with are closed after some weeks (R41). Her organisation lets in who comes back."""

from datetime import datetime, timedelta

from django.utils import timezone

from access.operation import operation
from access.policy import Action
from accounts.models import User
from accounts.sessions import end_all_of
from audit.events import Event
from core.database import DatabaseRole, acting_as
from organisations.models import Norm, Subject

UNUSED_DAYS = 60  # R41, until an administrator sets another norm


def suspend_unused(*, now: datetime) -> int:
    """Close every account that was not signed in with for the number of days of the norm; return how many.

    Her memberships stay. Who was regisseur is none any more, also after she is let in again, and the alarm rises. Each
    account is closed by itself, so one that fails holds up no other.
    """
    with acting_as(DatabaseRole.JOBS):
        norm = Norm.objects.days_for(Subject.ACCOUNT_UNUSED, None, timezone.localdate(now)).get("", UNUSED_DAYS)
        before = now - timedelta(days=norm)
        unused = list(User.objects.active().unused_since(before).order_by("pk"))
    closed = 0
    for user in unused:
        with acting_as(DatabaseRole.JOBS):
            closed += _suspend(user, before=before, at=now)
    return closed


def _suspend(user: User, *, before: datetime, at: datetime) -> bool:
    with operation(Action.SUSPEND_UNUSED, on=user, by=None) as op:
        user = User.objects.select_for_update().get(pk=user.pk)
        still = bool(User.objects.active().unused_since(before).filter(pk=user.pk).exists())
        if still:
            user.is_active, user.suspended_at = False, at
            user.save(update_fields=["is_active", "suspended_at"])
            end_all_of(user.pk)
        op.record(Event.ACCOUNT_SUSPENDED, subject=user, suspended=still)
    return still
