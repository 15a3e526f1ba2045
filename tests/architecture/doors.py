"""Who comes through which door, for every visitor beyond the eight of the first table, in every state of consent.

`DOORS` says behind which door an address stands. `MAY` says, by hand and not by asking policy, which open for whom. One
that does not open is a 404. A room adds its own with `DOORS = {"work": ["room:page"]}` in its file.
"""

from datetime import timedelta

from access.models import Relation
from accounts.models import Role

# door -> addresses.
DOORS = {
    # The same for everybody, signed in or not.
    "street": ["healthy", "help", "accessibility", "hide", "set_language"],
    # Everybody who signs in has one; what is on it is her own.
    "own page": [
        "accounts:drafts",
        "cases:alerts",
        "handover:to_answer",
        "overview:bag_card",
        "overview:families",
    ],
    "own draft": ["accounts:discard_draft"],
    # By role alone.
    "worker": [
        "cases:break_glass",
        "cases:find_family",
        "cases:open_family",
        "overview:today",
        "signals:signals",
    ],
    "may signal": ["signals:ask_expertise", "signals:own", "signals:report"],
    "team lead": ["overview:team"],
    "who may appoint": ["handover:without_regisseur"],
    "functional administrator": ["overview:operation", "signals:write_knowledge"],
    # About a family of the team, by whoever leads it.
    "lead of the team": ["aftercare:allow_early"],
    # About one worker, by the team lead of where she works.
    "her team lead": ["reminders:record_absence"],
    "herself or her team lead": ["reminders:end_absence"],
    "privacy officer": [
        "oversight:decoys",
        "oversight:outward_log",
        "oversight:own_log",
        "oversight:proof",
        "oversight:inspection",
        "oversight:queue",
        "oversight:who_may",
    ],
    "duty desk": ["signals:desk"],
    # Veilig Thuis, and a shelter that is asked for what it knows.
    "answers questions": ["signals:advice_to_answer"],
    # About one family.
    "file": ["overview:family", "cases:measures", "cases:persons", "cases:stay", "safety_plans:risk"],
    "working file": ["cases:network", "cases:parents"],
    "safety plan": ["safety_plans:plan"],
    "says she read it": ["safety_plans:receive"],
    "plan": [
        "family_plans:help",
        "family_plans:income",
        "family_plans:papers",
        "family_plans:plan",
        "family_plans:reliance",
        "family_plans:report",
        "family_plans:stagnations",
        "family_plans:working_paper",
    ],
    "contribution": [
        "family_plans:add_action",
        "family_plans:add_goal",
        "family_plans:add_participant",
        "family_plans:complete_action",
        "family_plans:from_template",
        "family_plans:name_source",
        "family_plans:note_finding",
    ],
    "signal": ["signals:of_family", "signals:signal"],
    "aftercare": ["aftercare:family"],
    "alert": ["cases:alert"],
    "knows the regisseur": ["handover:confirm_regisseur", "handover:confirm_signal_place"],
    # Also a supporter of another organisation, to whom the file was shared.
    "support": ["handover:confirm_departure", "handover:record_introduction", "handover:supporter"],
    "own records": ["overview:own_records"],
    "work": [
        "aftercare:check_in",
        "aftercare:confirm_out_of_sight",
        "aftercare:end_out_of_sight",
        "aftercare:issue_card",
        "aftercare:out_of_sight",
        "aftercare:print_card",
        "aftercare:start",
        "aftercare:use_card",
        "aftercare:year",
        "cases:add_person",
        "cases:enter_place",
        "cases:protected",
        "cases:record_authority",
        "cases:record_stay",
        "cases:reveal",
        "cases:who_knows",
        "family_plans:end_help",
        # The family's own copy.
        "family_plans:paper",
        "family_plans:report_stagnation",
        "family_plans:result",
        "family_plans:solve",
        "family_plans:start",
        "handover:departure",
        "handover:plan_departure",
        "handover:settle_point",
        "overview:close_follow_up",
        "safety_plans:activate",
        "safety_plans:assess",
        "safety_plans:draft",
        "safety_plans:edit",
        "safety_plans:remove",
        # A draft.
        "safety_plans:version",
        "signals:ask_advice",
        "signals:decide_reopening",
        "signals:give_back",
        "signals:judge",
        "signals:record_answer",
        "signals:report_to_veilig_thuis",
        "signals:take_step",
        "signals:take_up",
    ],
    "regie": [
        "aftercare:close",
        "aftercare:reopen",
        "cases:barred",
        "cases:end_grant",
        "cases:grant_place",
        "cases:lift_bar",
        "cases:merge",
        "cases:undo_merge",
        "cases:withdraw_consent",
        "signals:address_requests",
        "signals:answer_address_request",
        "cases:share",
        "cases:withdraw_share",
        "family_plans:bind",
        "family_plans:escalate",
        "handover:hold_visit",
        "handover:offer",
        "handover:plan_visit",
        "handover:withdraw",
        "signals:decide",
    ],
    "who has the regie": ["handover:appoint", "handover:regie"],
    "stand-in": ["handover:stand_in"],
    "review": [
        "oversight:alert",
        "oversight:emergency",
        "oversight:end_decoy",
        "oversight:end_hold",
        "oversight:what_there_is",
    ],
    # Two persons who see references only.
    "approves destruction": ["oversight:retention"],
    "approves here": ["oversight:destruction", "oversight:refuse_destruction"],
    # Of somebody else or of another place: nobody here.
    "receiver": ["handover:accept", "handover:decline"],
    "both sides": ["handover:settle_topic"],
    "offer": ["handover:handover"],
    # Of another municipality, Veilig Thuis, partner or colleague, or while a passage runs: nobody here.
    "nobody": [
        "cases:start_trajectory",
        "cases:weigh",
        "handover:accept_watch",
        "handover:decline_watch",
        "signals:ask_address",
        "signals:received_report",
    ],
    "reporter": ["signals:receipt"],
    "desk of another municipality": [
        "signals:at_desk",
        "signals:choose",
        "signals:judge_at_desk",
        "signals:take_up_at_desk",
    ],
    "advice to another Veilig Thuis": ["signals:give_advice"],
}


