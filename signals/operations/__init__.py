from signals.operations.reporting import Account, report, self_report
from signals.operations.routing import leave_unmatched, route
from signals.operations.triage import Judgement, judge, take_step, take_up
from signals.operations.veilig_thuis import ask_advice, give_advice, record_answer, report_to_veilig_thuis

__all__ = [
    "Account",
    "Judgement",
    "ask_advice",
    "give_advice",
    "judge",
    "leave_unmatched",
    "record_answer",
    "report",
    "report_to_veilig_thuis",
    "route",
    "self_report",
    "take_step",
    "take_up",
]
