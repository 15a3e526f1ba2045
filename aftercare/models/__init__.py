"""Contact after the departure: when it is owed, what was heard, who was seen, and how it ends."""

from aftercare.models.check_in import (
    Channel,
    CheckIn,
    FeelsSafe,
    HelpRunning,
    Initiative,
    Mood,
    Outcome,
    Refusal,
    SeenPerson,
    WishLeadsTo,
    YesNo,
)
from aftercare.models.closing import (
    LARGEST_CARD,
    SMALLEST_CARD,
    EarlyClosing,
    Enough,
    Strip,
    Strippenkaart,
    TrajectoryClosing,
)
from aftercare.models.contact import (
    RISKS,
    Direction,
    Factor,
    FactorChange,
    HelpAnswer,
    HelpState,
    OwnRequest,
)
from aftercare.models.involvement_end import EndCause, InvolvementChange
from aftercare.models.out_of_sight import OutOfSight, OutOfSightStep, SearchResult, SearchStep, Status
from aftercare.models.schedule import ContactSchedule, Rhythm, ScheduleTemplate

__all__ = [
    "LARGEST_CARD",
    "RISKS",
    "SMALLEST_CARD",
    "Channel",
    "CheckIn",
    "ContactSchedule",
    "Direction",
    "EarlyClosing",
    "EndCause",
    "Enough",
    "Factor",
    "FactorChange",
    "FeelsSafe",
    "HelpAnswer",
    "HelpRunning",
    "HelpState",
    "Initiative",
    "InvolvementChange",
    "Mood",
    "OutOfSight",
    "OutOfSightStep",
    "Outcome",
    "OwnRequest",
    "Refusal",
    "Rhythm",
    "ScheduleTemplate",
    "SearchResult",
    "SearchStep",
    "SeenPerson",
    "Status",
    "Strip",
    "Strippenkaart",
    "TrajectoryClosing",
    "WishLeadsTo",
    "YesNo",
]
