"""Who may do what. The whole answer is in this file.

A user holds a *role* at an organisation (Membership). An organisation has a *relation* to a family (Involvement), and
inside it a person is *assigned* (Assignment). `GRANTS` says which of these together permit which action. What is absent
is refused; there is no exception for anybody, and being barred from a family outranks everything.

Whether the object is in a state that allows the action is not policy: that is a guard in the operation.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import NamedTuple
from uuid import UUID

from django.db.models.expressions import RawSQL
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
    WEIGH_ALONG = "weigh_along"
    VIEW_ALERT = "view_alert"
    VIEW_SAFETY_PLAN = "view_safety_plan"
    EDIT_SAFETY_PLAN = "edit_safety_plan"
    VIEW_FAMILY_PLAN = "view_family_plan"
    EDIT_FAMILY_PLAN = "edit_family_plan"
    PLAN_DEPARTURE = "plan_departure"
    VIEW_HANDOVER = "view_handover"
    OFFER_HANDOVER = "offer_handover"
    ANSWER_HANDOVER = "answer_handover"
    APPOINT_REGISSEUR = "appoint_regisseur"
    REPLACE_REGISSEUR = "replace_regisseur"
    MAKE_STAND_IN = "make_stand_in"
    WATCH_REGIE = "watch_regie"
    RECORD_CHECK_IN = "record_check_in"
    CLOSE_TRAJECTORY = "close_trajectory"
    REPORT_SIGNAL = "report_signal"
    VIEW_SIGNAL = "view_signal"
    ROUTE_SIGNAL = "route_signal"
    TRIAGE_SIGNAL = "triage_signal"
    ANSWER_ADVICE = "answer_advice"
    WORK_AT_DESK = "work_at_desk"
    VIEW_DESK_FAMILIES = "view_desk_families"
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
DUTY_DESK = frozenset({Role.DUTY_DESK.value})
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
    # A colleague who was asked by name: cases.querysets narrows it to her. She sees the share, not the file.
    Action.WEIGH_ALONG: (Grant(Standing.WORKING_ORGANISATION, WORKER | TEAM_LEAD),),
    # A school, a general practice: whoever may signal there sees that it knows the child, and whom to call.
    Action.VIEW_ALERT: (*_WORKING_PERSONS, Grant(Standing.PARTNER_ORGANISATION, SIGNALLING, _ALERT)),
    Action.VIEW_SAFETY_PLAN: (*_WORKING_PERSONS, Grant(Standing.READER, SIGNALLING, _SAFETY_PLAN)),
    Action.EDIT_SAFETY_PLAN: _WORKING_PERSONS,
    Action.VIEW_FAMILY_PLAN: (*_WORKING_PERSONS, Grant(Standing.READER, WORKER, _DOMAINS)),
    Action.EDIT_FAMILY_PLAN: _WORKING_PERSONS,
    Action.ESCALATE_STAGNATION: _REGISSEUR,
    Action.PLAN_DEPARTURE: _WORKING_PERSONS,
    Action.VIEW_HANDOVER: (*_REGISSEUR, Grant(Standing.SENDING, WORKER), Grant(Standing.RECEIVING, WORKER | TEAM_LEAD)),
    Action.OFFER_HANDOVER: _REGISSEUR,
    Action.ANSWER_HANDOVER: (Grant(Standing.RECEIVING, WORKER),),
    # When there is none, whoever works with the family takes it, or the team lead gives it: nobody is waited for.
    Action.APPOINT_REGISSEUR: (*_WORKING_PERSONS, Grant(Standing.WORKING_ORGANISATION, TEAM_LEAD)),
    Action.REPLACE_REGISSEUR: (*_REGISSEUR, Grant(Standing.WORKING_ORGANISATION, TEAM_LEAD)),
    Action.MAKE_STAND_IN: (Grant(Standing.REGISSEUR, WORKER), Grant(Standing.WORKING_ORGANISATION, TEAM_LEAD)),
    Action.RECORD_CHECK_IN: _WORKING_PERSONS,
    Action.CLOSE_TRAJECTORY: _REGISSEUR,
    Action.VIEW_SIGNAL: _WORKING_PERSONS,
    Action.TRIAGE_SIGNAL: _WORKING_PERSONS,
    # Families without a regisseur: reference and since when, no name.
    Action.VIEW_DESK_FAMILIES: (Grant(Standing.RESPONSIBLE_MUNICIPALITY, DUTY_DESK),),
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
    # Signals that fit nobody, or whose family has no regisseur.
    Action.WORK_AT_DESK: DUTY_DESK,
}

# What jobs may do, as nobody.
# A signal finds its family without the reporter: her request must not depend on whether there is one.
AUTOMATIC: frozenset[Action] = frozenset({Action.ROUTE_SIGNAL, Action.WATCH_REGIE})


def families_open_to(user: User, action: Action) -> RawSQL | None:
    """Return the keys of the families on which `user` may perform `action`, as a subquery; None when there are none.

    A union of one query per line of the table: PostgreSQL plans one OR across these joins badly. It is written out
    because building it anew cost more than all else on a page (docs/adr/0009). Reads the moment.
    """
    if not user.is_active:
        return None
    now = timezone.now()
    queries: list[str] = []
    values: list[object] = []
    for line, kinds in _lines(action).items():
        if organisations := user.organisations_as(line.roles):
            queries.append(_ASSIGNED if line.needs_assignment else _ANYBODY_THERE)
            values += [user.pk, kinds, now, now] if line.needs_assignment else []
            values += [organisations, list(line.relations), line.level, now, now]
    return RawSQL(" UNION ALL ".join(queries), values) if queries else None  # noqa: S611 - text of this file only


def barred_from(user: User) -> RawSQL:
    """Return the keys of the families that `user` may not see, whatever else holds."""
    now = timezone.now()
    return RawSQL(_BARRED, [user.pk, now, now])  # noqa: S611 - text of this file only


def may_within(user: User, action: Action, organisation_id: UUID) -> bool:
    """Say whether `user` may perform `action` on behalf of this organisation."""
    return user.is_active and bool(user.standing.get(organisation_id, frozenset()) & WITHIN_ORGANISATION[action])


# Each window is asked as WindowQuerySet.live asks it.
_ANYBODY_THERE = """
    SELECT v.family_id FROM access_involvement v
    WHERE v.organisation_id = ANY(%s) AND v.relation = ANY(%s) AND v.level >= %s
    AND v.closed_at IS NULL AND v.starts_at <= %s AND (v.ends_at IS NULL OR v.ends_at > %s)
