"""The moments at which a risk assessment is owed (C43): each is a follow-up with a day, and so work for somebody."""

from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from access.models import AssignmentKind
from access.operation import Operation
from cases.models import Trajectory
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from safety_plans.models import Moment, RiskAssessment
from safety_plans.moments import BEFORE_DEPARTURE, EARLY, KINDS, MONTHS_AFTER, departure_assessment


def plan_moments(trajectory: Trajectory, *, version: int = 1, at: datetime, within: Operation[Any]) -> None:
    """Plan the assessments that follow from the day of departure: before it, and 3, 6 and 12 months after it. A step.

    In place of those of an earlier day; `version` tells a day that comes back from the same day before. Months are
    clamped at their end. A moment that has passed already is due today.
    """
    if trajectory.departs_on is None:
        return
    today = timezone.localdate(at)
    wanted = [(Kind.ASSESS_BEFORE_DEPARTURE, trajectory.departs_on - BEFORE_DEPARTURE)]
    wanted += [
        (Kind.ASSESS_AFTER_MONTHS, trajectory.departs_on + relativedelta(months=months))
        for months in MONTHS_AFTER.values()
    ]
    earlier = FollowUp.objects.filter(
        family=trajectory.family_id, kind__in={kind for kind, _day in wanted}, about_id=trajectory.pk
    )
    finish(earlier, as_=State.LAPSED, at=at, within=within)
    for kind, day in wanted:
        if kind == Kind.ASSESS_BEFORE_DEPARTURE and departure_assessment(trajectory):
            continue
        _ask(trajectory.family, kind, due_on=max(day, today), about=trajectory, version=version, within=within)


def ask_assessment(family: Any, moment: Moment, *, about: Any, due_on: date, within: Operation[Any]) -> FollowUp:
    """Ask for an assessment because something happened: a serious signal, a move. A step."""
    return _ask(family, KINDS[moment], due_on=due_on, about=about, version=1, within=within)


def settle_moment(assessment: RiskAssessment, *, at: datetime, within: Operation[Any]) -> int:
    """Close what this assessment was asked for; return how many. A step. What is due much later stays owed."""
    asked = FollowUp.objects.filter(
        family=assessment.family_id,
        kind=KINDS[assessment.moment],
        due_on__lte=assessment.assessed_on + EARLY,
    )
    return finish(asked, as_=State.DONE, at=at, within=within)


def _ask(family: Any, kind: Kind, *, due_on: date, about: Any, version: int, within: Operation[Any]) -> FollowUp:
    return plan(
        family, kind, due_on=due_on, falls_to=AssignmentKind.REGISSEUR, about=about, version=version, within=within
    )
