from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db.models import Q

from access.policy import Action
from access.querysets import ScopedQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class SafetyPlanRowQuerySet(ScopedQuerySet):
    """Rows of the plan that holds: whoever was shown the plan by a share reads them, drafts and old versions not.

    `plan_path` leads to the plan: nothing on the plan itself, "plan__" on its rows.
    """

    view_action: ClassVar[Action] = Action.VIEW_SAFETY_PLAN
    plan_path: ClassVar[str] = "plan__"

    def visible_to(self, user: "User") -> Self:
        """Narrow to what `user` may see: all versions for who writes them, the current one for who was shown it."""
        writes = self.permitting(user, Action.EDIT_SAFETY_PLAN)
        holds = Q(**{f"{self.plan_path}status": "current"})
        return self.permitting(user, Action.VIEW_SAFETY_PLAN).filter(holds | Q(pk__in=writes.order_by().values("pk")))


class SafetyPlanQuerySet(SafetyPlanRowQuerySet):
    plan_path: ClassVar[str] = ""

    def current(self) -> Self:
        """Keep the plans that hold now: at most one per family."""
        return self.filter(status="current")

    def drafts(self) -> Self:
        return self.filter(status="draft")


class SafetyPlanItemQuerySet(SafetyPlanRowQuerySet):
    def standing(self) -> Self:
        """Keep what the plan says: without what was taken out while it was a draft."""
        return self.filter(taken_out_at=None)


class AssessmentRowQuerySet(ScopedQuerySet):
    """Rows of an assessment: for who may open the file. It says what a parent might be to a child (D7), so a share of
    the safety plan does not show it.
    """

    view_action: ClassVar[Action] = Action.VIEW_FAMILY


class RiskAssessmentQuerySet(AssessmentRowQuerySet):
    def latest_first(self) -> Self:
        return self.order_by("-assessed_on", "-recorded_at", "pk")

    def dated_within(self, first: date, last: date) -> Self:
        """Keep those of a period; both days count."""
        return self.filter(assessed_on__range=(first, last))


class FactorQuerySet(AssessmentRowQuerySet):
    def present(self) -> Self:
        """Keep what was there, and not what was found to be gone."""
        return self.exclude(course="gone")


class WorkingQuerySet(ScopedQuerySet):
    """Rows for who may open the file: checks, receipts, papers, phases."""

    view_action: ClassVar[Action] = Action.VIEW_FAMILY
