"""How a plan is made together: what is there already, whose plans it came from, who added what, and in which talk."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from core.fields import WordField, is_a_word
from family_plans.models.owner import Owned, exactly_one
from family_plans.models.plan import FamilyPlan
from family_plans.querysets import FamilyPlanQuerySet


class FindingKind(models.TextChoices):
    STRENGTH = "strength", _("What goes well")
    NEED = "need", _("What is needed")


class Finding(FamilyRow):
    """A strength or a need of one member, or of everybody, in one domain of life."""

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="findings")
    domain = models.ForeignKey("organisations.CodeItem", on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey("cases.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=FindingKind)
    text = models.CharField(max_length=300)
    noted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FindingKind.values), name="finding_kind_known"),
            models.CheckConstraint(condition=~Q(text=""), name="finding_says_something"),
        ]

    def __str__(self) -> str:
        return f"finding {self.pk}"


class SourcePlan(FamilyRow):
    """A partner's own plan: its title, its day and where it is kept. The plan itself stays with the partner."""

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="sources")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=150)
    made_on = models.DateField()
    kept_at = models.CharField(max_length=150, blank=True, default="")
    named_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="sourceplan_has_a_title")]

    def __str__(self) -> str:
        return f"source plan {self.pk}"


class KeptPart(FamilyRow):
    """The part of one member that another member does not get to read. It stays in the one plan, and counts in it."""

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="kept_parts")
    about = models.ForeignKey("cases.Person", on_delete=models.PROTECT, related_name="+")
    kept_from = models.ForeignKey("cases.Person", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    set_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "about", "kept_from"], condition=Q(lifted_at=None), name="keptpart_once"
            ),
            models.CheckConstraint(condition=~Q(about=F("kept_from")), name="keptpart_not_from_oneself"),
            models.CheckConstraint(condition=~Q(reason=""), name="keptpart_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"kept part {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("family_plans:plan", args=[self.family_id])


class Conference(FamilyRow):
    """A conversation of several parties about one family, with what was decided there."""

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="conferences")
    held_on = models.DateField()
    discussed = models.TextField()
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(discussed=""), name="conference_says_what_was_discussed")]

    def __str__(self) -> str:
        return f"conference {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("family_plans:plan", args=[self.family_id])


class Attendee(Owned):
    """Somebody who was at a conference."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="attendees")

    class Meta:
        constraints = [models.CheckConstraint(condition=exactly_one(), name="attendee_is_exactly_one")]

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    def __str__(self) -> str:
        return f"attendee {self.pk}"


class Contributed(models.TextChoices):
    PLAN_STARTED = "plan_started", _("started the plan")
    FINDING_NOTED = "finding_noted", _("wrote down a strength or a need")
    GOAL_SET = "goal_set", _("set a goal")
    PARTICIPANT_NAMED = "participant_named", _("named who takes part")
    ACTION_AGREED = "action_agreed", _("agreed who does what")
    ACTION_DONE = "action_done", _("got something done")
    RESULT_RECORDED = "result_recorded", _("rounded a goal off")
    SOURCE_NAMED = "source_named", _("named a plan of its own")
    CONFERENCE_HELD = "conference_held", _("recorded a conversation")


class Contribution(FamilyRow):
    """Who added what to the plan, on behalf of which organisation. Only ever added to."""

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="contributions")
    what = WordField(max_length=30, choices=Contributed)
    domain = models.ForeignKey(
        "organisations.CodeItem", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=is_a_word("what"), name="contribution_is_a_word")]
        indexes = [models.Index(fields=["plan", "-at"], name="contribution_of_plan")]

    def __str__(self) -> str:
        return f"contribution {self.pk}"


class PracticalNeed(FamilyRow):
    """Something practical for the new home, such as furniture or insurance: needed, arranged, or not needed."""

    class Settled(models.TextChoices):
        NEEDED = "needed", _("still to do")
        ARRANGED = "arranged", _("arranged")
        NOT_NEEDED = "not_needed", _("not needed")

    item = models.ForeignKey("organisations.CodeItem", on_delete=models.PROTECT, related_name="+")
    settled = models.CharField(max_length=12, choices=Settled, default=Settled.NEEDED)
    changed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "item"], name="practicalneed_each_once"),
            models.CheckConstraint(
                condition=Q(settled__in=["needed", "arranged", "not_needed"]), name="practicalneed_settled_known"
            ),
        ]

    def __str__(self) -> str:
        return f"practical need {self.pk}"
