from cases.grounds import NewGround
from cases.operations.departure import depart
from cases.operations.doors import assign, close_door, close_doors_of, involve, make_responsible, unassign
from cases.operations.exceptions import bar, break_glass, lift_bar, review_broken_glass
from cases.operations.family import open_family
from cases.operations.not_shared import record_not_shared
from cases.operations.papers import issue_paper, withdraw_papers
from cases.operations.persons import NewPerson, add_person, enter_person, record_authority, record_stay
from cases.operations.protected import LONGEST_GRANT, end_grant, end_grants_of, enter_place, grant_place, reveal
from cases.operations.regie import appoint, move_regie, raise_alarm, stand_in, unassign_one
from cases.operations.sharing import (
    confirm_share,
    refuse_share,
    share,
    withdraw_consent,
    withdraw_share,
)

__all__ = [
    "LONGEST_GRANT",
    "NewGround",
    "NewPerson",
    "add_person",
    "appoint",
    "assign",
    "bar",
    "break_glass",
    "close_door",
    "close_doors_of",
    "confirm_share",
    "depart",
    "end_grant",
    "end_grants_of",
    "enter_person",
    "enter_place",
    "grant_place",
    "involve",
    "issue_paper",
    "lift_bar",
    "make_responsible",
    "move_regie",
    "open_family",
    "raise_alarm",
    "record_authority",
    "record_not_shared",
    "record_stay",
    "refuse_share",
    "reveal",
    "review_broken_glass",
    "share",
    "stand_in",
    "unassign",
    "unassign_one",
    "withdraw_consent",
    "withdraw_papers",
    "withdraw_share",
]
