"""Questions to what was published."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

from access import policy
from access.policy import Action
from organisations.models import Organisation

if TYPE_CHECKING:
    from accounts.models import User


class ReleasedCellQuerySet(models.QuerySet):
    """Published numbers. Who may see one may see all: that is what publishing means."""

    def of(self, area: str) -> Self:
        return self.filter(area=area)

    def of_years(self) -> Self:
        """Keep what is about whole years."""
        return self.exclude(period__contains="Q")


class KeptByOwnerQuerySet(models.QuerySet):
    """What belongs to a pilot: whoever may keep the pilot may keep this."""

    def permitting(self, user: "User", action: Action) -> Self:
        """Narrow to what is kept by an organisation on whose behalf `user` may perform `action`."""
        may = user.organisations_as(policy.WITHIN_ORGANISATION[action]) if user.is_active else []
        return self.filter(pilot__owner_id__in=may)


class PilotQuerySet(models.QuerySet):
    """Pilots. They are about no family: whoever may see one sees them all, and its keeper writes in it."""

    def permitting(self, user: "User", action: Action) -> Self:
        """Narrow to what `user` may perform `action` on: to keep it, or to answer where her municipality takes part."""
        may = user.organisations_as(policy.WITHIN_ORGANISATION[action]) if user.is_active else []
        if action == Action.RECORD_SURVEY:
            here = Organisation.objects.filter(pk__in=may).values("municipality_id")
            return self.filter(municipalities__municipality_id__in=here).distinct()
        return self.filter(owner_id__in=may)

    def running(self, today: date) -> Self:
        """Keep those that take place on `today`; the first and the last day count."""
        return self.filter(starts_on__lte=today, ends_on__gte=today)
