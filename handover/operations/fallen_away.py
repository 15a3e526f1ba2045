"""That somebody fell away in silence becomes somebody's work. A job's: nobody acts."""

from datetime import datetime

from django.utils import timezone

from access.models import AssignmentKind
from access.operation import operation
from access.policy import Action
from audit.events import Event
from follow_ups.models import Kind
from follow_ups.operations import plan
from handover.models import SupporterAssignment, WatchRole


def notice_fallen_away(row: SupporterAssignment | WatchRole, *, at: datetime) -> None:
    """Make finding another supporter, or another partner that keeps watch, the regisseur's work today.

    Once per row: noticing it twice plans nothing twice on one day, and `handover.fallen_away` asks only for new ones.
    """
    with operation(Action.WATCH_SUPPORT, on=row, by=None) as op:
        kind = Kind.FIND_SUPPORTER if isinstance(row, SupporterAssignment) else Kind.FIND_WATCHERS
        plan(
            row.family,
            kind,
            due_on=timezone.localdate(at),
            falls_to=AssignmentKind.REGISSEUR,
            about=row,
            within=op,
        )
        op.record(Event.FALLEN_AWAY_NOTICED, kind=kind.value)
