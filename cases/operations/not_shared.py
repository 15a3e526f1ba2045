"""What was not shared, and why: a code that can be counted (I3, C39)."""

from datetime import date, datetime

from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, NotShared, WhyNot
from organisations.models import Organisation


def record_not_shared(
    family: Family,
    *,
    organisation: Organisation,
    by_partner: bool,
    because: WhyNot,
    on_day: date,
    by: User,
    at: datetime,
) -> NotShared:
    """Record that a partner did not share with us (`by_partner`), or that we did not share with it, and why."""
    with operation(Action.EDIT_FAMILY, on=family, by=by) as op:
        recorded = NotShared.objects.create(
            family=op.target,
            organisation=organisation,
            by_partner=by_partner,
            because=because,
            on_day=on_day,
            recorded_by=by,
            recorded_at=at,
        )
        op.record(Event.NOT_SHARED, subject=recorded, because=because.value)
    return recorded
