"""The pages of the safety plan and the risk."""

from safety_plans.views.holders import holders, papers, receive, withdraw
from safety_plans.views.lines import change, check, choose, edit, keep_both, remove, write
from safety_plans.views.plan import activate, confirm, draft, plan, version
from safety_plans.views.risk import assess, phase, risk

__all__ = [
    "activate",
    "assess",
    "change",
    "check",
    "choose",
    "confirm",
    "draft",
    "edit",
    "holders",
    "keep_both",
    "papers",
    "phase",
    "plan",
    "receive",
    "remove",
    "risk",
    "version",
    "withdraw",
    "write",
]
