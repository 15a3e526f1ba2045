"""Goals that return in many plans, with actions counted from today or from the departure. Data, about no family."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Row
from core.working_days import add_working_days
from family_plans.models.plan import Phase
from family_plans.querysets import TemplateQuerySet
from organisations.models.codes import in_language


class GoalTemplate(Row):
    """A goal as it may be proposed. Using it copies its words: a later version leaves plans as they are."""

    slug = models.SlugField(max_length=50)
    version = models.PositiveIntegerField(default=1)
    valid_from = models.DateField()
    # The code of a domain, or of a part of one.
    domain_code = models.CharField(max_length=50)
    phase = models.CharField(max_length=20, choices=Phase)
    title_nl = models.CharField(max_length=100)
    title_en = models.CharField(max_length=100, blank=True, default="")
    problem_nl = models.TextField()
    problem_en = models.TextField(blank=True, default="")
    aim_nl = models.TextField()
    aim_en = models.TextField(blank=True, default="")

    objects = TemplateQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug", "version"], name="goaltemplate_one_row_per_version")]

    def __str__(self) -> str:
        return f"goal template {self.pk}"

    @property
    def title(self) -> str:
        return in_language(self.title_nl, self.title_en)

    @property
    def problem(self) -> str:
        return in_language(self.problem_nl, self.problem_en)

    @property
    def aim(self) -> str:
        return in_language(self.aim_nl, self.aim_en)


class CountedFrom(models.TextChoices):
    TODAY = "today", _("the day on which the goal is set")
    DEPARTURE = "departure", _("the day of departure")


class TemplateAction(Row):
    """One action of a template: so many days after (or, below zero, before) the day it is counted from."""

    template = models.ForeignKey(GoalTemplate, on_delete=models.PROTECT, related_name="actions")
    order = models.PositiveSmallIntegerField()
    what_nl = models.TextField()
    what_en = models.TextField(blank=True, default="")
    by_the_client = models.BooleanField(default=False)
    counted_from = models.CharField(max_length=10, choices=CountedFrom)
    days = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["template", "order"], name="templateaction_in_order"),
            models.CheckConstraint(
                condition=Q(counted_from__in=["today", "departure"]), name="templateaction_counted_from_known"
            ),
        ]

    def __str__(self) -> str:
        return f"template action {self.pk}"

    @property
    def what(self) -> str:
        return in_language(self.what_nl, self.what_en)

    def day(self, *, today: date, departs_on: date | None) -> date:
        """Return the working day on which this falls, never before today. Without a departure it counts from today."""
        start = departs_on if self.counted_from == CountedFrom.DEPARTURE and departs_on else today
        wanted = max(start + timedelta(days=self.days), today)
        return add_working_days(wanted - timedelta(days=1), 1)
