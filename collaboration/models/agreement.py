"""Agreements between organisations: on whole plans, the regie and sharing, and what each partner does (J1, J7)."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from collaboration.querysets import AgreementQuerySet, KeptQuerySet
from core.models import Row
from core.working_days import add_months

# How long before its evaluation an agreement asks for attention (A13).
REMIND_BEFORE = timedelta(days=30)


class Level(models.TextChoices):
    """How far an agreement reaches. One that holds for a single family is made again each time (J3)."""

    NATIONAL = "national", _("national")
    REGIONAL = "regional", _("regional")
    LOCAL = "local", _("local")
    CASE = "case", _("for one family")


# Whose partners count as covered beyond the municipality that keeps the agreement.
BEYOND = frozenset({Level.NATIONAL, Level.REGIONAL})


class CollaborationAgreement(Row):
    """What partners agreed, from a day until its last day (which counts). The three subjects are the law of J1.

    It may be kept before all three are written down: it then shows as incomplete. It is about no family: what was
    agreed for one family stands here without saying which.
    """

    owner = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(_("level"), max_length=10, choices=Level)

    # The document itself stays where it is kept: no uploads.
    title = models.CharField(_("title"), max_length=200)
    kept_at = models.CharField(_("where it is kept"), max_length=200, blank=True, default="")
    whole_plans = models.TextField(_("about one plan per family"), blank=True, default="")
    regie = models.TextField(_("about the regie"), blank=True, default="")
    sharing = models.TextField(_("about sharing"), blank=True, default="")

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    evaluate_every = models.PositiveSmallIntegerField(_("months between evaluations"))
    evaluate_on = models.DateField(_("next evaluation"))

    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar[Any] = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="agreement_level_known"),
            models.CheckConstraint(condition=~Q(title=""), name="agreement_has_a_title"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="agreement_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(evaluate_every__gte=1, evaluate_every__lte=60), name="agreement_is_evaluated_some_day"
            ),
            models.UniqueConstraint(fields=["owner", "title", "starts_on"], name="agreement_kept_once"),
        ]
        indexes = [models.Index(fields=["owner", "evaluate_on"], name="agreement_calendar")]

    def __str__(self) -> str:
        return f"agreement {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("municipalities:agreement", args=[self.pk])

    @property
    def is_structural(self) -> bool:
        """Whether it holds for more than one family."""
        return self.level != Level.CASE

    @property
    def is_complete(self) -> bool:
        """Whether all three subjects are written down."""
        return bool(self.whole_plans and self.regie and self.sharing)

    def asks_attention(self, today: date) -> bool:
        """Say whether its evaluation is due within thirty days, or is late."""
        return self.evaluate_on - REMIND_BEFORE <= today

    def next_after(self, held_on: date) -> date:
        """Return the day of the evaluation after one that was held on `held_on`."""
        return add_months(held_on, self.evaluate_every)


class AgreementPartner(Row):
    """An organisation that takes part in an agreement, and what it does: what the others may expect of it (J7)."""

    agreement = models.ForeignKey(CollaborationAgreement, on_delete=models.PROTECT, related_name="partners")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    task = models.TextField(_("task"), blank=True, default="")

    objects: ClassVar[Any] = KeptQuerySet.through("agreement__owner_id").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="agreementpartner_once_per_agreement")
        ]

    def __str__(self) -> str:
        return f"agreement partner {self.pk}"

    def get_absolute_url(self) -> str:
        return self.agreement.get_absolute_url()
