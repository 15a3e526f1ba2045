"""Questions to what was published."""

from typing import Self

from django.db import models


class ReleasedCellQuerySet(models.QuerySet):
    """Published numbers. Who may see one may see all: that is what publishing means."""

    def of(self, area: str) -> Self:
        return self.filter(area=area)

    def of_years(self) -> Self:
        """Keep what is about whole years."""
        return self.exclude(period__contains="Q")
