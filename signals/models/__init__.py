"""Signals, how they were judged, the steps of the meldcode, and what went to Veilig Thuis."""

from signals.models.desk import (
    REOPENING_TRANSITIONS,
    DeskNotice,
    Fit,
    NoticeStep,
    Reopening,
    ReopeningStatus,
    SignalCandidate,
)
from signals.models.signal import (
    TRANSITIONS,
    Acute,
    Discussed,
    MeldcodeStep,
    Outcome,
    Safe,
    Signal,
    SignalKind,
    Source,
    Status,
    Step,
)
from signals.models.veilig_thuis import AdviceLink, AdviceRequest, VeiligThuisAnswer, VeiligThuisReport

__all__ = [
    "REOPENING_TRANSITIONS",
    "TRANSITIONS",
    "Acute",
    "AdviceLink",
    "AdviceRequest",
    "DeskNotice",
    "Discussed",
    "Fit",
    "MeldcodeStep",
    "NoticeStep",
    "Outcome",
    "Reopening",
    "ReopeningStatus",
    "Safe",
    "Signal",
    "SignalCandidate",
    "SignalKind",
    "Source",
    "Status",
    "Step",
    "VeiligThuisAnswer",
    "VeiligThuisReport",
]
