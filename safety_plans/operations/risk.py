from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, Person
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish
from safety_plans.models import Level, Moment, RiskAssessment, RiskSubject, SubjectKind, subjects_missing


@dataclass(frozen=True)
class Judgement:
    """The judgement of one subject as it is entered. `person` is None for the household, or for somebody unrecorded."""

    kind: SubjectKind
    person: Person | None
    level: Level
    note: str = ""


def assess(
    family: Family,
    *,
    moment: Moment,
    on: date,
    subjects: Sequence[Judgement],
    conclusion: str,
    instrument: str = "",
    factors: Sequence[str] = (),
    by: User,
    at: datetime,
) -> RiskAssessment:
    """Record a risk assessment, and settle what was asked for (C2, D4, D6).

    Raises WrongState when it judges nobody, lies in the future, forgets a child at the start or before the departure,
    or looks at a departure without the client and the household.
    """
    with operation(Action.EDIT_SAFETY_PLAN, on=family, by=by) as op:
        family = op.target
        _insist_on(moment, on, subjects, family, at)
        assessment = RiskAssessment.objects.create(
            family=family,
            moment=moment,
            assessed_on=on,
            assessed_by=by,
            instrument=instrument,
            factors=list(factors),
            conclusion=conclusion,
            recorded_at=at,
        )
        RiskSubject.objects.bulk_create(
            RiskSubject(
                family=family,
                assessment=assessment,
                kind=subject.kind,
                person=subject.person,
                level=subject.level,
                note=subject.note,
                order=order,
            )
            for order, subject in enumerate(subjects)
        )
        op.record(Event.RISK_ASSESSED, subject=assessment, moment=moment.value)
        asked = FollowUp.objects.filter(family=family, kind=Kind.ASSESS_RISK)
        finish(asked, as_=State.DONE, at=at, within=op)
    return assessment


def _insist_on(moment: Moment, on: date, subjects: Sequence[Judgement], family: Family, at: datetime) -> None:
    judged = [(subject.kind, subject.person.pk if subject.person else None) for subject in subjects]
    wrong = None
    if not judged:
        wrong = _("An assessment looks at one person at least.")
    elif on > timezone.localdate(at):
        wrong = _("An assessment cannot lie in the future.")
    elif subjects_missing(moment, judged, Person.objects.filter(family=family)):
        wrong = _("This assessment is not complete: look at every child, and before a departure at the whole family.")
    if wrong:
        raise WrongState(wrong, about=family)
