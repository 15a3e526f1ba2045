from datetime import datetime

from django.utils.translation import gettext as _

from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish
from organisations.models import Organisation
from safety_plans.models import Receipt, SafetyPlan, Status
from safety_plans.shared import holders


def confirm_receipt(current: SafetyPlan, *, organisation: Organisation, by: User, at: datetime) -> Receipt:
    """Record that an organisation the plan is shared with read this version (C4). Doing it again changes nothing.

    With the last of them the work of telling them is done. Raises WrongState for a version that does not hold any more,
    and for an organisation it is not shared with.
    """
    with operation(Action.CONFIRM_SAFETY_PLAN, on=current, by=by) as op:
        plan = op.target
        if plan.status != Status.CURRENT:
            raise WrongState(_("There is a newer version. Read that one."), about=plan.family)
        if organisation.pk not in {one.organisation.pk for one in holders(plan, at)}:
            raise WrongState(_("This plan is not shared with this organisation."), about=plan.family)
        receipt, _is_new = Receipt.objects.get_or_create(
            plan=plan, organisation=organisation, defaults={"family": plan.family, "read_by": by, "read_at": at}
        )
        op.record(Event.SAFETY_PLAN_RECEIVED, version=plan.version, organisation=str(organisation.pk))
        if all(one.is_current for one in holders(plan, at)):
            asked = FollowUp.objects.filter(family=plan.family_id, kind=Kind.TELL_NEW_SAFETY_PLAN)
            finish(asked, as_=State.DONE, at=at, within=op)
    return receipt
