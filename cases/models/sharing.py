"""Grounds and shares: why another organisation may know something, what, and until when."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from cases.models.person import Person
from cases.querysets import ShareQuerySet


class GroundKind(models.TextChoices):
    """The four grounds there are (I6). Consent is one of them, not a cure for all."""

    CONSENT = "consent", _("Consent")
    STATUTORY_TASK = "statutory_task", _("Statutory task")
    RIGHT_TO_REPORT = "right_to_report", _("Right to report to Veilig Thuis")
    CONFLICT_OF_DUTIES = "conflict_of_duties", _("Conflict of duties")


class Level(models.IntegerChoices):
    """How much a share shows."""

    ALERT = 1, _("Be alert")
    SAFETY_PLAN = 2, _("Safety plan")
    DOMAINS = 3, _("Parts of the plan")
    FILE = 4, _("Working file")


class Ground(FamilyRow):
    """Why something may be shared, as recorded on a day: exactly one of the four grounds."""

    kind = models.CharField(max_length=20, choices=GroundKind)
    # Consent: who gave it. Statutory task: which article. Conflict of duties: the weighing, and who weighed along.
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    article = models.CharField(max_length=120, blank=True, default="")
    weighing = models.TextField(blank=True, default="")
    second_professional = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    # Discussed with the client; empty only with a reason why that was not safe.
    discussed_on = models.DateField(null=True, blank=True)
    not_discussed_because = models.CharField(max_length=200, blank=True, default="")

    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=GroundKind.values), name="ground_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=GroundKind.CONSENT) | Q(given_by__isnull=False),
                name="ground_consent_is_given_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(kind=GroundKind.STATUTORY_TASK) | ~Q(article=""), name="ground_task_names_its_article"
            ),
            models.CheckConstraint(
                condition=~Q(kind=GroundKind.CONFLICT_OF_DUTIES)
                | (~Q(weighing="") & Q(second_professional__isnull=False)),
                name="ground_conflict_is_weighed_by_two",
            ),
            models.CheckConstraint(
                condition=Q(discussed_on__isnull=False) | ~Q(not_discussed_because=""),
                name="ground_discussed_or_reasoned",
            ),
        ]

    def __str__(self) -> str:
        return f"ground {self.pk}"


class Share(FamilyRow):
    """What one organisation may see of a family, on one ground, until a moment (exclusive) or a withdrawal."""

    ground = models.ForeignKey(Ground, on_delete=models.PROTECT, related_name="shares")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level)
    purpose = models.CharField(max_length=200)

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True, default="")

    objects: ClassVar[Any] = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "organisation"],
                condition=Q(withdrawn_at=None),
                name="share_one_open_per_organisation",
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="share_level_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="share_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="share_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"share {self.pk}"

    def is_live(self, now: datetime) -> bool:
        return self.withdrawn_at is None and self.starts_at <= now < self.ends_at
