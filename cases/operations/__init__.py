from cases.grounds import NewGround
from cases.operations.caseload import Moved, hand_on
from cases.operations.children import (
    Around,
    CourtMeasure,
    hear_child,
    plan_majority,
    record_child_contact,
    record_index_status,
    record_protection_measure,
)
from cases.operations.contact import Reachable, arrange_contact, confirm_safe_contact
from cases.operations.departure import call_off, depart
from cases.operations.doors import assign, close_door, close_doors_of, involve, make_responsible, unassign
from cases.operations.exceptions import bar, break_glass, lift_bar
from cases.operations.family import open_family
from cases.operations.measures import NewMeasure, end_measure, extend_measure, record_measure
from cases.operations.merge import merge, notice_other_file, undo_merge
from cases.operations.network import NewMember, add_to_network, leave_network
from cases.operations.not_shared import record_not_shared
from cases.operations.papers import issue_paper, withdraw_papers
from cases.operations.parents import (
    Arrangement,
    SafetyDecision,
    answer_consent,
    arrange_contact_with_parent,
    ask_consent,
    decide_involvement,
    describe_perpetrator,
    end_relationship,
    relate,
)
from cases.operations.persons import (
    NewPerson,
    add_name_variant,
    add_person,
    correct_person,
    end_authority,
    enter_person,
    record_authority,
    record_stay,
)
from cases.operations.protected import LONGEST_GRANT, end_grant, end_grants_of, enter_place, grant_place, reveal
from cases.operations.regie import appoint, move_regie, raise_alarm, stand_in, unassign_one
from cases.operations.sharing import (
    confirm_share,
    refuse_share,
    share,
    withdraw_consent,
    withdraw_share,
)
from cases.operations.stay import Picture, describe_admission, end_context, mark_ready, note_context, start_trajectory

__all__ = [
    "LONGEST_GRANT",
    "Around",
    "Arrangement",
    "CourtMeasure",
    "Moved",
    "NewGround",
    "NewMeasure",
    "NewMember",
    "NewPerson",
    "Picture",
    "Reachable",
    "SafetyDecision",
    "add_name_variant",
    "add_person",
    "add_to_network",
    "answer_consent",
    "appoint",
    "arrange_contact",
    "arrange_contact_with_parent",
    "ask_consent",
    "assign",
    "bar",
    "break_glass",
    "call_off",
    "close_door",
    "close_doors_of",
    "confirm_safe_contact",
    "confirm_share",
    "correct_person",
    "decide_involvement",
    "depart",
    "describe_admission",
    "describe_perpetrator",
    "end_authority",
    "end_context",
    "end_grant",
    "end_grants_of",
    "end_measure",
    "end_relationship",
    "enter_person",
    "enter_place",
    "extend_measure",
    "grant_place",
    "hand_on",
    "hear_child",
    "involve",
    "issue_paper",
    "leave_network",
    "lift_bar",
    "make_responsible",
    "mark_ready",
    "merge",
    "move_regie",
    "note_context",
    "notice_other_file",
    "open_family",
    "plan_majority",
    "raise_alarm",
    "record_authority",
    "record_child_contact",
    "record_index_status",
    "record_measure",
    "record_not_shared",
    "record_protection_measure",
    "record_stay",
    "refuse_share",
    "relate",
    "reveal",
    "share",
    "stand_in",
    "start_trajectory",
    "unassign",
    "unassign_one",
    "undo_merge",
    "withdraw_consent",
    "withdraw_papers",
    "withdraw_share",
]
