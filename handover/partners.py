"""Who knows what, per partner: told, on which ground, discussed, which plan, which regisseur, where signals go (F12).

A blank is an open item. What is shared at the lowest level has no plan in it, so there a plan is not missed.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from cases.models import Family, Level, RegisseurPeriod, Share
from cases.regie import regisseur_of
from handover.models import RegieConfirmation, SignalConfirmation, WatchRole
from safety_plans.models import SafetyPlan
from safety_plans.shared import Holder, holders


@dataclass(frozen=True)
class Partner:
    """One partner, and what it knows. `version` is the plan it confirmed last; None: none, or none is shared."""

    share: Share
    shows_plan: bool
    version: int | None
    read_on: date | None
    has_current_plan: bool
    knows_regisseur: bool
    knows_signal_place: bool
    roles: list[WatchRole] = field(default_factory=list)

    @property
    def is_discussed(self) -> bool:
        """Whether it was talked about with the parent. A code why not is an answer, and not this one."""
        return self.share.ground.discussed_on is not None

    @property
    def blanks(self) -> int:
        """How many items are open. That something was not discussed for a reason is not a blank."""
        answered = [
            self.is_discussed or bool(self.share.ground.not_discussed_because),
            not self.shows_plan or self.has_current_plan,
            self.knows_regisseur,
            self.knows_signal_place,
        ]
        return answered.count(False)

    @property
    def is_complete(self) -> bool:
        return not self.blanks


@dataclass(frozen=True)
class Matrix:
    """All partners of a family, and the plan and the regisseur they should know."""

    plan: SafetyPlan | None
    regisseur: RegisseurPeriod | None
    partners: list[Partner]

    @property
    def blanks(self) -> int:
        return sum(partner.blanks for partner in self.partners)


def matrix(family: Family, *, now: datetime) -> Matrix:
    """Read who knows what. The same number of queries for two partners as for twenty."""
    today = timezone.localdate(now)
    shares = list(
        Share.objects.live(now)
        .filter(family=family)
        .select_related("organisation", "ground", "reader")
        .order_by("organisation__plain_name", "pk")
    )
    plan = SafetyPlan.objects.filter(family=family).current().first()
    held = {one.share.pk: one for one in holders(plan, now)} if plan else {}
    regisseur = regisseur_of(family, today=today)
    known = set(RegieConfirmation.objects.filter(period=regisseur).values_list("organisation_id", flat=True))
    signalled = set(SignalConfirmation.objects.filter(share__in=shares).values_list("share_id", flat=True))
    roles = list(
        WatchRole.objects.filter(family=family, until__gte=today)
        .exclude(state="ended")
        .select_related("person")
        .order_by("person__born_on", "until", "pk")
    )
    return Matrix(
        plan,
        regisseur,
        [
            _partner(
                share,
                held.get(share.pk),
                knows_regisseur=regisseur is not None and share.organisation_id in {*known, regisseur.organisation_id},
                knows_signal_place=share.pk in signalled,
                roles=[role for role in roles if role.organisation_id == share.organisation_id],
            )
            for share in shares
        ],
    )


def _partner(
    share: Share, holder: Holder | None, *, knows_regisseur: bool, knows_signal_place: bool, roles: list[WatchRole]
) -> Partner:
    return Partner(
        share=share,
        shows_plan=share.level >= Level.SAFETY_PLAN,
        version=holder.version if holder else None,
        read_on=timezone.localdate(holder.read_at) if holder and holder.read_at else None,
        has_current_plan=holder is not None and holder.is_current,
        knows_regisseur=knows_regisseur,
        knows_signal_place=knows_signal_place,
        roles=roles,
    )
