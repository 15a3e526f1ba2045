"""A supporter is appointed for a municipality, given a family, introduced in the shelter, and told of the departure."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import Assignment, AssignmentKind, Involvement, Relation
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import Membership, Role, User
from audit.events import Event
from cases.models import Family, Level, Share, Trajectory
from cases.operations import assign, unassign_one
from core.errors import NotAllowed, WrongState
from core.working_days import add_working_days
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from handover.models import Criterion, Stop, SupporterAssignment
from handover.supporters import caseloads
from organisations.models import Municipality, Organisation, Supporter, SupporterGap

CONFIRM_WITHIN = 2  # working days after she was told of the departure (E22); after that the regisseur must ask
_TOLD = (Kind.CONFIRM_DEPARTURE, Kind.SUPPORTER_UNCONFIRMED)


class _Municipality:
    """Where a coordinator is taken, who has no page of a family."""

    def get_absolute_url(self) -> str:
        return reverse("municipalities:supporters")


def appoint_supporter(
    user: User,
    *,
    organisation: Organisation,
    municipality: Municipality,
    attention_area: str,
    capacity: int,
    on_behalf_of: Organisation,
    by: User,
    at: datetime,
) -> Supporter:
    """Make somebody supporter for a municipality from today on (B9). For its coordinator.

    Raises WrongState for somebody who is no worker of that organisation, who is supporter there already, or without an
    area and a capacity; NotAllowed for a municipality that is not the coordinator's own.
    """
    op: Operation[Supporter]
    with operation(Action.KEEP_SUPPORTERS, within_organisation=on_behalf_of.pk, by=by) as op:
        today = timezone.localdate(at)
        if municipality.pk != on_behalf_of.municipality_id:
            raise NotAllowed(_("You may not do this."))
        open_ones = Supporter.objects.filter(valid_until=None)
        refusal = ""
        if not Membership.objects.live(today).filter(user=user, organisation=organisation, role=Role.WORKER).exists():
            refusal = _("Choose somebody who works at this organisation.")
        elif not attention_area.strip() or capacity < 1:
            refusal = _("Say for what she or he is there, and for how many families at once.")
        elif open_ones.filter(user=user, organisation=organisation, municipality=municipality).exists():
            refusal = _("This colleague is supporter for this municipality already.")
        if refusal:
            raise WrongState(refusal, about=_Municipality())
        supporter = Supporter.objects.create(
            user=user,
            organisation=organisation,
            municipality=municipality,
            attention_area=attention_area.strip(),
            capacity=capacity,
            valid_from=today,
        )
        SupporterGap.objects.filter(municipality=municipality, settled_on=None).update(settled_on=today)
        op.record(Event.SUPPORTER_CHANGED, subject=supporter, change="appointed")
    return supporter


def change_supporter(
    supporter: Supporter, *, attention_area: str, capacity: int, on_behalf_of: Organisation, by: User
) -> Supporter:
    """Change for what, and for how many families at once. Families she has stay hers, also when there are too many."""
    op: Operation[Supporter]
    with operation(Action.KEEP_SUPPORTERS, within_organisation=on_behalf_of.pk, by=by) as op:
        supporter = _own(supporter, on_behalf_of)
        if not attention_area.strip() or capacity < 1:
            raise WrongState(
                _("Say for what she or he is there, and for how many families at once."), about=_Municipality()
            )
        supporter.attention_area, supporter.capacity = attention_area.strip(), capacity
        supporter.save(update_fields=["attention_area", "capacity"])
        op.record(Event.SUPPORTER_CHANGED, subject=supporter, change="changed")
    return supporter


def dismiss_supporter(supporter: Supporter, *, on_behalf_of: Organisation, by: User, at: datetime) -> Supporter:
    """End an appointment: from today on she gets no new families. Raises WrongState while she has some."""
    op: Operation[Supporter]
    with operation(Action.KEEP_SUPPORTERS, within_organisation=on_behalf_of.pk, by=by) as op:
        supporter, today = _own(supporter, on_behalf_of), timezone.localdate(at)
        if caseloads([supporter.pk])[supporter.pk]:
            raise WrongState(_("This supporter still has families. They get another one first."), about=_Municipality())
        if supporter.valid_until is not None:
            raise WrongState(_("This was ended already."), about=_Municipality())
        # One that was appointed today holds until tomorrow: an end comes after a beginning.
        supporter.valid_until = max(today, date.fromordinal(supporter.valid_from.toordinal() + 1))
        supporter.save(update_fields=["valid_until"])
        op.record(Event.SUPPORTER_CHANGED, subject=supporter, change="dismissed")
    return supporter


def assign_supporter(
    family: Family,
    supporter: Supporter,
    *,
    criterion: Criterion,
    introduce_on: date | None = None,
    over_capacity_because: str = "",
    by: User,
    at: datetime,
) -> SupporterAssignment:
    """Give a family a supporter (B8). To meet is the work of the regisseur, before the departure (E21).

    She works at an organisation that works with the family, or its file was shared with her by name: an appointment
    alone is no ground to read it. `criterion` is why a supporter is needed at all (E29). Raises WrongState without a
    ground or a criterion, when the family has a supporter, when her appointment ended, and for a family more than was
    agreed without saying why.
    """
    with operation(Action.PLAN_DEPARTURE, on=family, by=by) as op:
        family = op.target
        # Two families at once for one supporter count each other.
        supporter = Supporter.objects.select_for_update().select_related("user", "organisation").get(pk=supporter.pk)
        _insist_on(family, supporter, criterion, over_capacity_because, at=at)
        made = SupporterAssignment.objects.create(
            family=family,
            supporter=supporter,
            assigned_by=by,
            assigned_at=at,
            criterion=criterion,
            over_capacity_because=over_capacity_because.strip(),
            introduce_on=introduce_on,
        )
        unassign_one(family, supporter.user, supporter.organisation, AssignmentKind.SUPPORTER, at=at, within=op)
        assign(family, supporter.user, supporter.organisation, AssignmentKind.SUPPORTER, at=at, within=op)
        op.record(
            Event.SUPPORTER_ASSIGNED,
            subject=made,
            criterion=made.criterion,
            over_capacity=bool(made.over_capacity_because),
        )
        finish(_work(family, Kind.FIND_SUPPORTER), as_=State.DONE, at=at, within=op)
        plan_introduction(made, at=at, within=op)
        tell_supporter(family, at=at, within=op)
    return made


def record_introduction(
    assignment: SupporterAssignment, *, on: date, in_shelter: bool, by: User, at: datetime
) -> SupporterAssignment:
    """Record that the family met its supporter, and whether that was in the shelter, before it left (E21).

    Raises WrongState for a day to come, when it was recorded already, and when another supporter came instead.
    """
    with operation(Action.CONFIRM_SUPPORT, on=assignment, by=by) as op:
        assignment = _standing(op.target)
        if on > timezone.localdate(at):
            raise WrongState(_("This day is still to come."), about=assignment)
        if assignment.introduced_on is not None:
            raise WrongState(_("This was recorded already."), about=assignment)
        assignment.introduced_on, assignment.introduced_in_shelter = on, in_shelter
        assignment.save(update_fields=["introduced_on", "introduced_in_shelter"])
        finish(_work(assignment.family, Kind.INTRODUCE_SUPPORTER), as_=State.DONE, at=at, within=op)
        op.record(Event.SUPPORTER_INTRODUCED, in_shelter=in_shelter)
    return assignment


def confirm_departure(assignment: SupporterAssignment, *, by: User, at: datetime) -> SupporterAssignment:
    """Let the supporter say that she knows of the departure and takes contact from there (E22).

    Only she can. Raises WrongState when there is no departure to know of, or when it was confirmed already.
    """
    with operation(Action.CONFIRM_SUPPORT, on=assignment, by=by) as op:
        assignment = _standing(op.target)
        if assignment.supporter.user_id != by.pk:
            raise NotAllowed(_("You may not do this."))
        if assignment.told_on is None:
            raise WrongState(_("No departure is planned."), about=assignment)
        if assignment.confirmed_at is not None:
            raise WrongState(_("You confirmed this already."), about=assignment)
        assignment.confirmed_at = at
        assignment.save(update_fields=["confirmed_at"])
        for kind in _TOLD:
            finish(_work(assignment.family, kind), as_=State.DONE, at=at, within=op)
        op.record(Event.SUPPORTER_CONFIRMED)
    return assignment


def end_support(
    assignment: SupporterAssignment, *, ended_as: Stop, because: str, by: User, at: datetime
) -> SupporterAssignment:
    """Let the supporter of a family stop: the same face is kept unless there is a reason (E21).

    That the family needs another one is work from today on. Raises WrongState without a reason, or when it had ended.
    """
    with operation(Action.PLAN_DEPARTURE, on=assignment, by=by) as op:
        assignment = _standing(op.target)
        if not because.strip():
            raise WrongState(_("Say why."), about=assignment)
        stop(assignment, ended_as=ended_as, because=because.strip(), at=at, within=op)
    return assignment


def stop(
    assignment: SupporterAssignment, *, ended_as: Stop, because: str, at: datetime, within: Operation[Any]
) -> None:
    """End what a supporter is to a family, and make finding another one work. A step."""
    assignment.ended_at, assignment.ended_by, assignment.ended_because = at, within.actor, because
    assignment.ended_as = ended_as
    assignment.save(update_fields=["ended_at", "ended_by", "ended_as", "ended_because"])
    supporter, family = assignment.supporter, assignment.family
    unassign_one(family, supporter.user, supporter.organisation, AssignmentKind.SUPPORTER, at=at, within=within)
    for kind in (Kind.INTRODUCE_SUPPORTER, *_TOLD):
        finish(_work(family, kind), as_=State.LAPSED, at=at, within=within)
    plan(
        family,
        Kind.FIND_SUPPORTER,
        due_on=timezone.localdate(at),
        falls_to=AssignmentKind.REGISSEUR,
        about=assignment,
        within=within,
    )
    within.record(Event.SUPPORTER_ENDED, subject=assignment, ended_as=assignment.ended_as)


def plan_introduction(assignment: SupporterAssignment, *, at: datetime, within: Operation[Any]) -> None:
    """Make meeting the supporter the regisseur's work: on the day agreed on, and otherwise now. A step."""
    plan(
        assignment.family,
        Kind.INTRODUCE_SUPPORTER,
        due_on=max(assignment.introduce_on or timezone.localdate(at), timezone.localdate(at)),
        falls_to=AssignmentKind.REGISSEUR,
        about=assignment,
        within=within,
    )


