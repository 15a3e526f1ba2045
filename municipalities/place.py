"""For which municipality somebody acts here."""

from datetime import date

from access.policy import COORDINATOR, DUTY_DESK
from accounts.models import Membership, Role, User
from organisations.kinds import DefaultKind
from organisations.models import Municipality, Organisation
from organisations.querysets import OrganisationQuerySet


def organisation_of(user: User, roles: frozenset[str] = COORDINATOR) -> Organisation | None:
    """Return the organisation on whose behalf this user acts in one of `roles`; the first, when there are several."""
    own = Organisation.objects.filter(pk__in=user.organisations_as(roles)).select_related(
        "municipality__veilig_thuis_region", "kind"
    )
    return own.order_by("plain_name", "pk").first()


def municipality_of(user: User, roles: frozenset[str] = COORDINATOR) -> Municipality | None:
    """Return the municipality of that organisation, or None for somebody who acts for none."""
    found = organisation_of(user, roles)
    return found.municipality if found else None


def teams_to_assign(user: User, *, today: date) -> OrganisationQuerySet:
    """Return the teams of this user's municipality where somebody can choose a regisseur, and somebody can be one."""
    places = Organisation.objects.filter(pk__in=user.organisations_as(COORDINATOR | DUTY_DESK)).values(
        "municipality_id"
    )
    there = Membership.objects.live(today).filter(user__is_active=True)
    return (
        Organisation.objects.active()
        .of_kind(DefaultKind.NEIGHBOURHOOD_TEAM)
        .filter(municipality_id__in=places)
        .filter(pk__in=there.filter(role=Role.TEAM_LEAD).values("organisation_id"))
        .filter(pk__in=there.filter(role=Role.WORKER).values("organisation_id"))
        .order_by("plain_name", "pk")
    )
