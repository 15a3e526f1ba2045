from handover.operations.checks import override, set_aside, tick
from handover.operations.completion import complete_departure
from handover.operations.conversation import discuss, leave_out
from handover.operations.departure import Decision, cancel_departure, plan_departure
from handover.operations.ending import end_aftercare
from handover.operations.fallen_away import notice_fallen_away
from handover.operations.handover import NewHandover, accept, decline, offer, withdraw
from handover.operations.measures import agree_measure, settle_measure
from handover.operations.moves import complete_move, plan_move
from handover.operations.register import confirm_regisseur
from handover.operations.supporters import (
    appoint_supporter,
    assign_supporter,
    change_supporter,
    confirm_departure,
    dismiss_supporter,
    end_support,
    record_introduction,
)
from handover.operations.visits import hold_visit, plan_visit
from handover.operations.watching import answer_watch, ask_to_watch, confirm_signal_place, end_watch

__all__ = [
    "Decision",
    "NewHandover",
    "accept",
    "agree_measure",
    "answer_watch",
    "appoint_supporter",
    "ask_to_watch",
    "assign_supporter",
    "cancel_departure",
    "change_supporter",
    "complete_departure",
    "complete_move",
    "confirm_departure",
    "confirm_regisseur",
    "confirm_signal_place",
    "decline",
    "discuss",
    "dismiss_supporter",
    "end_aftercare",
    "end_support",
    "end_watch",
    "hold_visit",
    "leave_out",
    "notice_fallen_away",
    "offer",
    "override",
    "plan_departure",
    "plan_move",
    "plan_visit",
    "record_introduction",
    "set_aside",
    "settle_measure",
    "tick",
    "withdraw",
]