def tell_supporter(family: Family, *, at: datetime, within: Operation[Any]) -> None:
    """Tell the supporter of the departure that is planned, to be confirmed, and the regisseur when she does not (E22).

    A step. Nothing happens without a supporter, when she was told of this very day, or after it has passed.
    """
    assignment = SupporterAssignment.objects.filter(family=family, ended_at=None).first()
    trajectory = Trajectory.objects.filter(family=family, ends_on=None).first()
    departs_on = trajectory.departs_on if trajectory else None
    today = timezone.localdate(at)
    if assignment is None or assignment.told_on == departs_on or (departs_on is not None and departs_on < today):
        return
    for kind in _TOLD:
        finish(_work(family, kind), as_=State.LAPSED, at=at, within=within)
    assignment.told_on, assignment.confirmed_at = departs_on, None
    assignment.save(update_fields=["told_on", "confirmed_at"])
    if departs_on is None:
        return
    last_day = add_working_days(today, CONFIRM_WITHIN)
    after = date.fromordinal(last_day.toordinal() + 1)
    version = 1 + FollowUp.objects.filter(family=family, kind=Kind.CONFIRM_DEPARTURE).count()
    for kind, falls_to, due_on in (
        (Kind.CONFIRM_DEPARTURE, AssignmentKind.SUPPORTER, today),
        (Kind.SUPPORTER_UNCONFIRMED, AssignmentKind.REGISSEUR, after),
    ):
        plan(family, kind, due_on=due_on, falls_to=falls_to, about=assignment, version=version, within=within)


