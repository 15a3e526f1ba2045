"""What the file itself says about the points of a departure, so that nobody has to write it down twice.

Only what was done for *this* departure counts: an assessment of last year is not the one before leaving. So all is
asked from the day on which the departure was first decided, or within the month before it. That one partner was told
says nothing of the others: that point somebody settles herself, with the list of who knows what beside it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Admission, Person, Place, ReferralIndexStatus, Trajectory
from family_plans.models import Assessment, HelpLine, IncomeLine, SelfReliance
from handover.models import (
    SETTLED_BY_THE_FILE,
    CheckKind,
    CheckState,
    DepartureCheck,
    DepartureDecision,
    Handover,
    Move,
    Status,
    SupporterAssignment,
)
from safety_plans.models import Moment, RiskAssessment, SafetyPlan, subjects_missing
from safety_plans.moments import EARLY, departure_assessment

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
    return [
        *_assessed(trajectory),
        *_about_safety(trajectory, since),
        *_about_the_file(trajectory, since),
        *_about_help(trajectory),
        *_about_support(trajectory.family_id, trajectory.municipality_id),
    ]


def arranged_for(check: DepartureCheck) -> list[Arranged]:
    """Return the points that the file settles of what this point belongs to: the departure, or a later move."""
    return arranged_for_move(check.move) if check.move else arranged(check.trajectory)


def file_settles(check: DepartureCheck) -> bool:
    """Say whether the file settles this point now."""
    return any((one.kind, one.person_id) == (check.kind, check.person_id) for one in arranged_for(check))


def has_lapsed(check: DepartureCheck) -> bool:
    """Say whether the file no longer says what settled this point: a child was added after the assessment."""
    return check.kind in SETTLED_BY_THE_FILE and check.state == CheckState.DONE and not file_settles(check)


def arranged_for_move(move: Move) -> list[Arranged]:
    """Return the points of this move that the file settles."""
    since_planned = Handover.objects.filter(
        family=move.family_id, status=Status.ACCEPTED, decided_at__gte=move.recorded_at
    )
    found = [
        *_about_support(move.family_id, move.municipality_id),
        *_taken_over(since_planned.select_related("to_organisation").order_by("decided_at"), move.municipality_id),
    ]
    at_move = (
        RiskAssessment.objects.filter(family=move.family_id, moment=Moment.MOVE)
        .dated_within(move.moves_on - EARLY, move.moves_on)
        .latest_first()
        .first()
    )
    if at_move:
        found.append(Arranged(CheckKind.NEW_ASSESSMENT, None, at_move.assessed_on, _("It stands in the file.")))
    return found


def _assessed(trajectory: Trajectory) -> Iterator[Arranged]:
    """Yield the two assessments of a departure: the risk of everybody who leaves (C2), and how she manages (E12)."""
    assert trajectory.departs_on is not None  # noqa: S101 - for the type checker: asked before
    made = departure_assessment(trajectory)
    if made is not None:
        judged = made.subjects.values_list("kind", "person_id")
        if not subjects_missing(Moment.DEPARTURE, judged, Person.objects.filter(family=trajectory.family_id)):
            yield Arranged(CheckKind.NEW_ASSESSMENT, None, made.assessed_on, _("It stands in the file."))
    days = {
        "family": trajectory.family_id,
        "assessed_on__gte": trajectory.departs_on - EARLY,
        "assessed_on__lte": trajectory.departs_on,
    }
    of_domains = SelfReliance.objects.filter(**days).order_by("-assessed_on")
    by_matrix = Assessment.objects.filter(**days, person__place=Place.CLIENT).order_by("-assessed_on")
    last = max((one.assessed_on for one in (of_domains.first(), by_matrix.first()) if one), default=None)
    if last is not None:
        yield Arranged(CheckKind.SELF_RELIANCE, None, last, _("It stands in the file."))


def _about_support(family_id: UUID, municipality_id: UUID | None) -> Iterator[Arranged]:
    assigned = SupporterAssignment.objects.filter(family=family_id, ended_at=None).select_related("supporter").first()
    if assigned is None or assigned.introduced_on is None:
        return
    yield Arranged(CheckKind.SUPPORTER_INTRODUCED, None, assigned.introduced_on, _("They met."))
    if municipality_id and assigned.supporter.municipality_id == municipality_id:
        yield Arranged(CheckKind.NEW_SUPPORTER, None, assigned.introduced_on, _("They met."))


def _about_safety(trajectory: Trajectory, since: date) -> Iterator[Arranged]:
    family_id = trajectory.family_id
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
    yield from _taken_over(handed_over(trajectory), trajectory.municipality_id)


def handed_over(trajectory: Trajectory) -> list[Handover]:
    """Return the handovers that were accepted since this stay began; none when the regie came back to the shelter.

    What was accepted after an earlier stay says nothing of who takes over now.
    """
    accepted = (
        Handover.objects.filter(
            family=trajectory.family_id, status=Status.ACCEPTED, decided_at__date__gte=trajectory.starts_on
        )
        .select_related("to_organisation")
        .order_by("decided_at", "pk")
    )
    found = list(accepted)
    came_back = bool(found) and found[-1].to_organisation_id == trajectory.organisation_id
    return [] if came_back else found


def _taken_over(accepted: Iterable[Handover], municipality_id: UUID | None) -> Iterator[Arranged]:
    there = [one for one in accepted if one.to_organisation.municipality_id == municipality_id]
    if municipality_id is not None and there and there[-1].decided_at:
        yield Arranged(CheckKind.NEW_REGISSEUR, None, timezone.localdate(there[-1].decided_at), _("Accepted."))
