"""What is known of one child: who is around it, what it said, the referral index, and a child protection measure."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from cases.models.person import Person
from cases.querysets import CurrentQuerySet


class AroundChild(models.TextChoices):
    """Who every child should have around it. Their names say where the child is: they are shown with the file only."""

    OWN_WORKER = "own_worker", _("Own worker")
    SCHOOL = "school", _("School or childcare")
    GENERAL_PRACTICE = "general_practice", _("General practice")
    YOUTH_HEALTH = "youth_health", _("Youth health care")


class ChildContact(FamilyRow):
    """Somebody around a child, from a day until a day (exclusive): its school, its doctor, its own worker."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=20, choices=AroundChild)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    # Whom to ask for there; for an own worker, who it is.
    name = models.CharField(max_length=120, blank=True, default="")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=200, blank=True, default="")

    objects: ClassVar[Any] = CurrentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "kind"], condition=Q(ends_on=None), name="childcontact_one_open_per_kind"
            ),
            models.CheckConstraint(condition=Q(kind__in=AroundChild.values), name="childcontact_kind_known"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(name=""), name="childcontact_is_somebody"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="childcontact_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(kind="own_worker") | Q(ends_on=None) | ~Q(ended_because=""),
                name="childcontact_own_worker_leaves_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"child contact {self.pk}"


class ChildVoice(FamilyRow):
    """What a child said and wants, in its own words. Never changed: a child that thinks otherwise says it again."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="voices")
    words = models.TextField()
    asked_by = models.CharField(max_length=120)
    asked_on = models.DateField()
    # The child does not want a parent to read this, or it would not be safe (D29).
    hidden_from_parents = models.BooleanField(default=False)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="childvoice_says_something")]

    def __str__(self) -> str:
        return f"child voice {self.pk}"


class IndexAnswer(models.TextChoices):
    REGISTERED = "registered", _("Registered")
    NOT_REGISTERED = "not_registered", _("Not registered, and that was weighed")
    NOT_ALLOWED = "not_allowed", _("May not be registered")


class ReferralIndexStatus(FamilyRow):
    """Whether a child stands in the referral index (VIR). Only that: what the worry is stays out of the index.

    A registration lives two years at most (Jeugdwet 7.1); `expires_on` is its last day.
    """

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="index_statuses")
    answer = models.CharField(max_length=20, choices=IndexAnswer)
    decided_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "referral index statuses"
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(replaced_at=None), name="referralindexstatus_one_open_per_child"
            ),
            models.CheckConstraint(condition=Q(answer__in=IndexAnswer.values), name="referralindexstatus_answer_known"),
            models.CheckConstraint(
                condition=~Q(answer=IndexAnswer.REGISTERED) | Q(expires_on__isnull=False),
                name="referralindexstatus_registration_expires",
            ),
        ]

    def __str__(self) -> str:
        return f"referral index status {self.pk}"


class MeasureForChild(models.TextChoices):
    SUPERVISION = "supervision", _("Supervision order (OTS)")
    PROVISIONAL_SUPERVISION = "provisional_supervision", _("Provisional supervision order")
    OUT_OF_HOME = "out_of_home", _("Out-of-home placement")
    GUARDIANSHIP = "guardianship", _("Guardianship")


class ChildProtectionMeasure(FamilyRow):
    """A measure of the juvenile court for one child, and who carries it out. `ends_on` is its last day.

    As long as one runs, its child protection worker is seen as regisseur (B2).
    """

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="protection_measures")
    kind = models.CharField(max_length=30, choices=MeasureForChild)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    institution = models.CharField(max_length=150, blank=True, default="")
    worker_name = models.CharField(max_length=120, blank=True, default="")
    worker_phone = models.CharField(max_length=20, blank=True, default="")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = CurrentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MeasureForChild.values), name="childprotectionmeasure_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="childprotectionmeasure_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"child protection measure {self.pk}"

    def runs_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
