from signals.forms.address import AnswerAddressRequest, AskAddress
from signals.forms.knowledge import WriteKnowledge
from signals.forms.meldcode import AnswerQuestion, Decide, TakeStep
from signals.forms.reporting import Report
from signals.forms.triage import DecideReopening, GiveBack, Judge, JudgeAtDesk, NamePersons, TellPolice
from signals.forms.veilig_thuis import (
    AnswerReport,
    AskAdvice,
    AskExpertise,
    GiveAdvice,
    RecordAnswer,
    RecordMonitoring,
    ReportToVeiligThuis,
)

__all__ = [
    "AnswerAddressRequest",
    "AnswerQuestion",
    "AnswerReport",
    "AskAddress",
    "AskAdvice",
    "AskExpertise",
    "Decide",
    "DecideReopening",
    "GiveAdvice",
    "GiveBack",
    "Judge",
    "JudgeAtDesk",
    "NamePersons",
    "RecordAnswer",
    "RecordMonitoring",
    "Report",
    "ReportToVeiligThuis",
    "TakeStep",
    "TellPolice",
    "WriteKnowledge",
]
