"""Questions about who works at an organisation: who could take over, who may be what. Nothing changes here."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import Assignment, AssignmentKind
from access.policy import OF_A_MUNICIPALITY, ORGANISATION_ADMINISTRATOR, TEAM_LEAD, may_give
from accounts.models import Membership, Role, User
from administration.pages import Page
from core.errors import WrongState
from organisations.kinds import DefaultKind
from organisations.models import Organisation


def insist_on_roles(organisation: Organisation, roles: Collection[str], *, by: User) -> None:
    """Raise WrongState for a role that this organisation does not have, or that `by` may not give."""
    about = Page("overview:today")
    if set(roles) - set(Role.values):
        raise WrongState(_("There is no such function."), about=about)
    if set(roles) & OF_A_MUNICIPALITY and organisation.kind.slug != DefaultKind.MUNICIPALITY:
        raise WrongState(_("Only a municipality has this function."), about=about)
    if not all(may_give(by, role) for role in roles):
        raise WrongState(_("Only a functional administrator can give this function."), about=about)


def roles_of(organisation: Organisation, *, by: User) -> list[tuple[str, str]]:
    """Return the functions that `by` may give at this organisation, as choices."""
    is_municipality = organisation.kind.slug == DefaultKind.MUNICIPALITY
    return [
        (value, str(label))
        for value, label in Role.choices
        if (is_municipality or value not in OF_A_MUNICIPALITY) and may_give(by, value)
    ]


def others_who_can(member: User, organisation: Organisation, *, at: datetime) -> Any:
    """Return the colleagues who can take over the families of `member` here: with an account that is open.

    Workers; where she only reads what was shared, such as at a school, whoever may signal there too.
    """
    held = Assignment.objects.filter(user=member, organisation=organisation, closed_at=None)
    works = held.exclude(kind__in=[AssignmentKind.READER, AssignmentKind.BARRED]).exists()
    roles = [Role.WORKER] if works else [Role.WORKER, Role.SIGNALLER]
    rows = Membership.objects.live(timezone.localdate(at)).filter(organisation=organisation, role__in=roles)
    return User.objects.active().filter(pk__in=rows.values("user_id")).exclude(pk=member.pk).order_by("name", "pk")


def others_who_help(member: User, organisation: Organisation, *, at: datetime) -> Any:
    """Return the colleagues who may help `member` sign in again."""
    rows = Membership.objects.live(timezone.localdate(at)).filter(
        organisation=organisation, role__in=ORGANISATION_ADMINISTRATOR | TEAM_LEAD
    )
    return User.objects.active().filter(pk__in=rows.values("user_id")).exclude(pk=member.pk)
