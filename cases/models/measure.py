"""What a mayor, a judge or the police put in place to protect somebody, and until when."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from cases.models.person import Person
from cases.querysets import CurrentQuerySet

# Wet tijdelijk huisverbod, article 2 and 9: ten days, extended to four weeks after it was imposed at most.
EXCLUSION_ORDER = timedelta(days=10)
LONGEST_EXCLUSION_ORDER = timedelta(days=28)


class MeasureKind(models.TextChoices):
    EXCLUSION_ORDER = "exclusion_order", _("Temporary exclusion order (huisverbod)")
    CONTACT_BAN = "contact_ban", _("No-contact order")
    AREA_BAN = "area_ban", _("Area ban")
    BEHAVIOURAL_ORDER = "behavioural_order", _("Behavioural order")
    AWARE = "aware", _("AWARE alarm")
    POLICE_LOCATION = "police_location", _("Arrangement with the police about a location")
    REGISTRY_SECRECY = "registry_secrecy", _("Secrecy in the population register (BRP)")


# As long as one of these runs, contact between those it names is forbidden.
FORBIDS_CONTACT = frozenset({MeasureKind.EXCLUSION_ORDER, MeasureKind.CONTACT_BAN})


class ProtectiveMeasure(FamilyRow):
    """A measure that protects persons of the family. `starts_on` is the day it was imposed, `ends_on` its last day.

    An area ban names an area: `terms` may say where somebody lives, and is shown with the file only.
    """

    kind = models.CharField(max_length=30, choices=MeasureKind)
    # From whom it protects; none for an alarm or for secrecy.
    against = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    authority = models.CharField(max_length=150, blank=True, default="")
    case_number = models.CharField(max_length=60, blank=True, default="")
    terms = models.TextField(blank=True, default="")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    ended_early_because = models.CharField(max_length=200, blank=True, default="")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = CurrentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MeasureKind.values), name="protectivemeasure_kind_known"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="protectivemeasure_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(kind=MeasureKind.EXCLUSION_ORDER)
                | Q(
                    ends_on__isnull=False,
                    ends_on__lte=ExpressionWrapper(
                        F("starts_on") + Value(LONGEST_EXCLUSION_ORDER), output_field=models.DateTimeField()
                    ),
                ),
                name="protectivemeasure_exclusion_order_lasts_28_days_at_most",
            ),
        ]
        indexes = [models.Index(fields=["family", "ends_on"], name="protectivemeasure_of_family")]

    def __str__(self) -> str:
        return f"protective measure {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("cases:measures", args=[self.family_id])

    @property
    def forbids_contact(self) -> bool:
        return self.kind in FORBIDS_CONTACT

    def runs_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class MeasureScope(FamilyRow):
    """A person whom a measure protects. Without any, it protects everybody of the family but the one it is against."""

    measure = models.ForeignKey(ProtectiveMeasure, on_delete=models.PROTECT, related_name="scopes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "person"], name="measurescope_once_per_person")]

    def __str__(self) -> str:
        return f"measure scope {self.pk}"
