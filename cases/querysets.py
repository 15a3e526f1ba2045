from datetime import date, datetime
from typing import ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef

from access.querysets import ScopedQuerySet


class FamilyQuerySet(ScopedQuerySet):
    family_path: ClassVar[str] = "pk"

    def with_regisseur_known(self, today: date) -> Self:
        """Annotate `has_regisseur`: an open period of somebody who is still there.

        A leaver is no regisseur, from the moment the account or the membership ends (B3), whatever the period says.
        """
        memberships = apps.get_model("accounts.Membership").objects.live(today)
        current = apps.get_model("cases.RegisseurPeriod").objects.current()
        present = memberships.filter(user_id=OuterRef("user_id"), organisation_id=OuterRef("organisation_id"))
        periods = current.filter(Exists(present), family_id=OuterRef("pk"), user__is_active=True)
        return self.annotate(has_regisseur=Exists(periods))


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
