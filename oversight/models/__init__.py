"""What comes of reading the log, and of the terms for which a file is kept."""

from oversight.models.misuse import Alert, Judgement, Outcome, Pattern, ReviewRun, Verdict
from oversight.models.retention import (
    Destruction,
    DestructionItem,
    Law,
    RetentionTerm,
    Status,
    Tombstone,
)
from oversight.models.rights import Asks, Nature, RightsRequest, Step

__all__ = [
    "Alert",
    "Asks",
    "Destruction",
    "DestructionItem",
    "Judgement",
    "Law",
    "Nature",
    "Outcome",
    "Pattern",
    "RetentionTerm",
    "ReviewRun",
    "RightsRequest",
    "Status",
    "Step",
    "Tombstone",
    "Verdict",
]
