"""The dispatcher: what was raised is told to a person, at least once, rarely twice after a crash, and never not at all.

A row is leased, its recipient is chosen and authorised now, the message goes out, and only then is the row marked. A
dispatcher that dies in between loses its lease, and another one tells it again under the same message number.
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from core.database import DatabaseRole, acting_as
from core.working_days import add_working_days, is_working_day
from follow_ups.models import URGENT, DispatchRun, Outbox, State, Step, Trigger
from reminders.models import DEFAULT_HOUR, Digest, MailPreference
from reminders.recipients import candidates, may_be_told

log = logging.getLogger(__name__)

BATCH = 200
LEASE = timedelta(minutes=3)
RETRY_AFTER = timedelta(minutes=5)
GIVE_UP = 3  # messages that failed in one round
_LONGEST_WAIT = 12  # times RETRY_AFTER


class AddressRefused(Exception):
    """This one address cannot be reached; the mail server works."""


@dataclass(frozen=True)
class Message:
    """That there is work. The number is the same for the same news, so that a repeat can be told from a second one."""

    recipient: User
    number: UUID


Send = Callable[[Message], None]


@dataclass
class _Round:
    """One dispatcher's round: who was told in it, and what went wrong."""

    now: datetime
    send: Send
    token: UUID = field(default_factory=uuid4)
    told: set[UUID] = field(default_factory=set)
    refused: set[UUID] = field(default_factory=set)
    sent: int = 0
    failed: int = 0

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)


def dispatch(*, now: datetime, send: Send, trigger: Trigger = Trigger.BEAT) -> DispatchRun:
    """Tell everybody for whom something waits, one message to a person, and return what this round saw.

    Each batch is leased in a transaction of its own and sent outside one: call it outside one.
    """
    going = _Round(now, send)
    while batch := _lease(going):
        by_recipient = _recipients(batch, going)
        for recipient, rows in by_recipient.items():
            if going.failed < GIVE_UP:
                _tell(recipient, rows, going)
            else:
                # The mail server is away: the rest waits for a next round, not for a time-out each.
                _leave(rows, next_try_at=going.now + RETRY_AFTER)
        if going.failed >= GIVE_UP:
            break
    return _finished(going, trigger)


def _lease(going: _Round) -> list[Outbox]:
    """Take the next rows in hand. What is no longer owed is dropped here."""
    with acting_as(DatabaseRole.JOBS):
        rows = list(
            Outbox.objects.waiting(going.now)
            .select_related("reminder__follow_up")
            .select_for_update(skip_locked=True, of=("self",))[:BATCH]
        )
        settled = [row.pk for row in rows if row.reminder.follow_up.state != State.OPEN]
        Outbox.objects.filter(pk__in=settled).update(dropped_at=going.now, lease=None, leased_until=None)
        taken = [row for row in rows if row.pk not in settled]
        Outbox.objects.filter(pk__in=[row.pk for row in taken]).update(
            lease=going.token, leased_until=going.now + LEASE
        )
    # A batch of which everything was dropped is not the last one.
    return taken if taken or not rows else _lease(going)


def _recipients(rows: list[Outbox], going: _Round) -> dict[User, list[Outbox]]:
    """Return who hears of each row, decided now. A row on which that fails, or that has nobody, is tried again."""
    found: dict[User, list[Outbox]] = defaultdict(list)
    for row in rows:
        try:
            with acting_as(DatabaseRole.JOBS):
                reachable = (one for one in candidates(row.reminder, now=going.now) if one.pk not in going.refused)
                recipient = next(reachable, None)
        except Exception:
            log.exception("no recipient could be chosen", extra={"outbox": str(row.pk)})
            recipient = None
        if recipient is None:
            _wait([row], going, nobody=True)
        else:
            found[recipient].append(row)
    return found


