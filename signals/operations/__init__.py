from signals.operations.address import allow_address, ask_address, pass_on, refuse_address
from signals.operations.desk import choose, decide_reopening, judge_at_desk, return_to_desk, take_up_at_desk
from signals.operations.knowledge import KnowledgeText, write_knowledge
from signals.operations.meldcode import answer_question, decide, take_step
from signals.operations.reporting import Account, report, self_report
from signals.operations.routing import bring_to_desk, leave_desk, leave_unmatched, route, settle, take_back
from signals.operations.triage import Judgement, Told, judge, name_persons, record_police_contact, take_up
from signals.operations.veilig_thuis import (
    Answer,
    Reported,
    answer_report,
    ask_advice,
    ask_expertise,
    give_advice,
    record_answer,
    record_monitoring,
    report_to_veilig_thuis,
    take_over_again,
)

__all__ = [
    "Account",
    "Answer",
    "Judgement",
    "KnowledgeText",
    "Reported",
    "Told",
    "allow_address",
    "answer_question",
    "answer_report",
    "ask_address",
    "ask_advice",
    "ask_expertise",
    "bring_to_desk",
    "choose",
    "decide",
    "decide_reopening",
    "give_advice",
    "judge",
    "judge_at_desk",
    "leave_desk",
    "leave_unmatched",
    "name_persons",
    "pass_on",
    "record_answer",
    "record_monitoring",
    "record_police_contact",
    "refuse_address",
    "report",
    "report_to_veilig_thuis",
    "return_to_desk",
    "route",
    "self_report",
    "settle",
    "take_back",
    "take_over_again",
    "take_step",
    "take_up",
    "take_up_at_desk",
    "write_knowledge",
]
