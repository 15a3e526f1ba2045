"""What an organisation wrote down about a family before it handed it over, and what it agreed to go on reading.

Nothing here may depend on what happened since, nor on where the family went: not a name, not a count, not a date (R12,
R13). So everything is asked with the moment of acceptance as its end, and no row that others can still change is shown
with more than what stood in it then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from access.models import Involvement, Relation
from accounts.models import Membership, User
from aftercare.models import CheckIn
from cases.models import Family
from family_plans.models import Goal
from handover.models import DepartureDecision, Handover, Kept
from safety_plans.models import RiskAssessment, SafetyPlan, SafetyPlanItem


@dataclass(frozen=True)
class Record:
    """One thing that was written down: when, by whom, what."""

    at: datetime
    by: str
    what: str
    text: str


@dataclass(frozen=True)
class OwnRecords:
    """The page of the side that is left. `aftercare_until` is its last day of aftercare; None when that is over."""

    handed_over_at: datetime
    aftercare_until: date | None
    records: Sequence[Record]
    safety_plan: Sequence[SafetyPlanItem]
    goals: Sequence[Goal]

    @classmethod
    def of(cls, family: Family, user: User, *, now: datetime) -> Self:
        """Return what this user's organisation may still read. Call it after policy allowed VIEW_OWN_RECORDS."""
        doors = Involvement.objects.live(now).filter(
            family=family,
            relation__in=[Relation.AFTERCARE, Relation.FORMER],
            organisation_id__in=list(user.standing),
        )
        sources = {door.source_id: door for door in doors}
        handover = Handover.objects.filter(pk__in=sources).latest("decided_at")
        door, cut = sources[handover.pk], handover.decided_at
        if cut is None:
            raise AssertionError("a door of a handover that was never accepted")
        keeps = handover.keeps if door.relation == Relation.AFTERCARE else []
        return cls(
            handed_over_at=cut,
            aftercare_until=handover.involvement_ends_on if door.relation == Relation.AFTERCARE else None,
            records=_records(family, handover.from_organisation_id),
            safety_plan=_safety_plan(family, cut) if Kept.SAFETY_PLAN in keeps else [],
            goals=_goals(family, cut) if Kept.FAMILY_PLAN in keeps else [],
        )


def _records(family: Family, organisation_id: UUID) -> list[Record]:
    """Return what members of this organisation wrote while it worked with the family, oldest first.

    Somebody may work at two organisations: only what was written within a time of this one counts.
    """
    times = Involvement.objects.filter(
        family=family, organisation_id=organisation_id, relation=Relation.WORKING, closed_at__isnull=False
    ).values_list("starts_at", "closed_at")
    members = Membership.objects.filter(organisation_id=organisation_id).values("user_id")
    found = []
    for rows, by, at, describe in _SOURCES:
        written = Q(pk__in=[])
        for begin, end in times:
            written |= Q(**{f"{at}__gte": begin, f"{at}__lte": end})
        own: QuerySet = rows.objects.filter(written, family=family, **{f"{by}__in": members}).select_related(by)
        for row in own:
            what, text = describe(row)
            found.append(Record(getattr(row, at), getattr(row, by).name, what, text))
    return sorted(found, key=lambda record: (record.at, record.what, record.text))


def _safety_plan(family: Family, cut: datetime) -> list[SafetyPlanItem]:
    """Return the sentences of the version that held at the moment of acceptance."""
    held = SafetyPlan.objects.filter(family=family, activated_at__lte=cut).order_by("-activated_at", "-version").first()
    return list(SafetyPlanItem.objects.filter(plan=held, taken_out_at=None).order_by("order", "pk")) if held else []


def _goals(family: Family, cut: datetime) -> list[Goal]:
    return list(Goal.objects.filter(family=family, set_at__lte=cut).order_by("set_at", "pk"))


def _departure(decision: DepartureDecision) -> tuple[str, str]:
    return _("Decision about the departure"), decision.why_safe_enough


def _assessment(assessment: RiskAssessment) -> tuple[str, str]:
    return _("Risk assessment"), assessment.conclusion


def _contact(contact: CheckIn) -> tuple[str, str]:
    return _("Contact"), contact.own_words or str(contact.get_outcome_display())


def _offer(handover: Handover) -> tuple[str, str]:
    # To whom it was offered, and what that side answered, is where the family went.
    return _("Handed over"), f"{handover.background}\n{handover.risk_of_care_avoidance}"


_SOURCES: tuple[tuple[Any, str, str, Any], ...] = (
    (DepartureDecision, "recorded_by", "recorded_at", _departure),
    (RiskAssessment, "assessed_by", "recorded_at", _assessment),
    (CheckIn, "recorded_by", "recorded_at", _contact),
    (Handover, "offered_by", "offered_at", _offer),
)
