"""Offering the regie and answering that offer. The old regisseur stays until the new one accepts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind, Relation
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, RegisseurPeriod
from cases.operations import assign, close_doors_of, involve, move_regie, unassign
from cases.regie import capacity_of
from core.errors import NotAllowed, WrongState
from core.working_days import add_working_days
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from handover.models import Handover, JointVisit, Status, Stop
from handover.operations.conversation import carry_over_agenda, draw_up_agenda
from handover.operations.supporters import stop
from handover.supporters import supporter_of
from organisations.kinds import DefaultKind
from organisations.models import Organisation

ANSWER_AFTER = 5  # working days
_WAITING = (Kind.ASK_FOR_ANSWER, Kind.HANDOVER_UNANSWERED)


@dataclass(frozen=True)
class NewHandover:
    """What is offered, as it is entered. `involvement_ends_on` is the sender's last day of aftercare, if any."""

    risk_of_care_avoidance: str
    background: str
    discussed_on: date
    involvement_ends_on: date | None = None
    visit_on: date | None = None
    visit_attendees: str = ""
    shows: Sequence[str] = ()
    keeps: Sequence[str] = ()
    passes_words: bool = False


class _Offers:
    """Where somebody is taken who can no longer see the handover itself."""

    def get_absolute_url(self) -> str:
        return reverse("handover:to_answer")


def offer(family: Family, *, to: Organisation, what: NewHandover, by: User, at: datetime) -> Handover:
    """Offer the regie of a family to an organisation. The old regisseur keeps it, and all work, until acceptance (F1).

    The receiver sees what is offered and not the file. Raises WrongState when there is an open offer already, when
    nobody is regisseur, when the receiver is not another active organisation, when a note is missing (D24), or when
    it was discussed on a day to come.
    """
    with operation(Action.OFFER_HANDOVER, on=family, by=by) as op:
        family = op.target
        sender = _insist_on(family, to, what, today=timezone.localdate(at))
        handover = Handover.objects.create(
            family=family,
            from_organisation=sender,
            to_organisation=to,
            risk_of_care_avoidance=what.risk_of_care_avoidance,
            background=what.background,
            discussed_on=what.discussed_on,
            involvement_ends_on=what.involvement_ends_on,
            shows=list(what.shows),
            keeps=list(what.keeps),
            passes_words=what.passes_words,
            offered_by=by,
            offered_at=at,
            answer_by=add_working_days(timezone.localdate(at), ANSWER_AFTER),
        )
        if what.visit_on is not None:
            JointVisit.objects.create(
                family=family, handover=handover, planned_on=what.visit_on, attendees=what.visit_attendees
            )
        involve(family, to, Relation.RECEIVING, source_id=handover.pk, at=at, within=op)
        involve(family, sender, Relation.SENDING, source_id=handover.pk, at=at, within=op)
        plan(
            family,
            Kind.ASK_FOR_ANSWER,
            due_on=handover.answer_by,
            falls_to=AssignmentKind.REGISSEUR,
            about=handover,
            within=op,
        )
        # The day after it should have been answered it is the municipality's too (F2).
        plan(
            family,
            Kind.HANDOVER_UNANSWERED,
            due_on=handover.answer_by + timedelta(days=1),
            falls_to=AssignmentKind.REGISSEUR,
            about=handover,
            within=op,
        )
        refused = FollowUp.objects.filter(family=family, kind=Kind.HANDOVER_DECLINED)
        finish(refused, as_=State.DONE, at=at, within=op)
        draw_up_agenda(handover, within=op)
        op.record(Event.HANDOVER_OFFERED, subject=handover)
    return handover


