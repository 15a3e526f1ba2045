from datetime import date, datetime
from typing import Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, Greatest


class UserQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def with_held(self, today: date) -> Self:
        """Bring along, as `held`, what each user may act as on `today`: spares every request a statement.

        A list of texts, each the key of an organisation, a space and a role: the driver reads them as they are.
        """
        memberships = apps.get_model("accounts.Membership")._default_manager.filter(user=OuterRef("pk"))
        written = Concat(Cast("organisation_id", TextField()), Value(" "), "role", output_field=TextField())
        return self.annotate(held=ArraySubquery(memberships.live(today).values(row=written)))

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
