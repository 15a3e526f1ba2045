"""What can be done with the risk and the safety plan."""

from safety_plans.operations.plan import activate, add_item, draft_plan, remove_item
from safety_plans.operations.risk import Judgement, assess

__all__ = ["Judgement", "activate", "add_item", "assess", "draft_plan", "remove_item"]