def notice_supporter_gap(
    family: Family, municipality: Municipality | None, *, about: Any, at: datetime, within: Operation[Any]
) -> None:
    """See whether there is a supporter where the family goes, and raise the gap when there is none (F5). A step.

    The regisseur calls that municipality's contact point, and the gap stands on the list of municipalities that lack
    something: the municipality and the day, and nothing of the family.
    """
    earlier = _work(family, Kind.SUPPORTER_GAP)
    today = timezone.localdate(at)
    here = municipality.on(today) if municipality else None
    if here is None or Supporter.objects.for_municipality(here, today).exists():
        finish(earlier, as_=State.LAPSED, at=at, within=within)
        return
    SupporterGap.objects.get_or_create(municipality=here, settled_on=None, defaults={"noticed_on": today})
    if not earlier.open().exists():
        plan(
            family,
            Kind.SUPPORTER_GAP,
            due_on=today,
            falls_to=AssignmentKind.REGISSEUR,
            about=about,
            version=1 + earlier.count(),
            within=within,
        )


def _own(supporter: Supporter, on_behalf_of: Organisation) -> Supporter:
    """Return the appointment as it is now, of the coordinator's own municipality."""
    fresh = Supporter.objects.select_for_update().get(pk=supporter.pk)
    if fresh.municipality_id != on_behalf_of.municipality_id:
        raise NotAllowed(_("You may not do this."))
    return fresh


