"""How long a file is kept, what is proposed for destruction, who approved it, and what remains of what is gone."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.errors import WrongState
from core.models import Row
from oversight.querysets import DestructionItemQuerySet, DestructionQuerySet


class Law(models.TextChoices):
    """The law a file, or a part of it, is kept under."""

    WMO = "wmo", _("Wmo 2015")
    JEUGDWET = "jeugdwet", _("Jeugdwet")
    VEILIG_THUIS = "veilig_thuis", _("Wmo 2015, Veilig Thuis")


class RetentionTerm(Row):
    """For how many years from its last change a file is kept under a law. Data, with the days on which it holds.

    `valid_until` is exclusive. A file under several laws is kept for the longest of their terms.
    """

    law = models.CharField(max_length=20, choices=Law)
    years = models.PositiveSmallIntegerField()
    article = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["law"], condition=Q(valid_until=None), name="retentionterm_one_per_law"),
            models.CheckConstraint(condition=Q(law__in=Law.values), name="retentionterm_law_known"),
            models.CheckConstraint(condition=Q(years__gte=1), name="retentionterm_a_year_at_least"),
        ]

    def __str__(self) -> str:
        return f"retention term {self.pk}"


class Status(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    APPROVED = "approved", _("approved by two")
    REFUSED = "refused", _("refused")
    CARRIED_OUT = "carried_out", _("carried out")


TRANSITIONS: dict[Status, set[Status]] = {
    Status.PROPOSED: {Status.APPROVED, Status.REFUSED},
    Status.APPROVED: {Status.CARRIED_OUT, Status.REFUSED},
    Status.REFUSED: set(),
    Status.CARRIED_OUT: set(),
}


class Destruction(Row):
    """A batch of files of one organisation whose term is over. Nothing happens before two persons approved it."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    status = models.CharField(max_length=20, choices=Status, default=Status.PROPOSED)
    first_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    first_at = models.DateTimeField(null=True, blank=True)
    second_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.CharField(max_length=300, blank=True, default="")
    carried_out_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = DestructionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="destruction_status_known"),
            models.CheckConstraint(condition=~Q(second_by=F("first_by")), name="destruction_by_two_different_persons"),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "carried_out"])
                | Q(first_by__isnull=False, second_by__isnull=False),
                name="destruction_approved_by_two",
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(status="proposed"), name="destruction_one_proposal_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"destruction {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("oversight:destruction", args=[self.pk])

    def move_to(self, status: Status) -> None:
        """Change the status if its lifecycle allows it. Does not save. Nothing else assigns `status`."""
        if status not in TRANSITIONS[Status(self.status)]:
            raise WrongState(str(_("This was decided already.")), about=self)
        self.status = status


class DestructionItem(Row):
    """One file of a batch: by its reference, without a pointer, so that the row outlives the file."""

    destruction = models.ForeignKey(Destruction, on_delete=models.PROTECT, related_name="items")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    family_key = models.UUIDField()
    reference = models.CharField(max_length=12)
    law = models.CharField(max_length=20, choices=Law)
    last_change_on = models.DateField()
    # The first day on which it may be destroyed.
    from_day = models.DateField()
    destroyed_at = models.DateTimeField(null=True, blank=True)
    # Why it was left when the batch was carried out: a hold, a change since, a new track.
    left_because = models.CharField(max_length=40, blank=True, default="")

    objects: ClassVar[Any] = DestructionItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["destruction", "family_key"], name="destructionitem_once_per_batch"),
            models.CheckConstraint(
                condition=Q(destroyed_at=None) | Q(left_because=""), name="destructionitem_destroyed_or_left"
            ),
        ]

    def __str__(self) -> str:
        return f"destruction item {self.pk}"


class Tombstone(Row):
    """What remains of a file that was destroyed: that it was, when, under which law, by whom. Nothing of the family."""

    family_key = models.UUIDField(unique=True)
    reference = models.CharField(max_length=12)
    law = models.CharField(max_length=20, choices=Law)
    last_change_on = models.DateField()
    first_by_id = models.UUIDField()
    second_by_id = models.UUIDField()
    destroyed_at = models.DateTimeField()
    rows = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"tombstone {self.pk}"
