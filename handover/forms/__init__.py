from handover.forms.departure import CancelDeparture, PlanDeparture, SettlePoint
from handover.forms.handover import HoldVisit, OfferHandover, PlanVisit, Reason, SettleTopic, receivers
from handover.forms.leaving import (
    AgreeMeasure,
    AskToWatch,
    AssignSupporter,
    DeclineWatch,
    EndAftercare,
    EndSupport,
    EndWatch,
    PlanMove,
    RecordIntroduction,
    SettleMeasure,
)
from handover.forms.regie import Appoint, StandIn

__all__ = [
    "AgreeMeasure",
    "Appoint",
    "AskToWatch",
    "AssignSupporter",
    "CancelDeparture",
    "DeclineWatch",
    "EndAftercare",
    "EndSupport",
    "EndWatch",
    "HoldVisit",
    "OfferHandover",
    "PlanDeparture",
    "PlanMove",
    "PlanVisit",
    "Reason",
    "RecordIntroduction",
    "SettleMeasure",
    "SettlePoint",
    "SettleTopic",
    "StandIn",
    "receivers",
]
