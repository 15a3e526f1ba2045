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
from handover.models import RegieConfirmation, SignalConfirmation, WatchRole
from organisations.models import ContactPoint

NAMED_FROM = 2  # the level of a share from which a partner knows the regisseur by name
MOST = 200


@dataclass(frozen=True)
class Entry:
    """One family, as a linked partner may know it. `period` is None below the level of names, and when nobody is."""

    alert: Alert
    period: RegisseurPeriod | None
    confirmed: bool
    share_id: UUID
    knows_signal_place: bool
    # What this partner was asked, or agreed, to keep watch on.
    roles: list[WatchRole]


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
    signalled = set(
        SignalConfirmation.objects.filter(share_id__in=[share.source_id for share in shown]).values_list(
            "share_id", flat=True
        )
    )
    roles = list(
        WatchRole.objects.permitting(user, Action.VIEW_ALERT)
        .open()
        .filter(until__gte=timezone.localdate(now), family_id__in=[share.family_id for share in shown])
        .select_related("person")
        .order_by("person__born_on", "pk")
    )
    return [
        Entry(
            Alert.by(share),
            _known_period(share, periods.get(share.family_id), may_know=share.family_id in named),
            _is_confirmed(share, periods.get(share.family_id), confirmed),
            share.source_id,
            share.source_id in signalled,
            [role for role in roles if _is_asked(role, share)],
        )
        for share in shown
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
    """Return the names of the partners that have not confirmed that they know this regisseur; not her own."""
    linked = Involvement.objects.live(now).filter(family=family, relation=Relation.PARTNER)
    if period is not None:
        known = RegieConfirmation.objects.filter(period=period).values("organisation_id")
        linked = linked.exclude(organisation_id__in=known).exclude(organisation_id=period.organisation_id)
    return sorted(set(linked.values_list("organisation__name", flat=True)))


def _known_period(share: Involvement, period: RegisseurPeriod | None, *, may_know: bool) -> RegisseurPeriod | None:
    return period if share.level >= NAMED_FROM and may_know else None


def _is_confirmed(share: Involvement, period: RegisseurPeriod | None, confirmed: set[tuple[UUID, UUID]]) -> bool:
    return period is not None and (period.pk, share.organisation_id) in confirmed


def _is_asked(role: WatchRole, share: Involvement) -> bool:
    """Whether this was asked of this partner, about somebody the share is about: no name comes by another way."""
    if (role.family_id, role.organisation_id) != (share.family_id, share.organisation_id):
        return False
    return not share.persons or role.person_id in share.persons