def _tell(recipient: User, rows: list[Outbox], going: _Round) -> None:
    """Send one message for these rows, unless the day's message covers them: then they wait for it."""
    with acting_as(DatabaseRole.JOBS):
        rows = [
            row for row in rows if _is_still_ours(row, going) and may_be_told(recipient, row.reminder, now=going.now)
        ]
        urgent = any(is_urgent(row) for row in rows)
        moment = next_digest(recipient, now=going.now)
        if rows and not urgent and moment > going.now and recipient.pk not in going.told:
            _leave(rows, next_try_at=moment)
            return
    if not rows:
        return
    number = rows[0].pk if urgent else uuid5(NAMESPACE_OID, f"{recipient.pk} {going.today}")
    try:
        if recipient.pk not in going.told:
            going.send(Message(recipient, number))
    except AddressRefused:
        log.warning("an address is refused", extra={"user": str(recipient.pk)})
        going.refused.add(recipient.pk)
        _leave(rows, next_try_at=None)
        return
    except Exception:
        log.exception("a message was not sent", extra={"user": str(recipient.pk)})
        going.failed += 1
        _wait(rows, going)
        return
    _mark(recipient, rows, going, is_digest=not urgent)


def _mark(recipient: User, rows: list[Outbox], going: _Round, *, is_digest: bool) -> None:
    """Write down that these rows were told, and to whom. After sending: the other way round would lose some."""
    going.told.add(recipient.pk)
    with acting_as(DatabaseRole.JOBS):
        going.sent += (
            Outbox.objects.unsettled()
            .filter(pk__in=[row.pk for row in rows])
            .update(sent_at=going.now, sent_to=recipient, nobody_since=None, lease=None, leased_until=None)
        )
        if is_digest:
            Digest.objects.bulk_create(
                [Digest(user=recipient, day=going.today, sent_at=going.now)], ignore_conflicts=True
            )


def is_urgent(row: Outbox) -> bool:
    """Say whether this is told at once: work that cannot wait, and work that was left undone past the team lead."""
    return row.reminder.follow_up.kind in URGENT or row.reminder.step == Step.COORDINATOR


def next_digest(user: User, *, now: datetime) -> datetime:
    """Return when the next daily message of this user goes out: `now` or before it when that is today's, unsent."""
    chosen = MailPreference.objects.filter(user=user).values_list("digest_hour", flat=True).first()
    day = timezone.localdate(now)
    if not is_working_day(day) or Digest.objects.filter(user=user, day=day).exists():
        day = add_working_days(day, 1)
    return timezone.make_aware(datetime.combine(day, time(DEFAULT_HOUR if chosen is None else chosen)))


def _is_still_ours(row: Outbox, going: _Round) -> bool:
    return Outbox.objects.unsettled().filter(pk=row.pk, lease=going.token).exists()


def _leave(rows: list[Outbox], *, next_try_at: datetime | None) -> None:
    """Let go of rows without anything having gone wrong with them."""
    with acting_as(DatabaseRole.JOBS):
        Outbox.objects.filter(pk__in=[row.pk for row in rows]).update(
            lease=None, leased_until=None, next_try_at=next_try_at, nobody_since=None
        )


def _wait(rows: list[Outbox], going: _Round, *, nobody: bool = False) -> None:
    """Try these again, later each time."""
    with acting_as(DatabaseRole.JOBS):
        for row in rows:
            Outbox.objects.filter(pk=row.pk).update(
                attempts=row.attempts + 1,
                next_try_at=going.now + RETRY_AFTER * min(row.attempts + 1, _LONGEST_WAIT),
                nobody_since=(row.nobody_since or going.now) if nobody else None,
                lease=None,
                leased_until=None,
            )


def _finished(going: _Round, trigger: Trigger) -> DispatchRun:
    with acting_as(DatabaseRole.JOBS):
        unsettled = Outbox.objects.unsettled()
        stuck = unsettled.filter(nobody_since=None).filter(Q(attempts__gt=0) | Q(next_try_at=None))
        return DispatchRun.objects.create(
            finished_at=going.now,
            trigger=trigger,
            sent=going.sent,
            failed=going.failed,
            without_recipient=unsettled.exclude(nobody_since=None).count(),
            oldest_waiting_at=stuck.order_by("made_at").values_list("made_at", flat=True).first(),
        )
