"""The safety plan, in versions: the old ones stay readable, exactly one holds."""

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from core.errors import WrongState
from core.fields import WordField, is_a_word
from safety_plans.querysets import SafetyPlanItemQuerySet, SafetyPlanQuerySet, WorkingQuerySet


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    CURRENT = "current", _("holds now")
    SUPERSEDED = "superseded", _("replaced")


TRANSITIONS: dict[Status, set[Status]] = {
    Status.DRAFT: {Status.CURRENT},
    Status.CURRENT: {Status.SUPERSEDED},
    Status.SUPERSEDED: set(),
}


class SafetyPlan(FamilyRow):
    """One version of a family's safety plan. Only a draft is written in; what holds is replaced, never changed."""

    version = models.PositiveIntegerField()
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    drafted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()

    # Why this version came: from the second on.
    because = models.CharField(max_length=300, blank=True, default="")
    # From which day it holds, inclusive. Agreed earlier is possible, later than it is recorded is not.
    holds_from = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    activated_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    activated_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SafetyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "version"], name="safetyplan_one_row_per_version"),
            models.UniqueConstraint(
                fields=["family"], condition=Q(status="current"), name="safetyplan_one_current_per_family"
            ),
            models.UniqueConstraint(
                fields=["family"], condition=Q(status="draft"), name="safetyplan_one_draft_per_family"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="safetyplan_status_known"),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT, activated_at=None)
                | Q(
                    status__in=[Status.CURRENT, Status.SUPERSEDED],
                    activated_at__isnull=False,
                    activated_by__isnull=False,
                    agreed_on__isnull=False,
                    review_on__isnull=False,
                    holds_from__isnull=False,
                ),
                name="safetyplan_agreed_exactly_when_not_a_draft",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT) | Q(version=1) | ~Q(because=""),
                name="safetyplan_new_version_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"safety plan {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("safety_plans:version", args=[self.pk])

    def move_to(self, status: Status) -> None:
        """Change the status if its lifecycle allows it. Does not save. Nothing else assigns `status`."""
        if status not in TRANSITIONS[Status(self.status)]:
            raise WrongState(_now("This version of the safety plan is not a draft any more."), about=self)
        self.status = status

    def insist_on_draft(self) -> None:
        """Raise WrongState unless this version is a draft: what holds is replaced, never changed."""
        if self.status != Status.DRAFT:
            raise WrongState(_now("This version holds already and is not changed. Make a new version."), about=self)


class Section(models.TextChoices):
    """The parts of the plan, in the order in which it is read."""

    DANGER = "danger", _("What the danger is")
    CONDITIONS = "conditions", _("What must be so, to be safe")
    EARLY_SIGNS = "early_signs", _("How we see it coming")
    WHAT_I_DO = "what_i_do", _("What do I do if…")
    WHOM_TO_CALL = "whom_to_call", _("Who I call")
    AGREEMENTS = "agreements", _("What we agreed")
    NETWORK = "network", _("Who keeps an eye on us")
    PROFESSIONALS = "professionals", _("Who helps us")
    POLICE = "police", _("What the police do")
    RELAPSE = "relapse", _("How we notice that it goes wrong again")


# What stands in the plan for one person: each child separately.
PERSONAL = frozenset({Section.EARLY_SIGNS, Section.WHAT_I_DO, Section.WHOM_TO_CALL, Section.AGREEMENTS})


class Topic(models.TextChoices):
    """What an agreement is about."""

    SCHOOL = "school", _("School and who picks up")
    CONTACT = "contact", _("Contact and visits")
    PHONE = "phone", _("Phone and sharing where you are")
    MONEY = "money", _("Money and papers")
    PETS = "pets", _("Pets")
    OTHER = "other", _("Something else")


class NetworkTask(models.TextChoices):
    """What somebody of the network does for the plan (C6)."""

    CHECKS = "checks", _("checks an agreement")
    ALARMED = "alarmed", _("is called in need")
    BOTH = "both", _("checks, and is called in need")


# What a line says: what two versions are compared by.
CONTENT = (
    "text",
    "person_id",
    "topic",
    "who",
    "phone",
    "task",
    "knows_address",
    "checked_by",
    "rhythm",
    "until_on",
    "if_broken",
)


class SafetyPlanItem(FamilyRow):
    """One line of a version: for one person, or for the whole family. Which fields it has depends on its section."""

    plan = models.ForeignKey(SafetyPlan, on_delete=models.PROTECT, related_name="items")
    section = models.CharField(max_length=20, choices=Section)
    person = models.ForeignKey("cases.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The same line in the versions before and after, and in the wordings of two workers. It tells what changed.
    line = models.UUIDField(default=uuid4, editable=False)

    text = models.TextField()
    topic = WordField(max_length=20, choices=Topic, blank=True, default="")
    # Somebody of the network, a professional, the police: who does what `text` says.
    who = models.CharField(max_length=120, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    task = WordField(max_length=20, choices=NetworkTask, blank=True, default="")
    knows_address = models.BooleanField(null=True, blank=True)
    # Who sees to it that an agreement or a condition is kept, how often, until when (inclusive), and what if it is not.
    checked_by = models.CharField(max_length=120, blank=True, default="")
    rhythm = models.CharField(max_length=80, blank=True, default="")
    until_on = models.DateField(null=True, blank=True)
    if_broken = models.CharField(max_length=500, blank=True, default="")

    order = models.PositiveSmallIntegerField()
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Out of the draft it stood in. Nothing about a family is ever deleted.
    taken_out_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SafetyPlanItemQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        indexes = [models.Index(fields=["line"], name="safetyplanitem_of_line")]
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="safetyplanitem_one_per_place"),
            models.CheckConstraint(condition=Q(section__in=Section.values), name="safetyplanitem_section_known"),
            models.CheckConstraint(condition=~Q(text=""), name="safetyplanitem_says_something"),
            models.CheckConstraint(condition=Q(topic="") | is_a_word("topic"), name="safetyplanitem_topic_is_a_word"),
            models.CheckConstraint(condition=Q(task="") | is_a_word("task"), name="safetyplanitem_task_is_a_word"),
            models.CheckConstraint(
                condition=~Q(section=Section.AGREEMENTS) | ~Q(checked_by=""),
                name="safetyplanitem_agreement_is_checked_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(section=Section.CONDITIONS)
                | (~Q(checked_by="") & ~Q(if_broken="") & Q(until_on__isnull=False)),
                name="safetyplanitem_condition_has_checker_term_and_consequence",
            ),
            models.CheckConstraint(
                condition=~Q(section=Section.NETWORK) | (~Q(who="") & ~Q(task="") & Q(knows_address__isnull=False)),
                name="safetyplanitem_network_has_a_task_and_knows_or_not",
            ),
            models.CheckConstraint(
                condition=~Q(section=Section.PROFESSIONALS) | (~Q(who="") & ~Q(rhythm="")),
                name="safetyplanitem_professional_has_a_rhythm",
            ),
            models.CheckConstraint(
                condition=Q(knows_address=None) | Q(section=Section.NETWORK),
                name="safetyplanitem_only_the_network_knows_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"safety plan item {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("safety_plans:edit", args=[self.plan_id])

    def says_the_same_as(self, other: "SafetyPlanItem") -> bool:
        return all(getattr(self, field) == getattr(other, field) for field in CONTENT)


class Confirmation(FamilyRow):
    """That the client still finds the plan right, on a day; and when it is looked at next."""

    plan = models.ForeignKey(SafetyPlan, on_delete=models.PROTECT, related_name="confirmations")
    confirmed_on = models.DateField()
    review_on = models.DateField()
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar[Any] = WorkingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(review_on__gt=F("confirmed_on")), name="confirmation_review_comes_later")
        ]

    def __str__(self) -> str:
        return f"confirmation {self.pk}"


class ConditionCheck(FamilyRow):
    """That somebody looked whether a condition was kept. It belongs to the line, in whichever version it stands."""

    item = models.ForeignKey(SafetyPlanItem, on_delete=models.PROTECT, related_name="checks")
    line = models.UUIDField()
    checked_on = models.DateField()
    is_kept = models.BooleanField()
    note = models.CharField(max_length=500, blank=True, default="")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar[Any] = WorkingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["line", "-checked_on", "-recorded_at"], name="conditioncheck_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_kept=True) | ~Q(note=""), name="conditioncheck_broken_says_what_happened"
            )
        ]

    def __str__(self) -> str:
        return f"condition check {self.pk}"
