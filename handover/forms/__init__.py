from handover.forms.departure import CancelDeparture, PlanDeparture, SettlePoint
from handover.forms.handover import HoldVisit, OfferHandover, PlanVisit, Reason, SettleTopic, receivers
from handover.forms.regie import Appoint, StandIn

__all__ = [
    "Appoint",
    "CancelDeparture",
    "HoldVisit",
    "OfferHandover",
    "PlanDeparture",
    "PlanVisit",
    "Reason",
    "SettlePoint",
    "SettleTopic",
    "StandIn",
    "receivers",
]
