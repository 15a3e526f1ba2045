"""A family that nobody reaches, and the steps to find it. It ends in one way: somebody has seen them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from aftercare.querysets import OutOfSightQuerySet
from core.errors import WrongState


class Status(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Out of sight")
    FOUND = "found", _("In sight again")


TRANSITIONS: dict[Status, set[Status]] = {
    Status.PROPOSED: {Status.CONFIRMED, Status.FOUND},
    Status.CONFIRMED: {Status.FOUND},
    Status.FOUND: set(),
}


class OutOfSight(FamilyRow):
    """A time in which a family is, or seems to be, out of sight. At most one at a time."""

    trajectory = models.ForeignKey("cases.Trajectory", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=Status, default=Status.PROPOSED)
    # The last contact that succeeded, or else the departure: how long it has really been.
    since = models.DateField()
    proposed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = OutOfSightQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "out of sight"
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(ended_at=None), name="outofsight_one_open_per_family"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="outofsight_status_known"),
            models.CheckConstraint(
                condition=Q(status=Status.FOUND, ended_at__isnull=False)
                | (~Q(status=Status.FOUND) & Q(ended_at__isnull=True)),
                name="outofsight_ended_exactly_when_found",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CONFIRMED) | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="outofsight_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"out of sight {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("aftercare:out_of_sight", args=[self.pk])

    def move_to(self, status: Status) -> None:
        """Change the status if its lifecycle allows it. Does not save. Nothing else assigns `status`."""
        if status not in TRANSITIONS[Status(self.status)]:
            raise WrongState(str(_("This was already settled. You see how it stands now.")), about=self)
        self.status = status


class SearchStep(models.TextChoices):
    """The steps to find a family, in the order in which they are offered."""

    NETWORK = "network", _("Call the people around the family")
    LAST_PARTNER = "last_partner", _("Call the organisation that saw them last")
    VEILIG_THUIS = "veilig_thuis", _("Ask Veilig Thuis for advice")
    HOME_VISIT = "home_visit", _("Go by the house, with two people")


class SearchResult(models.TextChoices):
    NO_NEWS = "no_news", _("No news")
    HEARD_OF = "heard_of", _("Somebody has heard from them")
    ADVICE = "advice", _("Got advice")


class OutOfSightStep(FamilyRow):
    """A step that was taken, by whom, and what came of it. A step may be taken again."""

    out_of_sight = models.ForeignKey(OutOfSight, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=SearchStep)
    result = models.CharField(max_length=20, choices=SearchResult)
    done_on = models.DateField()
    done_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=SearchStep.values), name="outofsightstep_step_known"),
            models.CheckConstraint(condition=Q(result__in=SearchResult.values), name="outofsightstep_result_known"),
        ]

    def __str__(self) -> str:
        return f"out-of-sight step {self.pk}"
