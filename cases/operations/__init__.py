from cases.grounds import NewGround
from cases.operations.departure import depart
from cases.operations.doors import assign, close_door, close_doors_of, involve, make_responsible, unassign
from cases.operations.family import open_family
from cases.operations.not_shared import record_not_shared
from cases.operations.papers import issue_paper, withdraw_papers
from cases.operations.persons import NewPerson, add_person, enter_person, record_authority, record_stay
from cases.operations.regie import appoint, move_regie, raise_alarm, stand_in, unassign_one
from cases.operations.sharing import (
    confirm_share,
    refuse_share,
    share,
    withdraw_consent,
    withdraw_share,
)

__all__ = [
    "NewGround",
    "NewPerson",
    "add_person",
    "appoint",
    "assign",
    "close_door",
    "close_doors_of",
    "confirm_share",
    "depart",
    "enter_person",
    "involve",
    "issue_paper",
    "make_responsible",
    "move_regie",
    "open_family",
    "raise_alarm",
    "record_authority",
    "record_not_shared",
    "record_stay",
    "refuse_share",
    "share",
    "stand_in",
    "unassign",
    "unassign_one",
    "withdraw_consent",
    "withdraw_papers",
    "withdraw_share",
]
