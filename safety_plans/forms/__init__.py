"""The forms of the safety plan and the risk. They check shape only."""

from safety_plans.forms.plan import (
    ActivatePlan,
    CheckCondition,
    ConfirmPlan,
    EnterPhase,
    IssuePaper,
    WriteLine,
    line_of,
)
from safety_plans.forms.risk import FACTOR_LISTS, Assess

__all__ = [
    "FACTOR_LISTS",
    "ActivatePlan",
    "Assess",
    "CheckCondition",
    "ConfirmPlan",
    "EnterPhase",
    "IssuePaper",
    "WriteLine",
    "line_of",
]