"""
# Both doors: the person's own assignment, and the organisation's involvement.
_ASSIGNED = """
    SELECT v.family_id FROM access_assignment a
    JOIN access_involvement v ON v.family_id = a.family_id AND v.organisation_id = a.organisation_id
    WHERE a.user_id = %s AND a.kind = ANY(%s)
    AND a.closed_at IS NULL AND a.starts_at <= %s AND (a.ends_at IS NULL OR a.ends_at > %s)
    AND v.organisation_id = ANY(%s) AND v.relation = ANY(%s) AND v.level >= %s
    AND v.closed_at IS NULL AND v.starts_at <= %s AND (v.ends_at IS NULL OR v.ends_at > %s)
"""
_BARRED = """
    SELECT a.family_id FROM access_assignment a WHERE a.user_id = %s AND a.kind = 'barred'
    AND a.closed_at IS NULL AND a.starts_at <= %s AND (a.ends_at IS NULL OR a.ends_at > %s)
"""


class _Line(NamedTuple):
    """Lines of the table that differ only in the kind of assignment, asked as one."""

    relations: tuple[str, ...]
    roles: frozenset[str]
    level: int
    needs_assignment: bool


def _lines(action: Action) -> dict[_Line, list[str]]:
    """Return the lines of the table for an action, each with the kinds of assignment that will do."""
    lines: dict[_Line, list[str]] = {}
    for grant in GRANTS.get(action, ()):
        kind = grant.standing.assignment
        line = _Line(grant.standing.relations, grant.roles, grant.level, kind is not None)
        lines.setdefault(line, []).extend([kind] if kind else [])
    return lines
