"""How the plan is made: strengths and needs, partners' own plans, parts kept from a member, and conversations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, Person
from core.errors import WrongState
from core.working_days import add_working_days
from family_plans.models import (
    Attendee,
    Conference,
    Contributed,
    FamilyPlan,
    Finding,
    FindingKind,
    Goal,
    KeptPart,
    PracticalNeed,
    SourcePlan,
)
from family_plans.operations.contributing import contribute
from family_plans.operations.goals import put_action
from family_plans.rules import Responsible, insist_on_reach, insist_on_running, owner_fields
from follow_ups.models import Kind
from follow_ups.operations import plan as plan_follow_up
from organisations.models import CodeItem, Organisation

FEWEST_PARTIES = 2
PICK_UP_WITHIN = 5  # working days


def note_finding(
    plan: FamilyPlan,
    *,
    kind: FindingKind,
    domain: CodeItem,
    text: str,
    about: Person | None = None,
    by: User,
    at: datetime,
) -> Finding:
    """Write down a strength or a need of one member, or of everybody, in a domain (C20, D15).

    A need that a partner writes down is a request: the regisseur gets it on the list (G15).
    """
    with operation(Action.CONTRIBUTE_TO_PLAN, on=plan, by=by) as op:
        plan = op.target
        insist_on_running(plan)
        insist_on_reach(op, plan.family_id, domain=domain, about=about)
        finding = Finding.objects.create(
            family_id=plan.family_id,
            plan=plan,
            domain=domain,
            about=about,
            kind=kind,
            text=text,
            noted_by=by,
            noted_at=at,
        )
        op.record(Event.FAMILY_PLAN_CHANGED, change="finding", kind=kind.value, domain=domain.code)
        contribute(plan, Contributed.FINDING_NOTED, domain=domain, by=by, at=at, within=op)
        if kind == FindingKind.NEED and not _works_on(plan, by):
            plan_follow_up(
                plan.family,
                Kind.PICK_UP_WISH,
                due_on=add_working_days(timezone.localdate(at), PICK_UP_WITHIN),
                falls_to=AssignmentKind.REGISSEUR,
                about=finding,
                within=op,
            )
    return finding


def _works_on(plan: FamilyPlan, user: User) -> bool:
    return bool(FamilyPlan.objects.permitting(user, Action.EDIT_FAMILY_PLAN).filter(pk=plan.pk).exists())


def name_source(
    plan: FamilyPlan,
    *,
    organisation: Organisation,
    title: str,
    made_on: date,
    kept_at: str = "",
    by: User,
    at: datetime,
) -> SourcePlan:
    """Name a partner's own plan as a source, with its day; goals taken over from it point back at it (E4).

    Whoever works for the family names any; a partner its own. Raises WrongState for a day to come, or otherwise.
    """
    with operation(Action.CONTRIBUTE_TO_PLAN, on=plan, by=by) as op:
        plan = op.target
        insist_on_running(plan)
        if not _works_on(plan, by) and organisation.pk not in by.standing:
            raise WrongState(_("Name a plan of your own organisation."), about=plan)
        if made_on > timezone.localdate(at):
            raise WrongState(_("This day is still to come."), about=plan)
        source = SourcePlan.objects.create(
            family_id=plan.family_id,
            plan=plan,
            organisation=organisation,
            title=title,
            made_on=made_on,
            kept_at=kept_at,
            named_by=by,
            named_at=at,
        )
        op.record(Event.FAMILY_PLAN_CHANGED, change="source")
        contribute(plan, Contributed.SOURCE_NAMED, by=by, at=at, within=op)
    return source


def keep_part(plan: FamilyPlan, *, about: Person, kept_from: Person, reason: str, by: User, at: datetime) -> KeptPart:
    """Keep the part of one member from another (E3): not on that member's paper, and counted all the same.

    Doing it again changes nothing. Raises WrongState for a part kept from its own member.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=plan, by=by) as op:
        plan = op.target
        insist_on_running(plan)
        if about == kept_from or not reason.strip():
            raise WrongState(_("Choose two different members, and say why."), about=plan)
        kept, _is_new = KeptPart.objects.get_or_create(
            family_id=plan.family_id,
            plan=plan,
            about=about,
            kept_from=kept_from,
            lifted_at=None,
            defaults={"reason": reason, "set_by": by, "set_at": at},
        )
        op.record(Event.FAMILY_PLAN_CHANGED, subject=kept, change="part_kept")
    return kept


def lift_part(kept: KeptPart, *, by: User, at: datetime) -> KeptPart:
    """Let the other member read the part again. Raises WrongState when that was done already."""
    with operation(Action.EDIT_FAMILY_PLAN, on=kept, by=by) as op:
        kept = op.target
        if kept.lifted_at is not None:
            raise WrongState(_("This part is not kept apart any more."), about=kept)
        kept.lifted_at = at
        kept.save(update_fields=["lifted_at"])
        op.record(Event.FAMILY_PLAN_CHANGED, change="part_lifted")
    return kept


@dataclass(frozen=True)
class Decided:
    """One decision of a conversation: it becomes an action of a goal at once."""

    goal: Goal
    what: str
    responsible: Responsible
    due_on: date


def hold_conference(
    plan: FamilyPlan,
    *,
    held_on: date,
    discussed: str,
    attendees: Sequence[Responsible],
    decisions: Sequence[Decided] = (),
    by: User,
    at: datetime,
) -> Conference:
    """Record a conversation of several parties; each decision becomes an action with somebody and a day.

    All or nothing. Raises WrongState for a day to come, with fewer than two parties, and for a goal of another plan.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=plan, by=by) as op:
        plan = op.target
        insist_on_running(plan)
        if held_on > timezone.localdate(at):
            raise WrongState(_("This day is still to come."), about=plan)
        if len(set(attendees)) < FEWEST_PARTIES:
            raise WrongState(_("Say who was there: two parties at least."), about=plan)
        conference = Conference.objects.create(
            family_id=plan.family_id,
            plan=plan,
            held_on=held_on,
            discussed=discussed,
            recorded_by=by,
            recorded_at=at,
        )
        for attendee in dict.fromkeys(attendees):
            Attendee.objects.create(family_id=plan.family_id, conference=conference, **owner_fields(attendee))
        for one in decisions:
            goal = Goal.objects.filter(plan=plan, pk=one.goal.pk).first()
            if goal is None:
                raise WrongState(_("Choose a goal of this plan."), about=plan)
            put_action(goal, one.what, one.responsible, one.due_on, conference=conference, by=by, at=at, within=op)
        op.record(Event.CONFERENCE_RECORDED, subject=conference, decisions=len(decisions))
        contribute(plan, Contributed.CONFERENCE_HELD, by=by, at=at, within=op)
    return conference


def settle_practical_need(
    family: Family, *, item: CodeItem, settled: PracticalNeed.Settled, by: User, at: datetime
) -> PracticalNeed:
    """Say of something practical whether it is still needed, arranged or not needed (E23)."""
    with operation(Action.EDIT_FAMILY_PLAN, on=family, by=by) as op:
        need, _is_new = PracticalNeed.objects.update_or_create(
            family=op.target, item=item, defaults={"settled": settled, "changed_by": by, "changed_at": at}
        )
        op.record(Event.FAMILY_PLAN_CHANGED, subject=need, item=item.code, settled=settled.value)
    return need
