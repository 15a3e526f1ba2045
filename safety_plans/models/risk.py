"""The risk assessment: one moment, a judgement per person and of the household, and the factors that go up and down."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from cases.models import Person, Place
from safety_plans.querysets import AssessmentRowQuerySet, FactorQuerySet, RiskAssessmentQuerySet


class Moment(models.TextChoices):
    """Why the risk is assessed now."""

    ADMISSION = "admission", _("At the start of the stay")
    DEPARTURE = "departure", _("Before the departure")
    MOVE = "move", _("At a move")
    SERIOUS_SIGNAL = "serious_signal", _("After a serious signal")
    THREE_MONTHS = "three_months", _("Three months after the departure")
    SIX_MONTHS = "six_months", _("Six months after the departure")
    TWELVE_MONTHS = "twelve_months", _("Twelve months after the departure")
    PERIODIC = "periodic", _("As agreed, from time to time")


class SubjectKind(models.TextChoices):
    """What a judgement is about. Not only the person causing harm: the danger may come from nearer by."""

    PERSON_CAUSING_HARM = "person_causing_harm", _("Person causing harm")
    CLIENT = "client", _("Client")
    # Whether the children are safe with the client (D7). Never on a paper.
    CLIENT_AS_RISK = "client_as_risk", _("The client, as a possible risk to the children")
    CHILD = "child", _("Child")
    NEW_PARTNER = "new_partner", _("New partner")
    HOUSEHOLD = "household", _("The rest of the household")


class Level(models.TextChoices):
    LOW = "low", _("low")
    RAISED = "raised", _("raised")
    HIGH = "high", _("high")


# Of whom the safety score is asked: those who must be safe.
SCORED = frozenset({SubjectKind.CLIENT, SubjectKind.CHILD})
HIGHEST_SCORE = 10

Subject = tuple[SubjectKind, UUID | None]


def subjects_of(persons: Iterable[Person]) -> list[tuple[SubjectKind, Person | None]]:
    """Return what can be judged in a family, in reading order. Nobody recorded is None: there may be somebody."""
    rows: list[tuple[SubjectKind, Person | None]] = []
    for person in persons:
        if person.place == Place.CLIENT:
            rows += [(SubjectKind.CLIENT, person), (SubjectKind.CLIENT_AS_RISK, person)]
        elif person.place == Place.CHILD:
            rows.append((SubjectKind.CHILD, person))
        elif person.place == Place.PARTNER:
            rows.append((SubjectKind.NEW_PARTNER, person))
        if person.causes_harm and person.place != Place.CLIENT:
            rows.append((SubjectKind.PERSON_CAUSING_HARM, person))
    found = {kind for kind, _person in rows}
    rows += [(kind, None) for kind in (SubjectKind.PERSON_CAUSING_HARM, SubjectKind.NEW_PARTNER) if kind not in found]
    return [*rows, (SubjectKind.HOUSEHOLD, None)]


def subjects_missing(
    moment: str, judged: Iterable[tuple[str, UUID | None]], persons: Iterable[Person]
) -> list[Subject]:
    """Return what an assessment at this moment must still judge, as (kind, person key).

    A departure looks at everybody who is known and at the rest of the household (D6), the start of a stay at every
    child (D4). After a signal one person is enough.
    """
    persons = list(persons)
    needed: list[Subject] = []
    for kind, person in subjects_of(persons):
        at_departure = person is not None or kind == SubjectKind.HOUSEHOLD
        # Without children there is nobody the client could be a risk to.
        if kind == SubjectKind.CLIENT_AS_RISK and not any(one.place == Place.CHILD for one in persons):
            at_departure = False
        if (moment == Moment.DEPARTURE and at_departure) or (moment == Moment.ADMISSION and kind == SubjectKind.CHILD):
            needed.append((kind, person.pk if person else None))
    done = set(judged)
    return [subject for subject in needed if subject not in done]


class RiskAssessment(FamilyRow):
    """A judgement of the risk at one moment, in the words of whoever made it. Never changed: a new one is made."""

    moment = models.CharField(max_length=20, choices=Moment)
    assessed_on = models.DateField()
    assessed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    # Only its name and version: the questions belong to whoever publishes the instrument.
    instrument = models.CharField(max_length=120, blank=True, default="")
    instrument_version = models.CharField(max_length=40, blank=True, default="")
    # Whether the assessor was trained in it. Unskilled use of an instrument is a risk by itself.
    is_trained = models.BooleanField(null=True, blank=True)

    who_at_risk = models.CharField(max_length=300, blank=True, default="")
    of_what = models.CharField(max_length=300, blank=True, default="")
    how_soon = models.CharField(max_length=200, blank=True, default="")
    conclusion = models.TextField()
    next_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    objects: ClassVar[Any] = RiskAssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(moment__in=Moment.values), name="riskassessment_moment_known"),
            models.CheckConstraint(condition=~Q(conclusion=""), name="riskassessment_has_a_conclusion"),
            models.CheckConstraint(
                condition=Q(instrument="", instrument_version="", is_trained=None)
                | (~Q(instrument="") & Q(is_trained__isnull=False)),
                name="riskassessment_instrument_says_whether_trained",
            ),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gt=models.F("assessed_on")),
                name="riskassessment_next_comes_later",
            ),
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
    # How safe this person feels, in her or his own number: 0 is certain to happen again, 10 is safe.
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[Any] = AssessmentRowQuerySet.as_manager()

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
                condition=~Q(kind__in=[SubjectKind.CLIENT, SubjectKind.CLIENT_AS_RISK, SubjectKind.CHILD])
                | Q(person__isnull=False),
                name="risksubject_client_and_child_are_persons",
            ),
            models.CheckConstraint(
                condition=~Q(kind=SubjectKind.HOUSEHOLD) | Q(person=None), name="risksubject_household_is_no_person"
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__lte=HIGHEST_SCORE, kind__in=sorted(SCORED)),
                name="risksubject_score_of_who_must_be_safe",
            ),
        ]

    def __str__(self) -> str:
        return f"risk subject {self.pk}"

    @property
    def name(self) -> str:
        if self.kind == SubjectKind.CLIENT_AS_RISK or self.person is None:
            return str(SubjectKind(self.kind).label)
        return self.person.name


class FactorKind(models.TextChoices):
    """Two lists that an administrator keeps: their slugs are these words."""

    RISK = "risk_factors", _("What makes the danger larger")
    PROTECTIVE = "protective_factors", _("What protects")


class Course(models.TextChoices):
    """How a factor stands against the assessment before."""

    NEW = "new", _("new")
    STRONGER = "stronger", _("stronger")
    SAME = "same", _("the same")
    WEAKER = "weaker", _("weaker")
    GONE = "gone", _("gone")


class RiskFactor(FamilyRow):
    """A risk or protective factor as one assessment found it. Followed by the next, until it is gone."""

    assessment = models.ForeignKey(RiskAssessment, on_delete=models.PROTECT, related_name="factors")
    kind = models.CharField(max_length=20, choices=FactorKind)
    code = models.CharField(max_length=50)
    course = models.CharField(max_length=10, choices=Course)

    objects: ClassVar[Any] = FactorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "kind", "code"], name="riskfactor_once_per_assessment"),
            models.CheckConstraint(condition=Q(kind__in=FactorKind.values), name="riskfactor_kind_known"),
            models.CheckConstraint(condition=Q(course__in=Course.values), name="riskfactor_course_known"),
            models.CheckConstraint(condition=~Q(code=""), name="riskfactor_is_on_a_list"),
        ]

    def __str__(self) -> str:
        return f"risk factor {self.pk}"


class RiskParticipant(FamilyRow):
    """Who took part in an assessment: an organisation, or somebody by function (C43)."""

    assessment = models.ForeignKey(RiskAssessment, on_delete=models.PROTECT, related_name="participants")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    who = models.CharField(max_length=120, blank=True, default="")

    objects: ClassVar[Any] = AssessmentRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(who=""), name="riskparticipant_is_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"risk participant {self.pk}"

    @property
    def name(self) -> str:
        return self.who or (self.organisation.name if self.organisation else "")
