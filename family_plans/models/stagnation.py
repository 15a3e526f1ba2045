"""What is stuck: help, income or housing that does not move, until somebody solves it or the municipality answers."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from core.errors import WrongState
from family_plans.models.help import HelpLine
from family_plans.querysets import StagnationQuerySet


class Cause(models.TextChoices):
    WAITING = "waiting", _("Waiting list")
    CAPACITY = "capacity", _("Too little help to be had")
    MONEY = "money", _("Money or a decision about it")
    STAFF = "staff", _("Staff changed or left")
    DIFFERENCE_OF_VIEW = "difference_of_view", _("Organisations disagree")


class Status(models.TextChoices):
    OPEN = "open", _("open")
    ESCALATED = "escalated", _("with the municipality")
    ANSWERED = "answered", _("answered by the municipality")
    SOLVED = "solved", _("solved")


TRANSITIONS: dict[Status, set[Status]] = {
    Status.OPEN: {Status.ESCALATED, Status.SOLVED},
    Status.ESCALATED: {Status.ANSWERED, Status.SOLVED},
    Status.ANSWERED: {Status.SOLVED},
    Status.SOLVED: set(),
}


class Stagnation(FamilyRow):
    """Something that does not move, with its cause and a day by which it should."""

    help_line = models.ForeignKey(HelpLine, on_delete=models.PROTECT, null=True, blank=True, related_name="stagnations")
    domain = models.ForeignKey("organisations.CodeItem", on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=20, choices=Cause)
    # What is stuck, for those who work with the family. The municipality does not read it.
    note = models.TextField(blank=True, default="")
    since = models.DateField()
    status = models.CharField(max_length=20, choices=Status, default=Status.OPEN)
    reported_at = models.DateTimeField()
    solve_by = models.DateField()

    escalated_on = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    solution = models.TextField(blank=True, default="")
    solved_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = StagnationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cause__in=Cause.values), name="stagnation_cause_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="stagnation_status_known"),
            models.CheckConstraint(
                condition=(Q(status=Status.SOLVED, solved_at__isnull=False) & ~Q(solution=""))
                | (~Q(status=Status.SOLVED) & Q(solved_at=None, solution="")),
                name="stagnation_solution_exactly_when_solved",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.ESCALATED, Status.ANSWERED])
                | Q(escalated_on__isnull=False, answer_by__isnull=False),
                name="stagnation_escalated_with_a_day_for_the_answer",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="stagnation_answer_has_somebody_who_gave_it",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.ANSWERED) | ~Q(answer=""), name="stagnation_answered_with_an_answer"
            ),
        ]
        indexes = [models.Index(fields=["answer_by", "id"], condition=Q(status="escalated"), name="stagnation_asked")]

    def __str__(self) -> str:
        return f"stagnation {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("family_plans:plan", args=[self.family_id])

    def move_to(self, status: Status) -> None:
        """Change the status if its lifecycle allows it. Does not save. Nothing else assigns `status`."""
        if status not in TRANSITIONS[Status(self.status)]:
            raise WrongState(_now("This stagnation has moved on. See how it stands now."), about=self)
        self.status = status

    def days(self, today: date) -> int:
        """Return how many days it has been stuck."""
        return (today - self.since).days
