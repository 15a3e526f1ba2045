"""Visions, decisions and wishes: what steers the collaboration. Titles and places, no documents (B25, C28, K11)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collaboration.querysets import KeptQuerySet
from core.models import Row


class RegionalVision(Row):
    """The vision of a region on domestic violence: what it is called and where it is kept (C28)."""

    owner = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey("organisations.Region", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    kept_at = models.CharField(_("where it is kept"), max_length=200)
    adopted_on = models.DateField(_("adopted on"))

    objects: ClassVar[Any] = KeptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(kept_at=""), name="regionalvision_can_be_found"),
            models.UniqueConstraint(fields=["region", "adopted_on"], name="regionalvision_one_a_day"),
        ]

    def __str__(self) -> str:
        return f"regional vision {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("municipalities:expertise")


class GoverningDecision(Row):
    """What those who govern a municipality decided about this work, and on which day (K11)."""

    owner = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(_("decided on"))
    decided_by = models.CharField(_("by whom"), max_length=120)
    what = models.CharField(_("what was decided"), max_length=300)
    kept_at = models.CharField(_("where it is kept"), max_length=200, blank=True, default="")

    objects: ClassVar[Any] = KeptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(decided_by=""), name="governingdecision_says_what_and_who"
            ),
            models.UniqueConstraint(fields=["owner", "decided_on", "what"], name="governingdecision_kept_once"),
        ]

    def __str__(self) -> str:
        return f"governing decision {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("municipalities:expertise")


class WishSource(models.TextChoices):
    CLIENT_COUNCIL = "client_council", _("a client council")
    EXPERIENCE_EXPERT = "experience_expert", _("an expert by experience")
    CLIENT = "client", _("somebody who was helped")
    PROFESSIONAL = "professional", _("a professional")


class Indicator(models.TextChoices):
    """What a wish says something about: the figures of the monitor."""

    REGIE = "regie", _("there is a regisseur")
    SAFETY_PLAN = "safety_plan", _("there is a safety plan that holds")
    HANDOVER = "handover", _("handovers are warm")
    CONTACT = "contact", _("contacts are in time")
    SIGNALS = "signals", _("signals are judged in time")
    STAGNATION = "stagnation", _("what is stuck is solved")
    VIOLENCE_AGAIN = "violence_again", _("violence within a year")
    EXPERIENCE = "experience", _("how families look back")


class Wish(Row):
    """Feedback or a wish, without anybody's data, that the evaluation takes along (B25)."""

    owner = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField(_("received on"))
    source = models.CharField(_("from"), max_length=20, choices=WishSource)
    words = models.TextField(_("the wish"))
    indicator = models.CharField(_("says something about"), max_length=20, choices=Indicator, blank=True, default="")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = KeptQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "wishes"
        constraints = [
            models.CheckConstraint(condition=Q(source__in=WishSource.values), name="wish_source_known"),
            models.CheckConstraint(
                condition=Q(indicator="") | Q(indicator__in=Indicator.values), name="wish_indicator_known"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="wish_says_something"),
        ]

    def __str__(self) -> str:
        return f"wish {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("municipalities:expertise")
