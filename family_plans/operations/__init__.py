"""What can be done with the plan of a family, its help and what is stuck."""

from family_plans.operations.help import assess_self_reliance, end_help, start_help
from family_plans.operations.plan import (
    Responsible,
    agree_action,
    complete_action,
    record_result,
    set_goal,
    start_plan,
)
from family_plans.operations.stagnation import (
    answer_stagnation,
    escalate_stagnation,
    raise_stagnation,
    report_stagnation,
    solve_stagnation,
)

__all__ = [
    "Responsible",
    "agree_action",
    "answer_stagnation",
    "assess_self_reliance",
    "complete_action",
    "end_help",
    "escalate_stagnation",
    "raise_stagnation",
    "record_result",
    "report_stagnation",
    "set_goal",
    "solve_stagnation",
    "start_help",
    "start_plan",
]
