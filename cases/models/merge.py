"""That two files turned out to be about one family and were put together. It can be undone."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from access.models import FamilyRow
from cases.models.family import Family
from cases.querysets import OwnFileQuerySet


class Merge(FamilyRow):
    """Two files put together: `family` is the one that goes on, `merged` the one whose rows moved into it.

    `moved` says which rows came over, per table, and `changed` what they were before: identifiers and stored words, so
    that everything can go back. Never changed but by undoing it.
    """

    merged = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    # The merged file is out of everybody's reach: what it was called stands here.
    merged_reference = models.CharField(max_length=12)
    reason = models.CharField(max_length=200)
    moved = models.JSONField()
    changed = models.JSONField()
    merged_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = OwnFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(family=F("merged")), name="merge_is_of_two_families"),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_for_a_reason"),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="merge_one_open_per_merged_family"
            ),
        ]

    def __str__(self) -> str:
        return f"merge {self.pk}"
