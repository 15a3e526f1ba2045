"""The departure with its checklist, and the handover of the regie."""

from handover.models.departure import DEPARTURE_TRANSITIONS, CheckKind, CheckState, DepartureCheck, DepartureDecision
from handover.models.handover import TRANSITIONS, Handover, JointVisit, Status

__all__ = [
    "DEPARTURE_TRANSITIONS",
    "TRANSITIONS",
    "CheckKind",
    "CheckState",
    "DepartureCheck",
    "DepartureDecision",
    "Handover",
    "JointVisit",
    "Status",
]
