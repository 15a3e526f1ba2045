"""What comes of reading the log: alerts and emergencies that somebody looked into."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from access.models import BreakGlass, FamilyRow
from core.models import Row
from oversight.querysets import AlertQuerySet, JudgementQuerySet


class Pattern(models.TextChoices):
    """What reading looks like when it is not for the work (R46)."""

    OWN_FAMILY = "own_family", _("Has the same name as somebody in the file")
    SAME_SURNAME = "same_surname", _("Has the same surname as somebody in the file")
    BARRED = "barred", _("Tried a file that this person may not see")
    NIGHT = "night", _("Read at night")
    AFTER_HANDOVER = "after_handover", _("Went on looking after the family was handed over")
    DECOY = "decoy", _("Opened a decoy file")
    BREADTH = "breadth", _("Read or searched much more than the work asks")
    GUESSING = "guessing", _("Tried files that are not this person's")
    EMERGENCIES = "emergencies", _("Opened many files in an emergency")


class Outcome(models.TextChoices):
    """What came of an alert. An alert without one is open."""

    EXPLAINED = "explained", _("Explained: it was for the work")
    SPOKEN_TO = "spoken_to", _("Not for the work: spoken to this person")
    MEASURE = "measure", _("Not for the work: a measure was taken")
    DATA_BREACH = "data_breach", _("A data breach: reported as such")


class Alert(Row):
    """One person, one pattern, one day: what a job noticed in the log, with an owner and a day to look into it.

    Without a foreign key to the family, as the log itself: it must outlive it, and it may be about a family that the
    organisation of its owner does not know. `events` are keys of the log.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    pattern = models.CharField(max_length=20, choices=Pattern)
    actor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    family_key = models.UUIDField(null=True, blank=True)
    on_day = models.DateField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField()
    events = ArrayField(models.UUIDField(), default=list)

    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    found_at = models.DateTimeField()
    # The last working day on which it is looked into (inclusive).
    due_on = models.DateField()
    told_at = models.DateTimeField(null=True, blank=True)
    told_late_at = models.DateTimeField(null=True, blank=True)

    outcome = models.CharField(max_length=20, choices=Outcome, blank=True, default="")
    note = models.CharField(max_length=500, blank=True, default="")
    settled_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pattern", "actor", "family_key", "on_day"],
                nulls_distinct=False,
                name="alert_one_per_pattern_person_family_and_day",
            ),
            models.CheckConstraint(condition=Q(pattern__in=Pattern.values), name="alert_pattern_known"),
            models.CheckConstraint(
                condition=Q(outcome="", settled_by=None, settled_at=None)
                | (Q(outcome__in=Outcome.values, settled_by__isnull=False, settled_at__isnull=False) & ~Q(note="")),
                name="alert_settled_by_somebody_with_a_reason",
            ),
            # Nobody looks into herself.
            models.CheckConstraint(condition=~Q(owner=models.F("actor")), name="alert_owner_is_somebody_else"),
            models.CheckConstraint(condition=~Q(settled_by=models.F("actor")), name="alert_settled_by_somebody_else"),
        ]
        indexes = [models.Index(fields=["organisation", "due_on"], name="alert_by_organisation")]

    def __str__(self) -> str:
        return f"alert {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("oversight:alert", args=[self.pk])

    @property
    def is_late(self) -> bool:
        return not self.outcome and self.due_on < timezone.localdate()


class Verdict(models.TextChoices):
    NEEDED = "needed", _("It was needed")
    NOT_NEEDED = "not_needed", _("It was not needed")


class Judgement(FamilyRow):
    """What the privacy officer found of one file that was opened in an emergency. Once, and not changed (R16)."""

    glass = models.OneToOneField(BreakGlass, on_delete=models.PROTECT, related_name="judgement")
    verdict = models.CharField(max_length=20, choices=Verdict)
    note = models.CharField(max_length=500, blank=True, default="")
    judged_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField()

    objects: ClassVar[Any] = JudgementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="judgement_verdict_known"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.NEEDED) | ~Q(note=""), name="judgement_says_why_it_was_not_needed"
            ),
        ]

    def __str__(self) -> str:
        return f"judgement {self.pk}"


class ReviewRun(models.Model):
    """When a round of reading the log finished, up to which moment it read, and what it found."""

    finished_at = models.DateTimeField()
    read_until = models.DateTimeField()
    found = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["-finished_at"], name="reviewrun_latest")]

    def __str__(self) -> str:
        return f"review {self.pk}"
