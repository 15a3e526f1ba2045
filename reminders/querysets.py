from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q


class AbsenceQuerySet(models.QuerySet):
    def on(self, day: date) -> Self:
        """Narrow to who is away on `day`; the first day back is not one of them."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)
