from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from access.policy import Action
from access.querysets import ScopedQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class FamilyPlanQuerySet(ScopedQuerySet):
    """Rows of the plan: whoever was shown the plan by a share may read them too."""

    view_action: ClassVar[Action] = Action.VIEW_FAMILY_PLAN


class PlanQuerySet(FamilyPlanQuerySet):
    def active(self) -> Self:
        """Keep the plans that run: at most one per family."""
        return self.filter(ended_at=None)


class SelfRelianceQuerySet(FamilyPlanQuerySet):
    def latest_per_domain(self) -> Self:
        """Keep the newest of each family and domain; the older ones are the history."""
        return self.order_by("family_id", "domain_id", "-assessed_on", "-recorded_at").distinct(
            "family_id", "domain_id"
        )


class StagnationQuerySet(FamilyPlanQuerySet):
    def unsolved(self) -> Self:
        return self.exclude(status="solved")

    def late(self, today: date) -> Self:
        """Keep what should have been solved before today and was not taken to the municipality: propose to do that."""
        return self.filter(status="open", solve_by__lt=today)

    def asked_of(self, coordinator: "User") -> Self:
        """Keep what waits for an answer of this coordinator, the oldest promise first.

        A coordinator has no content: show the family's reference, the domain, the cause and the days, never `note`.
        """
        return (
            self.permitting(coordinator, Action.ANSWER_STAGNATION)
            .filter(status="escalated")
            .select_related("family", "domain")
            .defer("note")
            .order_by("answer_by", "pk")
        )
