"""Income, debts and housing: what most often does not move."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from family_plans.querysets import FamilyPlanQuerySet


class IncomeOccasion(models.TextChoices):
    INTAKE = "intake", _("At admission")
    DEPARTURE = "departure", _("At the departure")
    MOVE = "move", _("At a move to another municipality")
    OTHER = "other", _("Another change")


class IncomeKind(models.TextChoices):
    BENEFIT = "benefit", _("Benefit")
    WORK = "work", _("Work")
    OTHER = "other", _("Other income")


class Decision(models.TextChoices):
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


class Tailored(models.TextChoices):
    """Whether the municipality was asked to depart from its usual way for this family (G6)."""

    NOT_ASKED = "not_asked", _("Not asked")
    ASKED = "asked", _("Asked")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


class IncomeLine(FamilyRow):
    """One change of income: what stopped, what was applied for, and when money came. All days are inclusive.

    `earlier_until` is the last day of the earlier income; empty when there was none to lose.
    """

    occasion = models.CharField(max_length=10, choices=IncomeOccasion)
    kind = models.CharField(max_length=10, choices=IncomeKind)
    earlier_until = models.DateField(null=True, blank=True)
    applied_on = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision, blank=True, default="")
    decided_on = models.DateField(null=True, blank=True)
    first_payment_on = models.DateField(null=True, blank=True)
    bridging = models.CharField(max_length=300, blank=True, default="")
    tailored = models.CharField(max_length=10, choices=Tailored, default=Tailored.NOT_ASKED)
    # That the municipality consulted Suwinet, and when. Never what it read there.
    suwinet_on = models.DateField(null=True, blank=True)

    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(occasion__in=IncomeOccasion.values), name="incomeline_occasion_known"),
            models.CheckConstraint(condition=Q(kind__in=IncomeKind.values), name="incomeline_kind_known"),
            models.CheckConstraint(condition=Q(tailored__in=Tailored.values), name="incomeline_tailored_known"),
            models.CheckConstraint(
                condition=Q(decision="", decided_on=None)
                | (Q(decision__in=Decision.values) & Q(decided_on__isnull=False)),
                name="incomeline_decided_with_a_day",
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(applied_on=None) | Q(decided_on__gte=F("applied_on")),
                name="incomeline_decided_after_it_was_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"income line {self.pk}"

    def days_without(self, today: date) -> int:
        """Return the whole days without income: after the earlier income, before the first payment.

        As long as nothing was paid, today counts as a day without. Without earlier income the count begins on the day
        of the application: before that nobody knows.
        """
        end = self.first_payment_on
        if self.earlier_until is not None:
            days = (end - self.earlier_until).days - 1 if end else (today - self.earlier_until).days
        elif self.applied_on is not None:
            days = (end - self.applied_on).days if end else (today - self.applied_on).days + 1
        else:
            days = 0
        return max(days, 0)


class DebtSituation(models.TextChoices):
    NONE = "none", _("No debts")
    SOME = "some", _("Debts, nothing pressing")
    PRESSING = "pressing", _("Pressing: eviction, energy, water or health insurance")
    UNKNOWN = "unknown", _("Not known yet")


class Debts(FamilyRow):
    """How it stands with debts, on one day. A new judgement is a new row."""

    noted_on = models.DateField()
    situation = models.CharField(max_length=10, choices=DebtSituation)
    # By when debt help must have the first talk; a term of the law from the day of the request. Empty without debts.
    first_talk_by = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "debts"
        constraints = [
            models.CheckConstraint(condition=Q(situation__in=DebtSituation.values), name="debts_situation_known")
        ]

    def __str__(self) -> str:
        return f"debts {self.pk}"


class Urgency(models.TextChoices):
    NOT_REQUESTED = "not_requested", _("Not requested")
    REQUESTED = "requested", _("Requested")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


class WaitsFor(models.TextChoices):
    DWELLING = "dwelling", _("a dwelling")
    URGENCY = "urgency", _("the urgency")
    INCOME = "income", _("income")
    HELP = "help", _("help after the stay")
    OTHER = "other", _("something else")


class PreferredBecause(models.TextChoices):
    NETWORK = "network", _("People she or he can count on are there")
    SAFETY = "safety", _("It is safe there")
    SCHOOL = "school", _("The children's school")
    WORK = "work", _("Work")


class HousingLine(FamilyRow):
    """The way to a dwelling: since when it could, what it waits for, urgency and conditions. One is open per family."""

    ready_since = models.DateField(null=True, blank=True)
    waits_for = models.CharField(max_length=10, choices=WaitsFor, blank=True, default="")
    urgency = models.CharField(max_length=15, choices=Urgency, default=Urgency.NOT_REQUESTED)
    requested_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    # Why somewhere rather than elsewhere. Never where: that would reveal a place.
    preferred_because = models.CharField(max_length=10, choices=PreferredBecause, blank=True, default="")
    condition = models.CharField(max_length=300, blank=True, default="")
    condition_until = models.DateField(null=True, blank=True)
    consequence = models.CharField(max_length=300, blank=True, default="")
    found_on = models.DateField(null=True, blank=True)

    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(found_on=None), name="housingline_one_open_per_family"
            ),
            models.CheckConstraint(condition=Q(urgency__in=Urgency.values), name="housingline_urgency_known"),
            models.CheckConstraint(
                condition=Q(urgency="not_requested", requested_on=None) | ~Q(urgency="not_requested"),
                name="housingline_requested_when_asked",
            ),
            models.CheckConstraint(
                condition=~Q(urgency__in=["requested", "granted", "refused"]) | Q(requested_on__isnull=False),
                name="housingline_requested_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(urgency__in=["granted", "refused"])
                | Q(requested_on__isnull=False, decided_on__isnull=False, decided_on__gte=F("requested_on")),
                name="housingline_decided_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(condition_until=None) | ~Q(condition=""), name="housingline_condition_says_what"
            ),
        ]

    def __str__(self) -> str:
        return f"housing line {self.pk}"

    def days_waiting(self, today: date) -> int:
        """Return the whole days since the family could have left, until a dwelling was found."""
        return max(((self.found_on or today) - self.ready_since).days, 0) if self.ready_since else 0
