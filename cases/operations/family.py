import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from access.models import AssignmentKind, Relation
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, Place, RegieKind, Trajectory, TrajectoryKind
from cases.operations.doors import assign, involve, make_responsible
from cases.operations.persons import NewPerson, add_person
from cases.operations.regie import move_regie
from core.working_days import add_working_days
from follow_ups.models import Kind
from follow_ups.operations import plan
from organisations.models import Organisation

# Without letters and digits that are mistaken for each other over the telephone.
_ALPHABET = "ABCDEFGHJKMNPQRTUVWXY346789"
FIRST_ASSESSMENT_AFTER = timedelta(days=14)
FILE_COMPLETE_AFTER = 5  # working days in which the persons, their authority and the first plan are there


def open_family(
    *,
    organisation: Organisation,
    client: NewPerson,
    children: Sequence[NewPerson] = (),
    starts_on: date,
    kind: str = TrajectoryKind.SHELTER,
    by: User,
    at: datetime,
) -> Family:
    """Open the file of a family, during the stay (A4): from this second somebody has the work.

    In one transaction: the family, its persons and trajectory, the organisation's involvement, the worker's assignment,
    the regie, and the first follow-up. `starts_on` is the first day of the stay. Says nothing about other families with
    the same names: creation is no way to find out who is known elsewhere.
    """
    op: Operation[Family]
    with operation(Action.OPEN_FAMILY, within_organisation=organisation.pk, by=by) as op:
        family = Family.objects.create(reference=_reference(), opened_by=organisation, opened_at=at)
        involve(family, organisation, Relation.WORKING, source_id=family.pk, at=at, within=op)
        assign(family, by, organisation, AssignmentKind.WORKER, at=at, within=op)
        make_responsible(family, organisation.municipality, source_id=family.pk, at=at, within=op)
        Trajectory.objects.create(family=family, kind=kind, organisation=organisation, starts_on=starts_on)
        op.record(Event.FAMILY_OPENED, subject=family)
        # As long as the shelter works with a family it has the regie (B2): nobody is a name, from the first second.
        move_regie(
            family, to=by, organisation=organisation, kind=RegieKind.SHELTER, reason="family_opened", at=at, within=op
        )
        add_person(family, Place.CLIENT, client, at=at, within=op)
        for child in children:
            add_person(family, Place.CHILD, child, at=at, within=op)
        plan(
            family,
            Kind.COMPLETE_FILE,
            due_on=add_working_days(timezone.localdate(at), FILE_COMPLETE_AFTER),
            falls_to=AssignmentKind.WORKER,
            within=op,
        )
        # Needs and safety are mapped at the start of the stay, and not only before its end (C43).
        plan(
            family,
            Kind.ASSESS_RISK,
            due_on=max(timezone.localdate(at), starts_on + FIRST_ASSESSMENT_AFTER),
            falls_to=AssignmentKind.WORKER,
            within=op,
        )
    return family


def _reference() -> str:
    """Return a reference of eight random characters in two groups: over 280 thousand million, so none comes twice."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
