"""What is asked of a shelter, and how far it can show that it does so (C29, C30)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collaboration.querysets import QualityCheckQuerySet
from core.models import Row
from organisations.models.base import Dated
from organisations.models.codes import in_language
from organisations.querysets import DatedQuerySet


class QualityRequirement(Dated):
    """One requirement, from a day until a day (exclusive). It ends and is followed by another; it is never reworded."""

    code = models.CharField(_("code"), max_length=20)
    text_nl = models.CharField(_("Dutch"), max_length=300)
    text_en = models.CharField(_("English"), max_length=300, blank=True, default="")
    source = models.CharField(_("source"), max_length=200, blank=True, default="")
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["code", "valid_from"], name="qualityrequirement_one_per_code_and_day"),
            models.CheckConstraint(condition=~Q(text_nl=""), name="qualityrequirement_says_what"),
        ]

    def __str__(self) -> str:
        return f"quality requirement {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("municipalities:quality")

    @property
    def text(self) -> str:
        """What is asked, in the reader's language."""
        return in_language(self.text_nl, self.text_en)


class Shown(models.TextChoices):
    """How far a shelter can show that it does what is asked."""

    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")


class QualityCheck(Row):
    """What somebody found at a shelter about one requirement, on a day, and where the proof is kept."""

    owner = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    shelter = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    requirement = models.ForeignKey(QualityRequirement, on_delete=models.PROTECT, related_name="checks")
    shown = models.CharField(_("can it be shown"), max_length=10, choices=Shown)
    proof = models.CharField(_("by which document"), max_length=200, blank=True, default="")
    checked_on = models.DateField(_("looked at on"))
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar[Any] = QualityCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(shown__in=Shown.values), name="qualitycheck_answer_known"),
            models.CheckConstraint(condition=~Q(shown=Shown.YES) | ~Q(proof=""), name="qualitycheck_shown_by_a_proof"),
        ]
        indexes = [models.Index(fields=["shelter", "requirement", "-checked_on"], name="qualitycheck_of_shelter")]

    def __str__(self) -> str:
        return f"quality check {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("municipalities:quality")
