"""The sweep: every step of every follow-up that is reached is raised, exactly once. Safe to repeat, and beside itself.

What is due today is a question every page asks by itself; this only pushes. A batch is one statement that skips what
somebody holds at that moment. When it fails it is halved until the row that it fails on stands apart, for all to see.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError, OperationalError, connection

from audit.events import Event
from audit.record import record
from core.database import DatabaseRole, acting_as
from core.working_days import add_working_days
from follow_ups.models import Quarantine, Step, SweepRun, Trigger
from reminders.alarms import watch_regie, watch_silence, watch_support

log = logging.getLogger(__name__)

BATCH = 2000
RETRIED = 50  # rows set apart that a round tries again
_DAY = timedelta(days=1)
# A round never stands in the way of somebody's work, and does not wait for it either.
_BOUNDS = "SELECT set_config('lock_timeout', %s, true), set_config('statement_timeout', %s, true)"


@dataclass(frozen=True)
class Bounds:
    """As whom a round runs and how long it may take. A page view has little time and no rights of its own."""

    role: DatabaseRole = DatabaseRole.JOBS
    statement_seconds: float = 60
    seconds: float = 180


def sweep(
    *,
    today: date,
    now: datetime,
    trigger: Trigger = Trigger.BEAT,
    skew_seconds: int | None = None,
    bounds: Bounds | None = None,
) -> SweepRun:
    """Raise every step that is reached on `today`, days that were missed included; return what this round saw.

    Each batch is a transaction of its own: call it outside one. It raises what the database raises when that is gone.
    """
    limits = bounds or Bounds()
    until = time.monotonic() + limits.seconds
    if limits.role == DatabaseRole.JOBS:
        watch_regie(today=today, now=now)
        watch_silence(today=today, now=now)
        watch_support(today=today, now=now)
    raised = 0
    for step in Step:
        raised += _raise_step(step, reached(step, today), now, limits, until)
    if limits.role == DatabaseRole.JOBS:
        raised += _retry_quarantined(now, limits)
    return _finished(today, now, trigger, raised, skew_seconds, limits)


def reached(step: Step, today: date) -> date:
    """Return the latest day on which something may have been due for `step` to be reached on `today`."""
    day = today
    while add_working_days(day, step.value) > today:
        day -= _DAY
    return day


def _raise_step(step: Step, due_until: date, now: datetime, limits: Bounds, until: float) -> int:
    """Raise one step in batches, oldest first; return how many."""
    raised = 0
    while time.monotonic() < until:
        try:
            found = _ask("SELECT raise_reminders(%s, %s, %s, %s)", [step.value, due_until, now, BATCH], limits)
        except OperationalError:
            raise
        except DatabaseError:
            log.exception("a batch of reminders failed and is halved", extra={"step": step.value})
            rows = _rows("SELECT unraised_reminders(%s, %s, %s)", [step.value, due_until, BATCH], limits)
            found = _halve(step, rows, now, limits)
            raised += found
            if not found:  # all of it is held or set apart: the next round looks again
                return raised
            continue
        raised += found
        if found < BATCH:
            return raised
    return raised


def _halve(step: Step, rows: Sequence[UUID], now: datetime, limits: Bounds) -> int:
    """Raise these, in ever smaller parts where one fails. A row that fails alone is set apart."""
    if not rows:
        return 0
    try:
        return _ask("SELECT raise_these_reminders(%s, %s, %s)", [step.value, list(rows), now], limits)
    except OperationalError:
        raise
    except DatabaseError:
        if len(rows) == 1:
            log.error("a reminder is set apart", extra={"step": step.value, "follow_up": str(rows[0])})
            _ask("SELECT quarantine_reminder(%s, %s, %s)", [step.value, rows[0], now], limits)
            return 0
    middle = len(rows) // 2
    return _halve(step, rows[:middle], now, limits) + _halve(step, rows[middle:], now, limits)


def _retry_quarantined(now: datetime, limits: Bounds) -> int:
    """Try once more what was set apart, each alone; what works now, or is no longer owed, is released."""
    raised = 0
    with acting_as(limits.role):
        apart = list(
            Quarantine.objects.filter(released_at=None).select_related("follow_up").order_by("since")[:RETRIED]
        )
    for one in apart:
        try:
            raised += _ask("SELECT raise_these_reminders(%s, %s, %s)", [one.step, [one.follow_up_id], now], limits)
        except OperationalError:
            raise
        except DatabaseError:
            continue
        with acting_as(limits.role):
            Quarantine.objects.filter(pk=one.pk).update(released_at=now)
    return raised


def _finished(
    today: date, now: datetime, trigger: Trigger, raised: int, skew_seconds: int | None, limits: Bounds
) -> SweepRun:
    with acting_as(limits.role):
        with connection.cursor() as cursor:
            cursor.execute("SELECT due_seen, unraised, quarantined FROM what_the_sweep_sees(%s)", [today])
            due_seen, left, quarantined = cursor.fetchone()
        if raised:
            record(Event.REMINDERS_RAISED, actor=None, details={"raised": raised, "trigger": trigger.value})
        before = SweepRun.objects.order_by("-finished_at", "-pk").values_list("stuck_rounds", flat=True).first() or 0
        return SweepRun.objects.create(
            finished_at=now,
            trigger=trigger,
            due_seen=due_seen,
            raised=raised,
            left=left,
            stuck_rounds=before + 1 if left and not raised else 0,
            quarantined=quarantined,
            skew_seconds=skew_seconds,
        )


def _ask(statement: str, values: list[Any], limits: Bounds) -> int:
    (number,) = _rows(statement, values, limits)
    return number


def _rows(statement: str, values: list[Any], limits: Bounds) -> list[Any]:
    """Run one statement in a transaction of its own and return its first column."""
    longest = f"{int(limits.statement_seconds * 1000)}ms"
    with acting_as(limits.role), connection.cursor() as cursor:
        cursor.execute(_BOUNDS, [longest, longest])
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]