def _standing(assignment: SupporterAssignment) -> SupporterAssignment:
    if assignment.ended_at is not None:
        raise WrongState(_("This supporter has stopped. Look who it is now."), about=assignment)
    return assignment


def _work(family: Family, kind: Kind) -> Any:
    return FollowUp.objects.filter(family=family, kind=kind)


def _insist_on(family: Family, supporter: Supporter, criterion: str, because: str, *, at: datetime) -> None:
    today = timezone.localdate(at)
    there = Supporter.objects.present(today).filter(pk=supporter.pk).exists()
    member = Membership.objects.live(today).filter(
        user=supporter.user, organisation=supporter.organisation, role=Role.WORKER
    )
    barred = Assignment.objects.live(at).filter(family=family, user=supporter.user, kind=AssignmentKind.BARRED)
    refusal = ""
    if SupporterAssignment.objects.filter(family=family, ended_at=None).exists():
        refusal = _("This family has a supporter. Say first why she or he stops.")
    elif criterion not in Criterion.values:
        refusal = _("Say why this family gets a supporter.")
    elif not there or not member.exists() or barred.exists():
        refusal = _("Choose somebody else: this supporter is not available.")
    elif not _may_read(family, supporter, at=at):
        refusal = _("First share the file with this supporter by name. Then there is a ground to know the family.")
    elif caseloads([supporter.pk])[supporter.pk] >= supporter.capacity and not because.strip():
        refusal = _("This supporter has as many families as was agreed. Say why this one comes on top.")
    if refusal:
        raise WrongState(refusal, about=family)


def _may_read(family: Family, supporter: Supporter, *, at: datetime) -> bool:
    works = Involvement.objects.live(at).filter(
        family=family, organisation=supporter.organisation, relation__in=[Relation.WORKING, Relation.REGISSEUR]
    )
    shared = Share.objects.live(at).filter(
        family=family, organisation=supporter.organisation, level=Level.FILE, reader=supporter.user
    )
    return bool(works.exists() or shared.exists())
