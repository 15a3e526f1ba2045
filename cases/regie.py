"""Questions about the regie: who should have it, since when nobody has, and who could take it. Nothing changes here."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import Assignment, AssignmentKind, Involvement, Relation
from accounts.models import Membership, Role, User
from cases.models import ChildProtectionMeasure, Family, RegieKind, RegisseurPeriod, Trajectory
from organisations.kinds import SHELTERS, DefaultKind
from organisations.models import Organisation

# In what capacity somebody of an organisation of this kind is regisseur.
CAPACITY: dict[str, RegieKind] = {
    DefaultKind.NEIGHBOURHOOD_TEAM: RegieKind.NEIGHBOURHOOD_TEAM,
    DefaultKind.CHILD_PROTECTION: RegieKind.CHILD_PROTECTION,
    **dict.fromkeys(SHELTERS, RegieKind.SHELTER),
}


@dataclass(frozen=True)
class Proposal:
    """Who should be regisseur (B2), and why. A person confirms; `organisation` is None when none is known here."""

    kind: RegieKind
    organisation: Organisation | None
    because: str


def capacity_of(organisation: Organisation) -> RegieKind:
    """Return in what capacity somebody of this organisation is regisseur."""
    return CAPACITY.get(organisation.kind.slug, RegieKind.OTHER)


def propose(family: Family, *, today: date) -> Proposal:
    """Propose the regisseur of a family on `today`, in the order of B2.

    A measure of child protection comes first, then the shelter as long as it is involved (its last day included), then
    the neighbourhood team of where the family lives. A shelter that gives no aftercare is out on the day after the
    departure; one that has not said when it ends still counts: better a regisseur too long than none.
    """
    measure = _measure(family, today)
    if measure is not None:
        because = _("A child is under a measure of child protection.")
        return Proposal(RegieKind.CHILD_PROTECTION, measure.organisation, because)
    trajectory = (
        Trajectory.objects.filter(family=family, ends_on=None).select_related("organisation", "municipality").first()
    )
    if trajectory is not None and _shelter_is_involved(trajectory, today):
        return Proposal(RegieKind.SHELTER, trajectory.organisation, _("The shelter is still involved."))
    team = _neighbourhood_team(family, trajectory)
    return Proposal(RegieKind.NEIGHBOURHOOD_TEAM, team, _("The aftercare of the shelter is over."))


def without_since(family: Family) -> datetime:
    """Return since when a family of `with_the_clock` has no regisseur. Only of use when it has none.

    A membership that ended on a day ended at its first minute in the Netherlands.
    """
    moments = [family.regie_ended_at] if family.regie_ended_at else []  # type: ignore[attr-defined]
    left_on: date | None = family.regie_left_on  # type: ignore[attr-defined]
    if left_on is not None:
        moments.append(timezone.make_aware(datetime.combine(left_on, time.min), timezone.get_default_timezone()))
    return max(moments, default=family.opened_at)


def regisseur_of(family: Family, *, today: date) -> RegisseurPeriod | None:
    """Return the period of the regisseur who is there on `today`; None is the alarmed state."""
    found: RegisseurPeriod | None = (
        RegisseurPeriod.objects.filter(family=family).present(today).select_related("user", "organisation").first()
    )
    return found


def who_could(family: Family, *, today: date, now: datetime) -> list[tuple[User, Organisation]]:
    """Return the workers of the organisations that work with this family, who could take the regie today."""
    organisations = Involvement.objects.live(now).filter(
        family=family, relation__in=[Relation.WORKING, Relation.REGISSEUR]
    )
    barred = Assignment.objects.live(now).filter(family=family, kind=AssignmentKind.BARRED)
    members = (
        Membership.objects.live(today)
        .filter(
            role=Role.WORKER,
            user__is_active=True,
            organisation__is_active=True,
            organisation_id__in=organisations.values("organisation_id"),
        )
        .select_related("user", "organisation__kind")
        .exclude(user_id__in=barred.values("user_id"))
        .order_by("organisation__plain_name", "user__name", "pk")
    )
    return [(member.user, member.organisation) for member in members]


def _shelter_is_involved(trajectory: Trajectory, today: date) -> bool:
    if trajectory.departs_on is None or today <= trajectory.departs_on:
        return True
    if trajectory.involvement_ends_on is not None:
        return today <= trajectory.involvement_ends_on
    return trajectory.organisation.aftercare_months != 0


def _measure(family: Family, today: date) -> ChildProtectionMeasure | None:
    """Return the measure that runs longest for a child of this family, one whose institution works here first."""
    found: ChildProtectionMeasure | None = (
        ChildProtectionMeasure.objects.filter(family=family, starts_on__lte=today)
        .current(today)
        .select_related("organisation__kind")
        .order_by(F("organisation").asc(nulls_last=True), "starts_on", "pk")
        .first()
    )
    return found


def _neighbourhood_team(family: Family, trajectory: Trajectory | None) -> Organisation | None:
    """Return the team of the municipality the family went to, or else of the one that is responsible now."""
    municipality_id = trajectory.municipality_id if trajectory else None
    if municipality_id is None:
        responsible = Involvement.objects.filter(family=family, relation=Relation.RESPONSIBLE, closed_at=None)
        municipality_id = responsible.values_list("organisation__municipality_id", flat=True).order_by("pk").first()
    if municipality_id is None:
        return None
    return (
        Organisation.objects.active()
        .of_kind(DefaultKind.NEIGHBOURHOOD_TEAM)
        .filter(municipality_id=municipality_id)
        .order_by("plain_name", "pk")
        .first()
    )
