"""The people around a family who are no professionals: often few, which is a fact that must be seen (D16)."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from cases.models.parent import Knows
from cases.querysets import NetworkQuerySet


class NetworkRelation(models.TextChoices):
    RELATIVE = "relative", _("Family")
    FRIEND = "friend", _("Friend")
    NEIGHBOUR = "neighbour", _("Neighbour")
    OTHER = "other", _("Somebody else")


class SupportKind(models.TextChoices):
    SIGNALS = "signals", _("Sees when things go wrong")
    PRACTICAL = "practical", _("Helps with practical things")
    EMOTIONAL = "emotional", _("Somebody to talk to")


class Strength(models.IntegerChoices):
    WEAK = 1, _("Weak: seldom, or not to be relied on")
    FAIR = 2, _("Fair: there when asked")
    STRONG = 3, _("Strong: there by itself")


class NetworkMember(FamilyRow):
    """Somebody the family can lean on, from a day until a day (exclusive), with an explicit task."""

    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=10, choices=NetworkRelation)
    support = ArrayField(models.CharField(max_length=10, choices=SupportKind))
    strength = models.PositiveSmallIntegerField(choices=Strength)
    knows_address = models.CharField(max_length=10, choices=Knows)
    task = models.CharField(max_length=200, blank=True, default="")
    agreed_on = models.DateField(null=True, blank=True)
    # With violence in the name of honour, a relative is only let in after somebody looked at it (D13).
    reviewed_because = models.CharField(max_length=300, blank=True, default="")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = NetworkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=NetworkRelation.values), name="networkmember_relation_known"
            ),
            models.CheckConstraint(condition=Q(strength__in=Strength.values), name="networkmember_strength_known"),
            models.CheckConstraint(condition=Q(knows_address__in=Knows.values), name="networkmember_knows_known"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="networkmember_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"network member {self.pk}"
