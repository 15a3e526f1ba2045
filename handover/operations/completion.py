"""The family left, and everything around it is settled: the shelter may let go. Never while something is missing."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Trajectory
from core.errors import WrongState
from handover.arranged import handed_over, has_lapsed
from handover.models import (
    SETTLED_BY_THE_FILE,
    CheckState,
    DepartureCheck,
    DepartureCompletion,
    Handover,
    Status,
    leaves_the_region,
)
from handover.operations.checks import take_over_from_file


@dataclass(frozen=True)
class _Departure:
    """Where the list stands of what is still open."""

    family_id: UUID

    def get_absolute_url(self) -> str:
        return reverse("handover:departure", args=[self.family_id])


def complete_departure(trajectory: Trajectory, *, by: User, at: datetime) -> DepartureCompletion:
    """Record that the family left and that everything around it is settled.

    Raises WrongState before the day, while a point is open that nobody settled or overrode, without a new assessment of
    everybody who left unless somebody took that on herself (C2, E12), and without an accepted handover where one is
    compulsory: for a shelter that gives no aftercare a warm one (A8), and for another region one
    to an organisation of the new municipality (F4). What was accepted after an earlier stay does not count.
    """
    with operation(Action.PLAN_DEPARTURE, on=trajectory, by=by) as op:
        trajectory = op.target
        take_over_from_file(trajectory, at=at, within=op)
        if refusal := _why_not_complete(trajectory, today=timezone.localdate(at)):
            raise WrongState(refusal, about=_Departure(trajectory.family_id))
        completed = DepartureCompletion.objects.create(
            family_id=trajectory.family_id, trajectory=trajectory, completed_by=by, completed_at=at
        )
        op.record(Event.DEPARTURE_COMPLETED, subject=completed)
    return completed


def _why_not_complete(trajectory: Trajectory, *, today: date) -> str:
    """Return what stands in the way of completing the departure; empty when nothing does."""
    accepted = handed_over(trajectory)
    there = [one for one in accepted if one.to_organisation.municipality_id == trajectory.municipality_id]
    refused = Handover.objects.filter(
        family=trajectory.family_id,
        status=Status.DECLINED,
        decided_at__date__gte=trajectory.starts_on,
        to_organisation__municipality=trajectory.municipality_id,
    )
    if DepartureCompletion.objects.filter(trajectory=trajectory).exists():
        return _("This departure was completed already.")
    if trajectory.departs_on is None or trajectory.departs_on > today:
        return _("The family has not left yet.")
    if trajectory.organisation.aftercare_months == 0 and not any(one.was_warm for one in accepted):
        return _("Your shelter gives no aftercare. First hand over warmly: accepted, and visited together.")
    if trajectory.municipality_id and leaves_the_region(trajectory) and not (there or refused.exists()):
        return _("First a regisseur of the new municipality accepts, or refuses.")
    checks = DepartureCheck.objects.filter(trajectory=trajectory, move=None)
    assessments = checks.filter(kind__in=SETTLED_BY_THE_FILE, state=CheckState.DONE).select_related("trajectory")
    if any(has_lapsed(check) for check in assessments):
        return _("The assessment does not hold any more: it is too old, or leaves somebody out. Make a new one.")
    if checks.open().exists():
        return _("Not everything is settled yet. Settle each point, or take it on yourself with a reason.")
    return ""
