"""The sweep: enter what is owed into the ledger, then send what waits. Safe to repeat, and to run twice at once.

What is due today is a question every page asks by itself; the sweep only pushes. Raising happens exactly once, by a
unique constraint. Sending happens at least once: a crash between the two repeats a mail, never loses one.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from accounts.models import User
from cases.models import Family
from cases.operations import raise_alarm
from core.database import DatabaseRole, acting_as
from core.working_days import add_working_days
from follow_ups.models import FollowUp, Kind, Outbox, Reminder, State, Step, SweepRun
from reminders.recipients import recipient_of

log = logging.getLogger(__name__)

BATCH = 500
RETRY_AFTER = timedelta(minutes=5)
Send = Callable[[User], None]


def sweep(*, today: date, now: datetime, send: Send) -> SweepRun:
    """Raise every step that is reached on `today` and send what waits; return what this round saw.

    A day that was missed is caught up. Each batch is a transaction of its own, as the jobs role: call it outside one.
    """
    _watch_regie(today=today, now=now)
    raised = 0
    for step in Step:
        while (found := _raise_batch(step, today=today, now=now)) is not None:
            raised += found
    sent = deliver(now=now, send=send)
    with acting_as(DatabaseRole.JOBS):
        return SweepRun.objects.create(
            finished_at=now, due_seen=FollowUp.objects.due_by(today).count(), raised=raised, sent=sent
        )


def _watch_regie(*, today: date, now: datetime) -> None:
    """Make the absence of a regisseur somebody's work. One family that fails does not keep the others silent."""
    with acting_as(DatabaseRole.JOBS):
        told = FollowUp.objects.open().filter(kind=Kind.NO_REGISSEUR)
        alarmed = list(Family.objects.without_regisseur(today).exclude(pk__in=told.values("family_id"))[:BATCH])
    for family in alarmed:
        try:
            with acting_as(DatabaseRole.JOBS):
                raise_alarm(family, at=now)
        except Exception:
            log.exception("alarm not raised", extra={"family": str(family.pk)})


def reached(step: Step, today: date) -> date:
    """Return the latest day on which something may have been due for `step` to be reached on `today`."""
    day = today
    while add_working_days(day, step.value) > today:
        day -= timedelta(days=1)
    return day


def _raise_batch(step: Step, *, today: date, now: datetime) -> int | None:
    """Raise one batch of reminders with their outbox rows, and return how many; None when nothing is left."""
    with acting_as(DatabaseRole.JOBS):
        owed = list(
            FollowUp.objects.due_by(reached(step, today))
            .exclude(reminders__step=step)
            .select_for_update(skip_locked=True, of=("self",))
            .order_by("due_on", "pk")[:BATCH]
        )
        if not owed:
            return None
        wanted = [Reminder(family_id=one.family_id, follow_up=one, step=step, raised_at=now) for one in owed]
        # A sweep beside this one may have been faster with some of them: the constraint decides, not a look first.
        Reminder.objects.bulk_create(wanted, ignore_conflicts=True)
        raised = Reminder.objects.filter(pk__in=[one.pk for one in wanted])
        Outbox.objects.bulk_create(Outbox(family_id=one.family_id, reminder=one, made_at=now) for one in raised)
        return len(raised)


def deliver(*, now: datetime, send: Send) -> int:
    """Send what waits, one message to a person however much there is; return how many rows were settled by sending."""
    told: set[object] = set()
    settled = 0
    while (outcome := _settle_one(now=now, send=send, told=told)) is not None:
        settled += outcome
    return settled


def _settle_one(*, now: datetime, send: Send, told: set[object]) -> bool | None:
    """Lock one waiting row and settle it. None when nothing waits any more."""
    with acting_as(DatabaseRole.JOBS):
        row = (
            Outbox.objects.waiting(now)
            .select_related("reminder__follow_up")
            .select_for_update(skip_locked=True, of=("self",))
            .first()
        )
        if row is None:
            return None
        if row.reminder.follow_up.state != State.OPEN:
            row.dropped_at = now
            row.save(update_fields=["dropped_at"])
            return False
        recipient = recipient_of(row.reminder, now=now)
        if recipient is None or not _sent(recipient, row, send=send, told=told):
            row.attempts += 1
            row.next_try_at = now + RETRY_AFTER * min(row.attempts, 12)
            row.save(update_fields=["attempts", "next_try_at"])
            return False
        row.sent_at, row.sent_to = now, recipient
        row.save(update_fields=["sent_at", "sent_to"])
        return True


def _sent(recipient: User, row: Outbox, *, send: Send, told: set[object]) -> bool:
    """Tell somebody there is work, unless this round already did. A failing address does not stop the others."""
    if recipient.pk not in told:
        try:
            send(recipient)
        except Exception:
            log.exception("reminder not sent", extra={"outbox": str(row.pk)})
            return False
        told.add(recipient.pk)
    return True
