"""Who may do what. The whole answer is in this file; how PostgreSQL is asked stands beside it, in `policy_sql`.

A user holds a *role* at an organisation (Membership). An organisation has a *relation* to a family (Involvement), and
inside it a person is *assigned* (Assignment). `GRANTS` says which of these together permit which action. What is absent
is refused; there is no exception for anybody, and being barred from a family outranks everything.

Whether the object is in a state that allows the action is not policy: that is a guard in the operation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from django.apps import apps
from django.db.models.expressions import RawSQL
from django.utils import timezone

from access.actions import Action as Action
from access.policy_sql import ANYBODY_THERE, ASSIGNED, BARRED, BROKEN
from accounts.models import Role, User

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
    # Somebody of the Veilig Thuis that got a report, while an address is open to her: a door to that and nothing else.
    REPORTED_TO = (("reported_to",), "reader")
    # A colleague in an emergency: for four hours, by a personal grant beside a row that says why.
    BROKE_GLASS = (("working", "regisseur"), _IN_EMERGENCY)
    WORKING_ORGANISATION = (("working", "regisseur"), None)
    REGISSEURS_ORGANISATION = (("regisseur",), None)
    PARTNER_ORGANISATION = (("partner",), None)
    SENDING = (("sending",), "worker")
    RECEIVING = (("receiving",), None)
    HANDED_OVER = (("aftercare", "former"), "worker")
    RESPONSIBLE_MUNICIPALITY = (("responsible",), None)
    # Whatever it is to the family, as long as a person of it can have been given it.
    HAS_IT_WITH_SOMEBODY = (
        ("working", "regisseur", "partner", "sending", "receiving", "aftercare", "former", "reported_to"),
        None,
    )

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
FUNCTIONAL_ADMINISTRATOR = frozenset({Role.FUNCTIONAL_ADMINISTRATOR.value})
PRIVACY_OFFICER = frozenset({Role.PRIVACY_OFFICER.value})
ORGANISATION_ADMINISTRATOR = frozenset({Role.ORGANISATION_ADMINISTRATOR.value})
DUTY_DESK = frozenset({Role.DUTY_DESK.value})
PROJECT_LEADER = frozenset({Role.PROJECT_LEADER.value})
# Roles without a family: who leads the project in a region, and who knows a shelter from the inside.
WITHOUT_FAMILIES = frozenset({Role.PROJECT_LEADER.value, Role.EXPERIENCE_EXPERT.value})
SIGNALLING = WORKER | SIGNALLER
# Only a municipality has these functions.
OF_A_MUNICIPALITY = COORDINATOR | DUTY_DESK | FUNCTIONAL_ADMINISTRATOR

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
    # What no share reaches, whatever its level: who caused harm, the network, how somebody is reached safely.
    Action.VIEW_WORKING_FILE: (*_WORKING_PERSONS, _BROKE_GLASS),
    Action.EDIT_FAMILY: _WORKING_PERSONS,
    Action.MERGE_FAMILIES: _REGISSEUR,
    Action.CLOSE_FOLLOW_UP: _WORKING_PERSONS,
    Action.SHARE: _REGISSEUR,
    # A colleague who was asked by name: cases.querysets narrows it to her. She sees the share, not the file.
    Action.WEIGH_ALONG: (Grant(Standing.WORKING_ORGANISATION, WORKER | TEAM_LEAD),),
    # A school, a general practice: whoever may signal there sees that it knows the child, and whom to call.
    Action.VIEW_ALERT: (*_WORKING_PERSONS, Grant(Standing.PARTNER_ORGANISATION, SIGNALLING, _ALERT)),
    Action.VIEW_SAFETY_PLAN: (*_WORKING_PERSONS, Grant(Standing.READER, SIGNALLING, _SAFETY_PLAN), _BROKE_GLASS),
    Action.EDIT_SAFETY_PLAN: _WORKING_PERSONS,
    # That it was read is said by who it is shared with, and by nobody for her.
    Action.CONFIRM_SAFETY_PLAN: (Grant(Standing.READER, SIGNALLING, _SAFETY_PLAN),),
    Action.VIEW_FAMILY_PLAN: (*_WORKING_PERSONS, Grant(Standing.READER, WORKER, _DOMAINS), _BROKE_GLASS),
    Action.EDIT_FAMILY_PLAN: _WORKING_PERSONS,
    # A partner works in the domains that were shared with it; `reach` says which.
    Action.CONTRIBUTE_TO_PLAN: (*_WORKING_PERSONS, Grant(Standing.READER, WORKER, _DOMAINS)),
    # The help of whoever causes harm: never by a share, at whatever level.
    Action.VIEW_TREATMENT: _WORKING_PERSONS,
    Action.ESCALATE_STAGNATION: _REGISSEUR,
    Action.PLAN_DEPARTURE: _WORKING_PERSONS,
    # A supporter of another organisation, to whom the file was shared by name; the operation knows that it is she.
    Action.CONFIRM_SUPPORT: (*_WORKING_PERSONS, Grant(Standing.READER, WORKER, _FILE)),
    Action.VIEW_HANDOVER: (*_REGISSEUR, Grant(Standing.SENDING, WORKER), Grant(Standing.RECEIVING, WORKER | TEAM_LEAD)),
    Action.OFFER_HANDOVER: _REGISSEUR,
    Action.ANSWER_HANDOVER: (Grant(Standing.RECEIVING, WORKER),),
    Action.HOLD_CONVERSATION: (*_REGISSEUR, Grant(Standing.RECEIVING, WORKER)),
    # When there is none, whoever works with the family takes it, or the team lead gives it: nobody is waited for.
    Action.APPOINT_REGISSEUR: (*_WORKING_PERSONS, Grant(Standing.WORKING_ORGANISATION, TEAM_LEAD)),
    Action.REPLACE_REGISSEUR: (*_REGISSEUR, Grant(Standing.WORKING_ORGANISATION, TEAM_LEAD)),
    Action.MAKE_STAND_IN: (Grant(Standing.REGISSEUR, WORKER), Grant(Standing.WORKING_ORGANISATION, TEAM_LEAD)),
    # After a handover: what the own organisation wrote down until then, on one page and nowhere else (R12).
    Action.VIEW_OWN_RECORDS: (Grant(Standing.HANDED_OVER, WORKER),),
    Action.RECORD_CHECK_IN: _WORKING_PERSONS,
    Action.CLOSE_TRAJECTORY: _REGISSEUR,
    # The lead of the regisseur, who reads nothing else of the file (A1).
    Action.ALLOW_EARLY_CLOSING: (Grant(Standing.REGISSEURS_ORGANISATION, TEAM_LEAD),),
    Action.VIEW_SIGNAL: (*_WORKING_PERSONS, _BROKE_GLASS),
    Action.TRIAGE_SIGNAL: _WORKING_PERSONS,
    # Who takes the final decision about reporting must be known (meldcode); everybody on the family takes the steps.
    Action.DECIDE_MELDCODE: _REGISSEUR,
    # Families without a regisseur: reference and since when, no name.
    Action.VIEW_DESK_FAMILIES: (Grant(Standing.RESPONSIBLE_MUNICIPALITY, DUTY_DESK),),
    # Reference and clock, no name: the pages show no more than that.
    Action.VIEW_MUNICIPAL_LIST: (Grant(Standing.RESPONSIBLE_MUNICIPALITY, COORDINATOR),),
    Action.ANSWER_STAGNATION: (Grant(Standing.RESPONSIBLE_MUNICIPALITY, COORDINATOR),),
    # She opens the door for a team of her own municipality, and does not go through it herself.
    Action.ASSIGN_NEIGHBOURHOOD_TEAM: (Grant(Standing.RESPONSIBLE_MUNICIPALITY, COORDINATOR | DUTY_DESK),),
    Action.SUMMON: (Grant(Standing.RESPONSIBLE_MUNICIPALITY, COORDINATOR),),
    # Whoever works with the family, or leads the team: a word out of a list, nothing of the file.
    Action.REPLY_TO_SUMMONS: (*_WORKING_PERSONS, Grant(Standing.WORKING_ORGANISATION, TEAM_LEAD)),
    # How organisations worked together for a family; the page holds its reference and no more.
    Action.EVALUATE_CASE: (Grant(Standing.RESPONSIBLE_MUNICIPALITY, COORDINATOR),),
    # Class A. Who works with the family may write it down without ever reading it. To read one value takes this line
    # and a personal grant that has not ended (cases.models.protected); so Veilig Thuis reads an address after a report.
    Action.ENTER_PROTECTED: _WORKING_PERSONS,
    Action.GRANT_PROTECTED: _REGISSEUR,
    Action.REVEAL_PROTECTED: (
        *_WORKING_PERSONS,
        Grant(Standing.READER, WORKER, _SAFETY_PLAN),
        Grant(Standing.REPORTED_TO, WORKER),
    ),
    Action.BAR: _REGISSEUR,
    # The files of her own organisation only; a reference, who, when and why, and nothing of the file.
    Action.REVIEW_BREAK_GLASS: (Grant(Standing.WORKING_ORGANISATION, PRIVACY_OFFICER),),
    # From one worker to another, and shows nothing of it but how many there are (L18).
    Action.MOVE_CASELOAD: (Grant(Standing.HAS_IT_WITH_SOMEBODY, TEAM_LEAD | ORGANISATION_ADMINISTRATOR),),
    # Who looked into the file, to go through with the client.
    Action.VIEW_READERS: _WORKING_PERSONS,
    # A file that exists for nobody, so that whoever opens it is found.
    # What somebody may see of her own part of the file is chosen by who knows the file, two of them.
    Action.ANSWER_RIGHTS: _WORKING_PERSONS,
    # That a file is not destroyed, or stays as it was; nothing of the file.
    Action.HOLD: (Grant(Standing.WORKING_ORGANISATION, PRIVACY_OFFICER),),
    Action.SET_DECOY: (Grant(Standing.WORKING_ORGANISATION, PRIVACY_OFFICER),),
}

# Within one organisation, about no family yet: the role is enough.
WITHIN_ORGANISATION: dict[Action, frozenset[str]] = {
    Action.OPEN_FAMILY: WORKER,
    Action.REPORT_SIGNAL: SIGNALLING,
    Action.SET_OWN_REMINDERS: frozenset(Role.values),
    Action.RECORD_ABSENCE: TEAM_LEAD,
    # Whether the reminders run: times and numbers about the whole, nothing about anybody.
    Action.VIEW_OPERATION: FUNCTIONAL_ADMINISTRATOR,
    # A question that says about nobody whom it concerns; the operation insists on Veilig Thuis.
    Action.ANSWER_ADVICE: WORKER,
    # That a colleague took over what was offered here: a tab that stood open says so, and shows nothing of the family.
    Action.HEAR_OF_ACCEPTANCE: WORKER,
    # What a partner was asked: whether it keeps watch, and whether it knows where to bring a signal.
    Action.ANSWER_AS_PARTNER: SIGNALLING,
    # On a family with which the organisation works: the operation finds it by its reference.
    Action.BREAK_GLASS: WORKER,
    # Signals that fit nobody, or whose family has no regisseur.
    Action.WORK_AT_DESK: DUTY_DESK,
    Action.WRITE_KNOWLEDGE: FUNCTIONAL_ADMINISTRATOR,
    Action.CHANGE_SETTINGS: FUNCTIONAL_ADMINISTRATOR,
    # Who works here and as what; never a family, never a password. A second person for who lost her phone.
    Action.MANAGE_MEMBERS: ORGANISATION_ADMINISTRATOR,
    Action.HELP_SIGN_IN: ORGANISATION_ADMINISTRATOR | TEAM_LEAD,
    Action.HELP_AT_DESK: DUTY_DESK,
    # What was published about the whole: no family, and no number that a family could be found in.
    Action.VIEW_FIGURES: COORDINATOR | PROJECT_LEADER,
    # The trial of the way of working: about municipalities and in words, about no family.
    Action.VIEW_PILOT: COORDINATOR | PROJECT_LEADER,
    Action.KEEP_PILOT: COORDINATOR | PROJECT_LEADER,
    # Four answers without a name, by whoever works where the pilot takes place.
    Action.RECORD_SURVEY: WORKER | TEAM_LEAD | COORDINATOR | DUTY_DESK | WITHOUT_FAMILIES,
    # Agreements, evaluations, training, meetings, quality: about organisations and professionals, about no family.
    Action.VIEW_COLLABORATION: COORDINATOR | WITHOUT_FAMILIES,
    Action.KEEP_COLLABORATION: COORDINATOR,
    # Where a shelter is follows from its name: who only reads the register sees what kind of organisation it is.
    Action.NAME_SHELTERS: COORDINATOR,
    Action.KEEP_REQUIREMENTS: FUNCTIONAL_ADMINISTRATOR,
    # Names and direct numbers of colleagues: for professionals, and not for who only signals.
    Action.VIEW_DIRECTORY: WORKER | TEAM_LEAD | COORDINATOR | DUTY_DESK | WITHOUT_FAMILIES,
    # Of her own municipality: the operation insists on that.
    Action.KEEP_SUPPORTERS: COORDINATOR,
    # To open more families of others than the budget, after the second step and for a reason.
    Action.READ_ON: frozenset(Role.values),
    # The log: which of one's own people read what, and that others did; never what they read.
    Action.READ_LOG: PRIVACY_OFFICER,
    Action.EXPORT_PROOF: PRIVACY_OFFICER,
    # How the work went, per file, without a name: counts and words from lists.
    Action.EXPORT_INSPECTION: PRIVACY_OFFICER,
    Action.SETTLE_ALERT: PRIVACY_OFFICER,
    # Two persons, neither of whom reads a file: references and terms.
    Action.APPROVE_DESTRUCTION: PRIVACY_OFFICER | ORGANISATION_ADMINISTRATOR,
}

# What jobs may do, as nobody.
# A signal finds its family without the reporter: her request must not depend on whether there is one.
AUTOMATIC: frozenset[Action] = frozenset(
    {
        Action.ROUTE_SIGNAL,
        Action.WATCH_REGIE,
        Action.WATCH_SILENCE,
        Action.WATCH_SUPPORT,
        Action.COMPARE_FAMILIES,
        Action.FREEZE_FIGURES,
        Action.USE_LINK,  # by who holds the link that was mailed to her, before she is signed in
        Action.SUSPEND_UNUSED,
    }
)


def families_open_to(user: User, action: Action) -> RawSQL | None:
    """Return the keys of the families on which `user` may perform `action`, as a subquery; None when there are none.

    The lines of the table that apply go along as rows to join with: PostgreSQL plans one OR across these joins badly.
    It is written out because building it anew cost more than all else on a page (docs/adr/0009). Reads the moment.
    """
    return _opened_by(user, GRANTS.get(action, ())) if user.is_active else None


def _opened_by(user: User, grants: Iterable[Grant]) -> RawSQL | None:
    lines = [
        (organisation, relation, grant.level, grant.standing.assignment)
        for grant in grants
        for organisation in user.organisations_as(grant.roles)
        for relation in grant.standing.relations
    ]
    now = timezone.now()
    queries: list[str] = []
    values: list[object] = []
    if by_person := [line for line in lines if line[3] not in (None, _IN_EMERGENCY)]:
        queries.append(ASSIGNED)
        values += [*map(list, zip(*by_person, strict=True)), user.pk, now, now, now, now]
    if in_emergency := [line[:3] for line in lines if line[3] == _IN_EMERGENCY]:
        queries.append(BROKEN)
        values += [*map(list, zip(*in_emergency, strict=True)), user.pk, now, now, now, now]
    if by_organisation := [line[:3] for line in lines if line[3] is None]:
        queries.append(ANYBODY_THERE)
        values += [*map(list, zip(*by_organisation, strict=True)), now, now]
    return RawSQL(" UNION ALL ".join(queries), values) if queries else None  # noqa: S611 - text of policy_sql only


@dataclass(frozen=True)
class Reach:
    """How far somebody's permission on one family reaches. None: no limit."""

    parts: frozenset[str] | None
    persons: frozenset[UUID] | None

    @property
    def is_whole(self) -> bool:
        return self.parts is None and self.persons is None


