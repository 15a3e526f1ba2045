"""Evaluations: of the whole collaboration under an agreement, and of how partners worked together for one family."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from access.policy import Action
from access.querysets import ScopedQuerySet
from collaboration.models.agreement import CollaborationAgreement
from collaboration.querysets import KeptQuerySet
from core.models import Row


class Result(models.TextChoices):
    """What an evaluation leads to."""

    GOES_ON = "goes_on", _("the agreement goes on as it is")
    CHANGED = "changed", _("the agreement is changed")
    ENDED = "ended", _("the agreement stops")


class Evaluation(models.Model):
    """What both kinds of evaluation say. `held_on` is a day that has been."""

    held_on = models.DateField(_("held on"))
    participants = models.TextField(_("who took part"))
    findings = models.TextField(_("what was found"))
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(participants="") & ~Q(findings=""), name="%(class)s_says_who_and_what")
        ]


class CollaborationEvaluation(Row, Evaluation):
    """The partners of an agreement looked at the whole of their collaboration (J4). Never changed."""

    agreement = models.ForeignKey(CollaborationAgreement, on_delete=models.PROTECT, related_name="evaluations")
    result = models.CharField(_("result"), max_length=10, choices=Result)

    objects: ClassVar[Any] = KeptQuerySet.through("agreement__owner_id").as_manager()

    class Meta(Evaluation.Meta):
        constraints = [
            *Evaluation.Meta.constraints,
            models.CheckConstraint(condition=Q(result__in=Result.values), name="collaborationevaluation_result_known"),
            models.UniqueConstraint(fields=["agreement", "held_on"], name="collaborationevaluation_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"collaboration evaluation {self.pk}"

    def get_absolute_url(self) -> str:
        return self.agreement.get_absolute_url()


class CaseEvaluationQuerySet(ScopedQuerySet):
    view_action: ClassVar[Action] = Action.EVALUATE_CASE


class CaseEvaluation(FamilyRow, Evaluation):
    """How organisations worked together for one family (J4): about the organisations, and nothing of the file."""

    actions = models.TextField(_("what was agreed"), blank=True, default="")

    objects: ClassVar[Any] = CaseEvaluationQuerySet.as_manager()

    class Meta(Evaluation.Meta):
        constraints = [
            *Evaluation.Meta.constraints,
            models.UniqueConstraint(fields=["family", "held_on"], name="caseevaluation_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"case evaluation {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("municipalities:evaluations")


class AgreedStep(Row):
    """What somebody does after an evaluation or a network meeting, by a day."""

    evaluation = models.ForeignKey(
        CollaborationEvaluation, on_delete=models.PROTECT, related_name="steps", null=True, blank=True
    )
    meeting = models.ForeignKey(
        "collaboration.NetworkMeeting", on_delete=models.PROTECT, related_name="steps", null=True, blank=True
    )
    owner = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(_("what"), max_length=300)
    by_organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("by which day"))
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = KeptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(evaluation__isnull=False, meeting=None) | Q(evaluation=None, meeting__isnull=False),
                name="agreedstep_of_one_occasion",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None) | Q(done_on__isnull=False, done_by__isnull=False),
                name="agreedstep_done_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="agreedstep_says_what"),
        ]
        indexes = [models.Index(F("owner"), F("due_on"), name="agreedstep_calendar", condition=Q(done_on=None))]

    def __str__(self) -> str:
        return f"agreed step {self.pk}"

    def get_absolute_url(self) -> str:
        return self.evaluation.get_absolute_url() if self.evaluation else reverse("municipalities:expertise")
