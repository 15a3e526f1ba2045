"""One family, one plan: goals and actions, help lines, self-reliance, and what is stuck."""

from family_plans.models.help import HelpLine, RelianceLevel, SelfReliance
from family_plans.models.plan import DOMAINS, FamilyPlan, Goal, GoalResult, Phase, PlanAction
from family_plans.models.stagnation import Cause, Stagnation, Status

__all__ = [
    "DOMAINS",
    "Cause",
    "FamilyPlan",
    "Goal",
    "GoalResult",
    "HelpLine",
    "Phase",
    "PlanAction",
    "RelianceLevel",
    "SelfReliance",
    "Stagnation",
    "Status",
]
