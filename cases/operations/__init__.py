from cases.operations.departure import depart
from cases.operations.doors import assign, close_door, close_doors_of, involve, make_responsible, unassign
from cases.operations.family import open_family
from cases.operations.persons import NewPerson, add_person, enter_person, record_authority, record_stay
from cases.operations.regie import move_regie
from cases.operations.sharing import SHORTEST_WEIGHING, NewGround, share, withdraw_share

__all__ = [
    "SHORTEST_WEIGHING",
    "NewGround",
    "NewPerson",
    "add_person",
    "assign",
    "close_door",
    "close_doors_of",
    "depart",
    "enter_person",
    "involve",
    "make_responsible",
    "move_regie",
    "open_family",
    "record_authority",
    "record_stay",
    "share",
    "unassign",
    "withdraw_share",
]
