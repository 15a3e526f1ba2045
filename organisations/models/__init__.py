"""What everything stands on: municipalities, organisations and lists of choices. None of it is about a family."""

from organisations.basis import Basis
from organisations.models.codes import CodeItem, CodeList
from organisations.models.municipality import ContactPoint, Municipality, Region
from organisations.models.norms import EVERYWHERE, MOST, LadderRung, Norm, Subject
from organisations.models.organisation import Organisation, OrganisationKind, Team
from organisations.models.passage import PassageText
from organisations.models.supporter import Supporter, SupporterGap

__all__ = [
    "EVERYWHERE",
    "MOST",
    "Basis",
    "CodeItem",
    "CodeList",
    "ContactPoint",
    "LadderRung",
    "Municipality",
    "Norm",
    "Organisation",
    "OrganisationKind",
    "PassageText",
    "Region",
    "Subject",
    "Supporter",
    "SupporterGap",
    "Team",
]