_ANYBODY = {"street", "street with a link", "own page"}
_WORKER = _ANYBODY | {"professional", "worker", "may signal", "who may appoint"}
_SIGNALLER = _ANYBODY | {"may signal"}
_AT_WORK = _WORKER | {
    "file",
    "working file",
    "safety plan",
    "plan",
    "contribution",
    "signal",
    "aftercare",
    "work",
    "who has the regie",
    "answers questions",
    "knows the regisseur",
    "support",
}
_REGISSEUR = _AT_WORK | {"regie", "both sides", "offer"}
_COORDINATOR = _ANYBODY | {"professional", "coordinator", "reads the register", "reads the figures"}
_READER_2 = _WORKER | {"safety plan", "says she read it", "alert", "knows the regisseur"}
_READER_3 = _READER_2 | {"plan", "contribution"}
_READER_4 = _READER_3 | {"file", "aftercare", "support"}
MAY = {
    # Who works with the family, by name.
    # Also of the side that offers the handover.
    "plain_worker": _AT_WORK | {"offer"},
    "supporter": _AT_WORK,
    "stand_in": _REGISSEUR,
    "team_lead_here": _ANYBODY
    | {
        "professional",
        "team lead",
        "lead of the team",
        "her team lead",
        "herself or her team lead",
        "who has the regie",
        "stand-in",
    }
    | {"who may appoint", "looks after somebody"},
    # In an emergency: to read, for four hours, and nothing of class A.
    "in_emergency": _WORKER
    | {"file", "working file", "safety plan", "plan", "signal", "aftercare", "answers questions"},
    "after_emergency": _WORKER | {"answers questions"},
    # Without a way in.
    "leaver": None,
    "ended_member": _ANYBODY,
    # Of the organisation that the handover is offered to.
    "stray_worker": _WORKER | {"receiver", "offer", "both sides"},
    "aftercare_worker": _WORKER | {"own records"},
    "former_side": _WORKER | {"own records"},
    # Roles without content.
    "administrator": _ANYBODY
    | {"organisation administrator", "looks after somebody", "evidence of a review"}
    | {"approves destruction", "approves here"},
    "functional_administrator": _ANYBODY | {"functional administrator"},
    "privacy_officer": _ANYBODY
    | {"privacy officer", "review", "evidence of a review", "approves destruction", "approves here"},
    "privacy_officer_elsewhere": _ANYBODY | {"privacy officer", "approves destruction"},
    "coordinator": _COORDINATOR,
    "coordinator_here": _COORDINATOR | {"coordinator of the family", "assigns a team"},
    # Of the municipality that is responsible for the family, which they open nowhere (B24, B32).
    "project_leader_here": _ANYBODY | {"professional", "reads the register", "reads the figures"},
    "experience_expert_here": _ANYBODY | {"professional", "reads the register"},
    "duty_desk_here": _ANYBODY | {"professional", "duty desk", "assigns a team", "helps at a desk"},
    "veilig_thuis": _WORKER | {"answers questions"},
    # Somebody of a partner, named as reader, in each state of the ground.
    "reader_none": _WORKER,
    "reader_full": _READER_4,
    "reader_limited_1": _WORKER | {"alert", "knows the regisseur"},
    "reader_limited_2": _READER_2,
    "reader_limited_3": _READER_3,
    "reader_expired": _WORKER,
    "reader_withdrawn": _WORKER,
    "reader_legal_basis": _READER_4,
    "reader_to_come": _WORKER,
    "colleague_of_reader": _WORKER | {"alert", "knows the regisseur"},
    # A school: whoever may signal there sees the alert.
    "signaller_none": _SIGNALLER,
    "signaller_full": _SIGNALLER | {"alert", "knows the regisseur"},
    "signaller_limited": _SIGNALLER | {"alert", "knows the regisseur"},
    "signaller_expired": _SIGNALLER,
    "signaller_withdrawn": _SIGNALLER,
    "signaller_legal_basis": _SIGNALLER | {"alert", "knows the regisseur"},
    # Barred outranks whatever she was.
    "barred_stand_in": _WORKER | {"answers questions"},
    "barred_reader": _WORKER,
    "barred_in_emergency": _WORKER | {"answers questions"},
    "barred_team_lead": _ANYBODY
    | {
        "professional",
        "team lead",
        "her team lead",
        "herself or her team lead",
        "who may appoint",
        "looks after somebody",
    },
    "barred_privacy_officer": _ANYBODY
    | {"privacy officer", "evidence of a review", "approves destruction", "approves here"},
}


