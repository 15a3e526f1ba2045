from datetime import datetime
from typing import ClassVar, Self

from django.db import models

from access.querysets import ScopedQuerySet


class FamilyQuerySet(ScopedQuerySet):
    family_path: ClassVar[str] = "pk"


class PersonQuerySet(ScopedQuerySet):
    def in_reading_order(self) -> Self:
        """Order as people say it: the client, the children from old to young, then the others."""
        first = models.Case(
            models.When(place="client", then=0),
            models.When(place="child", then=1),
            default=2,
            output_field=models.SmallIntegerField(),
        )
        return self.order_by(first, "born_on", "given_name", "pk")


class RegisseurPeriodQuerySet(ScopedQuerySet):
    def current(self) -> Self:
        return self.filter(ends_at=None)


class ShareQuerySet(ScopedQuerySet):
    def live(self, now: datetime) -> Self:
        """Narrow to shares that show something at this moment."""
        return self.filter(withdrawn_at=None, starts_at__lte=now, ends_at__gt=now)
