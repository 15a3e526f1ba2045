from signals.operations.desk import choose, decide_reopening, judge_at_desk, return_to_desk, take_up_at_desk
from signals.operations.reporting import Account, report, self_report
from signals.operations.routing import bring_to_desk, leave_desk, leave_unmatched, route, take_back
from signals.operations.triage import Judgement, judge, take_step, take_up
from signals.operations.veilig_thuis import ask_advice, give_advice, record_answer, report_to_veilig_thuis

__all__ = [
    "Account",
    "Judgement",
    "ask_advice",
    "bring_to_desk",
    "choose",
    "decide_reopening",
    "give_advice",
    "judge",
    "judge_at_desk",
    "leave_desk",
    "leave_unmatched",
    "record_answer",
    "report",
    "report_to_veilig_thuis",
    "return_to_desk",
    "route",
    "self_report",
    "take_back",
    "take_step",
    "take_up",
    "take_up_at_desk",
]
