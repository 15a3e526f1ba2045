"""In which phase a family is, and what stands in the way of the next (C18). Reads only."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from follow_ups.models import FollowUp, Kind
from safety_plans.models import (
    ORDER,
    CarePhase,
    ConditionCheck,
    Level,
    Phase,
    RiskAssessment,
    SafetyPlan,
    SafetyPlanItem,
    Section,
)


def phase_of(family_id: UUID) -> Phase:
    """Return the phase a family is in. Without any decision that is the first."""
    now_in = CarePhase.objects.filter(family=family_id, ends_at=None).first()
    return Phase(now_in.phase) if now_in else Phase.IMMEDIATE_SAFETY


def lies_before(phase: Phase, other: Phase) -> bool:
    return ORDER.index(phase) < ORDER.index(other)


def conditions(plan: SafetyPlan) -> list[SafetyPlanItem]:
    """Return the conditions of a version, each with `was_kept` at its latest check: None when nobody looked yet."""
    latest = ConditionCheck.objects.filter(family=OuterRef("family_id"), line=OuterRef("line")).order_by(
        # In one moment both: broken counts.
        "-checked_on",
        "-recorded_at",
        "is_kept",
    )
    return list(
        SafetyPlanItem.objects.filter(plan=plan, section=Section.CONDITIONS)
        .standing()
        .annotate(
            was_kept=Subquery(latest.values("is_kept")[:1]), last_checked_on=Subquery(latest.values("checked_on")[:1])
        )
        .order_by("order", "pk")
    )


def unmet(family_id: UUID, phase: Phase) -> list[str]:
    """Return, in words, what stands in the way of entering a later phase; nothing when all conditions are met."""
    if ORDER.index(phase) > ORDER.index(phase_of(family_id)) + 1:
        return [_("One phase at a time.")]
    current = SafetyPlan.objects.filter(family=family_id).current().first()
    if current is None:
        return [_("No safety plan holds for this family yet.")]
    kept = conditions(current)
    if not kept:
        return [_("The safety plan has no conditions yet.")]
    reasons = [
        _("Not kept or not checked: %(condition)s") % {"condition": one.text}
        for one in kept
        if not one.was_kept  # type: ignore[attr-defined]
    ]
    if phase == Phase.RECOVERY:
        reasons += _recovery_waits_for(family_id)
    return reasons


def _recovery_waits_for(family_id: UUID) -> list[str]:
    """Recovery needs a look at the risk since the care began, and nobody at high risk in it."""
    entered = CarePhase.objects.filter(family=family_id, ends_at=None).first()
    made = RiskAssessment.objects.filter(family=family_id).latest_first().first()
    if made is None or (entered and made.recorded_at < entered.starts_at):
        return [_("The risk was not assessed in this phase yet.")]
    if made.subjects.filter(level=Level.HIGH).exists():
        return [_("The latest assessment says that the risk is high.")]
    return []


@dataclass(frozen=True)
class Proposal:
    """Why going back to the first phase is proposed. A person decides."""

    reasons: list[str]


def proposal(family_id: UUID) -> Proposal | None:
    """Propose going back after a serious signal or a broken condition; None in the first phase, or without either."""
    if phase_of(family_id) == Phase.IMMEDIATE_SAFETY:
        return None
    reasons = []
    if FollowUp.objects.filter(family=family_id, kind=Kind.ASSESS_AFTER_SIGNAL).open().exists():
        reasons.append(_("There was a serious signal."))
    current = SafetyPlan.objects.filter(family=family_id).current().first()
    if current and any(one.was_kept is False for one in conditions(current)):  # type: ignore[attr-defined]
        reasons.append(_("A condition of the safety plan was broken."))
    return Proposal(reasons) if reasons else None
