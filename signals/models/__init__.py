"""Signals, how they were judged, the steps of the meldcode, and what went to Veilig Thuis."""

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
    "TRANSITIONS",
    "Acute",
    "AdviceLink",
    "AdviceRequest",
    "Discussed",
    "MeldcodeStep",
    "Outcome",
    "Safe",
    "Signal",
    "SignalKind",
    "Source",
    "Status",
    "Step",
    "VeiligThuisAnswer",
    "VeiligThuisReport",
]
