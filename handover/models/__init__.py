"""The departure with its checklist, and the handover of the regie."""

from handover.models.conversation import CONVERSATION_TRANSITIONS, AgendaPoint, PointState, Topic
from handover.models.departure import (
    DEPARTURE_TRANSITIONS,
    SETTLED_BY_THE_FILE,
    CheckKind,
    CheckState,
    DepartureCheck,
    DepartureCompletion,
    DepartureDecision,
    leaves_the_region,
)
from handover.models.handover import TRANSITIONS, Handover, JointVisit, Kept, Part, Status
from handover.models.knowing import RegieConfirmation
from handover.models.leaving import MEASURE_TRANSITIONS, AftercareEnding, AgreedMeasure, MeasureState
from handover.models.move import Move
from handover.models.supporting import Criterion, Stop, SupporterAssignment
from handover.models.watching import WATCH_TRANSITIONS, SignalConfirmation, WatchRole, WatchState

__all__ = [
    "CONVERSATION_TRANSITIONS",
    "DEPARTURE_TRANSITIONS",
    "MEASURE_TRANSITIONS",
    "SETTLED_BY_THE_FILE",
    "TRANSITIONS",
    "WATCH_TRANSITIONS",
    "AftercareEnding",
    "AgendaPoint",
    "AgreedMeasure",
    "CheckKind",
    "CheckState",
    "Criterion",
    "DepartureCheck",
    "DepartureCompletion",
    "DepartureDecision",
    "Handover",
    "JointVisit",
    "Kept",
    "MeasureState",
    "Move",
    "Part",
    "PointState",
    "RegieConfirmation",
    "SignalConfirmation",
    "Status",
    "Stop",
    "SupporterAssignment",
    "Topic",
    "WatchRole",
    "WatchState",
    "leaves_the_region",
]
