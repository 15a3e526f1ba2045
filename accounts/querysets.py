from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q


class UserQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(is_active=True)


class MembershipQuerySet(models.QuerySet):
    def live(self, today: date) -> Self:
        """Narrow to memberships in force on `today`; the last day is exclusive."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today)
