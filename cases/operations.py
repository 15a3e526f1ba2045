import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from access.models import Assignment, AssignmentKind, Involvement, Relation
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, Person, Place, Trajectory, TrajectoryKind
from core.working_days import add_working_days
from follow_ups.models import Kind
from follow_ups.operations import plan
from organisations.models import Organisation

# Without letters and digits that are mistaken for each other over the telephone.
_ALPHABET = "ABCDEFGHJKMNPQRTUVWXY346789"
FILE_COMPLETE_AFTER = 5  # working days in which the persons, their authority and the first plan are there


@dataclass(frozen=True)
class NewPerson:
    """A person as it is entered: before it belongs to a family."""

    given_name: str
    surname: str = ""
    born_on: date | None = None


def open_family(
    *,
    organisation: Organisation,
    client: NewPerson,
    children: Sequence[NewPerson] = (),
    starts_on: date,
    kind: TrajectoryKind = TrajectoryKind.SHELTER,
    by: User,
    at: datetime,
) -> Family:
    """Open the file of a family, during the stay (A4): from this second somebody has the work.

    In one transaction: the family, its persons and trajectory, the organisation's involvement, the worker's assignment
    and the first follow-up. `starts_on` is the first day of the stay. Says nothing about other families with the same
    names: creation is no way to find out who is known elsewhere.
    """
    op: Operation[Family]
    with operation(Action.OPEN_FAMILY, within_organisation=organisation.pk, by=by) as op:
        family = Family.objects.create(reference=_reference(), opened_by=organisation, opened_at=at)
        involve(family, organisation, Relation.WORKING, source_id=family.pk, at=at, within=op)
        assign(family, by, organisation, AssignmentKind.WORKER, at=at, within=op)
        Trajectory.objects.create(family=family, kind=kind, organisation=organisation, starts_on=starts_on)
        op.record(Event.FAMILY_OPENED, subject=family)
        add_person(family, Place.CLIENT, client, within=op)
        for child in children:
            add_person(family, Place.CHILD, child, within=op)
        plan(
            family,
            Kind.COMPLETE_FILE,
            due_on=add_working_days(timezone.localdate(at), FILE_COMPLETE_AFTER),
            falls_to=AssignmentKind.WORKER,
            within=op,
        )
    return family


def add_person(family: Family, place: Place, person: NewPerson, *, within: Operation[Any]) -> Person:
    """Add a person to the family."""
    added = Person.objects.create(
        family=family, place=place, given_name=person.given_name, surname=person.surname, born_on=person.born_on
    )
    within.record(Event.PERSON_ADDED, subject=added, place=place.value)
    return added


def involve(
    family: Family,
    organisation: Organisation,
    relation: Relation,
    *,
    source_id: UUID,
    at: datetime,
    ends_at: datetime | None = None,
    within: Operation[Any],
) -> Involvement:
    """Open the door of the family for an organisation, because of the fact `source_id`. `ends_at` is exclusive."""
    involvement = Involvement.objects.create(
        family=family, organisation=organisation, relation=relation, source_id=source_id, starts_at=at, ends_at=ends_at
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
    within: Operation[Any],
) -> Assignment:
    """Give a person the family, on behalf of an organisation. Without an involvement beside it nothing opens."""
    assignment = Assignment.objects.create(family=family, user=user, organisation=organisation, kind=kind, starts_at=at)
    within.record(Event.ASSIGNMENT_STARTED, subject=assignment, kind=kind.value)
    return assignment


def _reference() -> str:
    """Return a reference of eight random characters in two groups: over 280 thousand million, so none comes twice."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
