from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, Person
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from safety_plans.models import SafetyPlan, SafetyPlanItem, Section, Status


def draft_plan(family: Family, *, by: User, at: datetime) -> SafetyPlan:
    """Start the next version, with what the current one says. Raises WrongState while there is a draft already."""
    with operation(Action.EDIT_SAFETY_PLAN, on=family, by=by) as op:
        family = op.target
        versions = SafetyPlan.objects.filter(family=family)
        if open_draft := versions.drafts().first():
            raise WrongState(_("There is a draft already. Go on with that one."), about=open_draft)
        current = versions.current().first()
        last = versions.aggregate(last=Max("version"))["last"] or 0
        draft = SafetyPlan.objects.create(family=family, version=last + 1, drafted_by=by, drafted_at=at)
        if current:
            _copy_items(current, draft)
        op.record(Event.SAFETY_PLAN_DRAFTED, subject=draft, version=draft.version)
    return draft


def _copy_items(current: SafetyPlan, draft: SafetyPlan) -> None:
    SafetyPlanItem.objects.bulk_create(
        SafetyPlanItem(
            family_id=draft.family_id,
            plan=draft,
            section=item.section,
            person_id=item.person_id,
            text=item.text,
            checked_by=item.checked_by,
            order=item.order,
        )
        for item in SafetyPlanItem.objects.filter(plan=current).standing()
    )


def add_item(
    draft: SafetyPlan, *, section: Section, text: str, person: Person | None = None, checked_by: str = "", by: User
) -> SafetyPlanItem:
    """Add a sentence to a draft, for one person or for everybody. An agreement needs somebody who checks it."""
    with operation(Action.EDIT_SAFETY_PLAN, on=draft, by=by) as op:
        draft = op.target
        _insist_on_draft(draft)
        if section == Section.AGREEMENTS and not checked_by:
            raise WrongState(_("Say who checks this agreement."), about=draft)
        last = SafetyPlanItem.objects.filter(plan=draft).aggregate(last=Max("order"))["last"] or 0
        item = SafetyPlanItem.objects.create(
            family_id=draft.family_id,
            plan=draft,
            section=section,
            person=person,
            text=text,
            checked_by=checked_by,
            order=last + 1,
        )
        op.record(Event.SAFETY_PLAN_CHANGED, section=section.value, change="added")
    return item


def remove_item(item: SafetyPlanItem, *, by: User, at: datetime) -> SafetyPlan:
    """Take a sentence out of a draft. Earlier versions still say it. Raises WrongState when the plan is no draft."""
    with operation(Action.EDIT_SAFETY_PLAN, on=item, by=by) as op:
        item = op.target
        draft = item.plan
        _insist_on_draft(draft)
        if item.taken_out_at is not None:
            raise WrongState(_("This is out of the draft already."), about=draft)
        item.taken_out_at = at
        item.save(update_fields=["taken_out_at"])
        op.record(Event.SAFETY_PLAN_CHANGED, subject=draft, section=item.section, change="removed")
    return draft


def activate(draft: SafetyPlan, *, agreed_with_client_on: date, review_on: date, by: User, at: datetime) -> SafetyPlan:
    """Let a draft hold, instead of the version before (C1), and plan its revision on `review_on`.

    Raises WrongState when it says nothing, was agreed in the future, or would be revised before it was agreed or made.
    """
    with operation(Action.EDIT_SAFETY_PLAN, on=draft, by=by) as op:
        made = op.target
        _insist_on_draft(made)
        today = timezone.localdate(at)
        if not SafetyPlanItem.objects.filter(plan=made).standing().exists():
            raise WrongState(_("This plan is empty. Write down what you agreed first."), about=made)
        if agreed_with_client_on > today or review_on <= today:
            raise WrongState(_("Agreed on today or earlier, revised later than today: check these days."), about=made)
        for earlier in SafetyPlan.objects.filter(family=made.family_id).current():
            earlier.move_to(Status.SUPERSEDED)
            earlier.save(update_fields=["status"])
        made.move_to(Status.CURRENT)
        made.agreed_on, made.review_on = agreed_with_client_on, review_on
        made.activated_by, made.activated_at = by, at
        made.save(update_fields=["status", "agreed_on", "review_on", "activated_by", "activated_at"])
        op.record(Event.SAFETY_PLAN_ACTIVATED, version=made.version)
        _plan_revision(made, review_on, at=at, within=op)
    return made


def _plan_revision(made: SafetyPlan, review_on: date, *, at: datetime, within: Operation) -> None:
    asked = FollowUp.objects.filter(family=made.family_id, kind=Kind.REVISE_SAFETY_PLAN)
    finish(asked, as_=State.DONE, at=at, within=within)
    plan(
        made.family,
        Kind.REVISE_SAFETY_PLAN,
        due_on=review_on,
        falls_to=AssignmentKind.REGISSEUR,
        about=made,
        within=within,
    )


def _insist_on_draft(made: SafetyPlan) -> None:
    if made.status != Status.DRAFT:
        raise WrongState(_("This version holds already and is not changed. Make a new version."), about=made)
