"""Who may do what. The whole answer is in this file.

A user holds a *role* at an organisation (Membership). An organisation has a *relation* to a family (Involvement), and
inside it a person is *assigned* (Assignment). `GRANTS` says which of these together permit which action. What is absent
is refused; there is no exception for anybody, and being barred from a family outranks everything.

Whether the object is in a state that allows the action is not policy: that is a guard in the operation.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum
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
    ENTER_PROTECTED = "enter_protected"
    GRANT_PROTECTED = "grant_protected"
    REVEAL_PROTECTED = "reveal_protected"
    BAR = "bar"
    BREAK_GLASS = "break_glass"
    REVIEW_BREAK_GLASS = "review_break_glass"


_IN_EMERGENCY = "broke_glass"


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
    # A colleague in an emergency: for four hours, by a personal grant beside a row that says why.
    BROKE_GLASS = (("working", "regisseur"), _IN_EMERGENCY)
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
PRIVACY_OFFICER = frozenset({Role.PRIVACY_OFFICER.value})
DUTY_DESK = frozenset({Role.DUTY_DESK.value})
SIGNALLING = WORKER | SIGNALLER

_ALERT, _SAFETY_PLAN, _DOMAINS, _FILE = 1, 2, 3, 4

# The relations by which an organisation itself works with a family.
WORKS_WITH = ("working", "regisseur")
BREAK_GLASS_HOURS = 4
# The one permission that django-guardian keeps on a family.
BREAK_GLASS_GRANT = "broke_glass"

# Those who do the work, by name: assigned worker, regisseur, supporter, stand-in.
_WORKING_PERSONS = tuple(
    Grant(standing, WORKER)
    for standing in (Standing.ASSIGNED, Standing.REGISSEUR, Standing.SUPPORTER, Standing.STAND_IN)
)
_REGISSEUR = (Grant(Standing.REGISSEUR, WORKER), Grant(Standing.REGISSEURS_STAND_IN, WORKER))
# To read, and nothing of class A: that is absent from every line it stands in.
_BROKE_GLASS = Grant(Standing.BROKE_GLASS, WORKER)

# About one family. Absent is refused.
GRANTS: dict[Action, tuple[Grant, ...]] = {
    Action.VIEW_FAMILY: (*_WORKING_PERSONS, Grant(Standing.READER, WORKER, _FILE), _BROKE_GLASS),
    Action.VIEW_CLOCKS: (*_WORKING_PERSONS, Grant(Standing.WORKING_ORGANISATION, TEAM_LEAD), _BROKE_GLASS),
    Action.EDIT_FAMILY: _WORKING_PERSONS,
    Action.CLOSE_FOLLOW_UP: _WORKING_PERSONS,
    Action.SHARE: _REGISSEUR,
    # A colleague who was asked by name: cases.querysets narrows it to her. She sees the share, not the file.
    Action.WEIGH_ALONG: (Grant(Standing.WORKING_ORGANISATION, WORKER | TEAM_LEAD),),
    # A school, a general practice: whoever may signal there sees that it knows the child, and whom to call.
    Action.VIEW_ALERT: (*_WORKING_PERSONS, Grant(Standing.PARTNER_ORGANISATION, SIGNALLING, _ALERT)),
    Action.VIEW_SAFETY_PLAN: (*_WORKING_PERSONS, Grant(Standing.READER, SIGNALLING, _SAFETY_PLAN), _BROKE_GLASS),
    Action.EDIT_SAFETY_PLAN: _WORKING_PERSONS,
    Action.VIEW_FAMILY_PLAN: (*_WORKING_PERSONS, Grant(Standing.READER, WORKER, _DOMAINS), _BROKE_GLASS),
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
    Action.VIEW_SIGNAL: (*_WORKING_PERSONS, _BROKE_GLASS),
    Action.TRIAGE_SIGNAL: _WORKING_PERSONS,
    # Families without a regisseur: reference and since when, no name.
    Action.VIEW_DESK_FAMILIES: (Grant(Standing.RESPONSIBLE_MUNICIPALITY, DUTY_DESK),),
    # Reference and clock, no name: the pages show no more than that.
    Action.VIEW_MUNICIPAL_LIST: (Grant(Standing.RESPONSIBLE_MUNICIPALITY, COORDINATOR),),
    Action.ANSWER_STAGNATION: (Grant(Standing.RESPONSIBLE_MUNICIPALITY, COORDINATOR),),
    # Class A. Who works with the family may write it down without ever reading it. To read one value takes this line
    # and a personal grant that has not ended (cases.models.protected); Veilig Thuis reads so what was shared with it.
    Action.ENTER_PROTECTED: _WORKING_PERSONS,
    Action.GRANT_PROTECTED: _REGISSEUR,
    Action.REVEAL_PROTECTED: (*_WORKING_PERSONS, Grant(Standing.READER, WORKER, _SAFETY_PLAN)),
    Action.BAR: _REGISSEUR,
    # The files of her own organisation only; a reference, who, when and why, and nothing of the file.
    Action.REVIEW_BREAK_GLASS: (Grant(Standing.WORKING_ORGANISATION, PRIVACY_OFFICER),),
}

# Within one organisation, about no family yet: the role is enough.
WITHIN_ORGANISATION: dict[Action, frozenset[str]] = {
    Action.OPEN_FAMILY: WORKER,
    Action.REPORT_SIGNAL: SIGNALLING,
    # A question that says about nobody whom it concerns; the operation insists on Veilig Thuis.
    Action.ANSWER_ADVICE: WORKER,
    # On a family with which the organisation works: the operation finds it by its reference.
    Action.BREAK_GLASS: WORKER,
    # Signals that fit nobody, or whose family has no regisseur.
    Action.WORK_AT_DESK: DUTY_DESK,
}

# What jobs may do, as nobody.
# A signal finds its family without the reporter: her request must not depend on whether there is one.
AUTOMATIC: frozenset[Action] = frozenset({Action.ROUTE_SIGNAL, Action.WATCH_REGIE})


def families_open_to(user: User, action: Action) -> RawSQL | None:
    """Return the keys of the families on which `user` may perform `action`, as a subquery; None when there are none.

    The lines of the table that apply go along as rows to join with: PostgreSQL plans one OR across these joins badly.
    It is written out because building it anew cost more than all else on a page (docs/adr/0009). Reads the moment.
    """
    if not user.is_active:
        return None
    lines = [
        (organisation, relation, grant.level, grant.standing.assignment)
        for grant in GRANTS.get(action, ())
        for organisation in user.organisations_as(grant.roles)
        for relation in grant.standing.relations
    ]
    now = timezone.now()
    queries: list[str] = []
    values: list[object] = []
    if by_person := [line for line in lines if line[3] not in (None, _IN_EMERGENCY)]:
        queries.append(_ASSIGNED)
        values += [*map(list, zip(*by_person, strict=True)), user.pk, now, now, now, now]
    if in_emergency := [line[:3] for line in lines if line[3] == _IN_EMERGENCY]:
        queries.append(_BROKEN)
        values += [*map(list, zip(*in_emergency, strict=True)), user.pk, now, now, now, now]
    if by_organisation := [line[:3] for line in lines if line[3] is None]:
        queries.append(_ANYBODY_THERE)
        values += [*map(list, zip(*by_organisation, strict=True)), now, now]
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
    SELECT v.family_id FROM unnest(%s::uuid[], %s::text[], %s::int[]) AS line (organisation_id, relation, level)
    JOIN access_involvement v
    ON v.organisation_id = line.organisation_id AND v.relation = line.relation AND v.level >= line.level
    WHERE v.closed_at IS NULL AND v.starts_at <= %s AND (v.ends_at IS NULL OR v.ends_at > %s)
"""
# Both doors: the person's own assignment, and the organisation's involvement.
_ASSIGNED = """
    SELECT v.family_id
    FROM unnest(%s::uuid[], %s::text[], %s::int[], %s::text[]) AS line (organisation_id, relation, level, kind)
    JOIN access_assignment a ON a.organisation_id = line.organisation_id AND a.kind = line.kind
    JOIN access_involvement v ON v.family_id = a.family_id AND v.organisation_id = line.organisation_id
    AND v.relation = line.relation AND v.level >= line.level
    WHERE a.user_id = %s
    AND a.closed_at IS NULL AND a.starts_at <= %s AND (a.ends_at IS NULL OR a.ends_at > %s)
    AND v.closed_at IS NULL AND v.starts_at <= %s AND (v.ends_at IS NULL OR v.ends_at > %s)
"""
# A colleague in an emergency: the row that says why and until when, and guardian's personal grant beside it.
_BROKEN = """
    SELECT v.family_id FROM unnest(%s::uuid[], %s::text[], %s::int[]) AS line (organisation_id, relation, level)
    JOIN access_breakglass b ON b.organisation_id = line.organisation_id
    JOIN access_familygrant g ON g.family_id = b.family_id AND g.user_id = b.user_id
    JOIN auth_permission p ON p.id = g.permission_id AND p.codename = 'broke_glass'
    JOIN access_involvement v ON v.family_id = b.family_id AND v.organisation_id = line.organisation_id
    AND v.relation = line.relation AND v.level >= line.level
    WHERE b.user_id = %s AND b.closed_at IS NULL AND b.starts_at <= %s AND b.ends_at > %s
    AND v.closed_at IS NULL AND v.starts_at <= %s AND (v.ends_at IS NULL OR v.ends_at > %s)
"""
_BARRED = """
    SELECT a.family_id FROM access_assignment a WHERE a.user_id = %s AND a.kind = 'barred'
    AND a.closed_at IS NULL AND a.starts_at <= %s AND (a.ends_at IS NULL OR a.ends_at > %s)
"""
