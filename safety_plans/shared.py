"""With whom the plan and its risks are shared, when, and who holds the version that holds now (A6, C4). Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone

from cases.models import Level as ShareLevel
from cases.models import Share
from organisations.models import Organisation
from safety_plans.models import IssuedPaper, Level, Receipt, RiskAssessment, SafetyPlan, Status

_SHOWS_IT = ShareLevel.SAFETY_PLAN


@dataclass(frozen=True)
class Holder:
    """An organisation the plan is shared with, and the latest version it confirmed."""

    share: Share
    organisation: Organisation
    version: int | None
    read_at: datetime | None
    read_by: str
    is_current: bool


def shares_of_plan(family_id: UUID, at: datetime) -> list[Share]:
    """Return the shares that show the safety plan at this moment, in the order of the organisations' names."""
    return list(
        Share.objects.live(at)
        .filter(family=family_id, level__gte=_SHOWS_IT)
        .select_related("organisation__kind", "organisation__municipality")
        .order_by("organisation__name", "pk")
    )


def holders(current: SafetyPlan, at: datetime) -> list[Holder]:
    """Return who should hold the plan, and which version each confirmed last. Two queries, however many there are."""
    shares = shares_of_plan(current.family_id, at)
    receipts = Receipt.objects.filter(
        family=current.family_id, organisation__in=[share.organisation_id for share in shares]
    )
    latest: dict[UUID, Receipt] = {}
    for receipt in receipts.select_related("plan", "read_by").order_by("plan__version"):
        latest[receipt.organisation_id] = receipt
    return [_holder(share, latest.get(share.organisation_id), current) for share in shares]


def _holder(share: Share, receipt: Receipt | None, current: SafetyPlan) -> Holder:
    # What was read under an earlier share does not count for this one.
    if receipt is not None and receipt.read_at < share.starts_at and receipt.plan_id != current.pk:
        receipt = None
    return Holder(
        share=share,
        organisation=share.organisation,
        version=receipt.plan.version if receipt else None,
        read_at=receipt.read_at if receipt else None,
        read_by=receipt.read_by.name if receipt else "",
        is_current=receipt is not None and receipt.plan_id == current.pk,
    )


def percentage(held: list[Holder]) -> int | None:
    """Return how many in a hundred hold the current version, rounded down: 100 is everybody. None without partners."""
    return 100 * sum(one.is_current for one in held) // len(held) if held else None


@dataclass(frozen=True)
class Paper:
    """A paper that went out, and whether it should come back: it holds no more, or is not for them any more."""

    issued: IssuedPaper
    is_old: bool
    has_no_share: bool

    @property
    def is_outdated(self) -> bool:
        return self.issued.withdrawn_at is None and (self.is_old or self.has_no_share)


def papers(issued: Iterable[IssuedPaper], family_id: UUID, at: datetime) -> list[Paper]:
    """Return these papers of one family with how they stand at `at`. A share that ends outdates them by itself (C4)."""
    holding = {share.organisation_id for share in shares_of_plan(family_id, at)}
    return [
        Paper(
            issued=one,
            is_old=one.plan.status != Status.CURRENT,
            has_no_share=one.organisation_id is not None and one.organisation_id not in holding,
        )
        for one in issued
    ]


def copies(families: Any, at: datetime) -> tuple[int, int]:
    """Return how many organisations hold the version that holds, of how many a plan is shared with. One query (C4).

    `families` is a queryset. Each organisation counts once for each family that has a plan that holds.
    """
    current = SafetyPlan.objects.current().filter(family=OuterRef("family"))
    read = Receipt.objects.filter(plan__family=OuterRef("family"), plan__status=Status.CURRENT).filter(
        organisation=OuterRef("organisation")
    )
    shares = Share.objects.live(at).filter(family__in=families.order_by().values("pk"), level__gte=_SHOWS_IT)
    counted = shares.filter(Exists(current)).aggregate(held=Count("pk", filter=Q(Exists(read))), shown=Count("pk"))
    return counted["held"], counted["shown"]


@dataclass(frozen=True)
class Unshared:
    """A risk nobody outside was told of in time."""

    assessment: RiskAssessment
    days: int


def shared_at(family_id: UUID, since: datetime) -> datetime | None:
    """Return when a risk recorded at `since` was shared: at once if a share was live, else with the first after it."""
    # One that waits for a second professional has told nobody anything.
    shares = Share.objects.filter(family=family_id, level__gte=_SHOWS_IT, ends_at__gt=since, opened_at__isnull=False)
    best: datetime | None = None
    for share in shares.order_by("opened_at", "pk"):
        if share.opened_at is None or (share.withdrawn_at is not None and share.withdrawn_at <= since):
            continue
        moment = max(share.opened_at, since)
        best = moment if best is None else min(best, moment)
    return best


def is_shared(family_id: UUID, *, since: datetime) -> bool:
    """Say whether a risk recorded at `since` has been shared by now."""
    return shared_at(family_id, since) is not None


def days_until_shared(assessment: RiskAssessment) -> int | None:
    """Return the calendar days between recording a risk and sharing it; None while it is not shared (A6)."""
    moment = shared_at(assessment.family_id, assessment.recorded_at)
    if moment is None:
        return None
    return (timezone.localdate(moment) - timezone.localdate(assessment.recorded_at)).days


def unshared_risk(family_id: UUID, *, today: date, within: timedelta) -> Unshared | None:
    """Return the oldest risk that was not shared in time, from the day after the last on which it was in time."""
    assessments = (
        RiskAssessment.objects.filter(family=family_id, subjects__level__in=[Level.RAISED, Level.HIGH])
        .distinct()
        .order_by("recorded_at", "pk")
    )
    opened = Share.objects.filter(family=family_id, level__gte=_SHOWS_IT)
    latest = opened.aggregate(latest=Max("opened_at"))["latest"]
    for assessment in assessments:
        if latest is not None and latest >= assessment.recorded_at:
            continue
        if is_shared(family_id, since=assessment.recorded_at):
            continue
        days = (today - timezone.localdate(assessment.recorded_at)).days
        return Unshared(assessment, days) if days > within.days else None
    return None
