"""What the file itself says about the points of a departure, so that nobody has to write it down twice.

Only what was done for *this* departure counts: an assessment of last year is not the one before leaving. So all is
asked from the day on which the departure was first decided, or within the month before it. That one partner was told
says nothing of the others: that point somebody settles herself, with the list of who knows what beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Admission, ReferralIndexStatus, Trajectory
from family_plans.models import HelpLine, IncomeLine
from handover.models import CheckKind, DepartureDecision, Handover, Status
from safety_plans.models import RiskAssessment, SafetyPlan

RECENT = timedelta(days=30)


@dataclass(frozen=True)
class Arranged:
    """A point that the file settles: which, about which child if any, since which day, and what it says."""

    kind: CheckKind
    person_id: UUID | None
    on: date
    says: str


def arranged(trajectory: Trajectory) -> list[Arranged]:
    """Return the points of this departure that the file settles."""
    first = DepartureDecision.objects.filter(trajectory=trajectory).order_by("decided_on").first()
    if first is None or trajectory.departs_on is None:
        return []
    since = min(first.decided_on, trajectory.departs_on - RECENT)
    return [*_about_safety(trajectory, since), *_about_the_file(trajectory, since), *_about_help(trajectory)]


def _about_safety(trajectory: Trajectory, since: date) -> Iterator[Arranged]:
    family_id = trajectory.family_id
    assessment = (
        RiskAssessment.objects.filter(family_id=family_id, moment="departure", assessed_on__gte=since)
        .order_by("-assessed_on", "-pk")
        .first()
    )
    if assessment:
        yield Arranged(CheckKind.NEW_ASSESSMENT, None, assessment.assessed_on, _("It stands in the file."))
    plan = SafetyPlan.objects.filter(family_id=family_id, status="current", agreed_on__gte=since).first()
    if plan and plan.agreed_on:
        says = _("Version %(version)s.") % {"version": plan.version}
        yield Arranged(CheckKind.SAFETY_PLAN_CURRENT, None, plan.agreed_on, says)


def _about_the_file(trajectory: Trajectory, since: date) -> Iterator[Arranged]:
    family_id = trajectory.family_id
    admission = Admission.objects.filter(trajectory=trajectory, frozen_at__isnull=False).first()
    if admission and admission.frozen_at:
        says = _("The receiver reads it in the handover.")
        yield Arranged(CheckKind.BACKGROUND_TAKEN_ALONG, None, timezone.localdate(admission.frozen_at), says)
    for status in ReferralIndexStatus.objects.filter(family_id=family_id, replaced_at=None, decided_on__gte=since):
        says = f"{status.get_answer_display()}."
        yield Arranged(CheckKind.REFERRAL_INDEX, status.child_id, status.decided_on, says)


def _about_help(trajectory: Trajectory) -> Iterator[Arranged]:
    family_id, departs_on = trajectory.family_id, trajectory.departs_on
    income = (
        IncomeLine.objects.filter(family_id=family_id, applied_on__gte=trajectory.starts_on)
        .order_by("-applied_on", "-pk")
        .first()
    )
    if income and income.applied_on:
        yield Arranged(CheckKind.INCOME_STARTED, None, income.applied_on, _("Applied for."))
    help_line = (
        HelpLine.objects.filter(
            family_id=family_id,
            ended_on=None,
            starts_on__gte=trajectory.starts_on,
            starts_on__lte=departs_on,
        )
        .order_by("starts_on", "pk")
        .first()
    )
    if help_line and help_line.starts_on:
        yield Arranged(CheckKind.HELP_BEFORE_DEPARTURE, None, help_line.starts_on, _("Help runs."))
    if trajectory.municipality_id is None:
        return
    taken_over = (
        Handover.objects.filter(
            family_id=family_id,
            status=Status.ACCEPTED,
            to_organisation__municipality_id=trajectory.municipality_id,
        )
        .order_by("-decided_at")
        .first()
    )
    if taken_over and taken_over.decided_at:
        yield Arranged(CheckKind.NEW_REGISSEUR, None, timezone.localdate(taken_over.decided_at), _("Accepted."))
