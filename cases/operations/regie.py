"""The regie moves from one person to another in one transaction: there is no moment without, and none with two."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import Assignment, AssignmentKind, Involvement, Relation
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import Membership, Role, User
from audit.events import Event
from cases.models import Family, RegieKind, RegisseurPeriod
from cases.operations.doors import assign, close_doors_of, involve, unassign
from cases.regie import capacity_of, propose, regisseur_of
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from organisations.models import Organisation

TOLD_WITHIN = timedelta(days=7)  # B5: a partner that has not confirmed by then is somebody's work


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
    family; this ends only the regie, and with it the alarm that there was none.
    """
    for previous in RegisseurPeriod.objects.filter(family=family).current():
        _end(previous, at=at, within=within)
    # Also the doors of a regie that ended with an account: its organisation stayed on the hook until now.
    close_doors_of(family, Relation.REGISSEUR, at=at, within=within)
    period = RegisseurPeriod.objects.create(
        family=family, user=to, organisation=organisation, kind=kind, reason=reason, starts_at=at
    )
    involve(family, organisation, Relation.REGISSEUR, source_id=period.pk, at=at, within=within)
    assign(family, to, organisation, AssignmentKind.REGISSEUR, at=at, within=within)
    within.record(Event.REGIE_STARTED, subject=period, kind=kind.value, reason=reason)
    settled = FollowUp.objects.filter(family=family, kind__in=[Kind.NO_REGISSEUR, Kind.APPOINT_REGISSEUR])
    finish(settled, as_=State.DONE, at=at, within=within)
    _ask_partners_to_confirm(period, at=at, within=within)
    return period


def appoint(
    family: Family, *, to: User, organisation: Organisation, because: str, by: User, at: datetime
) -> RegisseurPeriod:
    """Make somebody who works with the family its regisseur: out of the state without one, or in place of a colleague.

    To another organisation the regie goes by a handover, which the receiver accepts: this raises WrongState for that,
    as it does without a reason, for somebody who is no worker of an organisation that works with the family, who is
    barred from it, or who is regisseur already.
    """
    # Out of the alarm anybody who works here may; from a colleague only she herself, her stand-in or the team lead.
    is_alarm = Family.objects.without_regisseur(timezone.localdate(at)).filter(pk=family.pk).exists()
    with operation(Action.APPOINT_REGISSEUR if is_alarm else Action.REPLACE_REGISSEUR, on=family, by=by) as op:
        family = op.target
        if is_alarm and regisseur_of(family, today=timezone.localdate(at)) is not None:
            raise WrongState(_("A colleague was faster: there is a regisseur now."), about=family)
        _insist_on(family, to, organisation, because, at=at)
        period = move_regie(
            family,
            to=to,
            organisation=organisation,
            kind=capacity_of(organisation),
            reason="appointed",
            at=at,
            within=op,
        )
        period.note = because.strip()
        period.save(update_fields=["note"])
    return period


def stand_in(
    family: Family, *, user: User, organisation: Organisation, because: str, ends_at: datetime, by: User, at: datetime
) -> Assignment:
    """Let a colleague stand in for a time: she gets the work and the view until `ends_at` (exclusive), for a reason.

    Raises WrongState without a reason, for a day that is over, for the regisseur herself, and for somebody who is no
    worker of an organisation that works with the family or stands in already.
    """
    with operation(Action.MAKE_STAND_IN, on=family, by=by) as op:
        family = op.target
        refusal = _no_worker_here(family, user, organisation, at=at)
        if not because.strip():
            refusal = _("Say why.")
        elif ends_at <= at:
            refusal = _("Choose a day that is still to come.")
        elif RegisseurPeriod.objects.filter(family=family, user=user).current().exists():
            refusal = _("This is the regisseur. Choose a colleague.")
        elif Assignment.objects.live(at).filter(family=family, user=user, kind=AssignmentKind.STAND_IN).exists():
            refusal = _("This colleague stands in already.")
        if refusal:
            raise WrongState(refusal, about=family)
        # One that ran out on its day is still an open row: closed first, so that standing in again is possible.
        unassign_one(family, user, organisation, AssignmentKind.STAND_IN, at=at, within=op)
        made = assign(family, user, organisation, AssignmentKind.STAND_IN, at=at, within=op)
        made.ends_at, made.reason = ends_at, because.strip()
        made.save(update_fields=["ends_at", "reason"])
    return made


