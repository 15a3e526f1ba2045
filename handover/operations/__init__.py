from handover.operations.conversation import discuss, leave_out
from handover.operations.departure import (
    Decision,
    cancel_departure,
    complete_departure,
    override,
    plan_departure,
    set_aside,
    tick,
)
from handover.operations.handover import NewHandover, accept, decline, offer, withdraw
from handover.operations.register import confirm_regisseur
from handover.operations.visits import hold_visit, plan_visit

__all__ = [
    "Decision",
    "NewHandover",
    "accept",
    "cancel_departure",
    "complete_departure",
    "confirm_regisseur",
    "decline",
    "discuss",
    "hold_visit",
    "leave_out",
    "offer",
    "override",
    "plan_departure",
    "plan_visit",
    "set_aside",
    "tick",
    "withdraw",
]
