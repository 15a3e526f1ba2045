"""What is stuck: help, income or housing that does not move, until somebody solves it or the municipality answers."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from core.errors import WrongState
from family_plans.models.help import HelpLine
from family_plans.querysets import FamilyPlanQuerySet, StagnationQuerySet


class Cause(models.TextChoices):
    WAITING = "waiting", _("Waiting list")
    CAPACITY = "capacity", _("Too little help to be had")
    MONEY = "money", _("Money or a decision about it")
    STAFF = "staff", _("Staff changed or left")
    DIFFERENCE_OF_VIEW = "difference_of_view", _("Organisations disagree")
    NOT_KNOWN = "not_known", _("Not known yet")


class Source(models.TextChoices):
    """What made somebody see that it is stuck."""

    HAND = "hand", _("somebody who noticed")
    HELP_LINE = "help_line", _("help that waits longer than the norm")
    INCOME = "income", _("days without income")
    HOUSING = "housing", _("an urgency that was refused")
    CHECK_IN = "check_in", _("a conversation with the family")


class Solution(models.TextChoices):
    STARTED = "started", _("It started after all")
    LONGER_STAY = "longer_stay", _("A longer stay in the shelter")
    ESCALATION = "escalation", _("The municipality pushed it through")
    BINDING_REQUEST = "binding_request", _("A binding request of the regisseur")
    OTHER_PARTNER = "other_partner", _("Other help at another partner")
    TAILORED = "tailored", _("The municipality departed from its usual way")
    NOT_NEEDED = "not_needed", _("It is not needed any more")


class Status(models.TextChoices):
    OPEN = "open", _("open")
    ESCALATED = "escalated", _("with the municipality")
    ANSWERED = "answered", _("answered by the municipality")
    SOLVED = "solved", _("solved")


# An answer that did not help is not the end: what was answered can be asked again.
TRANSITIONS: dict[Status, set[Status]] = {
    Status.OPEN: {Status.ESCALATED, Status.SOLVED},
    Status.ESCALATED: {Status.ANSWERED, Status.SOLVED},
    Status.ANSWERED: {Status.ESCALATED, Status.SOLVED},
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
    source = models.CharField(max_length=10, choices=Source, default=Source.HAND)
    tried = models.TextField(blank=True, default="")
    # What helps meanwhile; without it the family simply waits.
    bridging = models.CharField(max_length=300, blank=True, default="")
    # The income or housing line it came from, so that one line does not report the same twice.
    income_line = models.ForeignKey(
        "family_plans.IncomeLine", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    housing_line = models.ForeignKey(
        "family_plans.HousingLine", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The day on which what it waits for came: the first payment, the start of the help, the dwelling. The days are
    # counted until then; that it is solved is for somebody to say, with what made it move.
    came_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.OPEN)
    reported_at = models.DateTimeField()
    solve_by = models.DateField()

    escalated_on = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    # The organisation that the municipality called to account, and the day by which something happens.
    addressed = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    happens_by = models.DateField(null=True, blank=True)
    solved_by_means_of = models.CharField(max_length=20, choices=Solution, blank=True, default="")
    solution = models.TextField(blank=True, default="")
    solved_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = StagnationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cause__in=Cause.values), name="stagnation_cause_known"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="stagnation_source_known"),
            models.UniqueConstraint(
                fields=["income_line"],
                condition=Q(income_line__isnull=False, solved_at=None),
                name="stagnation_one_open_per_income_line",
            ),
            models.UniqueConstraint(
                fields=["housing_line"],
                condition=Q(housing_line__isnull=False, solved_at=None),
                name="stagnation_one_open_per_housing_line",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="stagnation_status_known"),
            models.CheckConstraint(
                condition=(
                    Q(status=Status.SOLVED, solved_at__isnull=False, solved_by_means_of__in=Solution.values)
                    & ~Q(solution="")
                )
                | (~Q(status=Status.SOLVED) & Q(solved_at=None, solution="", solved_by_means_of="")),
                name="stagnation_solution_exactly_when_solved",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.ESCALATED, Status.ANSWERED])
                | Q(escalated_on__isnull=False, answer_by__isnull=False),
                name="stagnation_escalated_with_a_day_for_the_answer",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None, addressed=None, happens_by=None)
                | (
                    ~Q(answer="")
                    & Q(
                        answered_by__isnull=False,
                        answered_at__isnull=False,
                        addressed__isnull=False,
                        happens_by__isnull=False,
                    )
                ),
                name="stagnation_answer_has_somebody_who_gave_it",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.ANSWERED) | ~Q(answer=""), name="stagnation_answered_with_an_answer"
            ),
            models.CheckConstraint(
                condition=Q(came_on=None) | Q(came_on__gte=F("since")), name="stagnation_came_after_it_was_stuck"
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
        """Return the whole days it is or was stuck: until what it waited for came, or else until it was solved."""
        solved_on = timezone.localdate(self.solved_at) if self.solved_at else today
        return ((self.came_on or solved_on) - self.since).days

    def is_left_unanswered(self, request: "BindingRequest", today: date) -> bool:
        """Say whether this request took it to the municipality by itself. As `with_the_municipality` has it."""
        if request.answered_on is not None or request.answer_by >= today:
            return False
        if self.status == Status.ANSWERED and self.answered_at:
            return request.answer_by >= timezone.localdate(self.answered_at)
        return self.status == Status.OPEN


class BindingRequest(FamilyRow):
    """What the regisseur binds a partner to answer, by a day. Without an answer by then it is the municipality's."""

    stagnation = models.ForeignKey(Stagnation, on_delete=models.PROTECT, related_name="requests")
    to = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    answer_by = models.DateField()
    answer = models.TextField(blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stagnation"], condition=Q(answered_on=None), name="bindingrequest_one_open_per_stagnation"
            ),
            models.CheckConstraint(condition=~Q(what=""), name="bindingrequest_says_what"),
            models.CheckConstraint(
                condition=Q(answer_by__gt=F("asked_on")), name="bindingrequest_leaves_time_to_answer"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None, recorded_by=None)
                | (~Q(answer="") & Q(answered_on__isnull=False, recorded_by__isnull=False)),
                name="bindingrequest_answered_whole_or_not",
            ),
        ]
        indexes = [
            models.Index(fields=["answer_by", "id"], condition=Q(answered_on=None), name="bindingrequest_waiting")
        ]

    def __str__(self) -> str:
        return f"binding request {self.pk}"

    def get_absolute_url(self) -> str:
        return self.stagnation.get_absolute_url()
