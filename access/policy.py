"""Who may do what. The whole answer is in this file.

A user holds a *role* at an organisation (Membership). An organisation has a *relation* to a family (Involvement), and
inside it a person is *assigned* (Assignment). `GRANTS` says which of these together permit which action. What is absent
is refused; there is no exception for anybody, and being barred from a family outranks everything.

Whether the object is in a state that allows the action is not policy: that is a guard in the operation.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import Role, User


class Action(StrEnum):
    """Everything somebody can do that is not open to all who sign in."""

    OPEN_FAMILY = "open_family"
    VIEW_FAMILY = "view_family"
    VIEW_CLOCKS = "view_clocks"
    EDIT_FAMILY = "edit_family"
    CLOSE_FOLLOW_UP = "close_follow_up"


class Standing(StrEnum):
    """What somebody is to a family: assigned in person, or through the organisation."""

    ASSIGNED = "assigned"  # worker of an organisation that works with the family
    REGISSEUR = "regisseur"
    SUPPORTER = "supporter"
    STAND_IN = "stand_in"
    WORKING_ORGANISATION = "working_organisation"  # anybody there with the role: reference, clocks, who has it


@dataclass(frozen=True)
class Grant:
    """One line of the table: this standing, in one of these roles."""

    standing: Standing
    roles: frozenset[str]


WORKER = frozenset({Role.WORKER.value})
TEAM_LEAD = frozenset({Role.TEAM_LEAD.value})

_ASSIGNED_PERSONS = tuple(
    Grant(standing, WORKER)
    for standing in (Standing.ASSIGNED, Standing.REGISSEUR, Standing.SUPPORTER, Standing.STAND_IN)
)

# About one family. Absent is refused.
GRANTS: dict[Action, tuple[Grant, ...]] = {
    Action.VIEW_FAMILY: _ASSIGNED_PERSONS,
    Action.VIEW_CLOCKS: (*_ASSIGNED_PERSONS, Grant(Standing.WORKING_ORGANISATION, TEAM_LEAD)),
    Action.EDIT_FAMILY: _ASSIGNED_PERSONS,
    Action.CLOSE_FOLLOW_UP: _ASSIGNED_PERSONS,
}

# Within one organisation, about no family yet: the role is enough.
WITHIN_ORGANISATION: dict[Action, frozenset[str]] = {
    Action.OPEN_FAMILY: WORKER,
}

# What jobs may do, as nobody.
AUTOMATIC: frozenset[Action] = frozenset()

# Which assignment belongs to which standing, and what the organisation must be to the family beside it.
_ASSIGNMENT_KIND = {
    Standing.ASSIGNED: "worker",
    Standing.REGISSEUR: "regisseur",
    Standing.SUPPORTER: "supporter",
    Standing.STAND_IN: "stand_in",
}
_WORKING_RELATIONS = ("working", "regisseur")


def grounds(user: User, action: Action) -> list[QuerySet]:
    """Return the sets of family keys on which `user` may perform `action`, one per line of the table.

    They stay separate because PostgreSQL plans one OR across these joins badly. Reads today's date and the moment.
    """
    if not user.is_active:
        return []
    return [_families(user, grant) for grant in GRANTS.get(action, ()) if user.organisations_as(grant.roles)]


def barred_from(user: User) -> QuerySet:
    """Return the keys of the families that `user` may not see, whatever else holds."""
    return _assignments(user).filter(kind="barred").values("family_id")


def may_within(user: User, action: Action, organisation_id: UUID) -> bool:
    """Say whether `user` may perform `action` on behalf of this organisation."""
    return user.is_active and bool(user.standing.get(organisation_id, frozenset()) & WITHIN_ORGANISATION[action])


def _families(user: User, grant: Grant) -> QuerySet:
    now = timezone.now()
    organisations = user.organisations_as(grant.roles)
    involvements = apps.get_model("access.Involvement").objects.live(now).filter(relation__in=_WORKING_RELATIONS)
    if grant.standing is Standing.WORKING_ORGANISATION:
        return involvements.filter(organisation_id__in=organisations).values("family_id")
    # Both doors: the organisation's involvement and the person's own assignment.
    return (
        _assignments(user)
        .filter(kind=_ASSIGNMENT_KIND[grant.standing], organisation_id__in=organisations)
        .filter(
            Exists(involvements.filter(family_id=OuterRef("family_id"), organisation_id=OuterRef("organisation_id")))
        )
        .values("family_id")
    )


def _assignments(user: User) -> QuerySet:
    return apps.get_model("access.Assignment").objects.live(timezone.now()).filter(user_id=user.pk)
