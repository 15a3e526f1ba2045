from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

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

    def ended(self) -> Self:
        """Keep the plans that are over, the last one first."""
        return self.exclude(ended_at=None).order_by("-ended_at", "pk")


class HelpLineQuerySet(FamilyPlanQuerySet):
    def running(self) -> Self:
        """Keep what has not ended, whether it started or is still waited for."""
        return self.filter(ended_on=None)

    def for_children_without_source(self) -> Self:
        """Keep help to children of which nobody said which law pays for it (G19)."""
        return self.filter(law=None, person__place="child")

    def asked_before(self, departs_on: date) -> Self:
        return self.filter(asked_on__lt=departs_on)

    def started_before(self, departs_on: date) -> Self:
        return self.filter(starts_on__lt=departs_on)


class TreatmentQuerySet(ScopedQuerySet):
    """Help to whoever causes harm: for those who work for the family by name, never by a share."""

    view_action: ClassVar[Action] = Action.VIEW_TREATMENT


class SelfRelianceQuerySet(FamilyPlanQuerySet):
    def latest_per_domain(self) -> Self:
        """Keep the newest of each family and domain; the older ones are the history."""
        return self.order_by("family_id", "domain_id", "-assessed_on", "-recorded_at").distinct(
            "family_id", "domain_id"
        )


class AssessmentQuerySet(FamilyPlanQuerySet):
    def latest_per_person(self) -> Self:
        return self.order_by("family_id", "person_id", "-assessed_on", "-recorded_at").distinct(
            "family_id", "person_id"
        )


class StagnationQuerySet(FamilyPlanQuerySet):
    def unsolved(self) -> Self:
        return self.exclude(status="solved")

    def late(self, today: date) -> Self:
        """Keep what should have been solved before today and was not taken to the municipality: propose to do that."""
        return self.filter(status="open", solve_by__lt=today, came_on=None)

    def without_bridging(self, today: date, *, longer_than: int) -> Self:
        """Keep what is stuck for more than so many days while nothing helps meanwhile and it did not come (G12)."""
        return self.unsolved().filter(bridging="", came_on=None, since__lt=today - timedelta(days=longer_than))

    def with_the_municipality(self, today: date) -> Self:
        """Keep what the municipality must answer: what it was asked, and each binding request that nobody answered.

        The second needs no clock to run: the day passes, and from the next one it is the municipality's (B6). After an
        answer of the municipality only a request that ran out since counts.
        """
        unanswered = apps.get_model("family_plans.BindingRequest").objects.filter(
            stagnation_id=OuterRef("pk"), answered_on=None, answer_by__lt=today
        )
        since_then = unanswered.filter(answer_by__gte=OuterRef("answered_at__date"))
        return self.filter(
            Q(status="escalated") | Q(Exists(unanswered), status="open") | Q(Exists(since_then), status="answered")
        )

    def asked_of(self, coordinator: "User", today: date) -> Self:
        """Keep what waits for an answer of this coordinator, what is stuck longest first.

        A coordinator has no content: show the family's reference, the domain, the cause and the days, never `note`.
        """
        return (
            self.permitting(coordinator, Action.ANSWER_STAGNATION)
            .with_the_municipality(today)
            .select_related("family", "domain")
            .defer("note", "tried", "bridging", "solution")
            .order_by("since", "pk")
        )


class TemplateQuerySet(models.QuerySet):
    def on(self, day: date) -> Self:
        """Keep, of every template, the version that governs on `day`."""
        return self.filter(valid_from__lte=day).order_by("slug", "-valid_from", "-version").distinct("slug")
