from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest


class UserQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def unused_since(self, moment: datetime) -> Self:
        """Narrow to accounts with which nobody signed in since `moment`, and that were made or reopened before it."""
        signed_in = Coalesce("last_login", F("created_at"))
        last = Greatest(signed_in, F("created_at"), Coalesce("reopened_at", F("created_at")))
        return self.annotate(last_used_at=last).filter(last_used_at__lt=moment)


class MembershipQuerySet(models.QuerySet):
    def live(self, today: date) -> Self:
        """Narrow to memberships in force on `today`; the last day is exclusive."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today)


class LinkQuerySet(models.QuerySet):
    def pending(self) -> Self:
        """Narrow to links that were neither used nor withdrawn, also those of which the time has passed."""
        return self.filter(used_at=None, withdrawn_at=None)

    def open(self, now: datetime) -> Self:
        """Narrow to links that still open something."""
        return self.pending().filter(expires_at__gt=now)