def raise_alarm(family: Family, *, at: datetime) -> None:
    """Make it somebody's work, from this minute, that a family has no regisseur (B3). A job's: `by` is nobody.

    The coordinator of the responsible municipality hears it, and so do those who work with the family. A period whose
    holder left on a day is ended here: whoever comes back later is not regisseur again by itself. Nothing happens when
    there is a regisseur after all; raising it twice raises it once.
    """
    with operation(Action.WATCH_REGIE, on=family, by=None) as op:
        family, today = op.target, timezone.localdate(at)
        if not Family.objects.without_regisseur(today).filter(pk=family.pk).exists():
            op.record(Event.REGIE_MISSED, found=False)
            return
        for lapsed in RegisseurPeriod.objects.filter(family=family).current():
            _end(lapsed, at=max(_left_at(lapsed) or at, lapsed.starts_at), within=op)
        # One alarm per gap: counting the periods lets it arise again after somebody was appointed.
        version = RegisseurPeriod.objects.filter(family=family).count() + 1
        for kind in (Kind.NO_REGISSEUR, Kind.APPOINT_REGISSEUR):
            if not FollowUp.objects.filter(family=family, kind=kind).open().exists():
                plan(family, kind, due_on=today, falls_to=AssignmentKind.WORKER, version=version, within=op)
        op.record(Event.REGIE_MISSED, found=True, proposed=propose(family, today=today).kind.value)


def unassign_one(
    family: Family,
    user: User,
    organisation: Organisation,
    kind: AssignmentKind,
    *,
    at: datetime,
    within: Operation[Any],
) -> None:
    """End what one person is to the family. Nothing happens when she is not."""
    for assignment in Assignment.objects.filter(
        family=family, user=user, organisation=organisation, kind=kind, closed_at=None
    ):
        assignment.closed_at = at
        assignment.save(update_fields=["closed_at"])
        within.record(Event.ASSIGNMENT_ENDED, subject=assignment, kind=kind.value)


def _end(period: RegisseurPeriod, *, at: datetime, within: Operation[Any]) -> None:
    period.ends_at = at
    period.save(update_fields=["ends_at"])
    unassign(period.family, organisation=period.organisation, kind=AssignmentKind.REGISSEUR, at=at, within=within)
    within.record(Event.REGIE_ENDED, subject=period)


def _left_at(period: RegisseurPeriod) -> datetime | None:
    """Return the first minute of the day on which the holder was no member any more; None when she is one."""
    last = (
        Membership.objects.filter(user=period.user_id, organisation=period.organisation_id, role=Role.WORKER)
        .order_by("-ends_on")
        .values_list("ends_on", flat=True)
        .first()
    )
    return timezone.make_aware(datetime.combine(last, datetime.min.time())) if isinstance(last, date) else None


def _insist_on(family: Family, to: User, organisation: Organisation, because: str, *, at: datetime) -> None:
    today = timezone.localdate(at)
    current = regisseur_of(family, today=today)
    refusal = _no_worker_here(family, to, organisation, at=at)
    if not because.strip():
        refusal = _("Say why.")
    elif current is not None and current.user_id == to.pk and current.organisation_id == organisation.pk:
        refusal = _("This colleague is regisseur already.")
    elif current is not None and current.organisation_id != organisation.pk:
        refusal = _("Another organisation has the regie. It can hand it over.")
    if refusal:
        raise WrongState(refusal, about=family)


def _no_worker_here(family: Family, user: User, organisation: Organisation, *, at: datetime) -> str:
    """Return why this person cannot be given this family; empty when she can."""
    works_here = Involvement.objects.live(at).filter(
        family=family, organisation=organisation, relation__in=[Relation.WORKING, Relation.REGISSEUR]
    )
    member = Membership.objects.live(timezone.localdate(at)).filter(
        user=user, organisation=organisation, role=Role.WORKER, user__is_active=True
    )
    barred = Assignment.objects.live(at).filter(family=family, user=user, kind=AssignmentKind.BARRED)
    if not works_here.exists() or not member.exists() or barred.exists():
        return _("Choose somebody of an organisation that works with this family.")
    return ""


def _ask_partners_to_confirm(period: RegisseurPeriod, *, at: datetime, within: Operation[Any]) -> None:
    """Plan the day on which each partner should have confirmed that it knows who is regisseur now (B5)."""
    earlier = FollowUp.objects.filter(family_id=period.family_id, kind=Kind.CONFIRM_REGISSEUR)
    finish(earlier, as_=State.LAPSED, at=at, within=within)
    partners = Involvement.objects.live(at).filter(family_id=period.family_id, relation=Relation.PARTNER)
    if partners.exclude(organisation_id=period.organisation_id).exists():
        plan(
            period.family,
            Kind.CONFIRM_REGISSEUR,
            due_on=timezone.localdate(at) + TOLD_WITHIN,
            falls_to=AssignmentKind.REGISSEUR,
            about=period,
            within=within,
        )
