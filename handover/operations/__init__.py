from handover.operations.conversation import discuss, leave_out
from handover.operations.departure import Decision, plan_departure, set_aside, tick
from handover.operations.handover import NewHandover, accept, decline, offer, withdraw
from handover.operations.visits import hold_visit, plan_visit

__all__ = [
    "Decision",
    "NewHandover",
    "accept",
    "decline",
    "discuss",
    "hold_visit",
    "leave_out",
    "offer",
    "plan_departure",
    "plan_visit",
    "set_aside",
    "tick",
    "withdraw",
]
