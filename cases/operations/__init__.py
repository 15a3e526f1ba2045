from cases.operations.departure import depart
from cases.operations.doors import assign, close_door, close_doors_of, involve, make_responsible, unassign
from cases.operations.family import open_family
from cases.operations.persons import NewPerson, add_person, enter_person, record_authority, record_stay
from cases.operations.regie import appoint, move_regie, raise_alarm, stand_in, unassign_one
from cases.operations.sharing import SHORTEST_WEIGHING, NewGround, share, withdraw_share

__all__ = [
    "SHORTEST_WEIGHING",
    "NewGround",
    "NewPerson",
    "add_person",
    "appoint",
    "assign",
    "close_door",
    "close_doors_of",
    "depart",
    "enter_person",
    "involve",
    "make_responsible",
    "move_regie",
    "open_family",
    "raise_alarm",
    "record_authority",
    "record_stay",
    "share",
    "stand_in",
    "unassign",
    "unassign_one",
    "withdraw_share",
]
