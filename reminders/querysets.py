from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q


class AbsenceQuerySet(models.QuerySet):
    def on(self, day: date) -> Self:
        """Narrow to who is away on `day`; the first day back is not one of them."""
        return self.not_over(day).filter(starts_on__lte=day)

    def not_over(self, day: date) -> Self:
        """Narrow to absences that last on `day` or are still to come."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), withdrawn_at=None)