WHOLE = Reach(None, None)


def reach(user: User, action: Action, family_id: UUID) -> Reach:
    """Return in which parts, and about which persons, `user` may perform an action that the table permits.

    Whoever works for the family reaches all of it; a reader of a share what was shared with her organisation: the named
    parts below the level of the file, and the named persons at every level. Ask `permitting` first whether at all.
    """
    if not user.is_active:
        return Reach(frozenset(), frozenset())
    opened = _opened_by(user, [grant for grant in GRANTS.get(action, ()) if not grant.level])
    families = apps.get_model("cases.Family")._base_manager.filter(pk=family_id)
    if opened is not None and families.filter(pk__in=opened).exists():
        return WHOLE
    read_for = (
        apps.get_model("access.Assignment")
        .objects.live(timezone.now())
        .filter(family_id=family_id, user_id=user.pk, kind="reader")
    )
    # A share below the level of this action opens nothing, so it widens nothing either.
    shares = (
        apps.get_model("access.Involvement")
        .objects.live(timezone.now())
        .filter(family_id=family_id, relation="partner", organisation_id__in=read_for.values("organisation_id"))
        .filter(level__gte=min((grant.level for grant in GRANTS.get(action, ()) if grant.level), default=_FILE))
    )
    parts: set[str] | None = set()
    persons: set[UUID] | None = set()
    for share in shares:
        everything = share.level >= _FILE or not share.parts
        parts = None if parts is None or everything else parts | set(share.parts)
        persons = None if persons is None or not share.persons else persons | set(share.persons)
    return Reach(
        None if parts is None else frozenset(parts),
        None if persons is None else frozenset(persons),
    )


def barred_from(user: User) -> RawSQL:
    """Return the keys of the families that `user` may not see, whatever else holds."""
    now = timezone.now()
    return RawSQL(BARRED, [user.pk, now, now])  # noqa: S611 - text of policy_sql only


def may_within(user: User, action: Action, organisation_id: UUID) -> bool:
    """Say whether `user` may perform `action` on behalf of this organisation."""
    return user.is_active and bool(user.standing.get(organisation_id, frozenset()) & WITHIN_ORGANISATION[action])


def may_give(user: User, role: str) -> bool:
    """Say whether `user` may give this function to a colleague: the settings are opened by who keeps them already."""
    return role not in FUNCTIONAL_ADMINISTRATOR or any(role in held for held in user.standing.values())
