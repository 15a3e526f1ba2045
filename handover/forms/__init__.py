from handover.forms.departure import PlanDeparture, SettlePoint
from handover.forms.handover import HoldVisit, OfferHandover, PlanVisit, Reason, SettleTopic, receivers
from handover.forms.regie import Appoint, StandIn

__all__ = [
    "Appoint",
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
