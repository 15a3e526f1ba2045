from oversight.forms.misuse import (
    Approve,
    EndHold,
    Judge,
    LogFilter,
    OwnLogFilter,
    OwnReference,
    ReadOn,
    Refuse,
    SetHold,
    Settle,
    TakeProof,
    last_week,
)
from oversight.forms.rights import Answer, Check, RecordRequest, RefuseRequest

__all__ = [
    "Answer",
    "Approve",
    "Check",
    "EndHold",
    "Judge",
    "LogFilter",
    "OwnLogFilter",
    "OwnReference",
    "ReadOn",
    "RecordRequest",
    "Refuse",
    "RefuseRequest",
    "SetHold",
    "Settle",
    "TakeProof",
    "last_week",
]