def accept(handover: Handover, *, by: User, at: datetime) -> Handover:
    """Take the family over: from `at` on `by` is regisseur, and the old side has what was agreed and nothing else.

    One transaction: no moment without a regisseur and none with two. Raises WrongState when somebody was faster.
    """
    try:
        with operation(Action.ANSWER_HANDOVER, on=handover, by=by) as op:
            handover = op.target
            _decide(handover, Status.ACCEPTED, at=at, within=op)
            _let_in(handover, by, at=at, within=op)
            _show_out(handover, at=at, within=op)
            _tell_municipality(handover, at=at, within=op)
            carry_over_agenda(handover, at=at, within=op)
            op.record(Event.HANDOVER_ACCEPTED)
            _close_the_offer(handover, at=at, within=op)
    except NotAllowed:
        # A colleague was faster, and with her answer the door to this one closed: say that, and no more.
        by.forget_standing()
        if Handover.objects.filter(
            pk=handover.pk, status=Status.ACCEPTED, to_organisation__in=list(by.standing)
        ).exists():
            raise WrongState(_("This handover was accepted already."), about=_Offers()) from None
        raise
    return handover


def decline(handover: Handover, *, because: str, by: User, at: datetime) -> Handover:
    """Refuse, with a reason. To read it and ask somebody else is the regisseur's work from today on.

    Raises WrongState without a reason, and when it was decided already.
    """
    with operation(Action.ANSWER_HANDOVER, on=handover, by=by) as op:
        handover = op.target
        _call_off(handover, Status.DECLINED, because=because, at=at, within=op)
        plan(
            handover.family,
            Kind.HANDOVER_DECLINED,
            due_on=timezone.localdate(at),
            falls_to=AssignmentKind.REGISSEUR,
            about=handover,
            within=op,
        )
        op.record(Event.HANDOVER_DECLINED)
        _close_the_offer(handover, at=at, within=op)
    return handover


def withdraw(handover: Handover, *, because: str, by: User, at: datetime) -> Handover:
    """Take the offer back. Raises WrongState without a reason, and when it was decided already."""
    with operation(Action.OFFER_HANDOVER, on=handover, by=by) as op:
        handover = op.target
        _call_off(handover, Status.WITHDRAWN, because=because, at=at, within=op)
        op.record(Event.HANDOVER_WITHDRAWN)
        _close_the_offer(handover, at=at, within=op)
    return handover


def _insist_on(family: Family, to: Organisation, what: NewHandover, *, today: date) -> Organisation:
    """Return the organisation that has the regie, or raise WrongState when nothing can be offered."""
    current = RegisseurPeriod.objects.filter(family=family).current().select_related("organisation").first()
    refusal = None
    if current is None:
        refusal = _("Nobody is regisseur of this family. Agree on that first.")
    elif current.organisation_id == to.pk or not to.is_active:
        refusal = _("Choose another organisation.")
    elif Handover.objects.filter(family=family).open().exists():
        refusal = _("This family is offered already. Withdraw that first.")
    elif not what.risk_of_care_avoidance.strip():
        refusal = _("Say whether the client might avoid help. The receiver must know.")
    elif not what.background.strip():
        refusal = _("Write down what the receiver must know.")
    elif what.discussed_on > today:
        refusal = _("This day is still to come.")
    if refusal or current is None:
        raise WrongState(refusal or "", about=family)
    return current.organisation


def _decide(handover: Handover, status: Status, *, because: str = "", at: datetime, within: Operation[Any]) -> None:
    handover.move_to(status)
    handover.decided_by, handover.decided_at, handover.decided_because = within.actor, at, because
    handover.save(update_fields=["status", "decided_by", "decided_at", "decided_because"])
    asked = FollowUp.objects.filter(family_id=handover.family_id, kind__in=_WAITING, about_id=handover.pk)
    finish(asked, as_=State.DONE, at=at, within=within)


def _call_off(handover: Handover, status: Status, *, because: str, at: datetime, within: Operation[Any]) -> None:
    if not because.strip():
        raise WrongState(_("Give a reason."), about=handover)
    _decide(handover, status, because=because, at=at, within=within)


def _close_the_offer(handover: Handover, *, at: datetime, within: Operation[Any]) -> None:
    """Close the two doors of the offer. The receiver's comes last of all: by it she may write what accepting takes."""
    for relation in (Relation.SENDING, Relation.RECEIVING):
        close_doors_of(handover.family, relation, at=at, within=within)


