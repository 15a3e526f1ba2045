"""The help a family gets, and how far it manages without."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from family_plans.querysets import FamilyPlanQuerySet, SelfRelianceQuerySet


class HelpLine(FamilyRow):
    """One kind of help by one organisation, for one member or for everybody. Both days are inclusive."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    domain = models.ForeignKey("organisations.CodeItem", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("cases.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField()
    planned_end_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True, default="")

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_end_on=None) | Q(planned_end_on__gte=F("starts_on")),
                name="helpline_is_planned_to_end_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on")), name="helpline_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="helpline_ends_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["family"], condition=Q(ended_on=None), name="helpline_running_of_family")]

    def __str__(self) -> str:
        return f"help line {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("family_plans:plan", args=[self.family_id])


class RelianceLevel(models.TextChoices):
    """How somebody manages in a domain, from alone to only with professionals."""

    SELF = "self", _("by oneself")
    WITH_NETWORK = "with_network", _("with the network")
    WITH_HELP = "with_help", _("with help")
    PROFESSIONAL = "professional", _("only with a professional")


class SelfReliance(FamilyRow):
    """How far the client manages in one domain, on one day. A new judgement is a new row: the old ones show the way."""

    domain = models.ForeignKey("organisations.CodeItem", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=20, choices=RelianceLevel)
    # The client's own mark, 0 to 10; empty when not asked or not given.
    own_score = models.PositiveSmallIntegerField(null=True, blank=True)
    assessed_on = models.DateField()
    assessed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar[Any] = SelfRelianceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "self-reliance"
        constraints = [
            models.CheckConstraint(condition=Q(level__in=RelianceLevel.values), name="selfreliance_level_known"),
            models.CheckConstraint(
                condition=Q(own_score=None) | Q(own_score__lte=10), name="selfreliance_score_is_out_of_ten"
            ),
        ]
        indexes = [models.Index(fields=["family", "domain", "-assessed_on"], name="selfreliance_latest")]

    def __str__(self) -> str:
        return f"self-reliance {self.pk}"
