"""How far somebody manages: who leads per domain, an instrument's scores over time, and the size of the network."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from family_plans.querysets import AssessmentQuerySet, FamilyPlanQuerySet, SelfRelianceQuerySet

# The matrix of 2017: the names of its domains and levels are data, the texts per level are not ours to have.
MATRIX, MATRIX_VERSION = "zrm", "2017"
MATRIX_DOMAINS = "self_sufficiency_domains"
MATRIX_LEVELS = "self_sufficiency_levels"
LOWEST, HIGHEST = 1, 5


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


class Occasion(models.TextChoices):
    INTAKE = "intake", _("At the start")
    IN_BETWEEN = "in_between", _("In between")
    DEPARTURE = "departure", _("At the departure")
    END = "end", _("At the end")


class Assessment(FamilyRow):
    """The matrix filled in for one member on one day, with the version of the instrument it was done with."""

    person = models.ForeignKey("cases.Person", on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=20)
    version = models.CharField(max_length=10)
    occasion = models.CharField(max_length=12, choices=Occasion)
    assessed_on = models.DateField()
    assessed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar[Any] = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(occasion__in=Occasion.values), name="assessment_occasion_known"),
            models.CheckConstraint(
                condition=~Q(instrument="") & ~Q(version=""), name="assessment_says_which_instrument"
            ),
        ]
        indexes = [models.Index(fields=["family", "person", "-assessed_on"], name="assessment_latest")]

    def __str__(self) -> str:
        return f"assessment {self.pk}"


class Score(FamilyRow):
    """One domain of an assessment: the worker's level, and beside it the client's own."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="scores")
    domain = models.ForeignKey("organisations.CodeItem", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    own_level = models.PositiveSmallIntegerField(null=True, blank=True)

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "domain"], name="score_one_per_domain"),
            models.CheckConstraint(condition=Q(level__gte=LOWEST, level__lte=HIGHEST), name="score_of_five_levels"),
            models.CheckConstraint(
                condition=Q(own_level=None) | Q(own_level__gte=LOWEST, own_level__lte=HIGHEST),
                name="score_own_of_five_levels",
            ),
        ]

    def __str__(self) -> str:
        return f"score {self.pk}"


class NetworkCount(FamilyRow):
    """On how many people the client says she or he can count, on one day. Numbers, no names."""

    counted_on = models.DateField()
    size = models.PositiveSmallIntegerField()
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["family", "counted_on"], name="networkcount_once_a_day")]

    def __str__(self) -> str:
        return f"network count {self.pk}"
