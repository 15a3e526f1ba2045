"""Veilig Thuis asks for an address because of a report, and the regisseur lets one person read it until a day."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import Assignment, AssignmentKind, Relation
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from accounts.step_up import insist_on_fresh
from audit.events import Event
from cases.models import ProtectedKind, ProtectedPlace
from cases.operations import LONGEST_GRANT, assign, involve, let_see
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from signals.models import AddressAnswer, AddressRequest, VeiligThuisReport


def ask_address(report: VeiligThuisReport, *, because: str, by: User, at: datetime) -> AddressRequest:
    """Ask the regisseur to read an address, as somebody of the Veilig Thuis that got this report.

    It opens nothing. Veilig Thuis has no door to the family, so within a minute `pass_on` makes it the regisseur's
    work. Raises WrongState while an earlier question of the same person waits.
    """
    op: Operation[AddressRequest]
    with operation(Action.ANSWER_ADVICE, within_organisation=report.to_organisation_id, by=by) as op:
        if AddressRequest.objects.filter(report=report, asked_by=by, status=AddressAnswer.WAITING).exists():
            raise WrongState(_("You asked this already. The regisseur was told."), about=_Received(report))
        asked: AddressRequest = AddressRequest.objects.create(
            family_id=report.family_id, report=report, asked_by=by, asked_at=at, because=because.strip()
        )
        op.record(Event.ADDRESS_ASKED, subject=asked)
    return asked


def pass_on(asked: AddressRequest, *, at: datetime) -> FollowUp:
    """Make a question for an address the regisseur's work of today. Done by the job."""
    with operation(Action.ROUTE_SIGNAL, on=asked, by=None) as op:
        planned = plan(
            op.target.family,
            Kind.ANSWER_ADDRESS_REQUEST,
            due_on=timezone.localdate(at),
            falls_to=AssignmentKind.REGISSEUR,
            about=op.target,
            within=op,
        )
        op.record(Event.ADDRESS_ASKED, follow_up=str(planned.pk))
    return planned


def allow_address(
    asked: AddressRequest,
    *,
    place: ProtectedPlace,
    because: str,
    ends_at: datetime,
    second_factor_at: datetime | None,
    by: User,
    at: datetime,
) -> AddressRequest:
    """Let the person who asked read one address until `ends_at` (exclusive), three months at most.

    The door that opens for it shows nothing else of the family, and closes at the same moment. Raises
    StaleSecondFactor, and WrongState when it was answered already, for something else than an address of this family,
    and for a day too far away.
    """
    with operation(Action.GRANT_PROTECTED, on=asked, by=by) as op:
        insist_on_fresh(second_factor_at, at=at)
        found = op.target
        found.move_to(AddressAnswer.ALLOWED)
        if place.family_id != found.family_id or place.kind != ProtectedKind.ADDRESS:
            raise WrongState(_("Choose an address of this family."), about=found)
        if not at < ends_at <= at + LONGEST_GRANT:
            raise WrongState(_("Choose a day within three months."), about=found)
        _open_door(found, ends_at=ends_at, at=at, within=op)
        let_see(place, to=found.asked_by, because=because, ends_at=ends_at, by=by, at=at, within=op)
        found.place, found.ends_at = place, ends_at
        _answered(found, because=because, by=by, at=at, within=op)
    return found


def refuse_address(asked: AddressRequest, *, because: str, by: User, at: datetime) -> AddressRequest:
    """Refuse, with a reason that Veilig Thuis reads. Raises WrongState when it was answered already."""
    with operation(Action.GRANT_PROTECTED, on=asked, by=by) as op:
        found = op.target
        found.move_to(AddressAnswer.REFUSED)
        _answered(found, because=because, by=by, at=at, within=op)
    return found


def _open_door(asked: AddressRequest, *, ends_at: datetime, at: datetime, within: Operation[Any]) -> None:
    organisation, user = asked.report.to_organisation, asked.asked_by
    involve(
        asked.family,
        organisation,
        Relation.REPORTED_TO,
        source_id=asked.pk,
        at=at,
        ends_at=ends_at,
        level=0,
        within=within,
    )
    # Who reads by a share already has no end of her own; what ended before is closed, so that a new one may stand.
    here = Assignment.objects.filter(
        family=asked.family, user=user, organisation=organisation, kind=AssignmentKind.READER, closed_at=None
    )
    if here.filter(ends_at=None).exists():
        return
    for earlier in here:
        earlier.closed_at = at
        earlier.save(update_fields=["closed_at"])
        within.record(Event.ASSIGNMENT_ENDED, subject=earlier, kind=earlier.kind)
    assign(asked.family, user, organisation, AssignmentKind.READER, at=at, ends_at=ends_at, within=within)


def _answered(asked: AddressRequest, *, because: str, by: User, at: datetime, within: Operation[Any]) -> None:
    asked.answer, asked.answered_by, asked.answered_at = because.strip(), by, at
    asked.save(update_fields=["status", "place", "ends_at", "answer", "answered_by", "answered_at"])
    work = FollowUp.objects.filter(family=asked.family, kind=Kind.ANSWER_ADDRESS_REQUEST, about_id=asked.pk)
    finish(work, as_=State.DONE, at=at, within=within)
    within.record(Event.ADDRESS_REQUEST_ANSWERED, subject=asked, status=asked.status)


class _Received:
    """The report as Veilig Thuis got it: where somebody is taken who asked twice."""

    def __init__(self, report: VeiligThuisReport) -> None:
        self.report = report

    def get_absolute_url(self) -> str:
        return reverse("signals:received_report", args=[self.report.pk])
