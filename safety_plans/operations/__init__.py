"""What can be done with the risk, the safety plan, who holds it, and the phase a family is in."""

from safety_plans.operations.items import Line, add_item, change_item, check_condition, choose, keep_both, remove_item
from safety_plans.operations.moments import ask_assessment, plan_moments
from safety_plans.operations.papers import Recipient, issue_paper, withdraw_paper
from safety_plans.operations.phase import enter_phase
from safety_plans.operations.plan import activate, confirm_with_client, draft_plan
from safety_plans.operations.receipts import confirm_receipt
from safety_plans.operations.risk import RISK_SHARED_WITHIN, Judgement, NewAssessment, Participant, assess

__all__ = [
    "RISK_SHARED_WITHIN",
    "Judgement",
    "Line",
    "NewAssessment",
    "Participant",
    "Recipient",
    "activate",
    "add_item",
    "ask_assessment",
    "assess",
    "change_item",
    "check_condition",
    "choose",
    "confirm_receipt",
    "confirm_with_client",
    "draft_plan",
    "enter_phase",
    "issue_paper",
    "keep_both",
    "plan_moments",
    "remove_item",
    "withdraw_paper",
]
