"""Rows without a family, and what was published. Neither says anything about anybody."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from core.models import Row
from figures.passages import Passage
from figures.querysets import ReleasedCellQuerySet


class StatisticsRow(Row):
    """A passage of a family whose file is gone, or that was invented. It points at no family and holds no reference.

    One row is one family all the same: only the jobs role reads this table, and only to count.
    """

    passage = models.JSONField()
    left_on = models.DateField()

    def __str__(self) -> str:
        return f"statistics row {self.pk}"

    @classmethod
    def of(cls, passage: Passage) -> "StatisticsRow":
        """Return a row, not saved yet, of a passage that is over. Raises ValueError while the family is there."""
        if passage.left_on is None:
            raise ValueError("a family that has not left is counted from its file")
        return cls(passage=passage.to_row(), left_on=passage.left_on)

    def as_passage(self) -> Passage:
        return Passage.from_row(self.passage)


class Release(Row):
    """What was published when a quarter was over. Made once and never changed: the database holds that.

    `groups` says per population and year under which code each municipality is published.
    """

    quarter = models.CharField(max_length=6, unique=True)
    frozen_at = models.DateTimeField()
    specification = models.PositiveSmallIntegerField()
    groups = models.JSONField(default=dict, blank=True)
    # Of the cells in it: withheld because there were too few, and withheld to protect those.
    small = models.PositiveIntegerField()
    beside = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quarter__regex=r"^[0-9]{4}Q[1-4]$"), name="release_is_of_a_quarter")
        ]

    def __str__(self) -> str:
        return self.quarter


class ReleasedCell(Row):
    """One published number, rounded; empty when it is withheld. Each is published once, in one release."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="cells")
    period = models.CharField(max_length=6)
    area = models.CharField(max_length=80)
    figure = models.CharField(max_length=40)
    category = models.CharField(max_length=60)
    number = models.PositiveIntegerField(null=True, blank=True)

    objects: ClassVar[Any] = ReleasedCellQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "period", "figure", "category"], name="releasedcell_published_once"
            ),
            # Whatever else goes wrong, no small number gets in here: k = 10, and everything is rounded to five.
            models.CheckConstraint(condition=Q(number=None) | Q(number__gte=10), name="releasedcell_no_small_number"),
        ]

    def __str__(self) -> str:
        return f"released cell {self.pk}"
