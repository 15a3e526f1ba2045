"""Who may do what. The whole answer is in this file.

A user holds a *role* at an organisation (Membership). An organisation has a *relation* to a family (Involvement), and
inside it a person is *assigned* (Assignment). `GRANTS` says which of these together permit which action. What is absent
is refused; there is no exception for anybody, and being barred from a family outranks everything.

Whether the object is in a state that allows the action is not policy: that is a guard in the operation.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum
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
    SHARE = "share"
    VIEW_ALERT = "view_alert"
    VIEW_SAFETY_PLAN = "view_safety_plan"
    EDIT_SAFETY_PLAN = "edit_safety_plan"
    CONFIRM_SAFETY_PLAN = "confirm_safety_plan"
    VIEW_FAMILY_PLAN = "view_family_plan"
    EDIT_FAMILY_PLAN = "edit_family_plan"
    PLAN_DEPARTURE = "plan_departure"
    VIEW_HANDOVER = "view_handover"
    OFFER_HANDOVER = "offer_handover"
    ANSWER_HANDOVER = "answer_handover"
    RECORD_CHECK_IN = "record_check_in"
    CLOSE_TRAJECTORY = "close_trajectory"
    REPORT_SIGNAL = "report_signal"
    VIEW_SIGNAL = "view_signal"
    ROUTE_SIGNAL = "route_signal"
    TRIAGE_SIGNAL = "triage_signal"
    ANSWER_ADVICE = "answer_advice"
    VIEW_MUNICIPAL_LIST = "view_municipal_list"
    ESCALATE_STAGNATION = "escalate_stagnation"
    ANSWER_STAGNATION = "answer_stagnation"


class Standing(Enum):
    """What somebody is to a family: the relation of the organisation, and the assignment that must stand beside it.

    Without an assignment everybody there with the role has this standing.
    """

    ASSIGNED = (("working", "regisseur"), "worker")
    REGISSEUR = (("regisseur",), "regisseur")
    SUPPORTER = (("working", "regisseur"), "supporter")
    STAND_IN = (("working", "regisseur"), "stand_in")
    REGISSEURS_STAND_IN = (("regisseur",), "stand_in")
    READER = (("partner",), "reader")  # the named reader of what was shared
    WORKING_ORGANISATION = (("working", "regisseur"), None)
    PARTNER_ORGANISATION = (("partner",), None)
    SENDING = (("sending",), "worker")
    RECEIVING = (("receiving",), None)
    RESPONSIBLE_MUNICIPALITY = (("responsible",), None)

    @property
    def relations(self) -> tuple[str, ...]:
        return self.value[0]

    @property
    def assignment(self) -> str | None:
        return self.value[1]


@dataclass(frozen=True)
class Grant:
    """One line of the table: this standing, in one of these roles, by a share of at least this level."""

    standing: Standing
    roles: frozenset[str]
    level: int = 0


WORKER = frozenset({Role.WORKER.value})
TEAM_LEAD = frozenset({Role.TEAM_LEAD.value})
SIGNALLER = frozenset({Role.SIGNALLER.value})
COORDINATOR = frozenset({Role.COORDINATOR.value})
SIGNALLING = WORKER | SIGNALLER

_ALERT, _SAFETY_PLAN, _DOMAINS, _FILE = 1, 2, 3, 4

# Those who do the work, by name: assigned worker, regisseur, supporter, stand-in.
_WORKING_PERSONS = tuple(
    Grant(standing, WORKER)
    for standing in (Standing.ASSIGNED, Standing.REGISSEUR, Standing.SUPPORTER, Standing.STAND_IN)
)
_REGISSEUR = (Grant(Standing.REGISSEUR, WORKER), Grant(Standing.REGISSEURS_STAND_IN, WORKER))

# About one family. Absent is refused.
GRANTS: dict[Action, tuple[Grant, ...]] = {
    Action.VIEW_FAMILY: (*_WORKING_PERSONS, Grant(Standing.READER, WORKER, _FILE)),
    Action.VIEW_CLOCKS: (*_WORKING_PERSONS, Grant(Standing.WORKING_ORGANISATION, TEAM_LEAD)),
    Action.EDIT_FAMILY: _WORKING_PERSONS,
    Action.CLOSE_FOLLOW_UP: _WORKING_PERSONS,
    Action.SHARE: _REGISSEUR,
    # A school, a general practice: whoever may signal there sees that it knows the child, and whom to call.
    Action.VIEW_ALERT: (*_WORKING_PERSONS, Grant(Standing.PARTNER_ORGANISATION, SIGNALLING, _ALERT)),
    Action.VIEW_SAFETY_PLAN: (*_WORKING_PERSONS, Grant(Standing.READER, SIGNALLING, _SAFETY_PLAN)),
    Action.EDIT_SAFETY_PLAN: _WORKING_PERSONS,
    # That it was read is said by who it is shared with, and by nobody for her.
    Action.CONFIRM_SAFETY_PLAN: (Grant(Standing.READER, SIGNALLING, _SAFETY_PLAN),),
    Action.VIEW_FAMILY_PLAN: (*_WORKING_PERSONS, Grant(Standing.READER, WORKER, _DOMAINS)),
    Action.EDIT_FAMILY_PLAN: _WORKING_PERSONS,
    Action.ESCALATE_STAGNATION: _REGISSEUR,
    Action.PLAN_DEPARTURE: _WORKING_PERSONS,
    Action.VIEW_HANDOVER: (*_REGISSEUR, Grant(Standing.SENDING, WORKER), Grant(Standing.RECEIVING, WORKER | TEAM_LEAD)),
    Action.OFFER_HANDOVER: _REGISSEUR,
    Action.ANSWER_HANDOVER: (Grant(Standing.RECEIVING, WORKER),),
    Action.RECORD_CHECK_IN: _WORKING_PERSONS,
    Action.CLOSE_TRAJECTORY: _REGISSEUR,
    Action.VIEW_SIGNAL: _WORKING_PERSONS,
    Action.TRIAGE_SIGNAL: _WORKING_PERSONS,
    # Reference and clock, no name: the pages show no more than that.
    Action.VIEW_MUNICIPAL_LIST: (Grant(Standing.RESPONSIBLE_MUNICIPALITY, COORDINATOR),),
    Action.ANSWER_STAGNATION: (Grant(Standing.RESPONSIBLE_MUNICIPALITY, COORDINATOR),),
}

# Within one organisation, about no family yet: the role is enough.
WITHIN_ORGANISATION: dict[Action, frozenset[str]] = {
    Action.OPEN_FAMILY: WORKER,
    Action.REPORT_SIGNAL: SIGNALLING,
    # A question that says about nobody whom it concerns; the operation insists on Veilig Thuis.
    Action.ANSWER_ADVICE: WORKER,
}

# What jobs may do, as nobody.
# A signal finds its family without the reporter: her request must not depend on whether there is one.
AUTOMATIC: frozenset[Action] = frozenset({Action.ROUTE_SIGNAL})


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
    organisations = user.organisations_as(grant.roles)
    involvements = (
        apps.get_model("access.Involvement")
        .objects.live(timezone.now())
        .filter(relation__in=grant.standing.relations, level__gte=grant.level)
    )
    if grant.standing.assignment is None:
        return involvements.filter(organisation_id__in=organisations).values("family_id")
    # Both doors: the organisation's involvement and the person's own assignment.
    return (
        _assignments(user)
        .filter(kind=grant.standing.assignment, organisation_id__in=organisations)
        .filter(
            Exists(involvements.filter(family_id=OuterRef("family_id"), organisation_id=OuterRef("organisation_id")))
        )
        .values("family_id")
    )


def _assignments(user: User) -> QuerySet:
    return apps.get_model("access.Assignment").objects.live(timezone.now()).filter(user_id=user.pk)