def _let_in(handover: Handover, by: User, *, at: datetime, within: Operation[Any]) -> None:
    """Give the new side the family: it works with it, and `by` is worker and regisseur."""
    family, to = handover.family, handover.to_organisation
    # What it still was from an earlier time is over: it works with the family again.
    for relation in (Relation.WORKING, Relation.AFTERCARE, Relation.FORMER):
        close_doors_of(family, relation, organisation=to, at=at, within=within)
    ended = [AssignmentKind.WORKER, AssignmentKind.STAND_IN, AssignmentKind.READER]
    # The supporter whom the family met already stays: the same face (E21).
    kept = supporter_of(family)
    if kept is None or kept.supporter.organisation_id != to.pk:
        ended.append(AssignmentKind.SUPPORTER)
    for assigned in ended:
        unassign(family, organisation=to, kind=assigned, at=at, within=within)
    involve(family, to, Relation.WORKING, source_id=handover.pk, at=at, within=within)
    assign(family, by, to, AssignmentKind.WORKER, at=at, within=within)
    move_regie(
        family,
        to=by,
        organisation=to,
        kind=capacity_of(to),
        reason="handover_accepted",
        at=at,
        within=within,
    )
    agreed = FollowUp.objects.filter(family=family, kind=Kind.CHOOSE_REGISSEUR)
    finish(agreed, as_=State.DONE, at=at, within=within)


def _show_out(handover: Handover, *, at: datetime, within: Operation[Any]) -> None:
    """Close the file for the old side: what stays is what it wrote down, and in its aftercare what was agreed.

    Its workers stay its workers, for that one page (`VIEW_OWN_RECORDS`); `_let_in` ends that when it comes back later,
    so nothing opens again by itself.
    """
    family, sender = handover.family, handover.from_organisation
    close_doors_of(family, Relation.WORKING, organisation=sender, at=at, within=within)
    # The supporter goes with the side she works for; that the family needs another one is work at once.
    supporting = supporter_of(family)
    if supporting is not None and supporting.supporter.organisation_id == sender.pk:
        stop(supporting, ended_as=Stop.HANDED_OVER, because="handover", at=at, within=within)
    for kind in (AssignmentKind.SUPPORTER, AssignmentKind.STAND_IN):
        unassign(family, organisation=sender, kind=kind, at=at, within=within)
    ends_at = _end_of_aftercare(handover)
    if ends_at is not None and ends_at > at:
        involve(family, sender, Relation.AFTERCARE, source_id=handover.pk, at=at, ends_at=ends_at, within=within)
        # In force by itself on the day after: no job has to run for the aftercare to be over.
        involve(family, sender, Relation.FORMER, source_id=handover.pk, at=ends_at, within=within)
    else:
        involve(family, sender, Relation.FORMER, source_id=handover.pk, at=at, within=within)


def _end_of_aftercare(handover: Handover) -> datetime | None:
    """Return the midnight in the Netherlands that closes the last day of aftercare."""
    if handover.involvement_ends_on is None:
        return None
    after = date.fromordinal(handover.involvement_ends_on.toordinal() + 1)
    return timezone.make_aware(datetime.combine(after, time.min), timezone.get_default_timezone())


def _tell_municipality(handover: Handover, *, at: datetime, within: Operation[Any]) -> None:
    """Make the municipality of the new side responsible, when it works here, in place of an earlier one."""
    municipality = (
        Organisation.objects.active()
        .of_kind(DefaultKind.MUNICIPALITY)
        .filter(municipality_id=handover.to_organisation.municipality_id)
        .order_by("pk")
        .first()
    )
    if municipality is None:
        return
    close_doors_of(handover.family, Relation.RESPONSIBLE, at=at, within=within)
    involve(handover.family, municipality, Relation.RESPONSIBLE, source_id=handover.pk, at=at, within=within)
