"""What reference data shares: from when until when it holds."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Row


class Dated(Row):
    """A fact with a period in which it holds: `valid_until` is the first day on which it no longer does."""

    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="%(class)s_ends_after_it_begins",
            )
        ]

    def is_valid_on(self, day: date) -> bool:
        """Say whether the fact holds on `day`."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)
