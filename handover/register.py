"""The register of regisseurs, for partners: who it is, and nothing else (B4, B5).

From level 2 on the person that a share names as its reader sees the name, the organisation and the number. Her
colleagues, a partner at level 1, and whoever has no link with the family read what everybody reads: the function and
the central number of their own municipality (product decision 6). The regisseur's organisation gives a place away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from access.models import Involvement, Relation
from access.policy import SIGNALLING, Action
from accounts.models import User
from cases.alert import Alert
from cases.models import Family, RegisseurPeriod
from handover.models import RegieConfirmation
from organisations.models import ContactPoint

NAMED_FROM = 2  # the level of a share from which a partner knows the regisseur by name
MOST = 200


@dataclass(frozen=True)
class Entry:
    """One family, as a linked partner may know it. `period` is None below the level of names, and when nobody is."""

    alert: Alert
    period: RegisseurPeriod | None
    confirmed: bool


def entries(user: User, *, now: datetime) -> list[Entry]:
    """Return the families this user's organisations are linked with, each once per organisation."""
    allowed = set(Family.objects.permitting(user, Action.VIEW_ALERT).values_list("pk", flat=True)[:MOST])
    shares = (
        Involvement.objects.live(now)
        .filter(
            relation=Relation.PARTNER,
            organisation_id__in=user.organisations_as(SIGNALLING),
            family_id__in=allowed,
        )
        .select_related("family", "organisation")
        .order_by("family__reference", "pk")[:MOST]
    )
    shown = list(shares)
    periods = {
        period.family_id: period
        for period in RegisseurPeriod.objects.filter(family_id__in=[share.family_id for share in shown])
        .present(timezone.localdate(now))
        .select_related("user", "organisation")
    }
    confirmed = set(
        RegieConfirmation.objects.filter(period__in=periods.values()).values_list("period_id", "organisation_id")
    )
    named = set(
        Family.objects.permitting(user, Action.VIEW_SAFETY_PLAN)
        .filter(pk__in=[share.family_id for share in shown])
        .values_list("pk", flat=True)
    )
    return [
        _entry(share, periods.get(share.family_id), confirmed, may_know=share.family_id in named) for share in shown
    ]


def own_contact_points(user: User) -> Sequence[ContactPoint]:
    """Return the desks of the municipalities this user works in: the answer for every family one has no link with."""
    return list(
        ContactPoint.objects.valid_on(timezone.localdate())
        .filter(municipality__organisations__in=user.organisations_as(SIGNALLING))
        .distinct()
        .order_by("function_name", "pk")
    )


def linked_organisations(family: Family, organisation_ids: Sequence[UUID]) -> list[UUID]:
    """Return which of these organisations are partners of a family now."""
    linked = Involvement.objects.live(timezone.now()).filter(
        family=family, relation=Relation.PARTNER, organisation_id__in=organisation_ids
    )
    return list(linked.values_list("organisation_id", flat=True).distinct().order_by("organisation_id"))


def unconfirmed(family: Family, period: RegisseurPeriod | None, *, now: datetime) -> list[str]:
    """Return the names of the partners that have not confirmed that they know this regisseur."""
    linked = Involvement.objects.live(now).filter(family=family, relation=Relation.PARTNER)
    if period is not None:
        known = RegieConfirmation.objects.filter(period=period).values("organisation_id")
        linked = linked.exclude(organisation_id__in=known)
    return sorted(set(linked.values_list("organisation__name", flat=True)))


def _entry(
    share: Involvement, period: RegisseurPeriod | None, confirmed: set[tuple[UUID, UUID]], *, may_know: bool
) -> Entry:
    is_known = period is not None and (period.pk, share.organisation_id) in confirmed
    return Entry(Alert.by(share), period if share.level >= NAMED_FROM and may_know else None, is_known)
