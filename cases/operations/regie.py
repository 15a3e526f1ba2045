"""The regie moves from one person to another in one transaction: there is no moment without, and none with two."""

from datetime import datetime
from typing import Any

from access.models import AssignmentKind, Relation
from access.operation import Operation
from accounts.models import User
from audit.events import Event
from cases.models import Family, RegieKind, RegisseurPeriod
from cases.operations.doors import assign, close_door, involve, unassign
from organisations.models import Organisation


def move_regie(
    family: Family,
    *,
    to: User,
    organisation: Organisation,
    kind: RegieKind,
    reason: str,
    at: datetime,
    within: Operation[Any],
) -> RegisseurPeriod:
    """Make `to` the regisseur from `at` on, and end the regie of whoever had it. A step: the operation checked who.

    `reason` is a stored word, not free text. The former regisseur keeps what her organisation otherwise is to the
    family; this ends only the regie.
    """
    for previous in RegisseurPeriod.objects.filter(family=family).current():
        previous.ends_at = at
        previous.save(update_fields=["ends_at"])
        close_door(family, source_id=previous.pk, at=at, within=within)
        unassign(family, organisation=previous.organisation, kind=AssignmentKind.REGISSEUR, at=at, within=within)
        within.record(Event.REGIE_ENDED, subject=previous)
    period = RegisseurPeriod.objects.create(
        family=family, user=to, organisation=organisation, kind=kind, reason=reason, starts_at=at
    )
    involve(family, organisation, Relation.REGISSEUR, source_id=period.pk, at=at, within=within)
    assign(family, to, organisation, AssignmentKind.REGISSEUR, at=at, within=within)
    within.record(Event.REGIE_STARTED, subject=period, kind=kind.value, reason=reason)
    return period
