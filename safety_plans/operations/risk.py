"""A risk assessment is recorded whole, settles what was asked for, and plans what follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, Person
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from organisations.models import Organisation
from safety_plans.models import (
    Course,
    FactorKind,
    Level,
    Moment,
    RiskAssessment,
    RiskFactor,
    RiskParticipant,
    RiskSubject,
    SubjectKind,
    subjects_missing,
)
from safety_plans.operations.moments import settle_moment
from safety_plans.shared import is_shared

# "As early as possible" (A6), as days: after these a risk that nobody was told of is flagged.
RISK_SHARED_WITHIN = timedelta(days=2)


@dataclass(frozen=True)
class Judgement:
    """The judgement of one subject as it is entered. `person` is None for the household, or for somebody unrecorded."""

    kind: SubjectKind
    person: Person | None
    level: Level
    note: str = ""
    score: int | None = None


@dataclass(frozen=True)
class Participant:
    """Who took part: an organisation, or somebody by function."""

    organisation: Organisation | None = None
    who: str = ""


@dataclass(frozen=True)
class NewAssessment:
    """What belongs to an assessment beside its judgements. `factors`: (list, code) to how it stands now."""

    conclusion: str
    instrument: str = ""
    instrument_version: str = ""
    is_trained: bool | None = None
    who_at_risk: str = ""
    of_what: str = ""
    how_soon: str = ""
    next_on: date | None = None
    factors: Mapping[tuple[FactorKind, str], Course] = field(default_factory=dict)
    participants: Sequence[Participant] = ()


def assess(
    family: Family,
    content: NewAssessment,
    *,
    moment: Moment,
    on: date,
    subjects: Sequence[Judgement],
    by: User,
    at: datetime,
) -> RiskAssessment:
    """Record a risk assessment, settle the moment it was asked for, and plan the next and the sharing (C2, D4, D6, A6).

    Raises WrongState when it judges nobody, lies in the future, forgets a child at the start, forgets anybody before a
    departure, names an instrument without saying whether the assessor is trained in it, or finds a risk without saying
    who is at risk of what and how soon.
    """
    with operation(Action.EDIT_SAFETY_PLAN, on=family, by=by) as op:
        family = op.target
        _insist_on(content, moment, on, subjects, family, at)
        assessment = RiskAssessment.objects.create(
            family=family,
            moment=moment,
            assessed_on=on,
            assessed_by=by,
            instrument=content.instrument,
            instrument_version=content.instrument_version,
            is_trained=content.is_trained if content.instrument else None,
            who_at_risk=content.who_at_risk,
            of_what=content.of_what,
            how_soon=content.how_soon,
            conclusion=content.conclusion,
            next_on=content.next_on,
            recorded_at=at,
        )
        _record_rows(assessment, content, subjects)
        op.record(Event.RISK_ASSESSED, subject=assessment, moment=moment.value)
        settle_moment(assessment, at=at, within=op)
        _plan_what_follows(assessment, subjects, at=at, within=op)
    return assessment


def _record_rows(assessment: RiskAssessment, content: NewAssessment, subjects: Sequence[Judgement]) -> None:
    family_id = assessment.family_id
    RiskSubject.objects.bulk_create(
        RiskSubject(
            family_id=family_id,
            assessment=assessment,
            kind=subject.kind,
            person=subject.person,
            level=subject.level,
            note=subject.note,
            score=subject.score,
            order=order,
        )
        for order, subject in enumerate(subjects)
    )
    RiskFactor.objects.bulk_create(
        RiskFactor(family_id=family_id, assessment=assessment, kind=kind, code=code, course=course)
        for (kind, code), course in content.factors.items()
    )
    RiskParticipant.objects.bulk_create(
        RiskParticipant(family_id=family_id, assessment=assessment, organisation=one.organisation, who=one.who)
        for one in content.participants
    )


def _plan_what_follows(
    assessment: RiskAssessment, subjects: Sequence[Judgement], *, at: datetime, within: Operation
) -> None:
    today = timezone.localdate(at)
    if assessment.next_on is not None:
        # One day for the next, the one that was chosen last: what earlier assessments had planned gives way to it.
        earlier = RiskAssessment.objects.filter(family=assessment.family_id, assessed_on__lte=assessment.assessed_on)
        planned = FollowUp.objects.filter(
            family=assessment.family_id,
            kind=Kind.ASSESS_RISK,
            about_id__in=earlier.exclude(pk=assessment.pk).values("pk"),
        )
        finish(planned, as_=State.LAPSED, at=at, within=within)
        plan(
            assessment.family,
            Kind.ASSESS_RISK,
            due_on=assessment.next_on,
            falls_to=AssignmentKind.REGISSEUR,
            about=assessment,
            within=within,
        )
    if any(subject.level != Level.LOW for subject in subjects) and not is_shared(assessment.family_id, since=at):
        plan(
            assessment.family,
            Kind.SHARE_RISK,
            # The flag stands from the day after the last on which it was in time.
            due_on=today + RISK_SHARED_WITHIN + timedelta(days=1),
            falls_to=AssignmentKind.REGISSEUR,
            about=assessment,
            within=within,
        )


def _insist_on(
    content: NewAssessment, moment: Moment, on: date, subjects: Sequence[Judgement], family: Family, at: datetime
) -> None:
    judged = [(subject.kind, subject.person.pk if subject.person else None) for subject in subjects]
    wrong = None
    if not judged:
        wrong = _("An assessment looks at one person at least.")
    elif on > timezone.localdate(at):
        wrong = _("An assessment cannot lie in the future.")
    elif subjects_missing(moment, judged, Person.objects.filter(family=family)):
        wrong = _("This assessment is not complete: look at every child, and before a departure at the whole family.")
    elif content.instrument and content.is_trained is None:
        wrong = _("Say whether you are trained in this list.")
    elif content.next_on is not None and content.next_on <= on:
        wrong = _("The next assessment comes later than this one.")
    elif any(subject.level != Level.LOW for subject in subjects) and not (
        content.who_at_risk and content.of_what and content.how_soon
    ):
        wrong = _("There is a risk: say who is at risk, of what, and how soon.")
    if wrong:
        raise WrongState(wrong, about=family)
