"""Opening and closing the two doors to a family: for an organisation, and for a person in it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import Assignment, AssignmentKind, Involvement, Relation
from access.operation import Operation
from accounts.models import User
from audit.events import Event
from cases.models import Family
from core.errors import WrongState
from organisations.kinds import DefaultKind
from organisations.models import Municipality, Organisation

_ALL = 4


def involve(
    family: Family,
    organisation: Organisation,
    relation: Relation,
    *,
    source_id: UUID,
    at: datetime,
    ends_at: datetime | None = None,
    level: int = _ALL,
    persons: Sequence[UUID] = (),
    within: Operation[Any],
) -> Involvement:
    """Open the door of the family for an organisation, because of the fact `source_id`. `ends_at` is exclusive.

    Without `persons` it is about all persons that the relation allows.
    """
    involvement = Involvement.objects.create(
        family=family,
        organisation=organisation,
        relation=relation,
        source_id=source_id,
        level=level,
        persons=list(persons),
        starts_at=at,
        ends_at=ends_at,
    )
    within.record(Event.INVOLVEMENT_STARTED, subject=involvement, relation=relation.value)
    return involvement


def assign(
    family: Family,
    user: User,
    organisation: Organisation,
    kind: AssignmentKind,
    *,
    at: datetime,
    ends_at: datetime | None = None,
    reason: str = "",
    within: Operation[Any],
) -> Assignment:
    """Give a person the family, on behalf of an organisation. Without an involvement beside it nothing opens.

    `ends_at` is exclusive.

    Raises WrongState for somebody who is barred from it: nobody can lean on a person who cannot open the file.
    """
    if Assignment.objects.live(at).filter(family=family, user=user, kind=AssignmentKind.BARRED).exists():
        raise WrongState(_("This person may not see this family."), about=family)
    assignment = Assignment.objects.create(
        family=family,
        user=user,
        organisation=organisation,
        kind=kind,
        reason=reason,
        starts_at=at,
        ends_at=ends_at,
    )
    within.record(Event.ASSIGNMENT_STARTED, subject=assignment, kind=kind.value)
    return assignment


def close_door(family: Family, *, source_id: UUID, at: datetime, within: Operation[Any]) -> None:
    """Close every door that was open because of the fact `source_id`. From the next request nobody comes in by it."""
    for involvement in Involvement.objects.filter(family=family, source_id=source_id, closed_at=None):
        involvement.closed_at = at
        involvement.save(update_fields=["closed_at"])
        within.record(Event.INVOLVEMENT_ENDED, subject=involvement, relation=involvement.relation)


def close_doors_of(
    family: Family,
    relation: Relation,
    *,
    organisation: Organisation | None = None,
    at: datetime,
    within: Operation[Any],
) -> None:
    """Close every door of one relation, whatever fact opened it: of one organisation, or of all that have it."""
    open_doors = Involvement.objects.filter(family=family, relation=relation, closed_at=None)
    for involvement in open_doors.filter(organisation=organisation) if organisation else open_doors:
        involvement.closed_at = at
        involvement.save(update_fields=["closed_at"])
        within.record(Event.INVOLVEMENT_ENDED, subject=involvement, relation=relation.value)


def unassign(
    family: Family, *, organisation: Organisation, kind: AssignmentKind, at: datetime, within: Operation[Any]
) -> None:
    """End what the persons of an organisation are to the family, of one kind. Nothing happens when nobody is."""
    for assignment in Assignment.objects.filter(family=family, organisation=organisation, kind=kind, closed_at=None):
        assignment.closed_at = at
        assignment.save(update_fields=["closed_at"])
        within.record(Event.ASSIGNMENT_ENDED, subject=assignment, kind=kind.value)


def make_responsible(
    family: Family, municipality: Municipality | None, *, source_id: UUID, at: datetime, within: Operation[Any]
) -> None:
    """Make a municipality the one that is alarmed when nobody has the regie; the one before it no longer is.

    Its coordinator sees references and clocks, never a name. A municipality without an account of its own changes
    nothing: the one before stays responsible rather than nobody.
    """
    successor = municipality.on(timezone.localdate(at)) if municipality else None
    organisation = Organisation.objects.filter(
        kind__slug=DefaultKind.MUNICIPALITY, municipality=successor, is_active=True
    ).first()
    if successor is None or organisation is None:
        return
    for earlier in Involvement.objects.filter(family=family, relation=Relation.RESPONSIBLE, closed_at=None):
        earlier.closed_at = at
        earlier.save(update_fields=["closed_at"])
        within.record(Event.INVOLVEMENT_ENDED, subject=earlier, relation=earlier.relation)
    involve(family, organisation, Relation.RESPONSIBLE, source_id=source_id, at=at, within=within)
