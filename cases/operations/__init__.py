from cases.operations.departure import depart
from cases.operations.doors import assign, close_door, close_doors_of, involve, make_responsible, unassign
from cases.operations.exceptions import bar, break_glass, lift_bar, review_broken_glass
from cases.operations.family import open_family
from cases.operations.persons import NewPerson, add_person, enter_person, record_authority, record_stay
from cases.operations.protected import LONGEST_GRANT, end_grant, end_grants_of, enter_place, grant_place, reveal
from cases.operations.regie import appoint, move_regie, raise_alarm, stand_in, unassign_one
from cases.operations.sharing import SHORTEST_WEIGHING, NewGround, share, withdraw_share

__all__ = [
    "LONGEST_GRANT",
    "SHORTEST_WEIGHING",
    "NewGround",
    "NewPerson",
    "add_person",
    "appoint",
    "assign",
    "bar",
    "break_glass",
    "close_door",
    "close_doors_of",
    "depart",
    "end_grant",
    "end_grants_of",
    "enter_person",
    "enter_place",
    "grant_place",
    "involve",
    "lift_bar",
    "make_responsible",
    "move_regie",
    "open_family",
    "raise_alarm",
    "record_authority",
    "record_stay",
    "reveal",
    "review_broken_glass",
    "share",
    "stand_in",
    "unassign",
    "unassign_one",
    "withdraw_share",
]
