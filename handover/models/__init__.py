"""The departure with its checklist, and the handover of the regie."""

from handover.models.conversation import CONVERSATION_TRANSITIONS, AgendaPoint, PointState, Topic
from handover.models.departure import (
    DEPARTURE_TRANSITIONS,
    CheckKind,
    CheckState,
    DepartureCheck,
    DepartureCompletion,
    DepartureDecision,
    leaves_the_region,
)
from handover.models.handover import TRANSITIONS, Handover, JointVisit, Kept, Part, Status
from handover.models.knowing import RegieConfirmation

__all__ = [
    "CONVERSATION_TRANSITIONS",
    "DEPARTURE_TRANSITIONS",
    "TRANSITIONS",
    "AgendaPoint",
    "CheckKind",
    "CheckState",
    "DepartureCheck",
    "DepartureCompletion",
    "DepartureDecision",
    "Handover",
    "JointVisit",
    "Kept",
    "Part",
    "PointState",
    "RegieConfirmation",
    "Status",
    "Topic",
    "leaves_the_region",
]
