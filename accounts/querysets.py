from datetime import date
from typing import Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject


class UserQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def with_held(self, today: date) -> Self:
        """Bring along, as `held`, what each user may act as on `today`: spares every request a statement."""
        memberships = apps.get_model("accounts.Membership")._default_manager.filter(user=OuterRef("pk"))
        return self.annotate(
            held=ArraySubquery(memberships.live(today).values(row=JSONObject(at="organisation_id", role="role")))
        )


class MembershipQuerySet(models.QuerySet):
    def live(self, today: date) -> Self:
        """Narrow to memberships in force on `today`; the last day is exclusive."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today)
