"""The risk assessment: one moment, and a judgement per person and of the household."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from cases.models import Person, Place
from safety_plans.querysets import SafetyPlanRowQuerySet


class Moment(models.TextChoices):
    """Why the risk is assessed now."""

    ADMISSION = "admission", _("At the start of the stay")
    DEPARTURE = "departure", _("Before the departure")
    MOVE = "move", _("At a move")
    SERIOUS_SIGNAL = "serious_signal", _("After a serious signal")
    PERIODIC = "periodic", _("As agreed, from time to time")


class SubjectKind(models.TextChoices):
    """What a judgement is about. Not only the person causing harm: the danger may come from nearer by."""

    PERSON_CAUSING_HARM = "person_causing_harm", _("Person causing harm")
    CLIENT = "client", _("Client")
    CHILD = "child", _("Child")
    NEW_PARTNER = "new_partner", _("New partner")
    HOUSEHOLD = "household", _("The household as a whole")


class Level(models.TextChoices):
    LOW = "low", _("low")
    RAISED = "raised", _("raised")
    HIGH = "high", _("high")


# Moments at which nobody of the family may be forgotten.
_EVERY_CHILD = {Moment.ADMISSION, Moment.DEPARTURE}
_WHOLE_FAMILY = {Moment.DEPARTURE}
Subject = tuple[str, UUID | None]


def subjects_missing(moment: str, judged: Iterable[Subject], persons: Iterable[Person]) -> list[Subject]:
    """Return what an assessment at this moment must still judge, as (kind, person key).

    A departure looks at the client, every child and the household, never at the person causing harm alone.
    """
    needed: list[Subject] = []
    for person in persons:
        if person.place == Place.CHILD and moment in _EVERY_CHILD:
            needed.append((SubjectKind.CHILD, person.pk))
        elif person.place == Place.CLIENT and moment in _WHOLE_FAMILY:
            needed.append((SubjectKind.CLIENT, person.pk))
    if moment in _WHOLE_FAMILY:
        needed.append((SubjectKind.HOUSEHOLD, None))
    done = set(judged)
    return [subject for subject in needed if subject not in done]


class RiskAssessment(FamilyRow):
    """A judgement of the risk at one moment, in the words of whoever made it. Never changed: a new one is made."""

    moment = models.CharField(max_length=20, choices=Moment)
    assessed_on = models.DateField()
    assessed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    # Only its name: the questions belong to whoever publishes the instrument.
    instrument = models.CharField(max_length=120, blank=True, default="")
    # Codes of the list "risk_factors".
    factors = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    conclusion = models.TextField()
    recorded_at = models.DateTimeField()

    objects: ClassVar[Any] = SafetyPlanRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(moment__in=Moment.values), name="riskassessment_moment_known"),
            models.CheckConstraint(condition=~Q(conclusion=""), name="riskassessment_has_a_conclusion"),
        ]
        indexes = [models.Index(fields=["family", "-assessed_on"], name="riskassessment_of_family")]

    def __str__(self) -> str:
        return f"risk assessment {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("safety_plans:plan", args=[self.family_id])


class RiskSubject(FamilyRow):
    """The judgement of one person, or of the household, within an assessment."""

    assessment = models.ForeignKey(RiskAssessment, on_delete=models.PROTECT, related_name="subjects")
    kind = models.CharField(max_length=20, choices=SubjectKind)
    person = models.ForeignKey("cases.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    level = models.CharField(max_length=10, choices=Level)
    note = models.TextField(blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[Any] = SafetyPlanRowQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "kind", "person"],
                nulls_distinct=False,
                name="risksubject_one_judgement_per_subject",
            ),
            models.CheckConstraint(condition=Q(kind__in=SubjectKind.values), name="risksubject_kind_known"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="risksubject_level_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=[SubjectKind.CLIENT, SubjectKind.CHILD]) | Q(person__isnull=False),
                name="risksubject_client_and_child_are_persons",
            ),
            models.CheckConstraint(
                condition=~Q(kind=SubjectKind.HOUSEHOLD) | Q(person=None), name="risksubject_household_is_no_person"
            ),
        ]

    def __str__(self) -> str:
        return f"risk subject {self.pk}"

    @property
    def name(self) -> str:
        return self.person.name if self.person else str(SubjectKind(self.kind).label)
