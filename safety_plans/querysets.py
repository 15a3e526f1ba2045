from typing import ClassVar, Self

from access.policy import Action
from access.querysets import ScopedQuerySet


class SafetyPlanQuerySet(ScopedQuerySet):
    """Rows of the safety plan: whoever was shown the plan by a share may read them too."""

    view_action: ClassVar[Action] = Action.VIEW_SAFETY_PLAN

    def current(self) -> Self:
        """Keep the plans that hold now: at most one per family."""
        return self.filter(status="current")

    def drafts(self) -> Self:
        return self.filter(status="draft")


class SafetyPlanRowQuerySet(ScopedQuerySet):
    view_action: ClassVar[Action] = Action.VIEW_SAFETY_PLAN


class SafetyPlanItemQuerySet(SafetyPlanRowQuerySet):
    def standing(self) -> Self:
        """Keep what the plan says: without what was taken out while it was a draft."""
        return self.filter(taken_out_at=None)
