"""A version of the plan begins as a draft, comes to hold, and is confirmed with the client from time to time."""

from datetime import date, datetime, timedelta

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, Level, Share
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from safety_plans.models import Confirmation, SafetyPlan, SafetyPlanItem, Status

PARTNERS_HAVE_IT_WITHIN = timedelta(days=7)  # as long as a plan that is out of date may wait (C5)


def draft_plan(family: Family, *, by: User, at: datetime) -> SafetyPlan:
    """Start the next version, with what the current one says. Raises WrongState while there is a draft already."""
    with operation(Action.EDIT_SAFETY_PLAN, on=family, by=by) as op:
        if there := SafetyPlan.objects.filter(family=op.target).drafts().first():
            raise WrongState(_("There is a draft already. Go on with that one."), about=there)
        return _start_draft(op.target, by=by, at=at, within=op)


def open_draft(plan: SafetyPlan, *, by: User, at: datetime, within: Operation) -> SafetyPlan:
    """Return the draft to write in: this version while it is one, else the next, which is begun if need be. A step."""
    if plan.status == Status.DRAFT:
        return plan
    there: SafetyPlan | None = SafetyPlan.objects.filter(family=plan.family_id).drafts().first()
    return there or _start_draft(plan.family, by=by, at=at, within=within)


def _start_draft(family: Family, *, by: User, at: datetime, within: Operation) -> SafetyPlan:
    versions = SafetyPlan.objects.filter(family=family)
    current = versions.current().first()
    last = versions.aggregate(last=Max("version"))["last"] or 0
    draft = SafetyPlan.objects.create(family=family, version=last + 1, drafted_by=by, drafted_at=at)
    if current:
        _copy_items(current, draft)
    within.record(Event.SAFETY_PLAN_DRAFTED, subject=draft, version=draft.version)
    return draft


def _copy_items(current: SafetyPlan, draft: SafetyPlan) -> None:
    items = list(SafetyPlanItem.objects.filter(plan=current).standing())
    for item in items:
        item.pk = SafetyPlanItem._meta.pk.get_default()
        item.plan = draft
        item._state.adding = True
    SafetyPlanItem.objects.bulk_create(items)


def activate(
    draft: SafetyPlan,
    *,
    agreed_with_client_on: date,
    review_on: date,
    holds_from: date | None = None,
    because: str = "",
    by: User,
    at: datetime,
) -> SafetyPlan:
    """Let a draft hold, instead of the version before (C1), and plan its revision on `review_on`.

    `holds_from` (inclusive) is the day it was agreed when it is left out. Every organisation the plan is shared with
    now holds an outdated one until it confirms this (C4); that somebody sees to that is planned here. Raises WrongState
    when it says nothing, has two wordings of one line, was agreed in the future, would be revised before it was agreed
    or made, or when a second version has no reason.
    """
    with operation(Action.EDIT_SAFETY_PLAN, on=draft, by=by) as op:
        made = op.target
        made.insist_on_draft()
        holds_from = holds_from or agreed_with_client_on
        _insist_it_can_hold(made, agreed_with_client_on, review_on, holds_from, because, timezone.localdate(at))
        for earlier in SafetyPlan.objects.filter(family=made.family_id).current():
            earlier.move_to(Status.SUPERSEDED)
            earlier.save(update_fields=["status"])
        made.move_to(Status.CURRENT)
        made.agreed_on, made.review_on, made.holds_from = agreed_with_client_on, review_on, holds_from
        made.because = because.strip()
        made.activated_by, made.activated_at = by, at
        made.save()
        op.record(Event.SAFETY_PLAN_ACTIVATED, version=made.version)
        _plan_revision(made, review_on, at=at, within=op)
        _plan_telling_partners(made, at=at, within=op)
    return made


def confirm_with_client(current: SafetyPlan, *, on: date, review_on: date, by: User, at: datetime) -> Confirmation:
    """Record that the client still finds the plan right, and move the day it is looked at again.

    Raises WrongState for a version that does not hold, a day still to come, or a next look that is not later.
    """
    with operation(Action.EDIT_SAFETY_PLAN, on=current, by=by) as op:
        made = op.target
        if made.status != Status.CURRENT:
            raise WrongState(_("This version does not hold any more. Look at the one that does."), about=made)
        today = timezone.localdate(at)
        if on > today or review_on <= max(on, today):
            raise WrongState(_("Agreed on today or earlier, revised later than today: check these days."), about=made)
        confirmed = Confirmation.objects.create(
            family_id=made.family_id, plan=made, confirmed_on=on, review_on=review_on, recorded_by=by, recorded_at=at
        )
        op.record(Event.SAFETY_PLAN_CONFIRMED, version=made.version)
        _plan_revision(made, review_on, at=at, within=op)
    return confirmed


def _insist_it_can_hold(
    made: SafetyPlan, agreed_on: date, review_on: date, holds_from: date, because: str, today: date
) -> None:
    standing = SafetyPlanItem.objects.filter(plan=made).standing()
    wrong = None
    if not standing.exists():
        wrong = _("This plan is empty. Write down what you agreed first.")
    elif standing.order_by().values("line").annotate(wordings=Count("pk")).filter(wordings__gt=1).exists():
        wrong = _("Of one line there are two wordings. Choose first.")
    elif agreed_on > today or holds_from > today or review_on <= today:
        wrong = _("Agreed on today or earlier, revised later than today: check these days.")
    elif made.version > 1 and not because.strip():
        wrong = _("Say why there is a new version.")
    if wrong:
        raise WrongState(wrong, about=made)


def _plan_revision(made: SafetyPlan, review_on: date, *, at: datetime, within: Operation) -> None:
    asked = FollowUp.objects.filter(family=made.family_id, kind=Kind.REVISE_SAFETY_PLAN)
    finish(asked, as_=State.DONE, at=at, within=within)
    plan(
        made.family,
        Kind.REVISE_SAFETY_PLAN,
        due_on=review_on,
        falls_to=AssignmentKind.REGISSEUR,
        about=made,
        version=1 + Confirmation.objects.filter(plan=made).count(),
        within=within,
    )


def _plan_telling_partners(made: SafetyPlan, *, at: datetime, within: Operation) -> None:
    earlier = FollowUp.objects.filter(family=made.family_id, kind=Kind.TELL_NEW_SAFETY_PLAN)
    finish(earlier, as_=State.LAPSED, at=at, within=within)
    shares = Share.objects.filter(family=made.family_id, level__gte=Level.SAFETY_PLAN, withdrawn_at=None)
    if shares.filter(starts_at__lte=at, ends_at__gt=at).exists():
        plan(
            made.family,
            Kind.TELL_NEW_SAFETY_PLAN,
            due_on=timezone.localdate(at) + PARTNERS_HAVE_IT_WITHIN,
            falls_to=AssignmentKind.REGISSEUR,
            about=made,
            within=within,
        )