def build(world):
    """Add these visitors to the world of the grid."""
    from tests import factories
    from tests.factories import NOW

    shelter, family = world.shelter, world.family
    _of_the_house(world, factories, NOW)
    _partners(world, factories, NOW)
    for name, kind in (("administrator", Role.ORGANISATION_ADMINISTRATOR), ("privacy_officer", Role.PRIVACY_OFFICER)):
        if not hasattr(world, name):
            setattr(world, name, factories.user(kind, at=shelter))
    world.functional_administrator = factories.user(Role.FUNCTIONAL_ADMINISTRATOR, at=shelter)
    world.privacy_officer_elsewhere = factories.user(Role.PRIVACY_OFFICER, at=world.other_org)
    town = factories.organisation("Gemeente hier", kind="municipality")
    factories.involvement(family, town, Relation.RESPONSIBLE)
    world.coordinator_here = factories.user(Role.COORDINATOR, at=town)
    world.duty_desk_here = factories.user(Role.DUTY_DESK, at=town)
    world.project_leader_here = factories.user(Role.PROJECT_LEADER, at=town)
    world.experience_expert_here = factories.user(Role.EXPERIENCE_EXPERT, at=town)
    world.veilig_thuis = factories.user(at=factories.organisation("Veilig Thuis hier", kind="veilig_thuis"))


def _of_the_house(world, factories, now):
    shelter, family = world.shelter, world.family
    for name, kind in (("plain_worker", "worker"), ("supporter", "supporter"), ("barred_stand_in", "stand_in")):
        setattr(world, name, factories.user(at=shelter))
        factories.assignment(family, getattr(world, name), shelter, kind)
    world.team_lead_here = factories.user(Role.TEAM_LEAD, at=shelter)
    for name in ("in_emergency", "after_emergency", "barred_in_emergency"):
        setattr(world, name, factories.user(at=shelter))
        since = now - timedelta(hours=4 if name == "after_emergency" else 1)
        factories.broken_glass(family, getattr(world, name), shelter, starts_at=since)
    for name, relation in (("aftercare_worker", Relation.AFTERCARE), ("former_side", Relation.FORMER)):
        side = factories.organisation()
        setattr(world, name, factories.user(at=side))
        factories.handed_over(family, by=getattr(world, name), at=side, to=shelter, leaves=relation)
        factories.assignment(family, getattr(world, name), side)
    world.barred_team_lead = factories.user(Role.TEAM_LEAD, at=shelter)
    world.barred_privacy_officer = factories.user(Role.PRIVACY_OFFICER, at=shelter)
    for name in ("barred_stand_in", "barred_in_emergency", "barred_team_lead", "barred_privacy_officer"):
        factories.assignment(family, getattr(world, name), shelter, "barred")


_STATES = {
    "full": {"level": 4},
    "limited": {"level": 1},
    "limited_1": {"level": 1},
    "limited_2": {"level": 2},
    "limited_3": {"level": 3},
    "expired": {"level": 4, "days": -1},
    "withdrawn": {"level": 4, "withdrawn": True},
    "legal_basis": {"level": 4, "article": "Jeugdwet 7.3.11"},
    "to_come": {"level": 4, "starts_in": 1},
}


def _partners(world, factories, now):
    family = world.family
    for name in MAY:
        who, _, state = name.partition("_")
        if who not in ("reader", "signaller"):
            continue
        partner = factories.organisation(kind="school_primary" if who == "signaller" else "general_practice")
        user = factories.user(Role.SIGNALLER if who == "signaller" else Role.WORKER, at=partner)
        setattr(world, name, user)
        if state != "none":
            factories.share(family, partner, by=world.worker, **_STATES[state])
        if who == "reader":
            factories.assignment(family, user, partner, "reader", starts_at=now - timedelta(days=30))
        if name == "reader_full":
            world.colleague_of_reader = factories.user(at=partner)
            world.barred_reader = factories.user(at=partner)
            factories.assignment(family, world.barred_reader, partner, "reader")
            factories.assignment(family, world.barred_reader, partner, "barred")
