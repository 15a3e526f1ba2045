"""How the register of the collaboration is narrowed. It holds nothing about a family, so most of it is read by many."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from access import policy
from access.policy import Action

if TYPE_CHECKING:
    from accounts.models import User


class KeptQuerySet(models.QuerySet):
    """Rows that one organisation keeps: `owner_path` leads to its key."""

    owner_path: ClassVar[str] = "owner_id"

    @classmethod
    def through(cls, path: str) -> type[Self]:
        """Return this queryset for rows whose keeper is found along another path."""
        return type(cls.__name__, (cls,), {"owner_path": path})

    def permitting(self, user: "User", action: Action) -> Self:
        """Narrow to what is kept by an organisation on whose behalf `user` may perform `action`."""
        may = user.organisations_as(policy.WITHIN_ORGANISATION[action]) if user.is_active else []
        return self.filter(**{f"{self.owner_path}__in": may})


class AgreementQuerySet(KeptQuerySet):
    def in_force(self, today: date) -> Self:
        """Keep what holds on `today`; its last day counts."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)

    def not_over(self, today: date) -> Self:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today))

    def to_evaluate(self, today: date, *, within: timedelta) -> Self:
        """Keep what must be evaluated within so many days, or should have been: from thirty days before (A13)."""
        return self.not_over(today).filter(evaluate_on__lte=today + within)

    def overdue(self, today: date) -> Self:
        """Keep what should have been evaluated before today."""
        return self.not_over(today).filter(evaluate_on__lt=today)

    def incomplete(self) -> Self:
        """Keep what says nothing about one of the three subjects (J1)."""
        return self.filter(Q(whole_plans="") | Q(regie="") | Q(sharing=""))


class TrainingQuerySet(KeptQuerySet):
    def valid_on(self, day: date) -> Self:
        """Keep what was followed by `day` and still counts then; the last day counts."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), followed_on__lte=day)


class ContactPersonQuerySet(KeptQuerySet):
    def current(self, today: date) -> Self:
        """Keep what has not ended; the last day counts."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today))


class QualityCheckQuerySet(KeptQuerySet):
    def newest(self) -> Self:
        """Keep the newest look per shelter and requirement; the earlier ones are the history."""
        return self.order_by("shelter_id", "requirement_id", "-checked_on", "-recorded_at").distinct(
            "shelter_id", "requirement_id"
        )
