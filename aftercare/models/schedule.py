"""How often a family is contacted: a template that is data, and the schedule that was made with it."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from core.models import Row

DEFAULT = "default"


class Rhythm(models.TextChoices):
    """The rhythms that come with the application, by the name of their template."""

    DEFAULT = DEFAULT, _("Weeks 1, 2 and 4, then every month")
    WEEKLY = "weekly", _("Every week")
    CTI = "cti", _("After 7, 14 and 30 days, then every month")


class ScheduleTemplate(Row):
    """On which weeks and months after a departure somebody contacts the family. A row is never changed, only followed.

    The version that governs a day is the latest one with `valid_from` on or before it.
    """

    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    valid_from = models.DateField()
    days = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    weeks = ArrayField(models.PositiveSmallIntegerField())
    months = ArrayField(models.PositiveSmallIntegerField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="scheduletemplate_one_row_per_version"),
        ]

    def __str__(self) -> str:
        return f"schedule template {self.pk}"

    @classmethod
    def on(cls, day: date, *, name: str = DEFAULT) -> "ScheduleTemplate":
        """Return the version of a rhythm that governs a schedule made on `day`."""
        return cls.objects.filter(name=name, valid_from__lte=day).latest("valid_from", "version")


class ContactSchedule(FamilyRow):
    """The fact that the contacts of a trajectory were planned, from which days and with which template.

    A departure that moves makes a next version; the follow-ups carry that number.
    """

    trajectory = models.ForeignKey("cases.Trajectory", on_delete=models.PROTECT, related_name="schedules")
    template = models.ForeignKey(ScheduleTemplate, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    departs_on = models.DateField()
    involvement_ends_on = models.DateField(null=True, blank=True)
    planned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "version"], name="contactschedule_one_row_per_version"),
            models.CheckConstraint(condition=Q(version__gte=1), name="contactschedule_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"contact schedule {self.pk}"
