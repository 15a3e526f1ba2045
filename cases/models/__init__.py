"""Families, the persons in them, who is regisseur, and what is shared with whom."""

from cases.models.family import Destination, Family, Trajectory, TrajectoryKind
from cases.models.person import MAJORITY, ParentalAuthority, Person, Place, Stay, StayPlace
from cases.models.protected import (
    REVEAL,
    ProtectedGrant,
    ProtectedKind,
    ProtectedPlace,
    ProtectedPlacePermission,
    ProtectedReveal,
    ProtectedValue,
)
from cases.models.regie import RegieKind, RegisseurPeriod
from cases.models.sharing import (
    Consent,
    ConsentGap,
    ConsentHow,
    Ground,
    GroundKind,
    IssuedPaper,
    Law,
    Level,
    NotDiscussed,
    NotShared,
    Share,
    WhyNot,
)

__all__ = [
    "MAJORITY",
    "REVEAL",
    "Consent",
    "ConsentGap",
    "ConsentHow",
    "Destination",
    "Family",
    "Ground",
    "GroundKind",
    "IssuedPaper",
    "Law",
    "Level",
    "NotDiscussed",
    "NotShared",
    "ParentalAuthority",
    "Person",
    "Place",
    "ProtectedGrant",
    "ProtectedKind",
    "ProtectedPlace",
    "ProtectedPlacePermission",
    "ProtectedReveal",
    "ProtectedValue",
    "RegieKind",
    "RegisseurPeriod",
    "Share",
    "Stay",
    "StayPlace",
    "Trajectory",
    "TrajectoryKind",
    "WhyNot",
]
