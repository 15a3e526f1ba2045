from datetime import datetime
from typing import Any

from access.models import Assignment
from access.operation import Operation
from accounts.models import User
from audit.events import Event
from family_plans.models import Contributed, Contribution, FamilyPlan
from organisations.models import CodeItem


def contribute(
    plan: FamilyPlan,
    what: Contributed,
    *,
    domain: CodeItem | None = None,
    by: User,
    at: datetime,
    within: Operation[Any],
) -> None:
    """Write down who added what, on behalf of the organisation she works for this family at (E5).

    A step; the audit log has it too, but only those who oversee read that.
    """
    assignments = Assignment.objects.live(at).filter(family_id=plan.family_id, user_id=by.pk)
    mine = assignments.exclude(kind="barred").order_by("starts_at", "pk").first()
    made = Contribution.objects.create(
        family_id=plan.family_id,
        plan=plan,
        what=what,
        domain=domain,
        user=by,
        organisation_id=mine.organisation_id if mine else None,
        at=at,
    )
    within.record(Event.FAMILY_PLAN_CHANGED, subject=made, contributed=what.value)
